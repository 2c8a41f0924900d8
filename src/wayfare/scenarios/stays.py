"""Where a drawn life is lived: the home province, then the moves that its direction of mobility makes.

Five directions (settle, move on, return, circulate, undecided) give none to five moves. Destinations follow the census
flows of the home province; how long people stay is an assumption.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice, repeat
from typing import Final

from wayfare.kernel import Place
from wayfare.scenarios.assumptions import assumption
from wayfare.scenarios.dice import Dice
from wayfare.scenarios.flows import Flows

__all__ = ["DIRECTIONS", "MOVES_MAX", "Start", "Stay", "draw_start", "draw_stays"]

DIRECTIONS: Final = ("settle", "move_on", "return", "circulate", "undecided", "stayed")
"""What a life does; the last one never leaves its province."""

MOVES_MAX: Final = 5


@dataclass(frozen=True, slots=True)
class Start:
    """What a life begins with: home, month of birth, sex and direction."""

    home: Place
    birth_month: int
    sex: str
    direction: str


@dataclass(frozen=True, slots=True)
class Stay:
    """Months (their indexes) in one province, until before `end`; None is still running."""

    province: Place
    start: int
    end: int | None


def draw_start(dice: Dice, flows: Flows) -> Start:
    """Home, birth, sex and direction."""
    first, last = assumption("birth_year").numbers
    home = flows.origin(dice)
    birth = dice.between(first, last + 1) * 12 + dice.below(12)
    sex = "male" if dice.falls(assumption("men").number) else "female"
    stayed = dice.falls(assumption("never_left").number)
    planned = DIRECTIONS[dice.which(assumption("direction").numbers)]
    return Start(home, birth, sex, "stayed" if stayed else planned)


def draw_stays(dice: Dice, start: Start, flows: Flows, *, until: int) -> list[Stay]:
    """The stays of a life from the month of birth, in order; nobody moves from the month `until` on."""
    stays, month, here = [Stay(start.home, start.birth_month, None)], _leaves(dice, start), start.home
    for there in islice(_destinations(dice, start, flows), MOVES_MAX):
        if month >= until:
            break
        stays[-1:] = [Stay(here, stays[-1].start, month), Stay(there, month, None)]
        here, month = there, month + _length(dice, start, at_home=there == start.home)
    return stays


def _leaves(dice: Dice, start: Start) -> int:
    age = dice.between(16, 30) if dice.falls(assumption("left_young").number) else dice.between(
        *assumption("left_later").numbers
    )
    first, spread = assumption("first_year_away").numbers
    return max(start.birth_month + age * 12 + dice.below(12), (first + dice.below(spread)) * 12)


def _length(dice: Dice, start: Start, *, at_home: bool) -> int:
    if at_home:
        return dice.between(*assumption("months_at_home").numbers)
    first, end = assumption("stay_months").numbers[:2] if start.sex == "male" else assumption("stay_months").numbers[2:]
    return dice.between(first, end)


def _destinations(dice: Dice, start: Start, flows: Flows) -> Iterator[Place]:
    home = start.home
    match start.direction:
        case "settle":
            return _away(dice, home, flows, times=1 + dice.falls(assumption("second_settling").number))
        case "move_on":
            return _away(dice, home, flows, times=dice.between(2, MOVES_MAX + 1))
        case "return":
            return chain(_away(dice, home, flows, times=dice.between(1, 3)), (home,))
        case "circulate":
            return _to_and_fro(dice, home, flows)
        case "undecided":
            returns = dice.falls(assumption("undecided_home").number)
            return chain(_away(dice, home, flows, times=dice.between(1, 4)), (home,) if returns else ())
    return iter(())


def _away(dice: Dice, home: Place, flows: Flows, *, times: int) -> Iterator[Place]:
    here = home
    for _ in range(times):
        here = flows.destination(dice, home, other_than=here)
        yield here


def _to_and_fro(dice: Dice, home: Place, flows: Flows) -> Iterator[Place]:
    there = flows.destination(dice, home, other_than=home)
    return chain.from_iterable(repeat((there, home)))
