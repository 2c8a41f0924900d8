"""The records of benefits: kept as they came, seen within their place, read out for a month as the plain rules say."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.servers import officer
from wayfare.ledger import account_number, member_account
from wayfare.ledger.errors import FundOutOfView
from wayfare.storage import Role
from wayfare.storage.benefit_store import BenefitStore, RecoveryPlan

GUANGDONG = "440000:employee_pension"
TABLES = ("benefit_record", "payroll", "overpaid", "recovery_plan")
INSERT = """insert into office.benefit_record
    (fund, member, what, from_month, pension, account_pension, on_day, decision, paper, viewer)
    values (%s, %s, %s, %s, %s, %s, %s, %s, %s, 'a test')"""
MEMBERS = ("p1", "p2")
TOLD = ("first_month", "died", "suspended", "pension_of_month", "pension", "account_pension", "changed_from")
_funds = itertools.count(1)


@dataclass(frozen=True)
class Row:
    """A record as it is put in; `amount` is the pension, of which an award has half from the account."""

    member: str
    what: str
    month: int
    amount: int

    @property
    def values(self) -> tuple[Any, ...]:
        pays, dies = self.what in ("award", "adjustment"), self.what == "death"
        return (
            self.member, self.what, self.month, self.amount if pays else None,
            self.amount // 2 if self.what == "award" else None, day_before(self.month) if dies else None,
            "D" if pays else None, None if pays else "a paper",
        )  # fmt: skip


def day_before(month: int) -> date:
    return date.fromordinal(date(month // 100, month % 100, 1).toordinal() - 1)


kinds = st.sampled_from(["adjustment", "award", "death", "death_withdrawn", "suspension", "resumption"])
months = st.integers(0, 23).map(lambda n: (2024 + n // 12) * 100 + n % 12 + 1)
rows = st.builds(Row, st.sampled_from(MEMBERS), kinds, months, st.integers(0, 100))


def put(administrator, database, fund: str, records: list[Row]) -> list[int]:
    """Puts the records in as the superuser, without what they rest on; their serials."""
    parameters = {**administrator, "dbname": database.parameters["dbname"]}
    with psycopg.connect(**parameters) as connection:
        connection.execute("set session_replication_role = replica")
        for row in records:
            connection.execute(INSERT, (fund, *row.values))
        found = connection.execute("select serial from office.benefit_record where fund = %s order by serial", (fund,))
        return [serial for (serial,) in found.fetchall()]


def plainly(records: list[Row], month: int, fresh: set[int] | None) -> dict[int, tuple[int, ...]]:
    """What the records say for a month, member by member; `fresh` are the places of those made since a run."""
    out = {}
    for member in MEMBERS:
        own = [(place, row) for place, row in enumerate(records) if row.member == member]
        awards = [row for _, row in own if row.what == "award"]
        news = [(place, row) for place, row in own if fresh is not None and place in fresh]
        if not awards or (fresh is not None and not news):
            continue
        award = awards[-1]
        raised = [(row.month, place, row) for place, row in own if row.what == "adjustment" and row.month <= month]
        deaths = [row for _, row in own if row.what.startswith("death")]
        halts = [(row.month, place, row) for place, row in own if row.what[-4:] in ("sion", "tion")]
        halts = [each for each in halts if each[0] <= month and each[2].what in ("suspension", "resumption")]
        died = deaths[-1] if deaths and deaths[-1].what == "death" else None
        amount = max(raised)[2].amount if raised else award.amount
        changed = [row.month for _, row in news]
        for kind in ("award", "death"):
            if any(row.what.startswith(kind) for _, row in news):
                changed += [row.month for _, row in own if row.what.startswith(kind)]
        out[account_number(member_account(member))] = (
            award.month, day_before(died.month).toordinal() if died else 0,
            int(bool(halts) and max(halts)[2].what == "suspension"), amount, award.amount, award.amount // 2,
            min(changed, default=0),
        )  # fmt: skip
    return out


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(records=st.lists(rows, max_size=12), month=months, known=st.integers(0, 12))
def test_what_holds_for_a_month_is_what_the_records_say(administrator, database, records, month, known):
    fund = f"44{next(_funds):04}:employee_pension"
    serials = put(administrator, database, fund, records)
    after = serials[known - 1] if 0 < known <= len(serials) else 0
    fresh = {place for place, serial in enumerate(serials) if serial > after}
    with database.session(viewer=officer(role=Role.POSTER)) as session:
        store = BenefitStore(session.connection)
        for since, news in ((None, None), (after, fresh)):
            found = store.month(fund, month, after=since)
            told = zip(*(getattr(found, name).tolist() for name in TOLD), strict=True)
            assert dict(zip(found.account.tolist(), told, strict=True)) == plainly(records, month, news)


def award(member: str = "p1") -> Row:
    return Row(member, "award", 202401, 3_000_00)


PLAN = RecoveryPlan(GUANGDONG, "p1", 1, 100_00, 10_00, 202402, date(2024, 2, 1), "agreement 12", "too much")


def test_nothing_about_a_benefit_is_changed_or_removed_not_even_by_the_owner(administrator, database):
    put(administrator, database, GUANGDONG, [award()])
    for table in TABLES:
        for statement in (f"update office.{table} set fund = fund", f"delete from office.{table}",
                          f"truncate office.{table}"):  # fmt: skip
            with database.connect() as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
            for role in Role:
                with (
                    pytest.raises(psycopg.errors.InsufficientPrivilege),
                    database.session(viewer=officer(role=role)) as session,
                ):
                    session.connection.execute(statement)


def test_an_office_of_another_place_sees_and_records_nothing(administrator, database):
    put(administrator, database, GUANGDONG, [award()])
    with database.session(viewer=officer("310000", role=Role.POSTER)) as session:
        store = BenefitStore(session.connection)
        assert len(store.month(GUANGDONG, 202401)) == 0 and store.records(GUANGDONG, "p1") == []
        with pytest.raises(FundOutOfView, match=GUANGDONG):
            store.lock(GUANGDONG)
        with pytest.raises(psycopg.errors.InsufficientPrivilege), session.connection.transaction():
            store.keep_plan(PLAN)
    with database.session(viewer=officer("440000", role=Role.POSTER)) as session:
        store = BenefitStore(session.connection)
        assert len(store.month(GUANGDONG, 202401)) == 1
        assert [each.what for each in store.records(GUANGDONG, "p1")] == ["award"]


def test_who_posts_money_records_no_award_and_who_records_pays_nothing(administrator, database):
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        database.session(viewer=officer(role=Role.POSTER)) as session,
    ):
        BenefitStore(session.connection).award(GUANGDONG, "p1", first_month=202401, decision="D")
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        database.session(viewer=officer(role=Role.OFFICER)) as session,
    ):
        BenefitStore(session.connection).keep_payroll(GUANGDONG, 202401, "payroll:2024-01", {})
