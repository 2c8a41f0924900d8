"""Seeded years of the books on a real server agree with the model, whatever befalls the workers."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation import model
from simulation.simulator import simulate

IN_THE_SUITE, IN_CI = 20, 200
SEEDS = [pytest.param(seed, marks=() if seed < IN_THE_SUITE else pytest.mark.slow) for seed in range(IN_CI)]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_books_and_the_model_agree_on_a_simulated_year(database, seed):
    simulate(database, seed)


def test_the_model_is_plain_and_knows_nothing_of_the_ledger():
    text = Path(model.__file__).read_text()
    assert len(text.splitlines()) <= 150
    assert "wayfare" not in " ".join(line for line in text.splitlines() if "import" in line)


def test_a_seed_decides_everything(fresh_database):
    assert simulate(fresh_database(), 3, steps=20) == simulate(fresh_database(), 3, steps=20)
