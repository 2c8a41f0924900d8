"""How long a million identity numbers and a million credit codes take to check, on columns and one by one.

Prints what it measured: the median of five runs for each kind and form of column, after one run that fills the tables.
One number in ten is corrupted, so that the findings are on the way too.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wayfare.kernel.credit_code import CODE_CHARACTERS, check_credit_code, credit_code_check_character
from wayfare.kernel.identity import check_identity_number, identity_check_character
from wayfare.kernel.number_columns import credit_code_findings, identity_findings
from wayfare.kernel.regions import regions

COUNT = 1_000_000
ONE_BY_ONE = 20_000
TODAY = date(2026, 1, 1)


def identity_numbers(count: int, seed: int = 1) -> NDArray[np.bytes_]:
    """Numbers of people born 1950 to 2009, one in ten with a wrong digit somewhere."""
    draw = np.random.default_rng(seed)
    codes = [place.code for place in regions()]
    first_17 = [
        f"{codes[code]}{year:04d}{month:02d}{day:02d}{order:03d}"
        for code, year, month, day, order in zip(
            draw.integers(len(codes), size=count),
            draw.integers(1950, 2010, size=count),
            draw.integers(1, 13, size=count),
            draw.integers(1, 29, size=count),
            draw.integers(1, 1000, size=count),
            strict=True,
        )
    ]
    return _corrupted(np.array([text + identity_check_character(text) for text in first_17], "S18"), draw)


def credit_codes(count: int, seed: int = 2) -> NDArray[np.bytes_]:
    """Codes of enterprises in all places, one in ten with a wrong digit somewhere."""
    draw = np.random.default_rng(seed)
    codes = [place.code for place in regions()]
    bodies = draw.integers(len(CODE_CHARACTERS), size=(count, 9))
    first_17 = [
        f"91{codes[code]}{''.join(CODE_CHARACTERS[value] for value in body)}"
        for code, body in zip(draw.integers(len(codes), size=count), bodies, strict=True)
    ]
    return _corrupted(np.array([text + credit_code_check_character(text) for text in first_17], "S18"), draw)


def _corrupted(column: NDArray[np.bytes_], draw: np.random.Generator) -> NDArray[np.bytes_]:
    matrix = column.view(np.uint8).reshape(len(column), 18)
    rows = draw.choice(len(column), len(column) // 10, replace=False)
    matrix[rows, draw.integers(18, size=len(rows))] = draw.integers(ord("0"), ord("Z"), size=len(rows))
    return column


def _median_seconds(work: Callable[[], object]) -> float:
    work()
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def _report(kind: str, column: NDArray[np.bytes_], check: Callable[[NDArray[np.generic]], NDArray[np.int8]]) -> None:
    forms: dict[str, NDArray[np.generic]] = {
        "S18": column,
        "U18": column.astype("U18"),
        "uint8 matrix": column.view(np.uint8).reshape(len(column), 18),
    }
    for form, numbers in forms.items():
        print(f"{kind:<17} {len(column):>9,} as {form:<12} {_median_seconds(lambda held=numbers: check(held)):6.3f} s")
    print(f"{kind:<17} {np.count_nonzero(check(column)):>9,} with a finding")


def main() -> None:
    numbers, codes = identity_numbers(COUNT), credit_codes(COUNT)
    _report("identity numbers", numbers, lambda column: identity_findings(column, today=TODAY))
    _report("credit codes", codes, credit_code_findings)
    few = numbers[:ONE_BY_ONE].astype("U18").tolist()
    seconds = _median_seconds(lambda: [check_identity_number(text, today=TODAY) for text in few])
    print(f"{'identity numbers':<17} {ONE_BY_ONE:>9,} one by one        {seconds:6.3f} s")
    few = codes[:ONE_BY_ONE].astype("U18").tolist()
    seconds = _median_seconds(lambda: [check_credit_code(text) for text in few])
    print(f"{'credit codes':<17} {ONE_BY_ONE:>9,} one by one        {seconds:6.3f} s")


if __name__ == "__main__":
    main()
