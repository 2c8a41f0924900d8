"""The demonstration: documented and drawn lives from their facts to law, money, moves and pages.

Everything is laid down purely from the seed and carried out by idempotent use cases, so a run that was cut off is
completed by the next one and a second run changes nothing. It ends with the books read back from the store.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from wayfare.app.decide import decide
from wayfare.app.demo_place import claim_place, digest_of
from wayfare.app.demo_summary import DemoSummary, Told, summary_of
from wayfare.app.demo_year import carry_out_year
from wayfare.app.examples import EXAMPLE_LIVES
from wayfare.app.posting import Booked
from wayfare.app.register_person import pool_provinces, register_people
from wayfare.app.sessions import steadily
from wayfare.decisions import Answer, world_of
from wayfare.facts import Document, read_document
from wayfare.kernel import Month
from wayfare.law import Law, World, as_columns
from wayfare.rulebook import load_rulebook
from wayfare.scenarios import (
    FIRST_YEAR,
    MoneyYear,
    as_recorded,
    average_wages,
    draw_population,
    money_years,
    outcomes,
    with_temporary,
)
from wayfare.settlement import RelationMove
from wayfare.storage import Database, Settings, open_database

__all__ = ["EXAMPLE_LIVES", "PEOPLE", "SEED", "PageMaker", "Progress", "Stage", "run_demo"]

PEOPLE: Final = 2000
SEED: Final = 2026
LAST_DAY: Final = date(2026, 1, 1)
"""The drawn lives stand as of this day, and the books hold the years before it and the moves of the January after."""

BOOKS_DAY: Final = date(2026, 1, 31)

QUESTIONS: Final = ("pension.place", "pension.transfer", "pension.retirement", "pension.monthly")
_AT_ONCE: Final = 100


class Stage(StrEnum):
    """What the demonstration is doing."""

    DRAW = "draw the lives"
    REGISTER = "register the people"
    RECKON = "ask the law for every year"
    POST = "post contributions, credit interest, move relations"
    DECIDE = "decide for the documented lives"
    ESTIMATE = "estimate the pensions"
    VERIFY = "read the books back"
    PAGES = "write the pages"


class Progress(Protocol):
    """Told how much of a stage is done; `total` may be seen for the first time together with `done` = 0."""

    def __call__(self, stage: Stage, done: int, total: int) -> None: ...


class PageMaker(Protocol):
    """Makes the pages, by file name, from what the demonstration tells."""

    def __call__(self, told: Told) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class _Lives:
    """All documents, the documented ones first."""

    documents: tuple[Document, ...]
    documented: int

    @property
    def members(self) -> list[str]:
        return [str(document.facts.person.id) for document in self.documents]


def run_demo(
    state: Settings, *, people: int = PEOPLE, seed: int = SEED, lives: Path = EXAMPLE_LIVES,
    pages: PageMaker | None = None, progress: Progress | None = None,
) -> DemoSummary:  # fmt: skip
    """Run it in the state directory of these settings; without `pages` none are written.

    Each demonstration has a database of its own (`demo_place`). Raises DemoDiffers where there is only one and it holds
    another, BooksDoNotClose, and what the layers below refuse.
    """
    tell = progress or (lambda stage, done, total: None)
    law = load_rulebook()
    drawn = _draw(law, people, seed, lives, tell)
    world = as_columns(world_of(drawn.documents, law))
    years = _reckon(law, world, drawn, tell)
    name, folder = claim_place(state, digest_of(law, drawn.documents, years))
    for year in years:
        world = with_temporary(world, law, year.opened)
    drawn, years = _with_temporary(drawn, years), _with_decisions(years, drawn)
    with open_database(state, name=name) as database:
        new_people = _register(database, drawn, tell)
        decider = _Decider(database, law)
        booked = _carry_out(decider, drawn, years, tell)
        answers = _decide(decider, drawn, tell)
        tell(Stage.ESTIMATE, 0, 1)
        estimated = outcomes(law, world)
        tell(Stage.ESTIMATE, 1, 1)
        told = summary_of(
            database, drawn.documents[: drawn.documented], answers, booked, years, estimated, len(drawn.documents),
            new_people, (decider.kept, decider.new), lambda done, total: tell(Stage.VERIFY, done, total), BOOKS_DAY,
        )  # fmt: skip
    return _write(folder, told, pages, tell)


def _draw(law: Law, people: int, seed: int, lives: Path, tell: Progress) -> _Lives:
    documents = [read_document(path.read_bytes()) for path in sorted(lives.glob("*.json"))]
    documented = len(documents)
    tell(Stage.DRAW, 0, people)
    for chunk in draw_population(people, seed=seed, wages=average_wages(law), on=LAST_DAY):
        documents += chunk
        tell(Stage.DRAW, len(documents) - documented, people)
    return _Lives(tuple(documents), documented)


def _reckon(law: Law, world: World, drawn: _Lives, tell: Progress) -> list[MoneyYear]:
    years: list[MoneyYear] = []
    for year in money_years(law, world, drawn.members, until=LAST_DAY.year, stated=drawn.documented):
        years.append(year)
        tell(Stage.RECKON, len(years), LAST_DAY.year - FIRST_YEAR)
    return years


def _with_temporary(drawn: _Lives, years: Sequence[MoneyYear]) -> _Lives:
    """The drawn lives with the temporary accounts that the law opened for them on their record."""
    opened = {(person, place) for year in years for person, place in year.opened.items()}
    persons = {person for person, _ in opened}

    def marked(person: int, document: Document) -> Document:
        spells = tuple(
            spell.model_copy(update={"relation": "temporary"}) if (person, spell.place.province) in opened else spell
            for spell in document.facts.insurance
        )
        return document.model_copy(update={"facts": document.facts.model_copy(update={"insurance": spells})})

    documents = (marked(n, each) if n in persons else each for n, each in enumerate(drawn.documents))
    return _Lives(tuple(documents), drawn.documented)


def _register(database: Database, drawn: _Lives, tell: Progress) -> int:
    """Puts the people and the pools on record; how many people were not there before."""
    new, total = 0, len(drawn.documents)
    provinces = {spell.place.province for each in drawn.documents for spell in each.facts.insurance}
    pool_provinces(database, provinces, "employee_pension", since=date(FIRST_YEAR, 1, 1))
    tell(Stage.REGISTER, 0, total)
    for first in range(0, total, _AT_ONCE):
        people = drawn.documents[first : first + _AT_ONCE]
        new += steadily(partial(register_people, database, people))
        tell(Stage.REGISTER, min(first + _AT_ONCE, total), total)
    return new


@dataclass
class _Decider:
    """Decides and keeps, and counts what was kept before and what is new."""

    database: Database
    law: Law
    kept: int = 0
    new: int = 0

    def __call__(self, document: Document, *, identity: str) -> Answer:
        answer, is_new = steadily(partial(decide, self.database, document, self.law, identity=identity))
        self.kept += 1
        self.new += is_new
        return answer


def _with_decisions(years: Sequence[MoneyYear], drawn: _Lives) -> list[MoneyYear]:
    """The years with each documented person's moves resting on a decision of that January."""
    documented = set(drawn.members[: drawn.documented])

    def resting(move: RelationMove, january: int) -> RelationMove:
        identity = f"demo:pension.transfer:{move.member}:{january}"
        return replace(move, decision=identity) if move.member in documented else move

    return [replace(each, moves=tuple(resting(move, each.year + 1) for move in each.moves)) for each in years]


