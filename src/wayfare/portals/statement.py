"""One person's statement: the line of life, what it adds up to, and what the law answers today.

The values come first; `statement` builds them from a facts document and from what the ledger and the decisions say, and
`statement_page` turns them into one page in one language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from wayfare.facts import Document
from wayfare.facts.items import Account, Item
from wayfare.kernel import Mode, Money, Month, Place
from wayfare.portals.answers import Answer, Certainty, in_both
from wayfare.portals.fact_names import fact_names
from wayfare.portals.gaps import gap_lines, has_duty
from wayfare.portals.holdings import Balances, Holding, holdings, twice_months
from wayfare.portals.language import BothLanguages, Language, Words
from wayfare.portals.life_line import LaneKind, LifeLine, MoneyMoved, PaidOut
from wayfare.portals.life_reading import life_line
from wayfare.portals.life_table import account_rows, contribution_rows, life_rows, money_rows
from wayfare.portals.life_words import event_text, event_title, figure_title
from wayfare.portals.page import Links, render
from wayfare.portals.phone_form import phone_form
from wayfare.portals.reasons import reason_views
from wayfare.portals.ways import Ways, share_of
from wayfare.portals.wide_form import wide_form

__all__ = ["Holding", "KeyFigure", "Made", "Origin", "Statement", "statement", "statement_page", "statement_view"]


class Origin(StrEnum):
    """What a life shown is: a record of the funds, what a person told, one of a published text, or drawn at random."""

    RECORD = "record"
    TOLD = "told"
    EXAMPLE = "example"
    DRAWN = "drawn"


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure, and the words under it."""

    figure: BothLanguages
    meaning: BothLanguages


@dataclass(frozen=True, slots=True)
class Made:
    """When a statement was made, and of what: the day asked about, the mode, and the versions of law and program."""

    day: date
    asked: date
    mode: Mode
    law: str
    program: str


@dataclass(frozen=True, slots=True)
class Statement:
    """All that a person's statement shows."""

    name: BothLanguages
    life: LifeLine
    keys: tuple[KeyFigure, ...]
    holdings: tuple[Holding, ...]
    answers: tuple[Answer, ...]
    known_on: date
    origin: Origin = Origin.RECORD
    about: BothLanguages | None = None
    person: tuple[BothLanguages, ...] = ()
    """What else is known about the person, a line each."""
    person_source: str | None = None
    sources: tuple[str, ...] = ()
    """Where the facts come from, as the document writes it."""
    fact_names: Mapping[str, BothLanguages] = field(default_factory=dict, hash=False)
    """What the facts are called that reasons refer to."""
    accounts: tuple[Account, ...] = ()
    """Balances as the document states them."""
    ways: Ways | None = None
    made: Made | None = None
    assumes: bool = False
    """Whether some fact of the document is only assumed."""


def statement(
    document: Document,
    *,
    known_on: date,
    today: Month | None = None,
    answers: Sequence[Answer] = (),
    moved: Sequence[MoneyMoved] = (),
    paid_out: Sequence[PaidOut] = (),
    balances: Mapping[tuple[str, Place], Money] | None = None,
    worked_out: Balances | None = None,
    minimum_months: int | None = None,
    retires: Month | None = None,
    origin: Origin = Origin.RECORD,
    ways: Ways | None = None,
    made: Made | None = None,
) -> Statement:
    """The statement of the person that a document is about.

    `balances` are the ledger's, on `known_on`, by scheme and place, and `worked_out` the law's; without either the
    document's last balance is shown. `minimum_months` is how many months a pension asks for and `retires` the month of
    pension age, as the law answers. Raises LifeUndrawable.
    """
    today = today or Month.of(document.on)
    is_past = made is not None and today < Month.of(made.day)
    life = life_line(document, today=today, moved=moved, paid_out=paid_out, retires=retires, is_past=is_past)
    # The books decide for a real record; for an example or a drawn life they hold what was assumed.
    booked = Certainty.DECIDED if origin is Origin.RECORD else Certainty.ESTIMATED
    known = [Balances(known_on, balances or {}, booked), *([worked_out] if worked_out else [])]
    held = holdings(document, life, known)
    person = document.facts.person
    name = BothLanguages(person.name.en, person.name.zh) if person.name else in_both(lambda w: w.say("person.unnamed"))
    return Statement(
        name=name,
        life=life,
        keys=key_figures(life, held, minimum_months),
        holdings=held,
        answers=tuple(answers),
        known_on=known_on,
        origin=origin,
        about=BothLanguages(document.about.en, document.about.zh) if document.about else None,
        person=_person(document),
        person_source=person.source,
        sources=_sources(document),
        fact_names=fact_names(document),
        accounts=document.facts.accounts,
        ways=ways,
        made=made,
        assumes=any(item.assumed for item in _items(document)),
    )


