"""What the demonstration came to: counts and sums, read back from the stored books and checked.

`Told` holds also what the pages are made from: the documented lives with their answers, moves and balances, and every
fund's book.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from wayfare.app.errors import BooksDoNotClose
from wayfare.app.post_contributions import COLLECTED, TREASURY
from wayfare.app.posting import Booked
from wayfare.app.sessions import at_work
from wayfare.decisions import Answer
from wayfare.facts import Document
from wayfare.kernel import Money, Place
from wayfare.scenarios import ASSUMPTIONS, MoneyYear, Outcomes, PensionsOfPlace
from wayfare.settlement import RelationMove
from wayfare.storage import Database, Role
from wayfare.storage.ledger_store import LedgerStore
from wayfare.storage.ledger_verify import Verified, verify_book

__all__ = ["Book", "DemoSummary", "Life", "Told", "sums_of", "summary_of"]


@dataclass(frozen=True, slots=True)
class Life:
    """One documented life: its document, the law's answers, its moves, and what each fund holds on its account."""

    document: Document
    answers: tuple[Answer, ...]
    moves: tuple[RelationMove, ...]
    balances: Mapping[str, Money]


@dataclass(frozen=True, slots=True)
class Book:
    """One fund's book: the balance of every account, and its batches in order."""

    fund: str
    accounts: Mapping[str, Money]
    batches: tuple[Booked, ...]


@dataclass(frozen=True)
class DemoSummary:
    """The demonstration in figures.

    `new_*` count what this run added: a second run adds nothing. `assumed_*` say how much was assumed: modelling
    assumptions behind the drawn lives, distinct figures and facts that the documented answers used, and pensions that
    rest on an assumed figure. `books_sum` and `in_transit` are what the stored books of all funds come to.
    """

    people: int
    documented: int
    new_people: int
    paid_months: int
    funds: int
    batches: int
    new_batches: int
    transfers: int
    contributions: Money
    interest: Money
    subsidies: Money
    relations_moved: int
    pooled_moved: Money
    account_moved: Money
    decisions: int
    new_decisions: int
    pensions: Mapping[Place, PensionsOfPlace]
    short_of_months: int
    unanswered: int
    assumed_in_model: int
    assumed_values: int
    pensions_on_assumptions: int
    books_sum: Money
    in_transit: Money
    chains_verified: int
    folder: Path | None = None
    pages: tuple[str, ...] = ()

    def with_pages(self, folder: Path, pages: tuple[str, ...]) -> DemoSummary:
        """The same with where its pages are."""
        return replace(self, folder=folder, pages=pages)

    def as_document(self) -> dict[str, Any]:
        """The summary as JSON values."""
        shape = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: str(value) if isinstance(value, Money) else value for name, value in shape.items()} | {
            "pensions": {place.code: {"people": x.people, "mean": str(x.mean)} for place, x in self.pensions.items()},
            "folder": str(self.folder) if self.folder else None,
            "pages": list(self.pages),
        }


@dataclass(frozen=True)
class Told:
    """What the pages are made from."""

    summary: DemoSummary
    lives: tuple[Life, ...] = ()
    books: tuple[Book, ...] = ()
    on: date = field(default=date.min)


