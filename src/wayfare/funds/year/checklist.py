"""The checklist before a month is closed: each item with its state, and whether it stops the close.

What must be right can be explained by nobody: earlier months, the trial balance, members against control, the chain.
What must be there can be explained by the officer who closes: the runs of the month, the bank, holds that expired, the
year's interest. What is only told may be open for good reasons: money in suspense and on the way, with its age.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any, Final

import yaml

from wayfare.funds.moves import KnownMove
from wayfare.funds.reports.ageing import OpenItem
from wayfare.funds.reports.lines import MEMBER
from wayfare.funds.reports.trial_balance import Movement
from wayfare.funds.year.errors import CloseStopped
from wayfare.kernel import Money, Month
from wayfare.kernel.wording import filled

__all__ = [
    "BankState", "Item", "MonthFacts", "State", "Stop", "checklist", "explained", "refuse_stopped",
    "rows_hash",
]  # fmt: skip

LANGUAGES: Final = ("en", "zh")


class State(StrEnum):
    """How an item stands."""

    DONE = "done"
    OPEN = "open"
    DOES_NOT_APPLY = "does_not_apply"
    EXPLAINED = "explained"


class Stop(StrEnum):
    """What an open item does to the close."""

    ALWAYS = "always"
    UNLESS_EXPLAINED = "unless_explained"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class BankState:
    """A bank account at a month's end: the last day the bank has stated, lines only it has, what stays unexplained."""

    account: str
    stated_to: date | None
    only_bank: int
    unexplained: Money


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """What is known of a fund's month. `interest` is posted, due, none, or why the rate is not decided (by language).

    `closed_through` and `first` are yyyymm; `running` are the kept balances of control accounts at the end of the month
    and `rows` the movements of the month as the rows give them; `chain` counts the batches that were read back.
    """

    fund: str
    month: Month
    today: date
    closed_through: int
    first: int | None
    enrolled: int
    charged: int
    runs: tuple[str, ...]
    pensioners: int
    payroll: bool
    open_items: tuple[OpenItem, ...]
    banks: tuple[BankState, ...]
    holds: tuple[KnownMove, ...]
    rows: tuple[Movement, ...]
    running: Mapping[str, Money]
    interest: str | Mapping[str, str]
    chain: int | None


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its state, what an open one does to the close, and what was found, in each language."""

    name: str
    state: State
    stop: Stop
    found: Mapping[str, str]
    details: tuple[str, ...] = ()
    explanation: str = ""
    label: Mapping[str, str] = field(default_factory=dict)
    why: Mapping[str, str] = field(default_factory=dict)

    @property
    def stops(self) -> bool:
        """Whether the month cannot close with it."""
        return self.state is State.OPEN and self.stop is not Stop.NEVER

    def as_document(self) -> dict[str, Any]:
        """The item for programs, and as the close keeps it."""
        return {
            "item": self.name, "state": self.state.value, "stops": self.stops, "stop": self.stop.value,
            "label": dict(self.label), "found": dict(self.found), "why": dict(self.why), "details": list(self.details),
            "explanation": self.explanation,
        }  # fmt: skip


def checklist(facts: MonthFacts) -> tuple[Item, ...]:
    """Every item of a month, in the order in which an office works."""
    makers: tuple[Callable[[MonthFacts], Item], ...] = (
        _earlier, _run, _payroll, _suspense, _transit, _holds, _bank, _members, _trial_balance, _interest, _chain,
    )  # fmt: skip
    return tuple(make(facts) for make in makers)


def explained(items: Iterable[Item], explanations: Mapping[str, str]) -> tuple[Item, ...]:
    """The items with the officer's explanations. Raises CloseStopped for one that needs none or cannot be explained."""
    found = {item.name: item for item in items}
    for name, text in explanations.items():
        item = found.get(name)
        if item is None or item.state is not State.OPEN or item.stop is Stop.ALWAYS or not text.strip():
            raise CloseStopped(
                f"{name} is no open item that can be explained.",
                next_step=f"Explain one of: {', '.join(_explainable(found.values())) or 'none is open'}.",
            )
        found[name] = replace(item, state=State.EXPLAINED, explanation=text.strip())
    return tuple(found.values())


def refuse_stopped(fund: str, month: Month, items: Iterable[Item]) -> None:
    """Raise CloseStopped when an item stops the close."""
    items = tuple(items)
    stopped = [item for item in items if item.stops]
    if not stopped:
        return
    told = "; ".join(f"{item.name}: {item.found['en']}" for item in stopped)
    able = [item.name for item in stopped if item.stop is Stop.UNLESS_EXPLAINED]
    more = f" Or explain it: --explain '{able[0]}=why'." if able else ""
    raise CloseStopped(
        f"{month} of {fund} cannot close. {told}", next_step=f"Do what the checklist leaves open.{more}"
    )


def rows_hash(rows: Iterable[Movement]) -> bytes:
    """SHA-256 over a trial balance: a line for each account in the order of names, amounts in yuan, tabs between."""
    digest = sha256()
    for row in sorted(rows, key=lambda row: row.account):
        amounts = (row.opening, row.debits, row.credits, row.closing)
        digest.update("\t".join((row.account, *map(str, amounts))).encode() + b"\n")
    return digest.digest()


def _explainable(items: Iterable[Item]) -> list[str]:
    return [item.name for item in items if item.state is State.OPEN and item.stop is not Stop.ALWAYS]


# ---------------------------------------------------------------- the items
def _earlier(facts: MonthFacts) -> Item:
    before = _yyyymm(facts.month - 1)
    done = facts.closed_through >= before or facts.first is None or facts.first > before
    if not facts.closed_through:
        part, state = ("first", State.DONE) if done else ("not_first", State.OPEN)
        said = {language: _words("earlier_months", part, language) for language in LANGUAGES}
        return _made("earlier_months", state, Stop.ALWAYS, said)
    last = f"{facts.closed_through // 100}-{facts.closed_through % 100:02}"
    return _item("earlier_months", done, Stop.ALWAYS, last=last)


