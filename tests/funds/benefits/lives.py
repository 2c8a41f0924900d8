"""Random lives of pensioners over twenty years, walked through the payroll and, beside it, through a few plain lines.

`Walk` keeps the office's records and the books in memory and runs the payroll of every month. What is due and what the
accounts hold is worked out again here with fractions, one pensioner at a time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st

from wayfare.funds.benefits import (
    PAYABLE,
    BenefitMonth,
    LateMonth,
    OverpaidMonth,
    payroll,
    recovery_account,
    recovery_batch,
)
from wayfare.ledger import PERSON, Batch, Books, account_number, interest_batch, member_account

FUND = "440000:employee_pension"
FIRST, MONTHS = 2005 * 12, 240  # January 2005, as an index of months


def written(index: int) -> int:
    """A month as yyyymm."""
    return index // 12 * 100 + index % 12 + 1


@dataclass(frozen=True)
class Told:
    """A pensioner's life: the account, awards by the month in which they are known, adjustments by year, the death.

    An award is (pension, account part); adjustments become known in their month of the year, for January.
    """

    account: int
    awards: dict[int, tuple[int, int]]
    adjustments: dict[int, tuple[int, int]]  # year: (month of the year in which it is known, pension)
    died: tuple[int, int] | None  # month of the death and the month in which it is known
    monthly: int  # what is kept back of a pension to repay


@st.composite
def told_lives(draw: Any) -> Told:
    """A life whose corrections, adjustments and death come at any time, and late."""
    fen = st.integers(50_000, 900_000)

    def an_award() -> tuple[int, int]:
        pension = draw(fen)
        return pension, draw(st.integers(0, pension))

    awards = {FIRST: an_award()}
    for month in draw(st.lists(st.integers(FIRST + 1, FIRST + MONTHS - 40), max_size=2, unique=True)):
        awards[month] = an_award()
    years = draw(st.lists(st.integers(2006, 2023), max_size=6, unique=True))
    adjustments = {year: (draw(st.integers(1, 12)), draw(fen)) for year in years}
    died = None
    if draw(st.booleans()):
        month = draw(st.integers(FIRST, FIRST + MONTHS - 30))
        died = month, month + draw(st.integers(0, 14))
    return Told(draw(st.integers(0, 40_000_000)), awards, adjustments, died, draw(st.integers(10_000, 200_000)))


@dataclass
class Walk:
    """The fund's books and records as the months pass."""

    law: Any
    lives: list[Told]
    books: Books = field(default_factory=Books)
    settled: dict[tuple[int, int], list[int]] = field(default_factory=dict)  # (row, month): from account, from pool
    owed: list[int] = field(default_factory=list)
    expected: list[int] = field(default_factory=list)  # what the accounts hold by the plain lines
    earned: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        count = len(self.lives)
        names = [member_account(f"p{i}") for i in range(count)]
        order = sorted(range(count), key=lambda i: account_number(names[i]))
        self.lives, self.names = [self.lives[i] for i in order], [names[i] for i in order]
        self.members = [name.partition(":")[2] for name in self.names]
        self.owed, self.earned = [0] * count, [0] * count
        self.expected = [told.account for told in self.lives]
        opening = Batch(FUND, date(2004, 12, 31), "opening")
        for name in ("pooled_fund", PERSON, *self.names, *map(recovery_account, self.members)):
            opening.open(name)
        opening.move(debit=PERSON, credit="pooled_fund", amount=10**12)
        for name, told in zip(self.names, self.lives, strict=True):
            if told.account:
                opening.move(debit=PERSON, credit=name, amount=told.account)
        self.books.post(opening.seal())

    # ---- the plain lines
    def award(self, row: int, now: int) -> tuple[int, int]:
        awards = self.lives[row].awards
        return awards[max(month for month in awards if month <= now)]

    def amount(self, row: int, month: int, now: int) -> int:
        known = [
            (year, pension) for year, (at, pension) in self.lives[row].adjustments.items()
            if year * 12 <= month and year * 12 + at - 1 <= now
        ]  # fmt: skip
        return max(known)[1] if known else self.award(row, now)[0]

    def due(self, row: int, month: int, now: int) -> int:
        died = self.lives[row].died
        ended = died is not None and died[1] <= now and month > died[0]
        return 0 if ended else self.amount(row, month, now)

    def pay_out(self, row: int, amount: int, now: int) -> None:
        pension, account = self.award(row, now)
        share = int(Fraction(amount * account, pension) + Fraction(1, 2))
        self.expected[row] -= min(share, self.expected[row])

    # ---- the payroll
    def facts(self, month: int, now: int, rows: list[int]) -> BenefitMonth:
        def column(values: Any) -> Any:
            return np.array(list(values), np.int64)

        died = [self.lives[row].died for row in rows]
        known = [written_day(each[0]) if each is not None and each[1] <= now else 0 for each in died]
        return BenefitMonth(
            written(month),
            account=column(account_number(self.names[row]) for row in rows),
            recovery=column(account_number(recovery_account(self.members[row])) for row in rows),
            first_month=column(written(FIRST) for _ in rows),
            died=column(known),
            suspended=column(0 for _ in rows),
            pension_of_month=column(self.amount(row, month, now) for row in rows),
            pension=column(self.award(row, now)[0] for row in rows),
            account_pension=column(self.award(row, now)[1] for row in rows),
            kept_monthly=column(self.lives[row].monthly for row in rows),
            owed=column(self.owed[row] for row in rows),
            changed_from=column(0 for _ in rows),
        )

    def run(self, now: int) -> Any:
        """The payroll of a month, posted; then what was found to be overpaid is charged back."""
        rows = list(range(len(self.lives)))
        changed = [row for row in rows if self.has_news(row, now)]
        late = []
        for month in range(FIRST, now) if changed else ():
            paid = np.array([sum(self.settled[row, month]) for row in changed], np.int64)
            late.append(LateMonth(self.facts(month, now, changed), paid))
            for row in changed:
                self.pay_out(row, max(self.due(row, month, now) - sum(self.settled[row, month]), 0), now)
        balance = np.array([self.held(name) for name in self.names], np.int64)
        found = payroll(self.law, FUND, self.facts(now, now, rows), balance, late=late)
        for row in rows:
            self.settled[row, now] = [0, 0]
            self.pay_out(row, self.due(row, now, now), now)
        if found.batch is not None:
            self.books.post(found.batch)
            self.read(found.batch)
        for number in found.overpaid:
            self.charge_back(next(row for row in rows if account_number(self.names[row]) == number), now)
        return found

    def has_news(self, row: int, now: int) -> bool:
        told = self.lives[row]
        adjusted = any(year * 12 + at - 1 == now for year, (at, _) in told.adjustments.items())
        return now > FIRST and (now in told.awards or adjusted or (told.died is not None and told.died[1] == now))

    def charge_back(self, row: int, now: int) -> None:
        months = []
        for month in range(FIRST, now):
            account, pool = self.settled[row, month]
            excess = account + pool - self.due(row, month, now)
            if excess > 0:
                months.append(OverpaidMonth(written(month), excess, account, pool))
                self.expected[row] += int(Fraction(excess * account, account + pool) + Fraction(1, 2))
        batch = recovery_batch(FUND, self.members[row], now, months, on=date(now // 12, now % 12 + 1, 28))
        self.books.post(batch)
        self.read(batch)

    def read(self, batch: Any) -> None:
        """Takes up what a batch says, from its rows alone."""
        rows = {account_number(name): row for row, name in enumerate(self.names)}
        pool, payable = account_number("pooled_fund"), account_number(PAYABLE)
        columns = (batch.rows[name].tolist() for name in ("debit", "credit", "amount", "subject", "effective_from"))
        for debit, credit, amount, subject, effective in zip(*columns, strict=True):
            row = rows[subject]
            month = effective // 100 * 12 + effective % 100 - 1
            owes = account_number(recovery_account(self.members[row]))
            if credit == payable:
                self.settled[row, month][int(debit == pool)] += amount
            elif debit == owes:
                self.settled[row, month][int(credit == pool)] -= amount
                self.owed[row] += amount
            else:
                assert (debit, credit) == (payable, owes)
                self.owed[row] -= amount

    def earn(self, year: int, rate: int) -> None:
        """A year's interest on what is left, in basis points."""
        earned = [(self.held(name) * rate + 5_000) // 10_000 for name in self.names]
        for row, fen in enumerate(earned):
            self.expected[row] += fen
            self.earned[row] += fen
        accounts = np.array([account_number(name) for name in self.names], np.int64)
        self.books.post(interest_batch(FUND, year=year, accounts=accounts, interest=np.array(earned, np.int64)))

    def held(self, name: str) -> int:
        return self.books.balance(FUND, name).amount_fen


def written_day(month: int) -> int:
    """The number of a day in the middle of a month."""
    return date(month // 12, month % 12 + 1, 15).toordinal()
