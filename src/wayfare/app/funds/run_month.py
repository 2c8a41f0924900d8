"""The month of a fund: assess everybody who is enrolled and not charged yet, show what comes of it, and post it.

`prepare_month` posts nothing. What it found is one batch, which `post_month` posts whole or not at all; a later run
finds those whom an earlier one missed, and nothing where it missed nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import numpy as np

from wayfare.app.posting import post
from wayfare.app.sessions import at_work, steadily
from wayfare.decisions.world import read_given
from wayfare.funds.month import Assessed, Assessor, Members, Undecided, contribution_batch, current_members
from wayfare.funds.month.collection import undeclared_due
from wayfare.funds.month.errors import MonthNotAssessed
from wayfare.funds.month.records import yyyymm
from wayfare.kernel import Money, Month
from wayfare.law import Law
from wayfare.ledger import Posted, SealedBatch, check_fund
from wayfare.storage import Database, Role
from wayfare.storage.office_store import Employer, OfficeStore

__all__ = ["CHUNK", "Due", "MonthRun", "NotAssessed", "Undeclared", "post_month", "prepare_month", "rules_in_force"]

CHUNK: Final = 16_384  # members put to the law at a time: their columns stay in the processor's cache
NOT_OF_THE_LAW: Final = frozenset({"due_day"})  # rules of the office itself, which no clause reads

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Due:
    """What a payer owes for the month, in fen, by this run; `employer` is None for the people who pay alone."""

    employer: Employer | None
    members: int
    pool: int
    own: int


@dataclass(frozen=True, slots=True)
class NotAssessed:
    """A reason for which members cannot be assessed, in each language, and the members."""

    name: str
    say: Mapping[str, str]
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Undeclared:
    """An employer that declared no wage at all: what it owes for now by article 62, None where nothing says so.

    That is a share of the last month it was charged for; the sum is told and not booked, for nobody can say what of it
    is whose.
    """

    employer: Employer
    last_month: int | None
    fen: int | None


@dataclass(frozen=True)
class MonthRun:
    """What a run of a month comes to. `batch` is None where nobody is to be charged."""

    fund: str
    month: Month
    key: str
    on: date
    law: str
    enrolled: int
    charged_before: int
    dues: tuple[Due, ...]
    not_assessed: tuple[NotAssessed, ...]
    undeclared: tuple[Undeclared, ...]
    rules: Mapping[str, tuple[str, str]]
    batch: SealedBatch | None = field(repr=False)

    @property
    def charged(self) -> int:
        """How many members this run charges."""
        return sum(due.members for due in self.dues)

    @property
    def pool(self) -> Money:
        """What goes to the pool."""
        return Money.fen(sum(due.pool for due in self.dues))

    @property
    def own(self) -> Money:
        """What goes to the members' own accounts."""
        return Money.fen(sum(due.own for due in self.dues))

    def as_document(self) -> dict[str, Any]:
        """The run as an object, amounts in yuan."""
        return {
            "fund": self.fund, "month": str(self.month), "key": self.key, "on": self.on.isoformat(), "law": self.law,
            "enrolled": self.enrolled, "charged_before": self.charged_before, "charged": self.charged,
            "pool": str(self.pool), "own_accounts": str(self.own),
            "dues": [_due_document(due) for due in self.dues],
            "not_assessed": [
                {"reason": each.name, "say": dict(each.say), "members": list(each.members)}
                for each in self.not_assessed
            ],
            "undeclared": [_undeclared_document(each) for each in self.undeclared],
            "rules": [{"name": n, "value": v, "source": s} for n, (v, s) in self.rules.items()],
        }  # fmt: skip


def prepare_month(
    database: Database, law: Law, fund: str, month: Month, *, progress: Progress = lambda *_: None
) -> MonthRun:
    """Assess the month; `progress` is told how many members were read, and of about how many.

    Raises AccountWrong, NoClauses, MonthNotAssessed, and GapInLaw only for a rule of the office that no clause takes.
    """
    check_fund(fund)
    with at_work(database, Role.POSTER, f"assess {month}") as session:
        return _prepare(OfficeStore(session.connection), law, fund, month, progress)


def post_month(database: Database, run: MonthRun) -> Posted | None:
    """Post a run; again changes nothing. None where there is nothing to post. Raises as `LedgerStore.post` does."""
    if run.batch is None:
        return None
    batch = run.batch

    def work() -> Posted:
        with at_work(database, Role.POSTER, f"post {run.key}") as session:
            return post(session, [batch])[0].posted

    return steadily(work)


def rules_in_force(office: OfficeStore, law: Law, fund: str, month: Month) -> tuple[dict[str, Any], dict[str, int]]:
    """The rules that the office gave for a month with their sources, and those that clauses read, in small units."""
    rules = office.rules(fund, yyyymm(month))
    texts = {name: value for name, (value, _) in rules.items() if name not in NOT_OF_THE_LAW}
    return rules, read_given(law, texts)


def _prepare(
    office: OfficeStore, law: Law, fund: str, month: Month, progress: Progress
) -> MonthRun:
    rules, given = rules_in_force(office, law, fund, month)
    assessor = Assessor(law, fund, month, given)
    before = office.charged(fund, yyyymm(month))
    found, most = _Found(), office.enrolled_most(fund, yyyymm(month))
    for members in _open_members(office, fund, month, before, found):
        found.add(*assessor.assess(members))
        progress(min(found.enrolled, most), most)
    if not found.enrolled:
        raise MonthNotAssessed(
            f"Nobody is enrolled in {fund} in {month}.",
            next_step="Take the enrolments in first: wayfare fund import enrolments FILE.csv --fund " + fund,
        )
    key, on = _key_and_day(office, fund, month)
    batch = None
    if found.parts:
        opens = office.unopened(fund, yyyymm(month))
        batch = contribution_batch(fund, month, found.parts, on=on, key=key, opens=opens, law=law.version)
    return MonthRun(
        fund, month, key, on, law.version, found.enrolled, found.before, found.dues(office.employers(fund)),
        found.not_assessed(office, fund), _undeclared(office, law, fund, month, found.silent_payers()), rules, batch,
    )  # fmt: skip


