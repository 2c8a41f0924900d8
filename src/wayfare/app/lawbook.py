"""The law to be read: questions, rule folders, values and what changes, as documents for every way in.

Pages, interface and command line show the same objects. Nothing here decides: it tells what the loaded law says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from wayfare.app.figures import figures_document, gap_document, in_force, place_document, source_document
from wayfare.decisions.composed import with_composed
from wayfare.decisions.smallest import smallest_document
from wayfare.kernel.status import Mode
from wayfare.law import Law, Question
from wayfare.law.errors import UnknownValue
from wayfare.law.labels import labels_of
from wayfare.law.law import Text, Value
from wayfare.law.show import behind, differences
from wayfare.law.trace import names_in, show
from wayfare.law.units import spoken_unit
from wayfare.rulebook.coverage import programme_of
from wayfare.rulebook.reading import cases_of, law_text, open_questions, purpose_of, title_of

__all__ = [
    "changes_document", "law_document", "open_questions_document", "question_document", "questions_document",
    "rule_document", "rules_document", "value_document",
]  # fmt: skip


def law_document(law: Law) -> dict[str, Any]:
    """What law this is: its version, the last day it was held against its sources, and how much it holds."""
    told = [value for value in law.values.values() if value.name == value.shown]
    return {
        "version": law.version, "last_checked": law.last_checked, "rules": len(_homes(law)),
        "questions": len(with_composed(law).questions), "values": len(told), "figures": len(figures_document(law)),
        "open_questions": len(open_questions_document(law)),
    }  # fmt: skip


# ---- questions
def questions_document(law: Law) -> list[dict[str, Any]]:
    """Every question that can be asked, by name."""
    found = sorted(with_composed(law).questions.values(), key=lambda question: question.name)
    return [_question(law, question) for question in found]


def _question(law: Law, question: Question) -> dict[str, Any]:
    rule = law.homes.get(question.answer, "")
    shown = {value: public for public, value in question.named.items()}
    names = dict.fromkeys([question.answer, *question.values])
    return {
        "name": question.name, "programme": question.name.partition(".")[0], "say": dict(question.say), "rule": rule,
        "answer": shown.get(question.answer, question.answer),
        "values": [{"name": shown.get(name, name), "value": name, "label": labels_of(law, name)} for name in names],
    }  # fmt: skip


def question_document(law: Law, name: str) -> dict[str, Any]:
    """A question with every value behind it, its sources, and the smallest document that answers it.

    Raises UnknownValue.
    """
    with_all = with_composed(law)
    entries = behind(with_all, name)
    smallest = law.kept(("smallest document", name), lambda: smallest_document(with_all, name))
    values = [entry.as_document() | {"label": labels_of(law, entry.name)} for entry in entries]
    found = _question(law, with_all.questions[name])
    found["shown"] = found.pop("values")
    sources = list(_sources(law, [entry.name for entry in entries]))
    return {"law": law.version, "question": name, **found, "values": values, "sources": sources, "document": smallest}


def _sources(law: Law, names: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Each document that the values rest on, once, with its articles, the strongest rank first."""
    found: dict[tuple[str, str, str], set[str]] = {}
    for name in names:
        for source in _sources_of(law, name):
            key = source["rank"], source["text"], source["status"]
            found.setdefault(key, set()).update({source["article"]} - {""})
    ranks = ("law", "regulation", "rule", "opinion", "practice")
    for (rank, text, status), articles in sorted(found.items(), key=lambda pair: (ranks.index(pair[0][0]), pair[0])):
        yield {"text": text, "rank": rank, "status": status, "articles": sorted(articles, key=_in_order)}


def _in_order(article: str) -> list[tuple[int, str]]:
    """Article 3 before article 12."""
    parts = re.findall(r"\d+|\D+", article)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def _sources_of(law: Law, name: str) -> Iterator[dict[str, str]]:
    for value in (v for v in law.values.values() if v.shown == name):
        for text in value.texts:
            yield source_document(text.clause.source)
        table = getattr(value.declared, "table", "")
        if table in law.parameters and table in law.homes:
            yield from (source_document(row.source) for row in law.parameters[table].rows)
        elif getattr(value.declared, "source", None) is not None:
            yield source_document(value.declared.source)


# ---- rule folders
def rules_document(law: Law) -> list[dict[str, Any]]:
    """Every rule folder, by its path."""
    return [_rule_head(law, home) for home in _homes(law)]


def _homes(law: Law) -> list[str]:
    return sorted(set(law.homes.values()))


