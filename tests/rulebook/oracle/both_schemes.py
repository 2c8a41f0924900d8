"""The values of the residents' pension, of linking, of too few years and of a surrender, as the oracle has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from rulebook.oracle import linking, resident_account, resident_scheme, residents, short_years, surrender
from rulebook.oracle.answers import known_or_none
from rulebook.oracle.asked import Asked
from rulebook.oracle.figures import Figures
from rulebook.oracle.record import Record

BOTH_SCHEMES: Mapping[str, Callable[[Asked], Any]] = {
    "resident_months": residents.resident_months,
    "refund": residents.refund,
    "resident_account": resident_account.resident_account,
    "government_part": resident_account.government_part,
    "tiers_are_lawful": resident_scheme.tiers_are_lawful,
    "subsidies_are_enough": resident_scheme.subsidies_are_enough,
    "resident_first_month": resident_scheme.resident_first_month,
    "resident_missing_months": resident_scheme.resident_missing_months,
    "may_top_up": resident_scheme.may_top_up,
    "resident_basic_floor": resident_scheme.resident_basic_floor,
    "basic_is_floor": resident_scheme.basic_is_floor,
    "resident_basic": resident_scheme.resident_basic,
    "resident_account_pension": resident_scheme.resident_account_pension,
    "resident_pension": resident_scheme.resident_pension,
    "resident_inheritance": resident_scheme.resident_inheritance,
    "resident_transfer": resident_scheme.resident_transfer,
    "link_minimum_months": linking.link_minimum_months,
    "can_link": linking.can_link,
    "link_direction": linking.link_direction,
    "link_month": linking.link_month,
    "linked_account": linking.linked_account,
    "account_after_link": linking.account_after_link,
    "resident_counted_months": linking.resident_counted_months,
    "linked_pension": linking.linked_pension,
    "link_place": linking.link_place,
    "link_days": linking.link_days,
    "basic_to_return": linking.basic_to_return,
    "double_refund": linking.double_refund,
    "short_months": short_years.short_months,
    "start_month": short_years.start_month,
    "surrendered_months": surrender.surrendered_months,
    "surrendered_account": surrender.surrendered_account,
    "surrender_cost": surrender.surrender_cost,
}  # fmt: skip
"""Every value of a person; money in fen, months as numbers, places as codes."""
BY_WAY = tuple(short_years.WAY_VALUES)


def answers_of_both(document: Mapping[str, Any], figures: Figures) -> dict[str, Any]:
    """Each value on the document in its mode; what hangs on a way on, by the way."""
    asked = Asked(Record(document), figures, document.get("mode", "decision") == "decision")
    found = {name: known_or_none(value, asked) for name, value in BOTH_SCHEMES.items()}
    return found | {name: known_or_none(partial(short_years.by_way, name=name), asked) for name in BY_WAY}
