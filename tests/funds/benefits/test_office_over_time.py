"""Two years of an office whose records come late: after every run each month is paid as the records then say."""

from __future__ import annotations

import random
from datetime import date

import pytest

from funds.benefits.pensioners import FUND, adjustment, award, balances, pay_in, register
from wayfare.app.funds.benefits import (
    Approved,
    adjust_benefit,
    recover,
    report_death,
    start_benefit,
    suspend_benefit,
)
from wayfare.app.funds.pay_benefits import month_after, pay_benefits
from wayfare.app.sessions import at_work
from wayfare.storage import Role
from wayfare.storage.benefit_store import BenefitStore

MEMBERS = ("p1", "p2", "p3")
MONTHS = [year * 100 + month for year in (2024, 2025) for month in range(1, 13)]


class Office:
    """What was recorded, in plain lists beside the database."""

    def __init__(self, database, law, seed: int) -> None:
        self.database, self.law, self.dice = database, law, random.Random(seed)
        self.amounts = {member: [] for member in MEMBERS}  # (month, pension), later ones of a month count
        self.stops = {member: [] for member in MEMBERS}  # (month, stopped)
        self.died = dict.fromkeys(MEMBERS)
        self.awards = dict.fromkeys(MEMBERS)
        self.count = 0

    def name(self) -> str:
        self.count += 1
        return f"D-{self.count}"

    def grant(self, member: str) -> None:
        pension, identity = self.dice.randint(1_000_00, 5_000_00), self.name()
        share = pension * self.dice.randint(0, 60) // 100
        award(
            self.database, self.law, member, f"{pension / 100:.2f}", f"{share / 100:.2f}", identity=identity,
            replaces=self.awards[member],
        )  # fmt: skip
        start_benefit(self.database, FUND, member, first_month=202401, decision=identity)
        self.awards[member] = identity
        self.amounts[member] = [(202400, pension), *(each for each in self.amounts[member] if each[0] > 202400)]

    def befall(self, member: str, now: int) -> None:
        """Something that becomes known this month about this month or an earlier one."""
        what, month = self.dice.choice(["award", "raise", "death", "halt", "none", "none"]), self.dice.choice(
            [each for each in MONTHS if each <= now]
        )  # fmt: skip
        if what == "award":
            self.grant(member)
        elif what == "raise":
            pension, identity = self.dice.randint(1_000_00, 5_000_00), self.name()
            adjustment(self.database, self.law, member, f"{pension / 100:.2f}", year=now // 100, identity=identity)
            adjust_benefit(self.database, FUND, member, decision=identity)
            self.amounts[member].append((now // 100 * 100 + 1, pension))
        elif what == "death" and self.dice.random() < 0.3:
            report_death(self.database, FUND, member, on=date(month // 100, month % 100, 9), paper=self.name())
            self.died[member] = month
        elif what == "halt":
            stopped = self.dice.random() < 0.5
            suspend_benefit(self.database, FUND, member, month=month, paper=self.name(), resume=not stopped)
            self.stops[member].append((month, stopped))

    def due(self, member: str, month: int) -> int:
        stops = [(at, place, stopped) for place, (at, stopped) in enumerate(self.stops[member]) if at <= month]
        ended = self.died[member] is not None and month > self.died[member]
        if ended or (stops and max(stops)[2]):
            return 0
        return max((at, place, fen) for place, (at, fen) in enumerate(self.amounts[member]) if at <= month)[2]

    def paid(self, member: str, until: int) -> dict[int, int]:
        with at_work(self.database, Role.POSTER, "a test") as session:
            found = BenefitStore(session.connection).settled(FUND, 202401, until, member=member)
        columns = (found[name].tolist() for name in ("month", "from_account", "from_pool"))
        return {month: account + pool for month, account, pool in zip(*columns, strict=True)}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_every_run_each_month_is_paid_as_the_records_say(database, law, seed):
    office = Office(database, law, seed)
    register(database, *MEMBERS)
    pay_in(database, pool=10**12, accounts=dict.fromkeys(MEMBERS, 9_000_00))
    for member in MEMBERS:
        office.grant(member)
    for now in MONTHS[:18]:
        for member in MEMBERS:
            office.befall(member, now)
        found = pay_benefits(database, law, FUND, now)
        for member in found.overpaid:
            agreed = Approved(date(2024, 1, 2), f"agreement {now}", "a late record")
            after = month_after(now)
            on = date(now // 100, now % 100, 28)
            recover(database, law, FUND, member, monthly=100, from_month=after, approved=agreed, on=on)
        for member in MEMBERS:
            paid = office.paid(member, now)
            due = {month: office.due(member, month) for month in MONTHS if month <= now}
            assert {month: fen for month, fen in paid.items() if fen} == {m: fen for m, fen in due.items() if fen}
    held = balances(database)
    assert all(held[f"account:{member}"] >= 0 for member in MEMBERS) and sum(held.values()) == 0
