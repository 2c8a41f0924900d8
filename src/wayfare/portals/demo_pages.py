"""The pages of the demonstration: a statement for every documented life, a book for every fund, and an index.

They are made from what the demonstration tells, and show what its books hold: the pension funds are provinces there, so
a relation with a city's office stands on the line of its province.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wayfare import __version__
from wayfare.app.demo_summary import Book, Life, Told
from wayfare.app.posting import Booked
from wayfare.facts import Document
from wayfare.kernel import Money, Month, Place
from wayfare.portals.answers import in_both
from wayfare.portals.fact_names import fact_names
from wayfare.portals.fund_book import BatchKind, BatchLine, FundBook, account_lines, fund_book_page
from wayfare.portals.index_page import Command, DemoIndex, Entry, index_page
from wayfare.portals.language import BothLanguages, Language
from wayfare.portals.life_line import MoneyMoved
from wayfare.portals.page import Links
from wayfare.portals.statement import KeyFigure, Made, Origin, Statement, statement, statement_page
from wayfare.portals.told_statement import minimum_months, retires, told_answers

__all__ = ["demo_pages"]

SCHEME = "employee_pension"
_KINDS = {
    "contributions": BatchKind.CONTRIBUTIONS,
    "interest": BatchKind.INTEREST,
    "sent": BatchKind.TRANSFER_OUT,
    "received": BatchKind.TRANSFER_IN,
}


def demo_pages(told: Told) -> Mapping[str, str]:
    """Every page by its file name, in English and Chinese."""
    statements = {str(life.document.facts.person.id): _statement(life, told) for life in told.lives}
    books = {book.fund[:6]: _book(book, told) for book in told.books}
    index = DemoIndex(
        _figures(told),
        tuple(_statement_entry(person, shown) for person, shown in statements.items()),
        tuple(_book_entry(code, book) for code, book in books.items()),
        (Command(".venv/bin/wayfare ask pension.place --person cuihua --on 2026-01-01 --mode estimate",
                 BothLanguages("Ask about a person on record:", "查询一位已登记的人：")),),
    )  # fmt: skip
    pages: dict[str, str] = {}
    for language in Language:
        pages[_name("index", language)] = index_page(index, language, other_language=_name("index", language.other))
        for person, shown in statements.items():
            name = f"statement-{person}"
            pages[_name(name, language)] = statement_page(shown, language, _links(name, language))
        for code, book in books.items():
            name = f"book-{code}"
            pages[_name(name, language)] = fund_book_page(book, language, _links(name, language))
    return pages


def _name(page: str, language: Language) -> str:
    return f"{page}.{language.tag}.html"


def _links(page: str, language: Language) -> Links:
    return Links(_name(page, language.other), _name("index", language))


def _hrefs(page: str) -> BothLanguages:
    return BothLanguages(_name(page, Language.ENGLISH), _name(page, Language.CHINESE))


def _statement(life: Life, told: Told) -> Statement:
    document = _at_its_funds(life.document)
    day = max(document.on, told.on)
    made = Made(told.on, document.on, document.mode, life.answers[0].law, __version__) if life.answers else None
    return statement(
        document, known_on=day, today=Month.of(day), moved=tuple(_moved(life)),
        answers=tuple(told_answers(life.answers, fact_names(life.document))),
        balances={(SCHEME, Place(fund[:6])): balance for fund, balance in life.balances.items()},
        minimum_months=minimum_months(life.answers), retires=retires(life.answers), origin=Origin.EXAMPLE, made=made,
    )  # fmt: skip


def _at_its_funds(document: Document) -> Document:
    """The document with its relations where the books keep them: in the fund of the province."""
    spells = tuple(
        spell.model_copy(update={"place": spell.place.province}) if spell.scheme == SCHEME else spell
        for spell in document.facts.insurance
    )
    return document.model_copy(update={"facts": document.facts.model_copy(update={"insurance": spells})})


def _moved(life: Life) -> Iterator[MoneyMoved]:
    for move in life.moves:
        year = int(move.relation.split(":")[2])
        yield MoneyMoved(
            SCHEME, Place(move.sender[:6]), Place(move.receiver[:6]), Month.at(year * 12), move.pooled + move.account,
            move.account,
        )  # fmt: skip


def _book(book: Book, told: Told) -> FundBook:
    place, _, insurance = book.fund.partition(":")
    lines = tuple(_line(each) for each in book.batches)
    return FundBook(Place(place), insurance, told.on, account_lines(book.accounts), lines)


def _line(each: Booked) -> BatchLine:
    batch, first, last = each.batch, *(each.batch.key.split(":")[at] for at in (0, -1))
    kind = _KINDS.get(first, _KINDS.get(last, BatchKind.OTHER))
    return BatchLine(
        each.posted.number, batch.on, kind, batch.lines, Money.fen(batch.amount), each.posted.link.hex()
    )  # fmt: skip


def _statement_entry(person: str, shown: Statement) -> Entry:
    tells = shown.about or in_both(lambda words: words.say("statement.title"))
    return Entry(shown.name, tells, _hrefs(f"statement-{person}"))


def _book_entry(code: str, book: FundBook) -> Entry:
    name = in_both(lambda words: words.place(book.place))
    members = f"{book.members():,}"
    return Entry(name, BothLanguages(f"{members} members", f"{members}位参保人"), _hrefs(f"book-{code}"))


def _figures(told: Told) -> tuple[KeyFigure, ...]:
    summary = told.summary
    moved = summary.pooled_moved + summary.account_moved
    return (
        _figure(f"{summary.people:,}", "people", "人"),
        _figure(f"{summary.paid_months:,}", "months of contributions", "个缴费月"),
        KeyFigure(
            in_both(lambda words: words.yuan(moved)),
            BothLanguages("moved from fund to fund with the people", "随人在各统筹基金之间转移"),
        ),
    )


def _figure(figure: str, en: str, zh: str) -> KeyFigure:
    return KeyFigure(BothLanguages(figure, figure), BothLanguages(en, zh))
