"""The statement of any facts document: the law's answers to it, told on the one page that all statements share.

It takes what the use case found and the day on which it is made, and gives values and pages; nothing is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from wayfare import __version__
from wayfare.app.stating import QUESTIONS, Stated
from wayfare.decisions import Answer as Found
from wayfare.facts import Document
from wayfare.kernel import Mode, Money, Month, Place
from wayfare.portals.answers import Answer, Certainty
from wayfare.portals.errors import NotAnAnswer
from wayfare.portals.fact_names import fact_names
from wayfare.portals.holdings import EMPLOYEES, RESIDENTS, Balances, Key
from wayfare.portals.language import BothLanguages
from wayfare.portals.statement import Made, Origin, Statement, statement
from wayfare.portals.told import refused_answer, told_answer
from wayfare.portals.ways import told_ways

__all__ = ["minimum_months", "retires", "told_answers", "told_statement"]


def told_statement(stated: Stated, *, made_on: date, origin: Origin = Origin.TOLD) -> Statement:
    """The statement of a document and of what the law answers to it. Raises LifeUndrawable."""
    document = stated.document
    names = fact_names(document)
    refused = [refused_answer(question, why) for question, why in stated.refused.items()]
    answers = sorted([*told_answers(stated.answers, names), *refused], key=lambda each: QUESTIONS.index(each.question))
    return statement(
        document,
        known_on=document.known_at.date() if document.known_at else made_on,
        today=Month.of(document.on),
        answers=answers,
        worked_out=_worked_out(stated),
        minimum_months=minimum_months(stated.answers),
        retires=retires(stated.answers),
        origin=origin,
        ways=told_ways(stated.paths) if stated.paths else None,
        made=Made(made_on, document.on, document.mode, stated.law, __version__),
    )


def told_answers(found: Sequence[Found], names: Mapping[str, BothLanguages]) -> Iterator[Answer]:
    """The answers that the pages have a sentence for; of too few months only where some are missing."""
    for each in found:
        if each.question == "pension.short_years" and each.answer.value in (None, "0"):
            continue
        try:
            yield told_answer(each, names)
        except NotAnAnswer:
            continue


def minimum_months(found: Sequence[Found]) -> int | None:
    """How many months a pension asks for, as far as some answer says."""
    value = _value(found, "minimum_months")
    return None if value is None else int(value)


def retires(found: Sequence[Found]) -> Month | None:
    """The month of pension age, as far as some answer says."""
    value = _value(found, "retirement_month")
    return None if value is None else Month(value)


def _value(found: Sequence[Found], name: str) -> str | None:
    values = (each.values[name].value for each in found if name in each.values)
    return next((value for value in values if value is not None), None)


def _worked_out(stated: Stated) -> Balances:
    """The accounts as the law works them out: what contributions left, and recorded balances grown on."""
    document = stated.document
    found = {each.question: each for each in stated.answers}
    amounts = {**_by_province(found.get("pension.account")), **_of_residents(found.get("pension.resident"), document)}
    sure = Certainty.DECIDED if document.mode is Mode.DECISION else Certainty.ESTIMATED
    return Balances(document.on, amounts, sure, "law")


def _by_province(account: Found | None) -> dict[Key, Money]:
    amounts: dict[Key, Money] = {}
    if account is None or account.answer.value is None:
        return amounts
    for name in ("relation_balance", "grown_record"):
        for row in account.values[name].rows:
            if row["of"] is not None and row["value"] is not None:
                key = (EMPLOYEES, Place(row["of"]))
                amounts[key] = amounts.get(key, Money.ZERO) + Money.yuan(row["value"])
    return amounts


def _of_residents(answer: Found | None, document: Document) -> dict[Key, Money]:
    """The residents' account, where it can only be in one place."""
    places = {spell.place for spell in document.facts.insurance if spell.scheme == RESIDENTS}
    value = answer.values["resident_account"].value if answer else None
    return {(RESIDENTS, places.pop()): Money.yuan(value)} if value is not None and len(places) == 1 else {}
