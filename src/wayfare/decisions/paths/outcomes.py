"""What a course comes to: its document put to the law, and the values of the answer at retirement.

All courses of a question go through one plan and one evaluator. Before that the law is asked which kind of account each
new place opens, in the month in which the person first pays there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from wayfare.decisions.paths.asking_law import AskedLaw
from wayfare.decisions.paths.courses import PER_WHOLE, Course
from wayfare.decisions.paths.documents import Writer
from wayfare.decisions.paths.values import FundShare
from wayfare.facts import Document
from wayfare.kernel import Money, Place
from wayfare.kernel.money import Rounding, rounded_quotient
from wayfare.law.missing import Missing, missing, tell

__all__ = ["GOALS", "MOVED", "Outcome", "Prices", "outcomes", "with_accounts"]

GOALS = (
    "place_of_benefit", "counted_months", "minimum_months", "pension", "basic_pension", "account_pension",
    "transitional_pension", "payout_months", "contribution_years", "account_balance", "chosen_is_allowed",
)  # fmt: skip
MOVED = ("account_transfer", "pooled_transfer")  # what the funds' shares rest on
RELATION = ("relation_province", "place_months", "can_be_benefit_place", "relation_wages", "relation_excess",
            "relation_transfer", "relation_balance", "relation_moves")  # fmt: skip
RECORDED = ("recorded_province", "grown_record", "recorded_transfer", "record_moves")
LIMITS = ("benefit_place_months", "temporary_account_age", "pooled_share")
TENTHS = 10  # payout months are counted in tenths


@dataclass(frozen=True)
class Prices:
    """Money of a year at the prices of the year asked about: divided by one plus the rise for each year between."""

    year: int
    inflation: int  # in ten-thousandths

    def today(self, fen: int, year: int) -> Fraction:
        return Fraction(fen) / Fraction(PER_WHOLE + self.inflation, PER_WHOLE) ** (year - self.year)


@dataclass(frozen=True)
class Outcome:
    """A course with its document and the law's values, in small units; a value that is not known is None."""

    course: Course
    document: Document
    values: Mapping[str, int | None]
    written: Mapping[str, str]
    funds: tuple[FundShare, ...]
    missing: tuple[Missing, ...]
    row: int

    @property
    def pays(self) -> Place | None:
        return Place(self.written["place_of_benefit"]) if self.values["place_of_benefit"] is not None else None

    @property
    def is_known(self) -> bool:
        return not self.missing

    def number(self, name: str) -> int:
        """A value of an outcome that is known."""
        found = self.values[name]
        assert found is not None
        return found

    @property
    def short_months(self) -> int:
        """Months missing to the minimum at retirement."""
        return max(self.number("minimum_months") - self.number("counted_months"), 0)

    def today(self, name: str, prices: Prices) -> Money:
        """An amount at today's prices, to the fen."""
        return money(prices.today(self.number(name), self.course.award_year))

    def worth(self, prices: Prices) -> tuple[Fraction, Fraction, Fraction, Fraction]:
        """The parts of the pension over the payout months, and the account of those who get no pension."""
        year, months = self.course.award_year, Fraction(self.number("payout_months"), TENTHS)
        parts = [prices.today(self.number(n), year) * months for n in ("basic_pension", "account_pension",
                                                                       "transitional_pension")]  # fmt: skip
        once = prices.today(self.number("account_balance"), year) if self.short_months else Fraction(0)
        return parts[0], parts[1], parts[2], once

    def whole_worth(self, prices: Prices) -> Fraction:
        """The parts together."""
        return sum(self.worth(prices), start=Fraction(0))


def money(amount: Fraction) -> Money:
    return Money.fen(rounded_quotient(amount.numerator, amount.denominator, Rounding.HALF_UP))