def _open_members(
    office: OfficeStore, fund: str, month: Month, before: Any, found: _Found
) -> Iterator[Members]:
    """The members of the month whom no run has charged, a chunk at a time."""
    for members in map(current_members, office.enrolled(fund, yyyymm(month), chunk=CHUNK)):
        found.count(members)
        if len(before):
            at = np.minimum(np.searchsorted(before, members.account), len(before) - 1)
            is_open = before[at] != members.account
            found.before += int(len(is_open) - is_open.sum())
            members = members.part(is_open)
        if len(members.account):
            yield members


def _key_and_day(office: OfficeStore, fund: str, month: Month) -> tuple[str, date]:
    """The first free key, contributions:2024-06, then :late-1; and the last day of the month, or the first open one."""
    used, key, late = office.run_keys(fund, yyyymm(month)), f"contributions:{month}", 0
    name = key
    while name in used:
        late += 1
        name = f"{key}:late-{late}"
    return name, office.open_day(fund, month.last_day)


def _undeclared(
    office: OfficeStore, law: Law, fund: str, month: Month, payers: set[int]
) -> tuple[Undeclared, ...]:
    """What employers that declared nothing owe for now: from the last month charged, a step for each month since."""
    silent = [each for each in office.employers(fund) if each.payer in payers]
    charges = office.charges(fund, [each.payer for each in silent]) if silent else {}
    out = []
    for employer in silent:
        before = [each for each in charges.get(employer.payer, []) if each.month < yyyymm(month)]
        fen = before[-1].fen if before else None
        for step in range(_months_between(before[-1].month, month) if before else 0):
            fen = undeclared_due(law, fen or 0, on=(month - step).last_day)
        out.append(Undeclared(employer, before[-1].month if before else None, fen))
    return tuple(out)


def _months_between(last: int, month: Month) -> int:
    return month.index - (last // 100 * 12 + last % 100 - 1)


class _Found:
    """What the chunks of a month came to."""

    def __init__(self) -> None:
        self.enrolled = self.before = 0
        self.parts: list[Assessed] = []
        self._payers: dict[int, bool] = {}  # whether any wage was declared
        self._reasons: dict[str, Undecided] = {}

    def count(self, members: Members) -> None:
        """Count members in, and which of their payers declared a wage."""
        self.enrolled += len(members.account)
        for declared in (False, True):
            payers = np.unique(members.payer[(members.wage >= 0) == declared])
            self._payers.update({payer: declared or self._payers.get(payer, False) for payer in payers.tolist()})

    def silent_payers(self) -> set[int]:
        """The payers none of whose members has a wage."""
        return {payer for payer, declared in self._payers.items() if not declared}

    def add(self, shares: Assessed, undecided: list[Undecided]) -> None:
        """Take a chunk in."""
        if len(shares.account):
            self.parts.append(shares)
        for each in undecided:
            self._reasons.setdefault(each.name, Undecided(each.name, each.say)).accounts.extend(each.accounts)

    def dues(self, employers: list[Employer]) -> tuple[Due, ...]:
        """The sums by payer, employers in the order of their ids and then the people who pay alone."""
        if not self.parts:
            return ()
        payers, at = np.unique(np.concatenate([part.payer for part in self.parts]), return_inverse=True)
        pool, own = (np.zeros(len(payers), np.int64) for _ in range(2))
        np.add.at(pool, at, np.concatenate([part.pool for part in self.parts]))
        np.add.at(own, at, np.concatenate([part.own for part in self.parts]))
        counts = np.bincount(at, minlength=len(payers))
        known = {employer.payer: employer for employer in employers}
        columns = (each.tolist() for each in (payers, counts, pool, own))
        dues = [Due(known.get(p), n, x, y) for p, n, x, y in zip(*columns, strict=True)]
        return tuple(sorted(dues, key=lambda due: (due.employer is None, due.employer.id if due.employer else "")))

    def not_assessed(self, office: OfficeStore, fund: str) -> tuple[NotAssessed, ...]:
        """Each reason with the names of its members, in order."""
        out = []
        for each in self._reasons.values():
            names = office.names(fund, each.accounts)
            out.append(NotAssessed(each.name, each.say, tuple(sorted(names[account] for account in each.accounts))))
        return tuple(sorted(out, key=lambda each: (-len(each.members), each.name)))


def _undeclared_document(each: Undeclared) -> dict[str, Any]:
    last = None if each.last_month is None else f"{each.last_month // 100}-{each.last_month % 100:02}"
    owed = None if each.fen is None else str(Money.fen(each.fen))
    return {"employer": each.employer.id, "name": each.employer.name, "last_month": last, "owed_for_now": owed}


def _due_document(due: Due) -> dict[str, Any]:
    employer = {"employer": due.employer.id, "name": due.employer.name} if due.employer else {"employer": None}
    shares = {"pool": str(Money.fen(due.pool)), "own_accounts": str(Money.fen(due.own))}
    return {**employer, "members": due.members, **shares, "owed": str(Money.fen(due.pool + due.own))}
