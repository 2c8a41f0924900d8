"""Workload W in OpenFisca-Core, as fast as we could make it; runs in an environment of its own.

One entity, yearly variables, recursion on the year before. Three settings are needed for right answers: int64 in
place of Core's int32, money as int instead of float32, and spiral loops allowed, else a recursion over years quietly
returns a default. What makes it fast: the lives in 16 pieces, and wages looked up in an array taken from the
parameter tree once a year instead of person by person.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
from openfisca_core import periods
from openfisca_core.entities import build_entity
from openfisca_core.model_api import YEAR, Variable
from openfisca_core.parameters import ParameterNode
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from bench import data
from bench.tables import CREDIT_PERCENT, FIRST, INTEREST_BP, LAST, PAYOUT_MONTHS, PLACES, average_wages

Person = build_entity(key="person", plural="persons", label="person", doc="", is_person=True)
RESULTS = (
    "last_pool", "total_months", "transfer", "balance", "place", "average_index", "base_pension", "account_pension",
    "pension",
)  # fmt: skip


def half_up(a: Any, b: Any) -> Any:
    return (a + b // 2) // b


def before(person: Any, name: str, period: Any, first: Any = 0) -> Any:
    """The value of the year before; `first` in the first year."""
    return first if period.start.year == FIRST else person(name, period.last_year)


# ---- yearly values
def months_in(place: int) -> Callable[..., Any]:
    def formula(person: Any, period: Any) -> Any:
        here = np.where(person("pool", period) == place, person("months", period), 0)
        return before(person, f"months_in_{place}", period) + here

    return formula


def wages_in(place: int) -> Callable[..., Any]:
    def formula(person: Any, period: Any) -> Any:
        here = np.where(person("pool", period) == place, person("wage", period), 0)
        return before(person, f"wages_in_{place}", period) + here

    return formula


def transfer_from(place: int) -> Callable[..., Any]:
    def formula(person: Any, period: Any, parameters: Any) -> Any:
        moved = half_up(person(f"wages_in_{place}", period) * int(parameters(period).transfer_percent), 100)
        return np.where(person("last_pool", period) == place, 0, moved)

    return formula


@cache
def wages_of_year(parameters: Any, period: Any) -> Any:
    node = parameters(period).average_wage
    return np.array([node[f"place_{k}"] for k in range(PLACES)], np.int64)


def last_pool(person: Any, period: Any) -> Any:
    here = person("pool", period)
    return np.where(here >= 0, here, before(person, "last_pool", period, -1))


def balance(person: Any, period: Any, parameters: Any) -> Any:
    of_year = parameters(period)
    credit = half_up(person("wage", period) * int(of_year.credit_percent), 100)
    return half_up(before(person, "balance", period) * (10_000 + int(of_year.interest_bp)), 10_000) + credit


def index_sum(person: Any, period: Any, parameters: Any) -> Any:
    pool = person("pool", period)
    average = wages_of_year(parameters, period)[np.maximum(pool, 0)]
    index = np.where(pool >= 0, half_up(person("wage", period) * 10_000, average), 0)
    return before(person, "index_sum", period) + index


def years_counted(person: Any, period: Any) -> Any:
    return before(person, "years_counted", period) + (person("pool", period) >= 0)


# ---- values of the last year
def place(person: Any, period: Any) -> Any:
    months = np.stack([person(f"months_in_{k}", period) for k in range(PLACES)], 1)
    hukou, last = person("hukou", period), person("last_pool", period)
    row = np.arange(len(hukou))
    latest = np.full(len(hukou), -1)
    for year in range(LAST, FIRST - 1, -1):  # no aggregation finds the latest place with ten years: walk back
        pool = person("pool", periods.period(year))
        found = (pool >= 0) & (latest < 0) & (months[row, np.maximum(pool, 0)] >= 120)
        latest = np.where(found, pool, latest)
    stays = months[row, last] >= 120
    return np.where(last == hukou, hukou, np.where(stays, last, np.where(latest >= 0, latest, hukou)))


def total_months(person: Any, period: Any) -> Any:
    return sum(person(f"months_in_{k}", period) for k in range(PLACES))


def transfer(person: Any, period: Any) -> Any:
    return sum(person(f"transfer_from_{k}", period) for k in range(PLACES))


def average_index(person: Any, period: Any) -> Any:
    return half_up(person("index_sum", period), person("years_counted", period))


def base_pension(person: Any, period: Any, parameters: Any) -> Any:
    wage = half_up(wages_of_year(parameters, period)[person("place", period)], 12)
    months = person("total_months", period)
    return half_up(wage * (10_000 + person("average_index", period)) * months, 24_000_000)


def account_pension(person: Any, period: Any, parameters: Any) -> Any:
    payout, age = parameters(period).payout, person("age", period)
    months = np.select([age == a for a in PAYOUT_MONTHS], [int(payout[f"age_{a}"]) for a in PAYOUT_MONTHS])
    return half_up(person("balance", period), months)


def pension(person: Any, period: Any) -> Any:
    return person("base_pension", period) + person("account_pension", period)


# ---- the system
def variable(name: str, formula: Callable[..., Any] | None = None, default: int = 0) -> type[Variable]:
    told: dict[str, Any] = {
        "value_type": int, "entity": Person, "definition_period": YEAR, "label": name, "default_value": default,
    }  # fmt: skip
    if formula is not None:
        told["formula"] = formula
    return type(name, (Variable,), told)


def variables() -> Iterator[type[Variable]]:
    yield variable("pool", default=-1)  # no record in that year
    yield from (variable(name) for name in ("hukou", "age", "months", "wage"))
    for k in range(PLACES):
        yield variable(f"months_in_{k}", months_in(k))
        yield variable(f"wages_in_{k}", wages_in(k))
        yield variable(f"transfer_from_{k}", transfer_from(k))
    for formula in (
        last_pool, balance, index_sum, years_counted, place, total_months, transfer, average_index, base_pension,
        account_pension, pension,
    ):  # fmt: skip
        yield variable(formula.__name__, formula)


def dated(values: dict[int, int]) -> dict[str, Any]:
    return {"values": {f"{year}-01-01": {"value": int(value)} for year, value in values.items()}}


@cache
def system() -> TaxBenefitSystem:
    wages = average_wages()
    out = TaxBenefitSystem([Person])
    out.parameters = ParameterNode("", data={
        "transfer_percent": dated({FIRST: 12}),
        "credit_percent": dated(CREDIT_PERCENT),
        "interest_bp": dated(INTEREST_BP),
        "payout": {f"age_{age}": dated({FIRST: months}) for age, months in PAYOUT_MONTHS.items()},
        "average_wage": {f"place_{k}": dated({FIRST + y: w for y, w in enumerate(wages[k])}) for k in range(PLACES)},
    })  # fmt: skip
    for made in variables():
        out.add_variable(made)
    for held in out.variables.values():
        held.dtype = np.int64  # Core's int32 overflows without a word
    return out


def run(parts: Sequence[data.Part]) -> tuple[Any, Any]:
    """Nine values for each person and the fen that moved from place to place, a part at a time."""
    flows = np.zeros((PLACES, PLACES), np.int64)
    results = []
    for part in parts:
        persons, records = data.read(part)
        simulation = _simulation(persons, records)
        year = periods.period(LAST)
        got = [np.asarray(simulation.calculate(name, year), np.int64) for name in RESULTS]
        results.append(np.stack([persons["person"], *got], 1))
        for k in range(PLACES):
            np.add.at(flows[k], got[0], simulation.calculate(f"transfer_from_{k}", year))
    return np.concatenate(results), flows


def _simulation(persons: data.Columns, records: data.Columns) -> Any:
    count = len(persons["person"])
    simulation = SimulationBuilder().build_default_simulation(system(), count=count)
    simulation.max_spiral_loops = LAST - FIRST + 2
    for name in ("hukou", "age"):
        simulation.set_input(name, periods.period(LAST), persons[name].astype(np.int64))
    row = np.searchsorted(persons["person"], records["person"])
    for year in range(FIRST, LAST + 1):
        mine = records["year"] == year
        for name, nothing in (("pool", -1), ("months", 0), ("wage", 0)):
            column = np.full(count, nothing, np.int64)
            column[row[mine]] = records[name][mine]
            simulation.set_input(name, periods.period(year), column)
    return simulation


def main() -> None:
    """Serves runs: for each line read, a run and a line with its seconds; the first run's results go to a file."""
    count, results = int(sys.argv[1]), sys.argv[2]
    parts = data.lives(count)
    rows, flows = run(parts)
    np.savez(results, rows=rows, flows=flows)
    del rows, flows
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        run(parts)
        print(time.perf_counter() - start, flush=True)


if __name__ == "__main__":
    main()
