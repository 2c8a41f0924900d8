"""A person's account across all funds: what each holds, each line with month and purpose, and what is not paid.

What the fund's pool got for the person is told beside the account but is not part of it. A month that was charged to
an employer who has not paid it is marked. The law owes the person the month all
the same; the employer owes the fund the money.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from wayfare.funds.reports.lines import MEMBER, Line, purpose_of
from wayfare.funds.reports.meaning import meaning_of
from wayfare.kernel import Money

__all__ = ["AccountLine", "FundAccount", "PersonAccount", "person_account"]


_POOL = "pooled_fund"


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One line of a person's account: `change` moves the balance, `to_pool` went to the pooled fund beside it."""

    on: date
    months: str
    meaning: str
    batch: int
    key: str
    decision: str | None
    change: Money
    to_pool: Money
    balance: Money
    payer: str
    unpaid: bool

    def as_document(self) -> dict[str, Any]:
        """The line with amounts in yuan as text."""
        return {
            "on": self.on.isoformat(), "months": self.months, "meaning": self.meaning, "batch": self.batch,
            "key": self.key, "decision": self.decision, "change": str(self.change), "to_pool": str(self.to_pool),
            "balance": str(self.balance), "payer": self.payer or None, "employer_in_arrears": self.unpaid,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class FundAccount:
    """A person's account in one fund between two days."""

    fund: str
    opening: Money
    lines: tuple[AccountLine, ...]

    @property
    def closing(self) -> Money:
        """What it holds at the end."""
        return self.opening + Money.total(line.change for line in self.lines)

    @property
    def to_pool(self) -> Money:
        """What went to the pool about this person in these days."""
        return Money.total(line.to_pool for line in self.lines)

    def as_document(self) -> dict[str, Any]:
        """The account with amounts in yuan as text."""
        return {
            "fund": self.fund, "opening": str(self.opening), "closing": str(self.closing), "to_pool": str(self.to_pool),
            "lines": [line.as_document() for line in self.lines],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonAccount:
    """A person's accounts in all funds between two days, by fund."""

    person: str
    first: date
    last: date
    funds: tuple[FundAccount, ...]

    @property
    def closing(self) -> Money:
        """What all of them hold."""
        return Money.total(each.closing for each in self.funds)

    def within(self, fund: str) -> PersonAccount:
        """The same in one fund only."""
        return replace(self, funds=tuple(each for each in self.funds if each.fund == fund))

    def as_document(self) -> dict[str, Any]:
        """What --json prints."""
        return {
            "person": self.person, "from": self.first.isoformat(), "to": self.last.isoformat(),
            "funds": [each.as_document() for each in self.funds], "closing": str(self.closing),
        }  # fmt: skip


def person_account(
    person: str, first: date, last: date, lines: Iterable[Line], unpaid: Mapping[tuple[str, str], set[int]]
) -> PersonAccount:
    """The account of these lines about a person; `unpaid` gives by fund and clearing account the months in arrears."""
    by_fund: dict[str, list[Line]] = {}
    for line in sorted(lines, key=lambda line: (line.on, line.batch, line.line)):
        by_fund.setdefault(line.fund, []).append(line)
    account = f"{MEMBER}:{person}"
    funds = [_fund_account(fund, account, by_fund[fund], first, last, unpaid) for fund in sorted(by_fund)]
    return PersonAccount(person, first, last, tuple(funds))


def _fund_account(
    fund: str, account: str, lines: list[Line], first: date, last: date, unpaid: Mapping[tuple[str, str], set[int]]
) -> FundAccount:
    opening = balance = Money.total(line.change(account) for line in lines if line.on < first)
    out = []
    for line in lines:
        if first <= line.on <= last and (line.change(account) or line.change(_POOL)):
            balance += line.change(account)
            out.append(_account_line(line, account, balance, unpaid.get((fund, line.debit), set())))
    return FundAccount(fund, opening, tuple(out))


def _account_line(line: Line, account: str, balance: Money, unpaid: set[int]) -> AccountLine:
    change = line.change(account)
    other = Money.ZERO if change else line.change(_POOL)
    is_charge = purpose_of(line.debit) == "contribution_clearing"
    return AccountLine(
        line.on, line.months(), meaning_of(line), line.batch, line.key, line.decision, change, other, balance,
        line.debit if is_charge else "", is_charge and line.effective_from in unpaid,
    )  # fmt: skip
