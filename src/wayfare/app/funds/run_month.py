"""The month of a fund: assess everybody who is enrolled and not charged yet, show what comes of it, and post it.

`prepare_month` posts nothing. What it found is one batch, which `post_month` posts whole or not at all; a later run
finds those whom an earlier one missed, and nothing where it missed nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

import numpy as np

from wayfare.app.funds.late_fees import keep_late_fees
from wayfare.app.posting import post
from wayfare.app.sessions import at_work, steadily
from wayfare.funds.month import Assessed, Assessor, Members, Undecided, contribution_batch, current_members
from wayfare.funds.month.collection import undeclared_due
from wayfare.funds.month.errors import MonthNotAssessed
from wayfare.funds.month.records import DUE_DAY, month_of, yyyymm
from wayfare.funds.month.rules import figures_of
from wayfare.funds.month.run import Differing, Due, Employer, MonthRun, NotAssessed, Undeclared
from wayfare.kernel import Month
from wayfare.law import Law
from wayfare.ledger import PERSON, Posted, account_number, check_fund, reversal
from wayfare.storage import Database, Role, Session
from wayfare.storage.ledger_store import LedgerStore
from wayfare.storage.office_store import Charged, OfficeStore

__all__ = ["ALONE", "CHUNK", "Corrected", "correct_month", "post_month", "prepare_month", "rules_in_force"]

ALONE: Final = "alone"  # the payer of people who pay alone, where payers are named
CHUNK: Final = 16_384  # members put to the law at a time: their columns stay in the processor's cache

Progress = Callable[[int, int], None]


class Corrected(NamedTuple):
    """A month posted anew: the run, its batch, the keys of the runs taken back, and changed late fees in fen."""

    run: MonthRun
    posted: Posted | None
    taken_back: tuple[str, ...]
    late_fees: Mapping[str, int]


def prepare_month(
    database: Database, law: Law, fund: str, month: Month, *, anew: bool = False, today: date = date.max,
    progress: Progress = lambda *_: None,
) -> MonthRun:  # fmt: skip
    """Assess the month; `progress` is told how many members were read, and of about how many.

    `anew` assesses it as if its runs were taken back, which is what a correction would post; a month after `today` is
    not assessed. Raises AccountWrong, NoClauses and MonthNotAssessed.
    """
    check_fund(fund)
    if month.first_day > today:
        raise MonthNotAssessed(f"{month} has not begun.", next_step="Run it when it has; check the month you typed.")
    with at_work(database, Role.POSTER, f"assess {month}") as session:
        return _prepare(OfficeStore(session.connection), law, fund, month, progress, anew=anew)


def post_month(database: Database, run: MonthRun) -> Posted | None:
    """Post a run; again changes nothing. None where there is nothing to post. Raises as `LedgerStore.post` does."""
    if run.batch is None:
        return None
    batch = run.batch

    def work() -> Posted:
        with at_work(database, Role.POSTER, f"post {run.key}") as session:
            return post(session, [batch])[0].posted

    return steadily(work)


def correct_month(
    database: Database, law: Law, fund: str, month: Month, *, progress: Progress = lambda *_: None
) -> Corrected:
    """Take the runs of a month back and post it anew by what the records say now, both or neither.

    Late fees follow what payments settle then. Where every charge fits the records nothing is taken back, and who was
    missed is charged as by a run. Raises as `prepare_month` and `LedgerStore.post` do: Overdrawn where a member's
    money is no longer there to be taken back.
    """
    check_fund(fund)
    with at_work(database, Role.POSTER, f"correct {month}") as session:
        office = OfficeStore(session.connection)
        run = _prepare(office, law, fund, month, progress)
        touched = {payer for each in run.differing for payer in (each.payer, each.payer_now)} - {"", ALONE}
        taken_back: tuple[str, ...] = ()
        if run.differing:
            taken_back = _take_back(session, office, fund, month)
            run = _prepare(office, law, fund, month, progress)
        posted = post(session, [run.batch])[0].posted if run.batch is not None else None
        fees = keep_late_fees(session, law, fund, touched, since=run.on)
        return Corrected(run, posted, taken_back, fees)


def _take_back(session: Session, office: OfficeStore, fund: str, month: Month) -> tuple[str, ...]:
    """Reverse the standing runs of a month; their keys."""
    keys = tuple(sorted(office.run_keys(fund, yyyymm(month), standing=True)))
    store, on = LedgerStore(session.connection), office.open_day(fund, month.last_day)
    for key in keys:
        batch = store.batch(fund, key)
        assert batch is not None
        post(session, [reversal(batch, key=f"reversal:{key}", on=on)])
    return keys


def rules_in_force(office: OfficeStore, law: Law, fund: str, month: Month) -> tuple[dict[str, Any], dict[str, int]]:
    """The rules of the office that count in a month, with sources, and those that clauses read, in small units."""
    rules = office.rules(fund, yyyymm(month))
    figures = figures_of(law, fund, month, {name: value for name, (value, _) in rules.items()})
    return {name: rule for name, rule in rules.items() if name in figures or name == DUE_DAY}, figures


def _prepare(
    office: OfficeStore, law: Law, fund: str, month: Month, progress: Progress, *, anew: bool = False
) -> MonthRun:
    rules, given = rules_in_force(office, law, fund, month)
    assessor = Assessor(law, fund, month, given)
    before = Charged.none() if anew else office.charged(fund, yyyymm(month))
    found, most = _Found(), office.enrolled_most(fund, yyyymm(month))
    for members in map(current_members, office.enrolled(fund, yyyymm(month), chunk=CHUNK, most=most)):
        found.count(members)
        is_charged = _are_in(members.account, before.account)
        if not is_charged.all():
            found.add(*assessor.assess(members.part(~is_charged)))
        if is_charged.any():
            found.compare(before, members.part(is_charged), assessor)
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
    employers = office.employers(fund)
    payers = {each.payer: each.id for each in employers} | {account_number(PERSON): ALONE}
    return MonthRun(
        fund, month, key, on, law.version, found.enrolled, found.before, found.dues(employers),
        found.not_assessed(office, fund), found.differing(office, fund, before, payers),
        _undeclared(office, law, fund, month, found.silent_payers()), rules, found.several(office, fund), batch,
    )  # fmt: skip


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
    silent = [each for each in office.employers(fund) if each.payer in payers] if payers else []
    charges = office.charges(fund, [each.payer for each in silent]) if silent else {}
    out = []
    for employer in silent:
        before = [each for each in charges.get(employer.payer, []) if each.month < yyyymm(month)]
        fen = before[-1].fen if before else None
        for step in range(_months_between(before[-1].month, month) if before else 0):
            fen = undeclared_due(law, fen or 0, on=(month - step).last_day)
        out.append(Undeclared(employer, before[-1].month if before else None, fen))
    return tuple(out)


def _are_in(numbers: Any, some: Any) -> Any:
    """Which numbers are among some, which ascend."""
    if not len(some):
        return np.zeros(len(numbers), bool)
    return some[np.minimum(np.searchsorted(some, numbers), len(some) - 1)] == numbers


def _months_between(last: int, month: Month) -> int:
    return month - month_of(last)


class _Found:
    """What the chunks of a month came to."""

    def __init__(self) -> None:
        self.enrolled = self.before = 0
        self.parts: list[Assessed] = []
        self._payers: dict[int, bool] = {}  # whether any wage was declared
        self._reasons: dict[str, Undecided] = {}
        self._differing: dict[int, tuple[int, int, int, int]] = {}  # fen charged and now, and whom they are on
        self._seen: list[Any] = []
        self._several: list[int] = []

    def count(self, members: Members) -> None:
        """Count members in, and which of their payers declared a wage."""
        self.enrolled += len(members.account)
        self._several += members.account[members.has_several & ~members.is_twice].tolist()
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

    def compare(self, before: Charged, members: Members, assessor: Assessor) -> None:
        """Hold those who are charged already against what their records give now."""
        self.before += len(members.account)
        self._seen.append(members.account)
        now, undecided = assessor.assess(members)
        self.add(Assessed(*(column[:0] for column in now)), undecided)
        at = np.searchsorted(before.account, now.account)
        total, charged, payer = now.pool + now.own, before.fen[at], before.payer[at]
        rows = np.flatnonzero((total != charged) | (now.payer != payer))
        columns = (each[rows].tolist() for each in (now.account, charged, total, payer, now.payer))
        self._differing.update({account: found for account, *found in zip(*columns, strict=True)})

    def differing(
        self, office: OfficeStore, fund: str, before: Charged, payers: Mapping[int, str]
    ) -> tuple[Differing, ...]:
        """The members whose charge is not what their records give now, in its amount or in whose it is, by name."""
        gone = ~_are_in(before.account, np.concatenate([np.zeros(0, np.int64), *self._seen]))
        columns = (x[gone].tolist() for x in before)
        found = {account: (fen, 0, payer, 0) for account, fen, payer in zip(*columns, strict=True)} | self._differing
        names = office.names(fund, list(found))
        return tuple(
            sorted(
                Differing(names.get(n, str(n)), was, now, payers.get(on, ""), payers.get(on_now, ""))
                for n, (was, now, on, on_now) in found.items()
            )
        )

    def several(self, office: OfficeStore, fund: str) -> tuple[str, ...]:
        """The members whom several payers enrol, by name."""
        return tuple(sorted(office.names(fund, self._several).values()))

    def dues(self, employers: list[Employer]) -> tuple[Due, ...]:
        """The sums by payer, employers in the order of their ids and then the people who pay alone."""
        if not self.parts:
            return ()
        payer, pool, own = (
            np.concatenate([getattr(part, name) for part in self.parts]) for name in ("payer", "pool", "own")
        )
        order = np.argsort(payer, kind="stable")
        payers, first, counts = np.unique(payer[order], return_index=True, return_counts=True)
        pool, own = (np.add.reduceat(column[order], first) for column in (pool, own))
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
