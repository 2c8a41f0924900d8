"""The tables of work: the contract and the end of each work spell, and what was paid for each month.

An hour is held in hundredths. A contract of which no day of signing is stated counts as signed on the first day of the
work; where there was none, it is signed on the open day, which is never.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Final

from wayfare.facts.cells import Cell, Row, choice_of, fen_of, numbered
from wayfare.facts.document import Document
from wayfare.facts.items import WorkSpell
from wayfare.facts.vocabulary import OPEN_DAY
from wayfare.facts.work_items import Pay
from wayfare.kernel import Month

__all__ = ["ENDING_COLUMNS", "WORK_LEVELS", "WORK_ROWS", "ending_cells"]

ENDING_COLUMNS: Final = ("contract_kind", "contract_signed", "ending_kind", "notice_given")
WORK_LEVELS: Final[Mapping[str, tuple[str, ...]]] = {
    "pay_record": (
        "pay_month",
        "pay_place",
        "pay_amount",
        "pay_overtime_amount",
        "pay_is_full_month",
        "pay_hours_workday",
        "pay_hours_rest_day",
        "pay_hours_made_good",
        "pay_hours_holiday",
    ),
}
_MADE_GOOD: Final = "overtime_hours_made_good"
_HOURS: Final = (
    "overtime_hours_workday",
    "overtime_hours_rest_day",
    _MADE_GOOD,
    "overtime_hours_holiday",
)


def ending_cells(spell: WorkSpell) -> tuple[Cell, ...]:
    """The contract, the day it was signed, how the work ended, and whether notice was given."""
    contract, ended = spell.contract, spell.ended
    kind = signed = notice = None
    if contract is not None:
        kind = choice_of("contract_kind", contract.kind)
        signed = OPEN_DAY if contract.kind == "none" else (contract.signed or spell.start).toordinal()
    if ended is not None and ended.notice_given is not None:
        notice = int(ended.notice_given)
    how = None if ended is None else choice_of("ending_kind", ended.how)
    is_assumed, end_is_assumed = spell.assumes("contract"), spell.assumes("ended")
    return (kind, is_assumed), (signed, is_assumed), (how, end_is_assumed), (notice, end_is_assumed)


def _pay_rows(document: Document) -> Iterable[Row]:
    for ref, pay in numbered("pay", document.facts.pay):
        yield (
            ref,
            (
                (pay.month.index, pay.assumes("month")),
                _place(document, pay),
                (fen_of(pay.paid), pay.assumes("paid")),
                (fen_of(pay.overtime_paid), pay.assumes("overtime_paid")),
                (int(pay.full_month), pay.assumes("full_month")),
                *((_hours(pay, name), pay.assumes(name)) for name in _HOURS),
            ),
        )


def _place(document: Document, pay: Pay) -> Cell:
    """Where the work of the month was done: as stated, or the only place of the work spells that touch the month."""
    if pay.place is not None:
        return pay.place.number, pay.assumes("place")
    work = [spell for spell in document.facts.work if _touches(spell, pay.month)]
    places = {spell.place.number for spell in work}
    return places.pop() if len(places) == 1 else None, any(spell.assumes("place", "from", "to") for spell in work)


def _touches(spell: WorkSpell, month: Month) -> bool:
    last = spell.spell.last_day
    return Month.of(spell.start).index <= month.index and (last is None or Month.of(last).index >= month.index)


def _hours(pay: Pay, name: str) -> int | None:
    """Hours of a kind in hundredths; where no day off is stated, none made anything good."""
    hours: Decimal | None = getattr(pay, name)
    if hours is None:
        return 0 if name == _MADE_GOOD else None
    return int(hours.scaleb(2))


WORK_ROWS: Final[Mapping[str, Callable[[Document], Iterable[Row]]]] = {"pay_record": _pay_rows}
