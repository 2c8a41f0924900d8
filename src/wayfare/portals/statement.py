"""One person's statement: the line of life, what it adds up to, and what the law answers today.

The values come first; `statement` builds them from a facts document and from what the ledger and the decisions say, and
`statement_page` turns them into one page in one language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from wayfare.facts import Document
from wayfare.kernel import Money, Month, Place
from wayfare.portals.answers import Answer, Certainty, in_both
from wayfare.portals.fact_names import fact_names
from wayfare.portals.language import BothLanguages, Language, Words
from wayfare.portals.life_line import BarKind, Group, Lane, LaneKind, LifeLine, MoneyMoved, PaidOut
from wayfare.portals.life_reading import life_line
from wayfare.portals.life_table import contribution_rows, life_rows, money_rows
from wayfare.portals.life_words import event_text, event_title, figure_title
from wayfare.portals.page import Links, render
from wayfare.portals.phone_form import phone_form
from wayfare.portals.reasons import reason_views
from wayfare.portals.wide_form import wide_form

__all__ = ["Holding", "KeyFigure", "Origin", "Statement", "statement", "statement_page"]


class Origin(StrEnum):
    """What a life shown is: a real record, one told by a source document, or one drawn at random."""

    RECORD = "record"
    EXAMPLE = "example"
    DRAWN = "drawn"


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure, and the words under it."""

    figure: BothLanguages
    meaning: BothLanguages


@dataclass(frozen=True, slots=True)
class Holding:
    """What one fund holds: months that count (None when they are not added up), and the person's own account.

    `note` is a key of the catalogue (`holding.<note>`); `on` is the day of the balance.
    """

    scheme: str
    place: Place
    months: int | None
    balance: Money | None
    on: date | None
    certainty: Certainty
    note: str
    moved_to: Place | None = None


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
    sources: tuple[str, ...] = ()
    """Where the facts come from, as the document writes it."""
    fact_names: Mapping[str, BothLanguages] = field(default_factory=dict, hash=False)
    """What the facts are called that reasons refer to."""


def statement(
    document: Document,
    *,
    known_on: date,
    today: Month | None = None,
    answers: Sequence[Answer] = (),
    moved: Sequence[MoneyMoved] = (),
    paid_out: Sequence[PaidOut] = (),
    balances: Mapping[tuple[str, Place], Money] | None = None,
    minimum_months: int | None = None,
    origin: Origin = Origin.RECORD,
) -> Statement:
    """The statement of the person that a document is about.

    `balances` are the ledger's, on `known_on`, by scheme and place; without one the document's last balance is shown.
    `minimum_months` is how many months a pension asks for, as the law answers. Raises LifeUndrawable.
    """
    life = life_line(document, today=today, moved=moved, paid_out=paid_out)
    held = holdings(document, life, balances or {}, known_on, origin)
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
        sources=_sources(document),
        fact_names=fact_names(document),
    )


def holdings(
    document: Document, life: LifeLine, balances: Mapping[tuple[str, Place], Money], known_on: date,
    origin: Origin = Origin.RECORD,
) -> tuple[Holding, ...]:  # fmt: skip
    """What each pension fund of a life holds, in the order of its lanes.

    The books decide for a real record; for an example or a drawn life they hold what was assumed.
    """
    booked = Certainty.DECIDED if origin is Origin.RECORD else Certainty.ESTIMATED
    stated: dict[tuple[str, Place], tuple[date, Money]] = {}
    for account in sorted(document.facts.accounts, key=lambda each: each.on):
        stated[account.scheme, account.place] = (account.on, account.balance)
    ledgers = {key: (known_on, balance) for key, balance in balances.items()}
    return tuple(
        _holding(lane, (lane.scheme, lane.place), life, ledgers, stated, booked)
        for lane in life.lanes
        if lane.group is Group.PENSION and lane.scheme is not None and lane.place is not None
    )


def _holding(
    lane: Lane,
    key: tuple[str, Place],
    life: LifeLine,
    ledgers: Mapping[tuple[str, Place], tuple[date, Money]],
    stated: Mapping[tuple[str, Place], tuple[date, Money]],
    booked: Certainty,
) -> Holding:
    left = next((each for each in life.moved if (each.scheme, each.origin) == key), None)
    kinds = {bar.kind for bar in lane.bars}
    on, balance = ledgers.get(key) or stated.get(key) or (None, None)
    counts = lane.scheme == "employee_pension" and not kinds <= {BarKind.ENDED, BarKind.KEPT}
    return Holding(
        *key,
        len(lane.paid_month_indexes(life.end)) if counts else None,
        balance,
        on,
        booked if key in ledgers else Certainty.ESTIMATED,
        _note(lane, left is not None),
        moved_to=left.destination if left else None,
    )


def _note(lane: Lane, is_moved: bool) -> str:
    kinds = {bar.kind for bar in lane.bars}
    if BarKind.ENDED in kinds:
        return "ended"
    if is_moved:
        return "moved"
    if kinds == {BarKind.KEPT}:
        return "received"
    if lane.scheme == "resident_pension":
        return "residents"
    paying = any(bar.months.is_running for bar in lane.bars if bar.kind is not BarKind.KEPT)
    return f"{'temporary' if BarKind.TEMPORARY in kinds else 'ordinary'}_{'paying' if paying else 'kept'}"


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
    if sex is not None:
        lines.append(in_both(lambda words: words.say(f"person.{sex}")))
    if group is not None:
        lines.append(in_both(lambda words: words.say(f"person.group.{group}")))
    return tuple(lines)


def _sources(document: Document) -> tuple[str, ...]:
    facts = document.facts
    items = (
        facts.person, *facts.hukou, *facts.residence, *facts.work, *facts.insurance, *facts.accounts, *facts.benefits
    )  # fmt: skip
    return tuple(dict.fromkeys(item.source for item in items if item.source))


def statement_page(shown: Statement, language: Language, links: Links) -> str:
    """The statement as one self-contained HTML file."""
    words, life = Words(language), shown.life
    wide, wide_height = wide_form(life, words)
    phone, phone_height = phone_form(life, words)
    known = [each.balance for each in shown.holdings if each.balance is not None]
    marks = {bar.kind.value for lane in life.lanes for bar in lane.bars}
    return render(
        "statement.html.jinja",
        words=words,
        links=links,
        title=words.say("statement.title"),
        statement=shown,
        life=life,
        lead=_lead(shown, words),
        figure=figure_title(life, words),
        wide=wide,
        wide_height=wide_height,
        phone=phone,
        phone_height=phone_height,
        marks=marks,
        events=[(event_title(each, words), event_text(each, words)) for each in life.events],
        rows=life_rows(life, words),
        contributions=contribution_rows(life, words),
        money=money_rows(life, words),
        counted=words.duration(life.counted_months()),
        total=Money.total(known) if known else None,
        is_partial=any(each.balance is None and each.note not in ("ended", "moved") for each in shown.holdings),
        reasons={each.question: reason_views(each.reasons, words, shown.fact_names) for each in shown.answers},
    )


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
