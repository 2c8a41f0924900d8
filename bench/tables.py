"""The tables of workload W: rates, wages and payout months in the shape of real ones, none of them official.

They stand apart from the rest so that the OpenFisca version, which runs in an environment of its own, reads the same
numbers with NumPy alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FIRST, LAST, PLACES = 1998, 2024, 31
YEARS = LAST - FIRST + 1
SEED = 42

CREDIT_PERCENT = {year: 11 if year < 2006 else 8 for year in range(FIRST, LAST + 1)}
INTEREST_BP = dict(zip(
    range(FIRST, LAST + 1),
    [522, 378, 225, 225, 198, 198, 225, 225, 252, 414, 225, 225, 275, 350, 300, 300, 275, 400, 831, 712, 829, 761, 604,
     669, 612, 397, 262],
    strict=True,
))  # fmt: skip
PAYOUT_MONTHS = {50: 195, 55: 170, 60: 139}


def average_wages() -> NDArray[np.int64]:
    """Average wage of a year in fen by place and year: grows from 7,500 to 124,000 yuan, places from 0.75 to 1.7."""
    draw = np.random.default_rng(SEED)
    places = draw.permutation(np.linspace(0.75, 1.7, PLACES))
    nation = 750_000 * (124_000 / 7_500) ** (np.arange(YEARS) / (YEARS - 1))
    return np.rint(places[:, None] * nation * draw.uniform(0.97, 1.03, (PLACES, YEARS))).astype(np.int64)
