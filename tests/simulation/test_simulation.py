"""Seeded years of the books on a real server agree with the model, whatever befalls the workers."""

from __future__ import annotations

import pytest

from simulation.simulator import simulate

IN_THE_SUITE, IN_CI = 20, 200
SEEDS = [pytest.param(seed, marks=() if seed < IN_THE_SUITE else pytest.mark.slow) for seed in range(IN_CI)]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_books_and_the_model_agree_on_a_simulated_year(database, seed):
    simulate(database, seed)
