"""A fund's book as a Beancount journal: plain text that another program adds up by itself.

Each transfer is a transaction of two postings, linked with the others of its batch. Beancount writes debits with a
plus, so every balance has the other sign. At each month's end every control account and the members' sum are asserted,
at the end each member's account, without tolerance. Names follow Beancount's rules and can be turned back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from wayfare.funds.reports.lines import AccountClass, Line, class_of, counterpart_of, purpose_of
from wayfare.kernel import Money
from wayfare.ledger.chart import FUND_NAME, INSURANCES

__all__ = [
    "CURRENCY", "account_name", "balance_lines", "journal_head", "open_lines", "opening_lines", "transaction_lines",
]  # fmt: skip

CURRENCY: Final = "CNY"
_LAWFUL = re.compile(r"[A-Z0-9][A-Za-z0-9-]*")
_KIND = re.compile(r"[a-z]+(_[a-z]+)*")
_ESCAPED = "X-"
_PAYERS = ("employer", "person", "government")
_WORDS = frozenset("".join(part.capitalize() for part in word.split("_")) for word in (*_PAYERS, *INSURANCES))
_WITH_OTHERS = ("prepaid",)
_ROOTS = {
    AccountClass.POOL: "Equity",
    AccountClass.MEMBERS: "Liabilities",
    AccountClass.OWED_BY_THE_FUND: "Liabilities",
    AccountClass.ON_THE_WAY: "Liabilities",
    AccountClass.OWED_TO_THE_FUND: "Assets",
    AccountClass.BANK: "Assets",
    AccountClass.OUTSIDE: "Assets",
}


def account_name(account: str) -> str:
    """The Beancount name of an account: `account:W-104` is Liabilities:Account:W-104, a bank lies under Assets."""
    purpose, other = purpose_of(account), counterpart_of(account)
    root = "Assets" if purpose == "in_transit_in" else _ROOTS[class_of(account)]
    head, _, rest = other.partition(":")
    if not other:
        # An account that stands alone must not be the parent of others, whose sums Beancount would add to it.
        parts = [_ESCAPED] if purpose in _WITH_OTHERS else []
    elif FUND_NAME.fullmatch(other):
        parts = [head, _known(rest)]
    elif purpose == "contribution_clearing" and head in _PAYERS:
        parts = [_known(head), *([_component(rest)] if rest else [])]
    elif purpose == "benefits_payable":
        parts = [_camel(other) if _KIND.fullmatch(other) else _escaped(other)]
    else:
        parts = [_component(other)]
    return ":".join([root, _camel(purpose), *parts])


def journal_head(fund: str, *, first: date) -> Iterator[str]:
    """What a journal begins with."""
    yield f'option "title" {_quoted(fund)}'
    yield f'option "operating_currency" "{CURRENCY}"'
    yield f"{first} commodity {CURRENCY}"


def open_lines(accounts: Iterable[str], *, first: date) -> Iterator[str]:
    """The accounts opened on the journal's first day, with the names they have in the book."""
    for account in accounts:
        yield f"{first} open {account_name(account)} {CURRENCY}"
        yield f"  account: {_quoted(account)}"


def transaction_lines(line: Line, narration: str) -> Iterator[str]:
    """One transfer: its debit with a plus, its credit with a minus."""
    yield f"{line.on} * {_quoted(line.key)} {_quoted(narration)} ^batch-{line.batch}"
    yield f"  line: {line.line}"
    yield f"  months: {_quoted(line.months())}"
    for name, value in (("member", line.member), ("decision", line.decision), ("reverses", line.reverses)):
        if value:
            yield f"  {name}: {_quoted(value)}"
    yield f"  {account_name(line.debit)}  {line.amount} {CURRENCY}"
    yield f"  {account_name(line.credit)}  {-line.amount} {CURRENCY}"


def opening_lines(on: date, balances: Sequence[tuple[str, Money]]) -> Iterator[str]:
    """What the accounts held before the journal's first day, as one transaction; they add up to zero."""
    yield f'{on} * "opening" "Balances brought forward"'
    for account, balance in balances:
        yield f"  {account_name(account)}  {-balance} {CURRENCY}"


def balance_lines(last_day: date, balances: Iterable[tuple[str, Money]]) -> Iterator[str]:
    """What accounts hold at the end of a day, to be found by Beancount to the fen."""
    for account, balance in balances:
        yield f"{last_day + timedelta(days=1)} balance {account_name(account)}  {-balance} ~ 0 {CURRENCY}"


def _camel(words: str) -> str:
    return "".join(part.capitalize() for part in words.split("_"))


def _known(word: str) -> str:
    """A word of the chart, or another name."""
    return _camel(word) if word in _PAYERS or word in INSURANCES else _component(word)


def _component(name: str) -> str:
    """A part of a name by Beancount's rules: as it is where it is lawful, else escaped so that no two names meet."""
    if _LAWFUL.fullmatch(name) and not name.startswith(_ESCAPED) and name not in _WORDS:
        return name
    return _escaped(name)


def _escaped(name: str) -> str:
    return _ESCAPED + "".join(c if c.isalpha() or c in "0123456789" else f"-{ord(c):x}-" for c in name)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


