"""Simulated years of the books, as many seeds as asked: `script/bench simulate [--from SEED] [--seeds N] [--funds N]`.

Each seed runs on a database of its own on one embedded server, exactly as the tests run it. Prints what came of every
seed; the first disagreement ends the run and says how to see it again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import psycopg

from wayfare.storage import Database, Settings, open_database
from wayfare.storage.connect import OWNER
from wayfare.storage.server import ADMINISTRATOR, stop_server, take_lease

sys.path.append(str(Path(__file__).parents[1] / "tests"))  # the simulator lives with the tests that it serves

from simulation.simulator import STEPS, Disagreement, Outcome, simulate

__all__ = ["main"]

TEMPLATE, SEEDS = "simulated", 200


def main(arguments: Sequence[str] = ()) -> None:
    """Run the seeds; exits with 1 at the first disagreement."""
    asked = _asked(arguments)
    told: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="wayfare-bench-", ignore_cleanup_errors=True) as directory:
        Path(directory).chmod(0o755)
        settings = Settings(state=Path(directory) / "state", idle_seconds=1.0)
        with _databases(settings) as database_of:
            for seed in range(asked.first, asked.first + asked.seeds):
                with database_of(seed) as database:
                    told.append(_run(database, seed, asked))
        stop_server(settings)
    _sum_up(told)


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench simulate")
    parser.add_argument("--from", dest="first", type=int, default=0, metavar="SEED", help="the first seed")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="how many seeds")
    parser.add_argument("--funds", type=int, choices=range(2, 31), metavar="2..30", help="else drawn by the seed")
    parser.add_argument("--steps", type=int, default=STEPS, help="steps of each seed")
    return parser.parse_args(arguments)


@contextmanager
def _databases(settings: Settings) -> Iterator[Callable[[int], AbstractContextManager[Database]]]:
    """A maker of empty databases at the last migration, each gone after its use."""
    with open_database(settings, name=TEMPLATE) as template:
        lease = take_lease(settings)
        administrator = lease.parameters(user=ADMINISTRATOR, database="postgres")
        with psycopg.connect(**administrator, autocommit=True) as connection:
            connection.execute("alter system set fsync = off")  # these data outlive no run
            connection.execute("select pg_reload_conf()")

        @contextmanager
        def database_of(seed: int) -> Iterator[Database]:
            name = f"seed_{seed}"
            with psycopg.connect(**administrator, autocommit=True) as connection:
                connection.execute(f"create database {name} template {TEMPLATE} owner {OWNER}")
                with open_database(settings, name=name) as database:
                    yield database
                connection.execute(f"drop database {name} with (force)")

        template.close()
        yield database_of
        lease.release()


def _run(database: Database, seed: int, asked: argparse.Namespace) -> Outcome:
    started = time.perf_counter()
    try:
        outcome = simulate(database, seed, funds=asked.funds, steps=asked.steps)
    except Disagreement as disagreement:
        sys.exit(str(disagreement))
    moves = ", ".join(f"{count} {state}" for state, count in sorted(outcome.moves.items()))
    faults = sum(outcome.faults.values()) - outcome.faults["no fault"]
    print(
        f"seed {seed:5d}  {outcome.funds:2d} funds  {sum(outcome.answers.values()):4d} answers  {faults:3d} faults"
        f"  moves: {moves or 'none'}  {time.perf_counter() - started:5.2f} s",
        flush=True,
    )
    return outcome


def _sum_up(told: Sequence[Outcome]) -> None:
    for what, counted in (("answers", [each.answers for each in told]), ("faults", [each.faults for each in told])):
        total = sum(counted, Counter[str]())
        print(f"{what}: " + ", ".join(f"{count:,} {name}" for name, count in total.most_common()))


if __name__ == "__main__":
    main(sys.argv[1:])
