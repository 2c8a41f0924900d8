"""The simulator finds faults: each of these is reported, with the seed and the command that shows it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from simulation import letters
from simulation.simulator import Disagreement, simulate
from wayfare.settlement import Kind, ReceivingStep
from wayfare.storage import Database
from wayfare.storage.ledger_store import LedgerStore

SEEDS = range(12)


def in_sql(function: str, right: str, wrong: str) -> Callable[[Database, pytest.MonkeyPatch], None]:
    """A fault in a function of the database."""

    def plant(database: Database, _: pytest.MonkeyPatch) -> None:
        with database.connect() as connection:
            query = "select pg_get_functiondef(%s::regproc)"
            (text,) = connection.execute(query, (f"ledger.{function}",)).fetchone()
            assert right in text
            connection.execute(text.replace(right, wrong))

    return plant


def books_every_remittance(_: Database, patch: pytest.MonkeyPatch) -> None:
    """A receiver that books the money of a remittance as often as it comes."""
    gets = letters.receiver_gets

    def wrong(receiving, letter, *, on):
        if letter.kind is Kind.REMITTANCE and receiving.step is ReceivingStep.RECEIVED:
            receiving = replace(receiving, step=ReceivingStep.ACCEPTED)
        return gets(receiving, letter, on=on)

    patch.setattr(letters, "receiver_gets", wrong)


def keeps_the_hold_when_it_withdraws(_: Database, patch: pytest.MonkeyPatch) -> None:
    """A release that tells the fund nothing."""
    patch.setattr(LedgerStore, "release", lambda self, fund, key: True)


PLANTED = {
    "a closed month takes a batch": in_sql("open_batch", "month <= f.closed_through", "month < f.closed_through"),
    "no lock on the fund": in_sql("lock_fund", "where name = fund_name for update;", "where name = fund_name;"),
    "the receiver books twice": books_every_remittance,
    "a release is not done": keeps_the_hold_when_it_withdraws,
}


# Two in the suite; the others take their time in the slower checks.
IN_TURN = [each if number < 2 else pytest.param(each, marks=pytest.mark.slow) for number, each in enumerate(PLANTED)]


@pytest.mark.parametrize("what", IN_TURN)
def test_a_planted_fault_is_reported_with_its_seed(fresh_database, monkeypatch, what):
    def reported(seed: int) -> str:
        database = fresh_database()
        with monkeypatch.context() as patch:
            PLANTED[what](database, patch)
            try:
                simulate(database, seed)
            except Disagreement as disagreement:
                return str(disagreement)
        return ""

    seed, report = next((seed, report) for seed in SEEDS if (report := reported(seed)))
    assert report.startswith(f"seed {seed}, step ")
    assert report.endswith(f"script/bench simulate --from {seed} --seeds 1")
