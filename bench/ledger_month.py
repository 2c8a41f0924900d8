"""The records of an office of a million members, and the month's run on them, for the part `posting` of bench `ledger`.

Enrolments and three months of wages are laid in; a run reads them, puts them to the law and builds the batch.
"""

from __future__ import annotations

from bench.ledger_book import EMPLOYERS, FUND, POSTER, YEAR
from wayfare.app.funds.run_month import CHUNK, prepare_month
from wayfare.funds.month import Assessor, MonthRun, current_members
from wayfare.funds.month.records import yyyymm
from wayfare.kernel import Month
from wayfare.rulebook import load_rulebook
from wayfare.storage import Database
from wayfare.storage.office_store import OfficeStore

__all__ = ["MONTHS", "assess", "lay_in", "prepare", "read"]

MONTHS = tuple(Month(f"{YEAR}-{month:02}") for month in (1, 2, 3))
_EMPLOYED = """
    insert into office.employer (fund, id, name, place)
    select %(fund)s, 'E-' || n, 'Employer ' || n, 310000 from generate_series(1, %(employers)s) as n"""
_ENROLLED = """
    insert into office.enrolment (fund, member, employer, basis, place, from_month, to_month)
    select %(fund)s, n::text, case when n %% 20 <> 0 then 'E-' || 1 + n %% %(employers)s end,
           case when n %% 20 <> 0 then 'employee' else 'flexible' end, 310000, 202301, 219912
    from generate_series(1, %(members)s) as n order by ledger.account_number('account:' || n)"""
_WAGES = """
    insert into office.wage (fund, member, month, fen)
    select %(fund)s, n::text, %(month)s, 300000 + (n::bigint * 7919 + %(month)s) %% 3700000
    from generate_series(1, %(members)s) as n order by ledger.account_number('account:' || n)"""


def lay_in(database: Database, members: int) -> None:
    """Employers, enrolments and the wages of three months."""
    values = {"fund": FUND, "members": members, "employers": EMPLOYERS}
    with database.session(viewer=POSTER) as session:
        session.connection.execute(_EMPLOYED, values)
        session.connection.execute(_ENROLLED, values)
        for month in MONTHS:
            session.connection.execute(_WAGES, {**values, "month": yyyymm(month)})
    with database.connect() as connection:
        connection.autocommit = True
        connection.execute("vacuum (analyze) office.enrolment, office.wage, office.employer")


def read(database: Database, month: Month, members: int) -> None:
    """Read the month's records out as columns."""
    with database.session(viewer=POSTER) as session:
        for _ in OfficeStore(session.connection).enrolled(FUND, yyyymm(month), chunk=CHUNK, most=members):
            pass


def assess(database: Database, month: Month, members: int) -> None:
    """Read them and put them to the law."""
    assessor = Assessor(load_rulebook(), FUND, month)
    with database.session(viewer=POSTER) as session:
        for rows in OfficeStore(session.connection).enrolled(FUND, yyyymm(month), chunk=CHUNK, most=members):
            assessor.assess(current_members(rows))


def prepare(database: Database, month: Month) -> MonthRun:
    """The whole preview: read, assess, build, seal."""
    return prepare_month(database, load_rulebook(), FUND, month)
