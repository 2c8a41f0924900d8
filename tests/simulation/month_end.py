"""The monthly run as a program of its own, to be killed: `month_end.py STATE DATABASE ROWS` runs each month it is told.

A line on its input is a month; it says on its output what it begins, what it is about to post and what was posted, fund
by fund, and at the end of the month `done`, or what cut it off. Told the same month again it does what is left. From so
many ROWS on a run gets a table of its own.
"""

from __future__ import annotations

import sys
from pathlib import Path

import psycopg

from storage.servers import settings_in
from wayfare.app.funds.run_month import post_month, prepare_month
from wayfare.kernel import Month
from wayfare.law import Law
from wayfare.rulebook import load_rulebook
from wayfare.storage import Database, open_database
from wayfare.storage.ledger_store import LedgerStore

FUNDS = ("110000:employee_pension", "310000:employee_pension")  # where the shares of the law are known


def main(directory: str, name: str, rows: str) -> None:
    """Run the months told, one after the other."""
    law = load_rulebook()
    assert LedgerStore.__init__.__kwdefaults__ is not None
    LedgerStore.__init__.__kwdefaults__["own_leaf_from"] = int(rows)
    with open_database(settings_in(Path(directory)), name=name) as database:
        say("ready")
        for line in sys.stdin:
            try:
                for fund in FUNDS:
                    run(database, law, fund, Month(line.strip()))
                say("done")
            except psycopg.OperationalError as error:
                say("failed", type(error).__name__)


def run(database: Database, law: Law, fund: str, month: Month) -> None:
    """One fund's month, as `wayfare fund run-month` does it."""
    say("begins", fund)
    prepared = prepare_month(database, law, fund, month)
    say("posts", fund)
    posted = post_month(database, prepared)
    say("posted", fund, "nothing" if posted is None else "new" if posted.fresh else "same")


def say(*words: object) -> None:
    print(*words, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
