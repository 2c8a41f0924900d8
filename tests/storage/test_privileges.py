"""Rules of what the roles of the application may do to the books and the records: append, by the ways laid out for it.

A session of the embedded server logs in as the viewer's role, and what the roles may not do is tried here statement by
statement; how rows come into a batch is tried in test_ledger_store and test_ledger_leaves.
"""

from __future__ import annotations

from contextlib import closing

import psycopg
import pytest

from storage.books import FUND, month, post
from storage.servers import officer
from wayfare.ledger.errors import UnknownAccount
from wayfare.storage import Role
from wayfare.storage import registry_store as registry
from wayfare.storage.ledger_store import LedgerStore
from wayfare.storage.ledger_verify import verify_book

ROLES = tuple(Role)
REFUSED = [
    "set role wayfare",
    "set session authorization wayfare",
    "set session_replication_role = replica",
    "set track_counts = off",
    "create schema mine",
    "create table public.person_2 (id text)",
    "create function public.in_view(varchar) returns boolean language sql as 'select true'",
    "create table office.mine (id text)",
    "create function bank.mine() returns int language sql as 'select 1'",
    "lock table ledger.transfer in share mode",
    "lock table ledger.fund in access exclusive mode",
    "update office.wage set fen = 1",
    "delete from office.enrolment",
    "truncate office.payment",
    "delete from office.benefit_record",
    "update office.payroll set through = 9",
    "update office.recovery_plan set amount = 1",
    "update bank.line set amount = 1",
    "truncate bank.statement",
    "delete from ledger.period_close",
    "update ledger.period_close_line set opening = 0",
    "update ledger.year_interest set rate = 0",
    "delete from ledger.daily_root_fund",
    "update ledger.floor_approval set floor = null",
    "delete from ledger.charge",
    "insert into ledger.charge values (1, 1, 0, 0, 0, 202406)",
    "insert into ledger.floor_approval values (1, 1, -1, 0, 'd', 'b', 'r')",
    "insert into ledger.snapshot (fund, account, period, balance) values (1, 1, 202312, 5)",
    "insert into ledger.control_balance values (1, -1, 0, 0, null)",
    "insert into ledger.year_interest values (1, 2020, 1, 0, 's', 'verified', 0, 0, 0, 0)",
    "insert into ledger.daily_root values ('2024-01-01', sha256('a'), sha256('b'))",
    "insert into ledger.period_close_line values (1, 202401, 'account', 0, 0, 0, 0)",
    "insert into office.benefit_record (fund, member, what, from_month, on_day, paper)"
    " values ('440000:employee_pension', 'W-1', 'death', 202401, '2024-01-01', 'p')",
    "insert into office.wage (fund, member, month, fen, recorded)"
    " values ('440000:employee_pension', 'W-1', 202401, 5, now())",
    "insert into office.payroll (fund, month, batch, through, viewer)"
    " values ('440000:employee_pension', 202401, 'b', 0, 'x')",
    "insert into bank.statement (fund, account, first, last, opening, closing, imported_by)"
    " values ('440000:employee_pension', 'a', now(), now(), 1, 1, 'somebody else')",
    "insert into bank.line (fund, account, id, on_day, amount, payer, reference, told, imported_at)"
    " values ('440000:employee_pension', 'a', 'b', now(), 1, '', '', '', '2000-01-01')",
    "select ledger.lock_fund('440000:employee_pension')",
    "select ledger.write_hold(1, 'k', now()::date, null, sha256('x'), null, null)",
    "select ledger.charge_members(b, '{}', '{}', '{}', false, 0, 0) from ledger.batch b",
    "select ledger.add_months(2030)",
    "select ledger.rows_written()",
    "select pg_read_file('PG_VERSION')",
    "copy ledger.transfer to program 'cat'",
]  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_what_no_role_of_the_application_may_do_is_refused(database, role):
    post(database, month())
    with database.session(viewer=officer(role=role)) as session:
        for statement in REFUSED:
            with (
                pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidParameterValue)),
                session.connection.transaction(),
            ):
                session.connection.execute(statement)


@pytest.mark.parametrize("role", ROLES)
def test_a_session_of_the_embedded_server_never_leads_to_the_owner_of_the_books(database, role):
    post(database, month())
    with database.session(viewer=officer(role=role)) as session:
        with pytest.raises(psycopg.errors.InsufficientPrivilege), session.connection.transaction():
            session.connection.execute("reset role; alter table ledger.transfer disable trigger all")
        session.connection.execute("reset session authorization")
        assert session.connection.execute("select session_user, current_user").fetchone() == (role.value,) * 2


@pytest.mark.parametrize("role", ROLES)
def test_a_connection_that_keeps_its_viewer_never_leads_to_the_owner_either(database, role):
    with closing(database.connect_as(officer(role=role))) as connection:
        assert connection.execute("select current_setting('wayfare.role')").fetchone() == (role.value,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("reset role; alter table ledger.transfer disable trigger all")
        assert connection.execute("select session_user, current_user").fetchone() == (role.value,) * 2


def test_a_poster_of_one_place_finds_no_fund_of_another(database):
    post(database, month(), month(fund="510000:employee_pension"))
    with database.session(viewer=officer("510000", role=Role.POSTER)) as session:
        store = LedgerStore(session.connection)
        assert store.funds() == ("510000:employee_pension",)
        assert (store.floors(FUND), store.head(FUND)) == ({}, bytes(32))
        assert store.batch(FUND, "contributions:2024-06") is None
        assert list(store.totals()) == list(store.member_balances("W-1")) == ["510000:employee_pension"]
        for ask in (store.balance, store.reserved):
            with pytest.raises(UnknownAccount):
                ask(FUND, "pooled_fund")
        assert verify_book(session.connection, FUND).batches == 0
    with database.session(viewer=officer(role=Role.POSTER)) as session:
        assert LedgerStore(session.connection).funds() == (FUND, "510000:employee_pension")


SHADOWS = {
    "access_record": "person text, scope text, viewer text, role text, viewer_scope text, purpose text, subject text,"
    " found boolean",
    "person": "id text, scope text",
}


@pytest.mark.parametrize("role", ROLES)
def test_a_temporary_table_of_the_name_of_a_record_hides_no_look(database, role):
    post(database, month())
    with database.session(viewer=officer(role=role)) as session:
        for table, columns in SHADOWS.items():
            session.connection.execute(f"create temp table {table} ({columns})")
            session.connection.execute(f"grant all on pg_temp.{table} to public")
        session.connection.execute("select * from ledger.read_account('W-1')")
    with database.session(viewer=officer()) as session:
        assert [look["found"] for look in registry.list_looks(session, "W-1")] == [True]


def test_functions_with_the_owner_s_rights_look_among_temporary_tables_last(database):
    with database.connect() as connection:
        found = connection.execute(
            """select oid::regprocedure::text from pg_proc
               where prosecdef and pronamespace::regnamespace::text in ('public', 'ledger', 'office', 'bank')
                 and not coalesce(array_to_string(proconfig, ';') ~ 'search_path=[^;]*pg_temp(;|$)', false)"""
        ).fetchall()
    assert found == []


def test_nobody_puts_anything_where_functions_of_the_owner_look_first(database):
    with database.connect() as connection:
        found = connection.execute(
            """select r, s from unnest(%s::text[]) as r, unnest(array['public', 'ledger', 'office', 'bank']) as s
               where has_schema_privilege(r, s, 'create')""",
            ([role.value for role in ROLES],),
        ).fetchall()
    assert found == []
