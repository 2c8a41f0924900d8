"""What may follow each person to another fund on a day, by the law of transfers, for many people at once on columns.

The law is asked about the first of January with what the funds had recorded until then: which province takes over,
whether it opens only a temporary account, and what each other province passes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wayfare.kernel import Month, Place
from wayfare.kernel.status import Mode
from wayfare.law import Law, Rows, World
from wayfare.law.unknown import split
from wayfare.scenarios.record import chosen_rows, money_world, with_columns

__all__ = ["FIRST_TRANSFERS", "Following", "following_on", "with_temporary"]

FIRST_TRANSFERS: Final = 2011
"""The first January in which money moves between provinces, for the measures are in force since January 2010."""

_GOALS: Final = (
    "relation_province", "relation_transfer", "relation_moves", "pooled_piece", "pooled_transfer", "account_kind",
    "destination_province", "latest_province", "opens_ordinary",
)  # fmt: skip


@dataclass(frozen=True)
class Following:
    """What the law lets follow one person: to where, the pooled fen in all, and by province the account and the wages.

    Provinces that keep what they have are not in `account` and `wages`; with `is_temporary` all of them do. `opened` is
    the province in which a temporary account was opened now, if one was.
    """

    person: int
    destination: Place
    is_temporary: bool
    pooled: int
    account: Mapping[Place, int]
    wages: Mapping[Place, int]
    opened: Place | None


def following_on(law: Law, world: World, january: Month) -> Iterator[Following]:
    """For each person with contributions before that January what follows them; nothing where a fact is missing."""
    asked, numbers = _asked_on(world, january)
    if not len(numbers):
        return
    people = law.plan(_GOALS, mode=Mode.ESTIMATE).population(asked, keep=True)
    moves, person = people.value("relation_moves"), people.link("relation", "person")
    relation = people.link("contribution", "relation")[people.link("piece", "contribution")]
    wages = np.zeros(people.size["relation"], np.int64)
    np.add.at(wages, relation, _known(people, "pooled_piece"))
    sure = _sure(people, person)
    provinces, accounts = _known(people, "relation_province"), _known(people, "relation_transfer")
    temporary = law.choices["account_kind"].index("temporary")
    starts = np.searchsorted(person, np.arange(len(numbers) + 1))
    for row in np.flatnonzero(sure).tolist():
        own = range(int(starts[row]), int(starts[row + 1]))
        leaving = [r for r in own if split(moves)[0][r]]
        yield Following(
            int(numbers[row]), _place(law, people, "destination_province", row),
            bool(_known(people, "account_kind")[row] == temporary), int(_known(people, "pooled_transfer")[row]),
            {_province(law, provinces[r]): int(accounts[r]) for r in leaving},
            {_province(law, provinces[r]): int(wages[r]) for r in leaving},
            None if _known(people, "opens_ordinary")[row] else _place(law, people, "latest_province", row),
        )  # fmt: skip


def with_temporary(world: World, law: Law, opened: Mapping[int, Place]) -> dict[str, Rows]:
    """The world with the contributions of these people in these provinces on temporary accounts."""
    runs = world["contribution"]
    person, marked = np.asarray(runs.above["person"]), np.array(split(runs.columns["is_temporary"])[0])
    provinces = law.tree.province[split(runs.columns["contribution_place"])[0]]
    for number, place in opened.items():
        marked[(person == number) & (provinces == law.tree.number(place.code))] = 1
    return {**world, "contribution": with_columns(runs, is_temporary=marked)}


def _asked_on(world: World, january: Month) -> tuple[dict[str, Rows], NDArray[np.int64]]:
    """The people who had contributions by then, with those alone, asking on the first of January; and who they are."""
    runs = world["contribution"]
    before = np.asarray(runs.columns["first_month"]) < january.index
    numbers = np.unique(np.asarray(runs.above["person"])[before])
    out: dict[str, Rows] = {}
    for level, rows in world.items():
        kept = before if level == "contribution" else np.isin(_person_of(level, rows), numbers)
        rows = chosen_rows(rows, kept)
        above = {up: np.searchsorted(numbers, link) for up, link in rows.above.items()}
        out[level] = Rows(rows.size, rows.columns, above)
    return money_world(out, january), numbers


def _person_of(level: str, rows: Rows) -> Any:
    return np.arange(rows.size) if level == "person" else np.asarray(rows.above["person"])


def _known(people: Any, name: str) -> NDArray[np.int64]:
    """A column with 0 where it is not known."""
    values: NDArray[np.int64] = split(people.value(name))[0]
    return values


def _sure(people: Any, person: NDArray[np.int64]) -> NDArray[np.bool_]:
    """The people of whom everything that decides a transfer is known."""
    sure = np.ones(people.size["person"], bool)
    for name in ("destination_province", "pooled_transfer", "account_kind", "latest_province", "opens_ordinary"):
        unknown = split(people.value(name))[1]
        sure &= True if unknown is None else ~unknown
    for name in ("relation_moves", "relation_transfer"):
        unknown = split(people.value(name))[1]
        if unknown is not None:
            sure[person[unknown]] = False
    return sure


def _province(law: Law, number: Any) -> Place:
    return Place.numbered(law.tree.code(int(number)))


def _place(law: Law, people: Any, name: str, row: int) -> Place:
    return _province(law, _known(people, name)[row])
