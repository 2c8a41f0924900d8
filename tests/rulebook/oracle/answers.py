"""Every value of the five questions on one document, None where it is not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rulebook.oracle import account, monthly, place, retirement, transfer
from rulebook.oracle.asked import Asked
from rulebook.oracle.figures import Figures
from rulebook.oracle.numbers import NotKnown
from rulebook.oracle.record import Record

KINDS = ("ordinary", "temporary")
BY_PROVINCE = "can_be_benefit_place"

VALUES: Mapping[str, Callable[[Asked], Any]] = {
    "account_balance": account.account_balance,
    "paid_months": lambda asked: asked.record.paid_months,
    "counted_months": lambda asked: asked.record.counted_months,
    "account_transfer": transfer.account_transfer,
    "pooled_transfer": transfer.pooled_transfer,
    "account_kind": lambda asked: KINDS[transfer.is_temporary_now(asked)],
    "place_of_benefit": place.place_of_benefit,
    "delay_months": retirement.delay_months,
    "retirement_age_months": retirement.retirement_age_months,
    "retirement_month": retirement.retirement_month,
    "minimum_months": retirement.minimum_months,
    "earliest_month": retirement.earliest_month,
    "latest_month": retirement.latest_month,
    "chosen_is_allowed": retirement.chosen_is_allowed,
    "missing_months": retirement.missing_months,
    "pension": monthly.pension,
    "basic_pension": monthly.basic_pension,
    "account_pension": monthly.account_pension,
    "transitional_pension": monthly.transitional_pension,
    "average_index": monthly.average_index,
    "benefit_base": monthly.benefit_base,
    "payout_months": monthly.payout_months,
    "contribution_years": monthly.contribution_years,
}
"""Every value of a person; money in fen, index and years in ten-thousandths, payout months in tenths."""


def answers(document: Mapping[str, Any], figures: Figures, *, only: str | None = None) -> dict[str, Any]:
    """Each value on the document in its mode, or only one; `can_be_benefit_place` by province."""
    asked = Asked(Record(document), figures, document.get("mode", "decision") == "decision")
    if only is not None:
        return {only: known_or_none(VALUES[only], asked)}
    found = {name: known_or_none(value, asked) for name, value in VALUES.items()}
    found[BY_PROVINCE] = {
        province: known_or_none(lambda asked, at=province: place.can_be_benefit_place(asked, at), asked)
        for province in asked.record.provinces
    }
    return found


def known_or_none(value: Callable[[Asked], Any], asked: Asked) -> Any:
    try:
        found = value(asked)
    except NotKnown:
        return None
    return int(found) if isinstance(found, bool) else found
