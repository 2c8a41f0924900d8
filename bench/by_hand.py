"""Workload W as a NumPy programmer writes it by hand: one function over a chunk of lives, law and plumbing in one.

It uses what was measured to be fast: narrow facts widened once, sums by person as differences of running sums, the
pairs of person and place that occur instead of a table of 31 places, years as rows of a grid. It explains nothing,
knows no unknowns and checks no bounds.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bench import data
from bench.tables import CREDIT_PERCENT, FIRST, INTEREST_BP, LAST, PAYOUT_MONTHS, PLACES, average_wages

Ints = NDArray[np.int64]

WAGES = average_wages()
CREDIT = np.array(list(CREDIT_PERCENT.values()))
INTEREST = list(INTEREST_BP.values())
PAYOUT = np.zeros(max(PAYOUT_MONTHS) + 1, np.int64)
PAYOUT[list(PAYOUT_MONTHS)] = list(PAYOUT_MONTHS.values())


def half_up(a: Ints, b: Ints | int) -> Ints:
    return (a + b // 2) // b


def run(parts: Sequence[data.Part], chunk: int) -> tuple[Ints, Ints]:
    """Nine values for each person, in the order of the parts, and the fen that moved from place to place."""
    flows = np.zeros((PLACES, PLACES), np.int64)
    results = []
    for part in parts:
        persons, records = data.read(part)
        starts = data.starts(persons, records)
        count = len(persons["person"])
        out = np.empty((count, 10), np.int64)
        out[:, 0] = persons["person"]
        for a in range(0, count, chunk):
            b = min(a + chunk, count)
            some = {name: column[a:b].astype(np.int64) for name, column in persons.items()}
            theirs = {name: column[starts[a] : starts[b]].astype(np.int64) for name, column in records.items()}
            out[a:b, 1:] = _pensions(some, theirs, starts[a : b + 1] - starts[a], flows)
        results.append(out)
    return np.concatenate(results), flows


def _pensions(persons: data.Columns, records: data.Columns, starts: Ints, flows: Ints) -> Ints:
    hukou, age = persons["hukou"], persons["age"]
    pool, months, wage, year = records["pool"], records["months"], records["wage"], records["year"] - FIRST
    count = len(hukou)
    person = np.repeat(np.arange(count), np.diff(starts))
    last_pool = pool[starts[1:] - 1]

    cell = person * PLACES + pool
    present = np.zeros(count * PLACES, bool)
    present[cell] = True
    found = np.flatnonzero(present)
    number = np.empty(count * PLACES, np.int32)
    number[found] = np.arange(len(found), dtype=np.int32)
    relation = number[cell]
    owner, fund = np.divmod(found, PLACES)
    relation_months, relation_wage = np.zeros(len(found), np.int64), np.zeros(len(found), np.int64)
    np.add.at(relation_months, relation, months)
    np.add.at(relation_wage, relation, wage)
    last_year = np.empty(len(found), np.int64)
    last_year[relation] = year  # records come by year, so the last one written stays

    moved = np.where(fund == last_pool[owner], 0, half_up(relation_wage * 12, 100))
    np.add.at(flows.reshape(-1), fund * PLACES + last_pool[owner], moved)
    ten_years = relation_months >= 120
    best = np.full(count, -1)
    np.maximum.at(best, owner[ten_years], (last_year * PLACES + fund)[ten_years])
    stays = np.zeros(count, bool)
    stays[owner[ten_years & (fund == last_pool[owner])]] = True
    place = np.where(last_pool == hukou, hukou, np.where(stays, last_pool, np.where(best < 0, hukou, best % PLACES)))

    credit = np.zeros((LAST - FIRST + 1, count), np.int64)
    credit[year, person] = half_up(wage * CREDIT[year], 100)
    balance = np.zeros(count, np.int64)
    for rate, credited in zip(INTEREST, credit, strict=True):
        balance = half_up(balance * (10_000 + rate), 10_000) + credited

    index = half_up(_sums(half_up(wage * 10_000, WAGES[pool, year]), starts), np.diff(starts))
    total_months = _sums(months, starts)
    wage_base = half_up(WAGES[place, -1], 12)
    base = half_up(wage_base * (10_000 + index) * total_months * 100, 2 * 12 * 10_000 * 10_000)
    account = half_up(balance, PAYOUT[age])
    transfer = _sums(moved, np.searchsorted(owner, np.arange(count + 1)))
    return np.stack([last_pool, total_months, transfer, balance, place, index, base, account, base + account], 1)


def _sums(x: Ints, starts: Ints) -> Ints:
    """Sums of the rows of each person."""
    running = np.zeros(len(x) + 1, np.int64)
    np.cumsum(x, out=running[1:])
    return running[starts[1:]] - running[starts[:-1]]