def summary_of(
    database: Database, documented: Sequence[Document], answers: Mapping[str, tuple[Answer, ...]],
    booked: Sequence[Booked], years: Sequence[MoneyYear], estimated: Outcomes, people: int, new_people: int,
    decisions: tuple[int, int], progress: Callable[[int, int], None], on: date,
) -> Told:  # fmt: skip
    """The figures of a run, from its answers and from the stored books; `decisions` are those made and those new.

    Raises BooksDoNotClose and BookDiffers.
    """
    books, verified = _read_back(database, booked, progress)
    moves = [move for year in years for move in year.moves]
    sums = sums_of(books)
    summary = DemoSummary(
        people=people, documented=len(documented), new_people=new_people, paid_months=estimated.months,
        funds=len(books), batches=sum(each.batches for each in verified),
        new_batches=sum(each.posted.fresh for each in booked), transfers=sum(each.transfers for each in verified),
        contributions=-sums[COLLECTED], subsidies=-sums[TREASURY],
        interest=Money.fen(sum(sum(fen.values()) for year in years for fen in year.interest.values())),
        relations_moved=len(moves), pooled_moved=Money.total(move.pooled for move in moves),
        account_moved=Money.total(move.account for move in moves),
        decisions=decisions[0], new_decisions=decisions[1], pensions=estimated.by_place,
        short_of_months=estimated.short, unanswered=estimated.unknown, assumed_in_model=len(ASSUMPTIONS),
        assumed_values=_assumed(answers), pensions_on_assumptions=estimated.on_assumptions,
        books_sum=Money.total(balance for book in books for balance in book.accounts.values()),
        in_transit=sums["in_transit"], chains_verified=len(verified),
    )  # fmt: skip
    return Told(summary, _lives(database, documented, answers, moves), books, on)


def _read_back(
    database: Database, booked: Sequence[Booked], progress: Callable[[int, int], None]
) -> tuple[tuple[Book, ...], list[Verified]]:
    """Every fund's book, its chain worked out again from its rows."""
    batches: dict[str, list[Booked]] = defaultdict(list)
    for each in booked:
        batches[each.batch.fund].append(each)
    books, verified = [], []
    with at_work(database, Role.POSTER, "verify the books") as session:
        store = LedgerStore(session.connection)
        funds = store.funds()
        for number, fund in enumerate(funds):
            progress(number, len(funds))
            verified.append(verify_book(session.connection, fund))
            ordered = sorted(batches[fund], key=lambda each: each.posted.number)
            books.append(Book(fund, store.trial_balance(fund), tuple(ordered)))
        progress(len(funds), len(funds))
    return tuple(books), verified


def sums_of(books: Sequence[Book]) -> Mapping[str, Money]:
    """What the accounts of all books hold by purpose; money at the bank by its bank account.

    Raises BooksDoNotClose when a book does not sum to zero, or money left a fund and is not in another.
    """
    sums: dict[str, Money] = defaultdict(lambda: Money.ZERO)
    for book in books:
        total = Money.total(book.accounts.values())
        if total:
            raise BooksDoNotClose(
                f"The accounts of {book.fund} add up to {total} yuan, not to zero.",
                next_step="Stop posting to this fund and compare with the last backup.",
            )
        for name, balance in book.accounts.items():
            purpose = name if name.startswith("bank:") else name.partition(":")[0]
            sums["in_transit" if purpose.startswith("in_transit_") else purpose] += balance
    if sums["in_transit"]:
        raise BooksDoNotClose(
            f"{sums['in_transit']} yuan left a fund and did not arrive in another.",
            next_step="Run the demonstration again; it completes moves that were cut off.",
        )
    return sums


def _assumed(answers: Mapping[str, tuple[Answer, ...]]) -> int:
    """How many different figures and facts the answers used that are only assumed."""
    return len({
        (person if "fact" in each else "", each["name"], str(each.get("fact")), str(each.get("for")))
        for person, found in answers.items() for answer in found for each in answer.assumed
    })  # fmt: skip


def _lives(
    database: Database, documented: Sequence[Document], answers: Mapping[str, tuple[Answer, ...]],
    moves: Sequence[RelationMove],
) -> tuple[Life, ...]:  # fmt: skip
    lives = []
    with at_work(database, Role.POSTER, "show the statement") as session:
        store = LedgerStore(session.connection)
        for document in documented:
            person = str(document.facts.person.id)
            own = tuple(move for move in moves if move.member == person)
            lives.append(Life(document, answers[person], own, store.member_balances(person)))
    return tuple(lives)