def _carry_out(decider: _Decider, drawn: _Lives, years: Sequence[MoneyYear], tell: Progress) -> list[Booked]:
    """Decides what documented people's money rests on, then posts and moves, year by year."""
    documents, booked = dict(zip(drawn.members, drawn.documents, strict=True)), list[Booked]()
    tell(Stage.POST, 0, len(years))
    for number, year in enumerate(years, start=1):
        january = Month.at((year.year + 1) * 12)
        for member, identity in sorted({(move.member, move.decision) for move in year.moves if move.decision}):
            record = as_recorded(documents[member], january)
            decider(record.model_copy(update={"question": "pension.transfer"}), identity=identity)
        booked += steadily(partial(carry_out_year, decider.database, year, drawn.members))
        tell(Stage.POST, number, len(years))
    return booked


def _decide(decider: _Decider, drawn: _Lives, tell: Progress) -> dict[str, tuple[Answer, ...]]:
    """Each question for each documented life, kept with reasons; the answers by person."""
    found: dict[str, tuple[Answer, ...]] = {}
    tell(Stage.DECIDE, 0, drawn.documented)
    for document, person in zip(drawn.documents[: drawn.documented], drawn.members, strict=False):
        found[person] = tuple(
            decider(document.model_copy(update={"question": question}), identity=f"demo:{question}:{person}")
            for question in QUESTIONS
        )
        tell(Stage.DECIDE, len(found), drawn.documented)
    return found


def _write(folder: Path, told: Told, pages: PageMaker | None, tell: Progress) -> DemoSummary:
    """Writes the pages, each whole or not at all; the summary says where they are."""
    made = pages(told) if pages else {}
    tell(Stage.PAGES, 0, len(made))
    for number, (name, text) in enumerate(made.items(), start=1):
        draft = folder / f".{name}.{os.getpid()}"  # another run may be writing the same page
        draft.write_text(text, encoding="utf-8")
        draft.replace(folder / name)
        tell(Stage.PAGES, number, len(made))
    return told.summary.with_pages(folder, tuple(made))


