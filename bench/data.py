"""The lives of workload W: drawn from a fixed seed, a part at a time, and kept as Parquet outside the clone.

A life has 3 to 25 working years between 1998 and 2024 with few gaps, moves between places now and then and earns
around the place's average wage. A part is written once and found again by its name.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from bench.tables import FIRST, PAYOUT_MONTHS, PLACES, SEED, YEARS, average_wages

Columns = Mapping[str, NDArray[Any]]

PARTS = 16


class Part(NamedTuple):
    """Two files: persons (person, hukou, age) and their records (person, year, pool, months, wage), by person, year."""

    persons: Path
    records: Path


def folder() -> Path:
    """Where the bench keeps its files: `WAYFARE_BENCH`, or a folder of our own among temporary files."""
    default = Path(tempfile.gettempdir()) / f"wayfare-bench-{os.getuid()}"
    path = Path(os.environ.get("WAYFARE_BENCH", default))
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def lives(count: int) -> list[Part]:
    """The parts that hold `count` lives, drawn and written if they are not there yet."""
    place = folder() / f"lives-{count}-{SEED}"
    parts = [Part(place / f"persons-{k:02d}.parquet", place / f"records-{k:02d}.parquet") for k in range(PARTS)]
    place.mkdir(exist_ok=True)
    for k, part in enumerate(parts):
        if not part.records.exists():
            first, after = count * k // PARTS, count * (k + 1) // PARTS
            persons, records = _drawn(np.random.default_rng([SEED, k]), first, after - first)
            _write(part.persons, persons)
            _write(part.records, records)
    return parts


def read(part: Part) -> tuple[Columns, Columns]:
    """Persons and records of a part as columns."""
    persons, records = (pq.ParquetFile(path).read() for path in part)
    return tuple({name: table[name].to_numpy() for name in table.column_names} for table in (persons, records))


def starts(persons: Columns, records: Columns) -> NDArray[np.int64]:
    """Where each person's records begin, and where the last one's end."""
    return np.append(np.searchsorted(records["person"], persons["person"]), len(records["person"]))


def _write(path: Path, columns: Columns) -> None:
    unfinished = path.with_suffix(".part")
    pq.write_table(pa.table(dict(columns)), unfinished, compression="zstd")
    unfinished.rename(path)


def _drawn(draw: np.random.Generator, first: int, count: int) -> tuple[Columns, Columns]:
    years = np.arange(YEARS)
    length = draw.integers(3, 26, count)
    start = (draw.random(count) * (YEARS - length + 1)).astype(int)[:, None]
    inside = (years >= start) & (years < start + length[:, None])
    works = inside & ((draw.random((count, YEARS)) < 0.857) | (years == start))
    hukou = draw.integers(0, PLACES, count)
    pool = _places(draw, hukou)
    months = np.where(draw.random((count, YEARS)) < 0.6, 12, draw.integers(1, 12, (count, YEARS)))
    level = np.clip(np.exp(draw.normal(-0.25, 0.45, (count, YEARS))), 0.4, 3.0)
    wage = (average_wages()[pool, years] / 12 * months * level).astype(np.int64)
    person = np.arange(first, first + count)
    who, year = np.nonzero(works)
    age = draw.choice(list(PAYOUT_MONTHS), count, p=[0.3, 0.2, 0.5])
    return (
        {"person": person, "hukou": hukou.astype(np.int8), "age": age.astype(np.int8)},
        {
            "person": person[who],
            "year": (year + FIRST).astype(np.int16),
            "pool": pool[works].astype(np.int8),
            "months": months[works].astype(np.int8),
            "wage": wage[works],
        },
    )


def _places(draw: np.random.Generator, hukou: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each person works in each year: big places draw more, one year in eight people move, some go home."""
    count = len(hukou)
    share = 1 / np.arange(2, PLACES + 2) ** 0.7
    share /= share.sum()
    pool = np.empty((count, YEARS), np.int64)
    now = np.where(draw.random(count) < 0.2, hukou, draw.choice(PLACES, count, p=share))
    for year in range(YEARS):
        chance = draw.random(count)
        now = np.where(chance < 0.12, draw.choice(PLACES, count, p=share), np.where(chance < 0.15, hukou, now))
        pool[:, year] = now
    return pool
