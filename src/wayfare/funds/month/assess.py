"""What every member of a fund owes and is credited for a month, by the clauses of `pension.contributions` on columns.

The rows of the office become columns of the law without a document between. Who cannot be assessed, because a figure of
the law is not sure or no wage was declared, is set apart with the reason, and stops nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wayfare.funds.month.errors import NoClauses
from wayfare.kernel import Mode, Month
from wayfare.law import Law, Rows
from wayfare.law.missing import Missing, missing
from wayfare.law.unknown import Unsure, split

__all__ = ["QUESTION", "Assessed", "Assessor", "Members", "Undecided", "current_members"]

QUESTION: Final = "pension.contributions"
_INSURANCE: Final = "employee_pension"
_GOALS: Final = (
    "employer_contribution", "employee_contribution", "employer_to_account", "account_credit", "flexible_to_pool",
)  # fmt: skip
_FACTS: Final = ("place_of_work", "work_now", "last_year_wage")
_WAGES: Final = {"last_year_wage", "last_year_wage_not_stated", "chosen_base"}
_NO_WAGE: Final = {"en": "no wage is declared for this month", "zh": "本月没有申报缴费工资"}
_TWICE: Final = {
    "en": "two payers enrol this member from the same month",
    "zh": "该人员从同一个月起有两个缴费主体登记参保",
}
Numbers = NDArray[np.int64]


class Members(NamedTuple):
    """Columns of members: account and payer as numbers of the books, place as code, fen a month or -1 for none.

    `has_several` are those whom another payer enrols too; `is_twice`, from the same month.
    """

    account: Numbers
    payer: Numbers
    place: Numbers
    is_flexible: NDArray[np.bool_]
    wage: Numbers
    is_twice: NDArray[np.bool_]
    has_several: NDArray[np.bool_]

    def part(self, rows: Any) -> Members:
        """Some of the members."""
        return Members(*(column[rows] for column in self))


class Assessed(NamedTuple):
    """The shares in fen of those who could be assessed: what goes to the pool and what to the own account."""

    account: Numbers
    payer: Numbers
    pool: Numbers
    own: Numbers


@dataclass(frozen=True)
class Undecided:
    """One reason for which members cannot be assessed, in each language, and the members, by account number."""

    name: str
    say: Mapping[str, str]
    accounts: list[int] = field(default_factory=list)


def current_members(rows: NDArray[np.void]) -> Members:
    """Enrolments, ordered by account and first month, as members: of several the one begun last.

    That is the law's own order of several kinds of work (`BY_WORK`). Two begun in the same month are a finding that an
    officer settles, so the member is marked.
    """
    account, since = rows["account"].astype(np.int64), rows["from_month"]
    same = account[1:] == account[:-1]
    is_last = np.append(~same, True)
    twice = np.append(False, same & (since[1:] == since[:-1]))
    payer, place, fen = (rows[name].astype(np.int64) for name in ("payer", "place", "fen"))
    several = np.append(False, same)
    columns = Members(account, payer, place, rows["is_flexible"] != 0, fen, twice, several)
    return columns.part(is_last)


class Assessor:
    """The law of one month for one fund; `rules` are values that the office gives by its own notices, in small units.

    Raises NoClauses for an insurance that the rulebook has no clauses for.
    """

    def __init__(self, law: Law, fund: str, month: Month, rules: Mapping[str, int] | None = None) -> None:
        insurance = fund.partition(":")[2]
        if insurance != _INSURANCE:
            raise NoClauses(
                f"The rulebook does not say yet who pays what into a fund of {insurance} each month.",
                next_step=f"Run the month of a fund of {_INSURANCE}, or add the clauses with their sources.",
            )
        self.law, self.month = law, month
        self._given = {value: x for name, x in (rules or {}).items() for value in law.stands_for(name)}
        self._plan = law.plan(_GOALS, given=(*_FACTS, *self._given), mode=Mode.DECISION)
        self._reasons: dict[tuple[int, bool, bool], tuple[Missing, ...]] = {}

    def assess(self, members: Members) -> tuple[Assessed, list[Undecided]]:
        """The shares of those who can be assessed, and of the others each reason with its members."""
        people = self._plan.population(self._world(members))
        found, unknown = {}, members.is_twice.copy()
        for goal in _GOALS:
            column, mask = split(people.value(goal))
            found[goal] = column
            if mask is not None:
                unknown |= mask
        pool = found["employer_contribution"] - found["employer_to_account"] + found["flexible_to_pool"]
        by_employer = found["employee_contribution"] + found["employer_to_account"]
        own = np.where(members.is_flexible, found["account_credit"], by_employer)
        known = ~unknown
        shares = Assessed(members.account[known], members.payer[known], pool[known], own[known])
        return shares, list(self._undecided(members.part(unknown))) if unknown.any() else []

    def _world(self, members: Members) -> dict[str, Rows]:
        size, day = len(members.account), self.month.last_day.toordinal()
        codes, at = np.unique(members.place, return_inverse=True)
        place = np.array([self.law.tree.number(int(code)) for code in codes], np.int64)[at]
        kinds = self.law.choices["work_kind"]
        kind = np.where(members.is_flexible, kinds.index("flexible"), kinds.index("employee"))
        none = members.wage < 0
        wage: Any = Unsure(np.where(none, 0, members.wage), none) if none.any() else members.wage
        columns = {
            "asked_day": np.full(size, day), "asked_month": np.full(size, self.month.index),
            "place_of_work": place, "work_now": kind, "last_year_wage": wage, "chosen_base": wage,
            **{name: np.full(size, x) for name, x in self._given.items()},
        }  # fmt: skip
        nobody = Rows(0, {}, {"person": np.zeros(0, np.int64)})
        return {"person": Rows(size, columns), "contribution": nobody}

    def _undecided(self, members: Members) -> Iterator[Undecided]:
        """The members by reason, explained on ints once for each place, basis and whether there is a wage.

        What the law lacks hangs on nothing else.
        """
        kinds = np.stack([members.place, members.is_flexible, members.wage < 0, members.is_twice], axis=1)
        for kind in np.unique(kinds, axis=0):
            rows = np.flatnonzero((kinds == kind).all(axis=1))
            accounts = members.account[rows].tolist()
            if kind[3]:
                yield Undecided("enrolled_twice", _TWICE, accounts)
                continue
            for name, say in self._why(members.part(rows[:1])).items():
                yield Undecided(name, say, accounts)

    def _why(self, one: Members) -> dict[str, Mapping[str, str]]:
        key = int(one.place[0]), bool(one.is_flexible[0]), bool(one.wage[0] < 0)
        if key not in self._reasons:
            lives = self._plan.lives(self._world(one))
            self._reasons[key] = tuple(m for goal in _GOALS for m in missing(lives, (goal, "person", 0)))
        return {
            "wage" if m.name in _WAGES else m.name: _NO_WAGE if m.name in _WAGES else _told(m)
            for m in self._reasons[key]
        }


def _told(lacking: Missing) -> dict[str, str]:
    """That a figure of the law is not sure, and why, in each language."""
    en, zh = lacking.label.get("en", lacking.name), lacking.label.get("zh", lacking.name)
    return {"en": f"{en}: {lacking.why}", "zh": f"{zh}：{lacking.say.get('zh', lacking.why)}"}
