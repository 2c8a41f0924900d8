"""Rules of what banks say: kept within the places of the viewer, never rewritten, written by posters only."""

from __future__ import annotations

from datetime import date

import psycopg
import pytest

from funds.reports.small_fund import GUANGDONG
from storage.servers import officer
from wayfare.funds.reports.bank import BankLine, BankStatement
from wayfare.kernel import Money
from wayfare.storage import Role
from wayfare.storage.bank_store import BankStore

DAY = date(2024, 6, 14)
LINE = BankLine("L-1", DAY, Money.yuan("29202.02"), "申江棉纺厂", "MILL-1", "contributions of May")
STATEMENT = BankStatement(GUANGDONG, "ICBC-1", DAY, date(2024, 6, 30), Money.ZERO, Money.yuan("29202.02"), (LINE,))


def keep(session) -> None:
    BankStore(session).keep(STATEMENT)
    BankStore(session).keep_lines(GUANGDONG, "ICBC-1", [LINE])


@pytest.fixture
def as_viewer(database):
    """A session of a poster or an officer of a place; the small statement is kept."""
    with database.session(viewer=officer(role=Role.POSTER)) as session:
        keep(session)
    return lambda scope=None, role=Role.POSTER: database.session(viewer=officer(scope, role=role))


def test_a_statement_is_read_back_as_it_was_kept(as_viewer):
    with as_viewer(role=Role.OFFICER) as session:
        assert BankStore(session).statements(GUANGDONG, "ICBC-1", date(2024, 6, 30)) == [STATEMENT]
        assert BankStore(session).statements(GUANGDONG, "ICBC-1", date(2024, 6, 29)) == []
        assert BankStore(session).last_closing(GUANGDONG, "ICBC-1", date(2024, 7, 1)) == STATEMENT.closing


def test_the_bank_of_another_place_is_not_in_view(as_viewer):
    with as_viewer("510000") as session:
        assert BankStore(session).statements(GUANGDONG, "ICBC-1", date(2024, 6, 30)) == []
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            keep(session)


def test_an_officer_reads_and_does_not_write(as_viewer):
    with as_viewer(role=Role.OFFICER) as session, pytest.raises(psycopg.errors.InsufficientPrivilege):
        keep(session)


@pytest.mark.parametrize(
    "change",
    ["update bank.line set amount = 1", "delete from bank.line", "update bank.statement set closing = 1",
     "truncate bank.statement"],
)  # fmt: skip
def test_what_the_bank_said_is_never_rewritten(as_viewer, database, change):
    with as_viewer() as session, pytest.raises(psycopg.errors.InsufficientPrivilege):
        session.connection.execute(change)
    with database.connect() as owner, pytest.raises(psycopg.errors.InsufficientPrivilege, match="never changed"):
        owner.execute("select set_config('wayfare.viewer', 'x', false), set_config('wayfare.scope', 'nation', false)")
        owner.execute(change)
