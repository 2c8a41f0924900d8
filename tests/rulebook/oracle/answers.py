"""Every value of the five questions on one document, None where it is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from rulebook.oracle import (
    account,
    adjustment,
    contributions,
    index,
    monthly,
    place,
    provisional,
    retirement,
    survivors,
    transfer,
    transitional,
)
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
    "pension": transitional.pension,
    "basic_pension": monthly.basic_pension,
    "account_pension": monthly.account_pension,
    "transitional_pension": transitional.transitional_pension,
    "average_index": index.average_index,
    "benefit_base": monthly.benefit_base,
    "payout_months": monthly.payout_months,
    "contribution_years": monthly.contribution_years,
}
"""Every value of a person; money in fen, index and years in ten-thousandths, payout months in tenths."""

FURTHER: Mapping[str, Callable[[Asked], Any]] = {
    name: getattr(rules, name)
    for rules, names in (
        (retirement, ("notice_month", "agreement_month", "is_older_unemployed", "unemployment_benefit_until",
                      "unemployment_benefit_extended_until", "fund_pays_contributions")),
        (monthly, ("index_benefit_base", "has_minimum")),
        (transitional, ("early_deemed_months", "early_paid_months", "virtual_account_sum", "transitional_index")),
        (provisional, ("base_announced_month", "base_is_announced", "is_provisional", "provisional_base",
                       "provisional_pension", "top_up", "provisional_months", "top_up_total")),
        (adjustment, ("takes_part", "pension_in_payment", "adjustment_fixed", "adjustment_by_years",
                      "adjustment_by_amount", "adjustment_tilted", "adjustment", "adjusted_pension")),
        (survivors, ("urban_income", "funeral_benefit", "drawn_months", "survivor_months", "survivor_lump_sum",
                     "survivor_benefit", "inherited_employee_account", "disability_allowance")),
        (contributions, ("base_floor", "base_ceiling", "contribution_base", "employee_contribution",
                         "employer_contribution", "flexible_contribution", "account_credit", "employer_to_account",
                         "flexible_to_pool", "deemed_months", "back_paid_months")),
    )
    for name in names
}  # fmt: skip
"""What a person may be asked or told besides, each under the name of its function."""


def answers(document: Mapping[str, Any], figures: Figures, *, only: Iterable[str] | str = ()) -> dict[str, Any]:
    """Each value on the document in its mode, or only some; `can_be_benefit_place` by province."""
    asked = Asked(Record(document), figures, document.get("mode", "decision") == "decision")
    if only:
        names = (only,) if isinstance(only, str) else only
        return {name: known_or_none({**VALUES, **FURTHER}[name], asked) for name in names}
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