def with_accounts(courses: Sequence[Course], writer: Writer, asked: AskedLaw) -> list[Course]:
    """The courses with the provinces whose account the law makes a temporary one."""
    firsts = [(n, p, c.paid_in(p)[0]) for n, c in enumerate(courses) for p in c.provinces]
    if not firsts:
        return list(courses)
    documents = [writer.write(replace(courses[n], temporary=frozenset()), on=month) for n, _, month in firsts]
    lives = asked.lives(documents, ("account_kind",))
    temporary = asked.law.choices["account_kind"].index("temporary")
    found: list[set[Place]] = [set() for _ in courses]
    for (n, place, _), kind in zip(firsts, lives.value("account_kind"), strict=True):
        if kind == temporary:
            found[n].add(place)
    return [replace(c, temporary=frozenset(places)) for c, places in zip(courses, found, strict=True)]


def outcomes(courses: Sequence[Course], writer: Writer, asked: AskedLaw) -> tuple[list[Outcome], Any]:
    """What each course comes to, and the lives, for reasons and what they rest on."""
    documents = [writer.write(c) for c in courses]
    limits = [value for name in LIMITS for value in asked.law.stands_for(name)]
    lives = asked.lives(documents, (*GOALS, *MOVED, *RELATION, *RECORDED, *limits))
    return [_outcome(lives, n, c, d) for n, (c, d) in enumerate(zip(courses, documents, strict=True))], lives


def _outcome(lives: Any, row: int, course: Course, document: Document) -> Outcome:
    values = {name: lives.value(name)[row] for name in GOALS}
    written = {name: tell(lives, name, x) for name, x in values.items()}
    values |= {name: _limit(lives, name, row) for name in LIMITS}
    lacking = {
        (m.kind, m.name, m.ref): m for name in GOALS for m in missing(lives, (name, "person", row))
    }  # fmt: skip
    return Outcome(course, document, values, written, tuple(_funds(lives, row)), tuple(lacking.values()), row)


def _limit(lives: Any, name: str, person: int) -> int | None:
    """A limit of the law as it was looked up for a person, at whatever level; None where nothing needed it."""
    for value in lives.law.stands_for(name):
        level = lives.law.values[value].level
        rows = zip(lives.link(level, "person"), lives.value(value), strict=True)
        found = next((x for of, x in rows if of == person and x is not None), None)
        if found is not None:
            return int(found)
    return None


def _funds(lives: Any, person: int) -> list[FundShare]:
    """What each province's fund holds and passes on; nothing while something it needs is not known."""
    share = _limit(lives, "pooled_share", person)
    relations, records = _rows(lives, RELATION, "relation", person), _rows(lives, RECORDED, "recorded_account", person)
    if share is None or any(None in at.values() for at in (*relations, *records)):
        return []
    out: dict[int, FundShare] = {}
    for at in relations:
        moves = at["relation_moves"]
        pooled = rounded_quotient(at["relation_wages"] * share + at["relation_excess"], PER_WHOLE, Rounding.HALF_UP)
        out[at["relation_province"]] = FundShare(
            _province(lives, "relation_province", at), at["place_months"], bool(at["can_be_benefit_place"]),
            Money.fen(at["relation_balance"]), Money.fen(at["relation_transfer"] * moves), Money.fen(pooled * moves),
        )  # fmt: skip
    for at in records:
        place, key = _province(lives, "recorded_province", at), at["recorded_province"]
        of = out.get(key, FundShare(place, 0, False, Money.fen(0), Money.fen(0), Money.fen(0)))
        held, passed = Money.fen(at["grown_record"]), Money.fen(at["recorded_transfer"] * at["record_moves"])
        out[key] = replace(
            of, account_then=of.account_then + held, account_passed_then=of.account_passed_then + passed
        )
    return list(out.values())


def _rows(lives: Any, names: Sequence[str], level: str, person: int) -> list[dict[str, Any]]:
    """Some values of a person's rows of a level."""
    columns = {name: lives.value(name) for name in names}
    mine = (row for row, of in enumerate(lives.link(level, "person")) if of == person)
    return [{name: column[row] for name, column in columns.items()} for row in mine]


def _province(lives: Any, name: str, at: Mapping[str, Any]) -> Place:
    return Place(tell(lives, name, at[name]))
