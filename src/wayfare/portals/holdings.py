"""What each pension fund of a life holds: months that count, and the person's own account, by fund or by province.

A province counts a month once however many of its funds report it, and the law keeps one account for it; so the
employees' funds of one province stand in one row. A balance comes from the books, else as the law works it out from the
record, else as the document states it, and the row says which.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from wayfare.facts import Document
from wayfare.kernel import Money, Place
from wayfare.portals.answers import Certainty
from wayfare.portals.life_line import BarKind, Group, Lane, LifeLine

__all__ = ["Balances", "Holding", "holdings", "twice_months"]

EMPLOYEES = "employee_pension"
RESIDENTS = "resident_pension"
Key = tuple[str, Place]


@dataclass(frozen=True, slots=True)
class Holding:
    """What one fund, or the funds of one province, hold: months (None when they are not added up), and the own account.

    `note` is a key of the catalogue (`holding.<note>`); `on` is the day of the balance, `basis` where it comes from
    (`books`, `law` or `stated`); `funds` are the places when there are several.
    """

    scheme: str
    place: Place
    months: int | None
    balance: Money | None
    on: date | None
    certainty: Certainty
    note: str
    moved_to: Place | None = None
    basis: str = "stated"
    funds: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Balances:
    """Balances on a day by scheme and place, how sure they are, and where they come from (`books` or `law`)."""

    on: date
    amounts: Mapping[Key, Money] = field(default_factory=dict)
    certainty: Certainty = Certainty.ESTIMATED
    basis: str = "books"

    def of(self, keys: Sequence[Key]) -> Money | None:
        """The sum of those that are known; None when none is."""
        known = [self.amounts[key] for key in dict.fromkeys(keys) if key in self.amounts]
        return Money.total(known) if known else None


def holdings(document: Document, life: LifeLine, known: Sequence[Balances]) -> tuple[Holding, ...]:
    """What each pension fund of a life holds, in the order of its lanes; the first of `known` that has it counts."""
    groups: dict[Key, list[Lane]] = {}
    for lane in life.lanes:
        if lane.group is Group.PENSION and lane.scheme is not None and lane.place is not None:
            place = lane.place.province if lane.scheme == EMPLOYEES else lane.place
            groups.setdefault((lane.scheme, place), []).append(lane)
    every = [*known, *_stated(document)]
    drawn = {(each.scheme, each.place.province) for each in document.facts.benefits if each.start <= life.today}
    return tuple(
        _holding(scheme, lanes, life, every, (scheme, place.province) in drawn)
        for (scheme, place), lanes in groups.items()
    )


def twice_months(held: Sequence[Holding], counted: int) -> int:
    """How many months stand in more than one row, and so count once less than the rows add up to."""
    return sum(each.months or 0 for each in held) - counted


def _stated(document: Document) -> list[Balances]:
    """The balances of the document, the latest of each account first."""
    latest = sorted(document.facts.accounts, key=lambda each: each.on, reverse=True)
    days = dict.fromkeys(each.on for each in latest)
    return [
        Balances(day, {(each.scheme, each.place): each.balance for each in latest if each.on == day}, basis="stated")
        for day in days
    ]


def _holding(
    scheme: str, lanes: Sequence[Lane], life: LifeLine, known: Sequence[Balances], is_drawn: bool
) -> Holding:
    funds = tuple(lane.place for lane in lanes if lane.place is not None)
    place = funds[0].province if len(funds) > 1 else funds[0]
    keys = [(scheme, each) for each in (*funds, place.province)]
    left = next((each for each in life.moved if (each.scheme, each.origin) in keys[:-1]), None)
    kinds = {bar.kind for lane in lanes for bar in lane.bars}
    counts = scheme == EMPLOYEES and not kinds <= {BarKind.ENDED, BarKind.KEPT}
    found = next((each for each in known if each.of(keys) is not None), None)
    months = frozenset[int]().union(*(lane.paid_month_indexes(life.end) for lane in lanes))
    return Holding(
        scheme,
        place,
        len(months) if counts else None,
        found.of(keys) if found else None,
        found.on if found else None,
        found.certainty if found else Certainty.ESTIMATED,
        "drawn" if is_drawn else _note(scheme, lanes, left is not None),
        moved_to=left.destination if left else None,
        basis=found.basis if found else "stated",
        funds=funds if len(funds) > 1 else (),
    )


def _note(scheme: str, lanes: Sequence[Lane], is_moved: bool) -> str:
    bars = [bar for lane in lanes for bar in lane.bars]
    kinds = {bar.kind for bar in bars}
    if BarKind.ENDED in kinds and kinds <= {BarKind.ENDED, BarKind.KEPT}:
        return "ended"
    if is_moved:
        return "moved"
    if kinds == {BarKind.KEPT}:
        return "received"
    if scheme == RESIDENTS:
        return "residents"
    paying = any(bar.months.is_running for bar in bars if bar.kind is not BarKind.KEPT)
    return f"{'temporary' if BarKind.TEMPORARY in kinds else 'ordinary'}_{'paying' if paying else 'kept'}"