def _rule_head(law: Law, home: str) -> dict[str, Any]:
    names = _names(law, home)
    questions = [q.name for q in with_composed(law).questions.values() if law.homes.get(q.answer) == home]
    return {
        "rule": home, "programme": programme_of(home), "title": title_of(home), "questions": sorted(questions),
        "value_count": len([n for n in names if n in law.values]), "figures": [n for n in names if n in law.parameters],
        "open_question_count": len(open_questions(law, home)),
    }  # fmt: skip


def _names(law: Law, home: str) -> list[str]:
    return [name for name, where in law.homes.items() if where == home]


def rule_document(law: Law, home: str, *, on: date | None = None) -> dict[str, Any]:
    """A rule folder: its law.md, values with their texts, declared gaps, open questions and worked cases.

    `on` keeps the texts in force on that day. Raises UnknownValue.
    """
    if home not in law.homes.values():
        raise UnknownValue(f"There is no rule {home!r}.", next_step=f"Name one of {', '.join(_homes(law))}.")
    names = _names(law, home)
    gaps = [
        {"name": name} | gap_document(gap)
        for name in names if name in law.parameters for gap in law.parameters[name].gaps
    ]  # fmt: skip
    return _rule_head(law, home) | {
        "on": on.isoformat() if on else None, "purpose": purpose_of(home), "text": law_text(home),
        "values": [value_document(law, name, on=on) for name in names if name in law.values],
        "gaps": gaps, "open_questions": open_questions(law, home), "cases": list(cases_of(home)),
    }  # fmt: skip


def value_document(law: Law, name: str, *, on: date | None = None) -> dict[str, Any]:
    """A value: what it is called, how it is found, its sentence, and each of its texts. Raises UnknownValue."""
    value = law.values.get(name)
    if value is None or value.name != value.shown:
        raise UnknownValue(f"There is no value {name!r}.", next_step="wayfare law list names every one.", field="name")
    declared = value.declared[0] if isinstance(value.declared, tuple) else value.declared
    texts = [_text(name, number, text) for number, text in enumerate(value.texts, start=1)]
    return {
        "name": name, "label": labels_of(law, name), "kind": value.kind.replace("_", " "), "level": value.level,
        "unit": spoken_unit(_units(law)[name]), "rule": law.homes.get(name, ""), "say": law.sentences.get(name, {}),
        "texts": [text for text in texts if on is None or _holds(text, on.isoformat())],
        "table": getattr(declared, "table", None), "rests_on": sorted(set(_rests_on(law, value))),
        "ask": dict(getattr(declared, "ask", {})), "choices": list(getattr(declared, "choices", ())),
    }  # fmt: skip


def _units(law: Law) -> Mapping[str, str]:
    """The unit of every value, worked out once for all."""
    found: Mapping[str, str] = law.kept(("units", "of all"), lambda: law.plan(law.values, mode=Mode.ESTIMATE).units)
    return found


def _text(name: str, number: int, text: Text) -> dict[str, Any]:
    clause = text.clause
    since, until = (clause.since or date.min).toordinal(), (clause.until or date.max).toordinal()
    return {
        "id": name if number == 1 else f"{name}-{number}", **in_force(since, until),
        "places": [place_document(code) for code in clause.place], "source": source_document(clause.source),
        "meaning": " ".join((clause.step.__doc__ or "").split()), "formula": show(text.tree),
    }  # fmt: skip


def _holds(text: Mapping[str, Any], on: str) -> bool:
    return (text["from"] or "") <= on and (text["until"] is None or on < text["until"])


def _rests_on(law: Law, value: Value) -> Iterator[str]:
    """The values and figures that a value is made of, by the names people see."""
    trees = [text.tree for text in value.texts] + ([value.tree] if value.tree is not None else [])
    for tree in (part for each in trees for part in (each if isinstance(each, tuple) else (each,))):
        yield from (law.values[name].shown for name in names_in(tree) if name in law.values)
    declared = value.declared[0] if isinstance(value.declared, tuple) else value.declared
    for place in () if value.texts else ("table", "value"):
        if isinstance(found := getattr(declared, place, None), str) and found:
            yield found


# ---- what is not known, and what changes
def open_questions_document(law: Law) -> list[dict[str, str]]:
    """Every open question of the rulebook with its folder."""
    return [
        {"rule": home, "programme": programme_of(home), "text": text}
        for home in _homes(law) for text in open_questions(law, home)
    ]  # fmt: skip


def changes_document(law: Law, before: date, after: date) -> list[dict[str, Any]]:
    """What is in force on one day and not on the other."""
    return differences(law, before, after)

