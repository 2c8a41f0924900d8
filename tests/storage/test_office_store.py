"""The records of a fund's office: kept as they came, seen within their place, and read out as columns."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from storage.servers import officer
from wayfare.funds.month import KINDS, Record, current_members
from wayfare.ledger import account_number, employer_clearing, member_account
from wayfare.storage import Database, Role
from wayfare.storage.office_store import OfficeStore

SHANGHAI, GUANGDONG = "310000:employee_pension", "440000:employee_pension"
TABLES = ("employer", "enrolment", "wage", "payment", "rule", "file")


def records(*rows: tuple[tuple[Any, ...], tuple[Any, ...]]) -> list[Record]:
    return [Record(line, key, content) for line, (key, content) in enumerate(rows, start=2)]


def stock(database: Database, fund: str, members: int = 1) -> None:
    place = int(fund[:6])
    with database.session(viewer=officer(role=Role.POSTER)) as session:
        store = OfficeStore(session.connection)
        store.add(fund, KINDS["employers"], records((("E1",), ("Mill", place, None))))
        names = [f"m{number}" for number in range(members)]
        enrolled = [((name, "E1", 202301), ("employee", place, 219912)) for name in names]
        store.add(fund, KINDS["enrolments"], records(*enrolled))
        store.add(fund, KINDS["wages"], records(*(((name, 202406), (500_000,)) for name in names)))
        store.add(fund, KINDS["rules"], records((("due_day", 202401), ("15", "a notice"))))
        store.add_file(fund, "wages", bytes(32), added=members, corrected=0)


def test_nothing_that_the_office_holds_is_changed_or_removed_not_even_by_the_owner(database: Database) -> None:
    stock(database, SHANGHAI)
    for table in TABLES:
        for statement in (f"update office.{table} set fund = fund", f"delete from office.{table}",
                          f"truncate office.{table}"):  # fmt: skip
            with database.connect() as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
            with (
                pytest.raises(psycopg.errors.InsufficientPrivilege),
                database.session(viewer=officer(role=Role.POSTER)) as session,
            ):
                session.connection.execute(statement)


def test_who_only_reads_or_decides_adds_no_record(database: Database) -> None:
    for role in (Role.READER, Role.OFFICER):
        with (
            pytest.raises(psycopg.errors.InsufficientPrivilege),
            database.session(viewer=officer(role=role)) as session,
        ):
            OfficeStore(session.connection).add(SHANGHAI, KINDS["wages"], records((("m1", 202406), (1,))))


def test_a_viewer_sees_and_adds_the_records_of_the_own_place_alone(database: Database) -> None:
    stock(database, SHANGHAI)
    stock(database, GUANGDONG)
    with database.session(viewer=officer("440000", role=Role.POSTER)) as session:
        store = OfficeStore(session.connection)
        assert store.employers(SHANGHAI) == [] and [each.id for each in store.employers(GUANGDONG)] == ["E1"]
        assert list(store.enrolled(SHANGHAI, 202406, chunk=100, most=1)) == []
        for table in ("employer_now", "enrolment_now", "wage_now", "rule_now"):
            funds = session.connection.execute(f"select distinct fund from office.{table}").fetchall()
            assert funds == [(GUANGDONG,)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            store.add(SHANGHAI, KINDS["wages"], records((("m1", 202406), (1,))))


def test_the_numbers_of_accounts_are_computed_from_the_names_as_the_books_do(database: Database) -> None:
    stock(database, SHANGHAI)
    with database.session(viewer=officer(role=Role.POSTER)) as session:
        (rows,) = OfficeStore(session.connection).enrolled(SHANGHAI, 202406, chunk=100, most=1)
    assert rows["account"].tolist() == [account_number(member_account("m0"))]
    assert rows["payer"].tolist() == [account_number(employer_clearing("E1"))]


@pytest.mark.parametrize("chunk", [1, 7, 50, 1000])
def test_a_month_comes_out_whole_and_in_order_whatever_the_size_of_the_chunks(database: Database, chunk: int) -> None:
    stock(database, SHANGHAI, members=100)
    with database.session(viewer=officer(role=Role.POSTER)) as session:
        store = OfficeStore(session.connection)
        store.add(SHANGHAI, KINDS["enrolments"], records((("m5", None, 202404), ("flexible", 310000, 219912))))
        parts = list(store.enrolled(SHANGHAI, 202406, chunk=chunk, most=101))
    accounts = [account for rows in parts for account in current_members(rows).account.tolist()]
    assert accounts == sorted(account_number(member_account(f"m{number}")) for number in range(100))
    assert sum(map(len, parts)) == 101
    assert sum(int(current_members(rows).is_flexible.sum()) for rows in parts) == 1


def test_the_latest_row_counts_and_the_earlier_one_stays(database: Database) -> None:
    stock(database, SHANGHAI)
    with database.session(viewer=officer(role=Role.POSTER)) as session:
        store = OfficeStore(session.connection)
        store.add(SHANGHAI, KINDS["wages"], records((("m0", 202406), (600_000,))))
        assert store.held(SHANGHAI, KINDS["wages"], [("m0", 202406), ("m0", 202407)]) == [(600_000,), None]
        (rows,) = store.enrolled(SHANGHAI, 202406, chunk=10, most=1)
        kept = session.connection.execute("select fen from office.wage order by row").fetchall()
    assert rows["fen"].tolist() == [600_000] and kept == [(500_000,), (600_000,)]
