"""A month's run of several funds as a program of its own, to be killed: `month_end.py STATE DATABASE NUMBER MEMBERS`.

It says on its output what it begins and what was committed. Run again it builds the same batches, so that it completes
what was cut off.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

import numpy as np

from storage.servers import settings_in
from wayfare.ledger import Batch, SealedBatch, account_number, account_numbers
from wayfare.storage import Database, Role, Viewer, open_database
from wayfare.storage.ledger_store import LedgerStore

FUNDS = ("110000:employee_pension", "310000:employee_pension", "440000:employee_pension")
POSTER = Viewer(name="month end", role=Role.POSTER, scope=None, purpose="a month that is killed")


def main(directory: str, database: str, number: str, members: str) -> None:
    """Post the month of this number to every fund, a transaction each; number 0 opens the accounts."""
    batches = [batch_of(fund, int(number), int(members)) for fund in FUNDS]
    with open_database(settings_in(Path(directory)), name=database) as opened:
        for batch in batches:
            _post(opened, batch)


def batch_of(fund: str, number: int, members: int) -> SealedBatch:
    """The same batch for the same fund and month, whoever builds it: two rows for each member."""
    on = date(2024 + number // 12, number % 12 + 1, 28)
    batch = Batch(fund, on, f"contributions:{on:%Y-%m}")
    payer, names = "contribution_clearing:employer:clay", [f"account:{each}" for each in range(members)]
    if not number:
        for name in ("pooled_fund", payer, *names):
            batch.open(name)
        return batch.seal()
    owners = np.sort(account_numbers(names))
    credit = np.full(2 * members, account_number("pooled_fund"))
    credit[1::2] = owners
    amounts = np.random.default_rng(number).integers(1, 900_000, 2 * members)
    batch.move_columns(debit=account_number(payer), credit=credit, amount=amounts, subject=np.repeat(owners, 2))
    return batch.seal()


def _post(database: Database, batch: SealedBatch) -> None:
    with database.session(viewer=POSTER) as session:
        _say("begins", batch.fund, session.connection.info.backend_pid)
        started = time.perf_counter()
        fresh = LedgerStore(session.connection).post(batch).fresh
    _say("posted", batch.fund, "new" if fresh else "same", f"{time.perf_counter() - started:.4f}")


def _say(*words: object) -> None:
    print(*words, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