def _run(facts: MonthFacts) -> Item:
    if not facts.enrolled and not facts.runs:
        return _passed("contributions", Stop.UNLESS_EXPLAINED)
    runs = ", ".join(facts.runs)
    booked = bool(runs) and (facts.charged > 0 or not facts.enrolled)  # runs that were taken back charge nobody
    enrolled, charged = f"{facts.enrolled:,}", f"{facts.charged:,}"
    return _item("contributions", booked, Stop.UNLESS_EXPLAINED, runs=runs, enrolled=enrolled, charged=charged)


def _payroll(facts: MonthFacts) -> Item:
    if not facts.pensioners and not facts.payroll:
        return _passed("payroll", Stop.UNLESS_EXPLAINED)
    return _item("payroll", facts.payroll, Stop.UNLESS_EXPLAINED, pensioners=f"{facts.pensioners:,}")


def _suspense(facts: MonthFacts) -> Item:
    return _aged("suspense", [each for each in facts.open_items if each.account == "suspense"], facts)


def _transit(facts: MonthFacts) -> Item:
    return _aged("in_transit", [each for each in facts.open_items if each.account != "suspense"], facts)


def _aged(name: str, items: list[OpenItem], facts: MonthFacts) -> Item:
    on = facts.month.last_day
    oldest = max((each.days(on) for each in items), default=0)
    total = Money.total(each.amount for each in items)
    told = tuple(f"{each.account} {each.matter} {each.since} {each.days(on)} d {each.amount}" for each in items)
    return _item(name, not items, Stop.NEVER, told, count=f"{len(items):,}", total=total, days=oldest)


def _holds(facts: MonthFacts) -> Item:
    expired = [each for each in facts.holds if each.has_expired(facts.today)]
    told = tuple(
        f"{each.key}{f' → {each.receiver}' if each.receiver else ''} {each.placed} – {each.expires or ''} {each.amount}"
        for each in facts.holds
    )
    total = Money.total(each.amount for each in facts.holds)
    counts = {"count": len(facts.holds), "expired": len(expired), "total": total}
    return _item("holds", not expired, Stop.UNLESS_EXPLAINED, told, **counts)


def _bank(facts: MonthFacts) -> Item:
    if not facts.banks:
        return _passed("bank", Stop.UNLESS_EXPLAINED)
    last = facts.month.last_day
    wrong = [
        each for each in facts.banks
        if each.stated_to is None or each.stated_to < last or each.only_bank or each.unexplained
    ]  # fmt: skip
    told = tuple(f"{each.account} {each.stated_to or '–'} {each.only_bank} {each.unexplained}" for each in facts.banks)
    return _item("bank", not wrong, Stop.UNLESS_EXPLAINED, told, count=len(facts.banks), wrong=len(wrong))


def _members(facts: MonthFacts) -> Item:
    held = Money.total(row.closing for row in facts.rows if row.account == MEMBER)
    control = Money.ZERO - Money.total(facts.running.values())
    return _item("members", held == control, Stop.ALWAYS, held=held, control=control)


def _trial_balance(facts: MonthFacts) -> Item:
    total = Money.total(row.closing for row in facts.rows)
    given = {row.account: row.closing for row in facts.rows if row.account != MEMBER and row.closing}
    kept = {name: balance for name, balance in facts.running.items() if balance}
    differ = tuple(sorted(name for name in given.keys() | kept.keys() if given.get(name) != kept.get(name)))
    is_right, accounts = not total and not differ, f"{len(facts.rows):,}"
    return _item("trial_balance", is_right, Stop.ALWAYS, differ, accounts=accounts, total=total, differ=len(differ))


def _interest(facts: MonthFacts) -> Item:
    if facts.interest == "none":
        return _passed("interest", Stop.UNLESS_EXPLAINED)
    if isinstance(facts.interest, str):
        return _item("interest", facts.interest == "posted", Stop.UNLESS_EXPLAINED, year=facts.month.year)
    said = {to: _words("interest", "waits", to, why=facts.interest[to]) for to in LANGUAGES}
    return _made("interest", State.EXPLAINED, Stop.UNLESS_EXPLAINED, said)


def _chain(facts: MonthFacts) -> Item:
    return _item("chain", facts.chain is not None, Stop.UNLESS_EXPLAINED, batches=f"{facts.chain or 0:,}")


# ---------------------------------------------------------------- words
def _item(name: str, is_done: bool, stop: Stop, details: tuple[str, ...] = (), **values: object) -> Item:
    state = State.DONE if is_done else State.OPEN
    said = {language: _words(name, state.value, language, **values) for language in LANGUAGES}
    return _made(name, state, stop, said, details)


def _passed(name: str, stop: Stop) -> Item:
    said = {language: _words(name, "does_not_apply", language) for language in LANGUAGES}
    return _made(name, State.DOES_NOT_APPLY, stop, said)


def _made(name: str, state: State, stop: Stop, found: Mapping[str, str], details: tuple[str, ...] = ()) -> Item:
    words = _catalogue()[name]
    return Item(name, state, stop, found, details, label=words["label"], why=words["why"])


def _words(name: str, part: str, language: str, **values: object) -> str:
    return filled(_catalogue()[name][part][language], **values)


@cache
def _catalogue() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    text = resources.files("wayfare.funds.year").joinpath("checklist.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, Mapping[str, str]]] = yaml.safe_load(text)
    return found


def _yyyymm(month: Month) -> int:
    return month.year * 100 + month.number