def key_figures(life: LifeLine, held: Sequence[Holding], minimum_months: int | None) -> tuple[KeyFigure, ...]:
    """At most three: months that count, money in own accounts where it is known, and months not insured."""
    counted = life.counted_months()
    asked = "key.counted_of" if minimum_months is not None else "key.counted"
    keys = [
        KeyFigure(
            in_both(lambda words: words.duration(counted)),
            in_both(lambda words: words.say(asked, minimum=words.duration(minimum_months or 0))),
        )
    ]
    known = [each.balance for each in held if each.balance is not None]
    if known:
        # An account that was emptied when its money moved is no place where money lies.
        total, places = Money.total(known), sum(bool(balance) for balance in known)
        keys.append(
            KeyFigure(
                in_both(lambda words: words.yuan(total)),
                in_both(lambda words: words.count("key.accounts", places)),
            )
        )
    if life.gap_months():
        keys.append(_gap_figure(life.gap_months(), life.gap_months(as_employee=True)))
    return tuple(keys)


def _gap_figure(gap: int, as_employee: int) -> KeyFigure:
    """Months not insured, and how many of them were an employer's duty: never the person's fault."""
    form = {0: "nobody", gap: "employer"}.get(as_employee, "partly")
    return KeyFigure(
        in_both(lambda words: words.duration(gap)),
        in_both(lambda words: words.say(f"key.gap.{form}", duty=words.duration(as_employee))),
    )


def _person(document: Document) -> tuple[BothLanguages, ...]:
    person = document.facts.person
    lines = []
    born, sex, group = person.birth_stated, person.sex_stated, person.retirement_group
    if born is not None:
        lines.append(in_both(lambda words: words.say("person.born", day=words.day(born))))
    if person.died is not None:
        died = person.died
        lines.append(in_both(lambda words: words.say("person.died", day=words.day(died))))
    if sex is not None:
        lines.append(in_both(lambda words: words.say(f"person.{sex}")))
    if group is not None:
        lines.append(in_both(lambda words: words.say(f"person.group.{group}")))
    return tuple(lines)


def _items(document: Document) -> tuple[Item, ...]:
    facts = document.facts
    years = (year for spell in facts.insurance for year in spell.years)
    return (
        facts.person, *facts.hukou, *facts.residence, *facts.work, *facts.insurance, *years, *facts.accounts,
        *facts.benefits,
    )  # fmt: skip


def _sources(document: Document) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.source for item in _items(document) if item.source))


def statement_page(shown: Statement, language: Language, links: Links) -> str:
    """The statement as one self-contained HTML file."""
    words = Words(language)
    title = words.say("statement.title")
    return render("statement.html.jinja", words=words, links=links, title=title, **statement_view(shown, words))


def statement_view(shown: Statement, words: Words) -> dict[str, Any]:
    """What the templates of a statement need: the pictures, the tables and the reasons in words."""
    life = shown.life
    wide, wide_height = wide_form(life, words)
    phone, phone_height = phone_form(life, words)
    known = [each.balance for each in shown.holdings if each.balance is not None]
    told: set[tuple[str, ...]] = set()
    marks = {bar.kind.value for lane in life.lanes for bar in lane.bars}
    return {
        "statement": shown,
        "life": life,
        "lead": _lead(shown, words),
        "figure": figure_title(life, words),
        "wide": wide,
        "wide_height": wide_height,
        "phone": phone,
        "phone_height": phone_height,
        "marks": marks,
        "events": [(event_title(each, words), event_text(each, words)) for each in life.events],
        "ordered": shown.answers,
        "level": 3,
        "ways": shown.ways,
        "share": share_of,
        "gaps": gap_lines(life, words),
        "is_duty": has_duty(life),
        "twice": twice_months(shown.holdings, life.counted_months()),
        "rows": life_rows(life, words, shown.sources),
        "contributions": contribution_rows(life, words, shown.sources),
        "accounts": account_rows(shown.accounts, words, shown.sources),
        "money": money_rows(life, words),
        "counted": words.duration(life.counted_months()),
        "sum_of": lambda parts: Money.total(part.amount for part in parts),
        "own_names": lambda places: [words.own_name(place) for place in places],
        "total": Money.total(known) if known else None,
        "is_partial": any(each.balance is None and each.note not in ("ended", "moved") for each in shown.holdings),
        "reasons": {
            each.question: reason_views(each.reasons, words, shown.fact_names, told) for each in shown.answers
        },
    }


def _lead(shown: Statement, words: Words) -> str:
    """The first sentence: since when, in how many provinces, and what was built up."""
    life, name = shown.life, shown.name.within(words.language)
    jobs = [bar.months.start.year for lane in life.lanes if lane.kind is LaneKind.WORKED for bar in lane.bars]
    counted = life.counted_months()
    path = (
        words.count("lead.worked", len(life.provinces_worked()), name=name, year=min(jobs))
        if jobs
        else words.say("lead.no_work", name=name)
    )
    built = words.say("lead.paid", duration=words.duration(counted)) if counted else words.say("lead.unpaid")
    return words.say("lead.whole", path=path, built=built)
