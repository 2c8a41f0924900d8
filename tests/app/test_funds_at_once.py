"""Two who do the same at the same moment: it is done once, and who came second is told what stands."""

from __future__ import annotations

from datetime import date

import pytest

from app.funds_office import ENROLMENTS, FUND, WAGES, Office
from storage.at_once import Other
from wayfare.app.funds.bank import import_bank_statement
from wayfare.app.funds.importing import import_records
from wayfare.app.funds.run_month import correct_month, post_month, prepare_month
from wayfare.app.funds.verify import root_of_day, verify_funds
from wayfare.app.sessions import at_work
from wayfare.kernel import Month
from wayfare.ledger.errors import PeriodClosed
from wayfare.storage import Role
from wayfare.storage.bank_store import BankStore
from wayfare.storage.ledger_store import LedgerStore
from wayfare.storage.office_store import OfficeStore
from wayfare.storage.root_store import RootStore

JUNE = Month("2024-06")
PAYMENTS = "id,bank_account,on,amount,payer,for_month\nP-1,ICBC-1,2024-07-03,2400.00,E1,2024-06\n"
BANK = "id,on,amount,balance,payer\nB-1,2024-06-12,4800.00,4800.00,Red Star\n"


@pytest.fixture
def office(database, law, tmp_path):
    office = Office(database, law, tmp_path)
    office.stock()
    return office


@pytest.mark.parametrize(
    ("kind", "text", "count"),
    [("payments", PAYMENTS, 1), ("wages", WAGES.replace("2024-06", "2024-07"), 3), ("enrolments", ENROLMENTS, 0)],
)
def test_a_file_that_two_take_in_at_the_same_moment_is_taken_in_once(office, tmp_path, kind, text, count):
    path = tmp_path / "same.csv"
    path.write_text(text)
    other = Other(lambda: import_records(office.database, office.law, FUND, kind, path))
    started = []

    def meanwhile(_lines):
        if not started:
            started.append(other.starts(office.database))

    first = import_records(office.database, office.law, FUND, kind, path, progress=meanwhile)
    second = other.outcome()
    assert (first.added, first.problems) == (count, [])
    assert (second.added, second.corrected, second.problems) == (0, 0, [])


def test_a_bank_statement_that_two_take_in_at_the_same_moment_is_taken_in_once(office):
    post_month(office.database, prepare_month(office.database, office.law, FUND, JUNE))
    lines = BANK + "wrong,line\n"  # a statement whose balances wait for a line that was refused
    other = Other(lambda: import_bank_statement(office.database, FUND, "bank:ICBC-1", lines))
    with at_work(office.database, Role.POSTER, "a test") as session:
        OfficeStore(session.connection).keep_others_out(FUND)
        other.starts(office.database)
        session.connection.execute(
            """insert into bank.line (fund, account, id, on_day, amount, payer, reference, told)
               values (%s, 'ICBC-1', 'B-1', '2024-06-12', 480000, 'Red Star', '', '')""",
            (FUND,),
        )
    assert other.outcome().new == 0
    with at_work(office.database, Role.OFFICER, "a test") as session:
        assert BankStore(session).statements(FUND, "ICBC-1", date(2024, 12, 31)) == []


def test_a_month_that_two_run_at_the_same_moment_is_charged_once(office):
    runs = [prepare_month(office.database, office.law, FUND, JUNE) for _ in range(2)]
    other = Other(lambda: post_month(office.database, runs[1]))
    with at_work(office.database, Role.POSTER, "a test") as session:
        first = LedgerStore(session.connection).post(runs[0].batch)
        other.starts(office.database)
    assert first.fresh and not other.outcome().fresh
    assert verify_funds(office.database).batches == 1


def test_a_month_that_two_correct_at_the_same_moment_is_taken_back_once(office):
    post_month(office.database, prepare_month(office.database, office.law, FUND, JUNE))
    office.take("wages", "member,month,wage\nm1,2024-06,12000.00\n")
    others = [Other(lambda: correct_month(office.database, office.law, FUND, JUNE)) for _ in range(2)]
    with at_work(office.database, Role.POSTER, "a test") as session:
        session.connection.execute("select ledger.keep_still(%s)", (FUND,))
        for number, other in enumerate(others, start=1):
            other.starts(office.database, waiting=number)
    one, two = (other.outcome().posted for other in others)
    assert [posted for posted in (one, two) if posted is not None and posted.fresh] in ([one], [two])
    assert verify_funds(office.database).batches == 3


def test_a_batch_that_waited_while_its_month_was_closed_is_refused(office):
    run = prepare_month(office.database, office.law, FUND, JUNE)
    other = Other(lambda: post_month(office.database, run))
    with at_work(office.database, Role.POSTER, "a test") as session:
        LedgerStore(session.connection).close(FUND, 202406)
        other.starts(office.database)
    assert isinstance(other.outcome(), PeriodClosed)


def test_a_root_that_two_take_on_one_day_is_one(office):
    post_month(office.database, prepare_month(office.database, office.law, FUND, JUNE))
    other = Other(lambda: root_of_day(office.database, date(2024, 6, 30)))
    with at_work(office.database, Role.POSTER, "a test") as session:
        first = RootStore(session.connection).keep(date(2024, 6, 30))
        other.starts(office.database)
    assert other.outcome() == first
