"""An answer of the law as a page shows it: its values in a sentence, its turns as ways, its gaps as questions.

What the decisions package found is written here in words for people, in both languages; the demonstration's pages and
a statement of any document use the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from wayfare.decisions import Answer as Found
from wayfare.decisions import Turn
from wayfare.kernel import Status
from wayfare.kernel.errors import WayfareError
from wayfare.portals.answers import Answer, Certainty, Change, answer, answer_line, in_both
from wayfare.portals.assumptions import assumed_sentences, value_label
from wayfare.portals.language import BothLanguages, Words
from wayfare.portals.ways_on import told_ways_on

__all__ = ["refused_answer", "told_answer", "who_does"]

DAYS_A_MONTH: Final = 30
MISSING_MOST: Final = 6


def told_answer(found: Found, names: Mapping[str, BothLanguages]) -> Answer:
    """The answer in words; `names` says what the facts are called. Raises NotAnAnswer."""
    is_open = found.answer.value is None
    missing = tuple(_missing(found.missing)) if is_open else ()
    said = answer(
        found.question,
        {name: each.value for name, each in found.values.items()},
        mode=found.mode,
        statuses={name: Status(each.status) for name, each in found.values.items()},
        reasons=found.reasons,
        assumed=assumed_sentences(found.assumed, names),
        changes=tuple(_change(found.question, turn) for turn in found.changes),
        next_step=_both(found.next_step) if found.next_step and not missing and not found.changes else None,
        law=found.law,
        missing=missing,
        closed=found.closed,
    )
    return replace(said, ways_on=tuple(told_ways_on(found.values))) if found.question == "pension.short_years" else said


def refused_answer(question: str, refusal: WayfareError) -> Answer:
    """A question that a decision may not answer yet, because the law at hand has a gap where it matters."""
    name = (refusal.field or "").rpartition(".")[2]
    gap = in_both(lambda words: words.say("missing.gap", what=value_label(name, words)))
    return Answer(question, answer_line(question, {}), Certainty.OPEN, missing=(gap,))


def _missing(items: Sequence[Mapping[str, Any]]) -> Iterator[BothLanguages]:
    """What has to be known first, each once: a fact that can be stated, or a figure that no text at hand gives."""
    said: dict[BothLanguages, None] = {}
    for item in items:
        said.setdefault(_lack(item))
    yield from list(said)[:MISSING_MOST]


def _lack(item: Mapping[str, Any]) -> BothLanguages:
    if item.get("ask"):
        return _both(item["ask"])
    form = "gap" if item["kind"] in ("gap", "not sure enough") else "fact"
    name = str(item["name"])
    return in_both(lambda words: words.say(f"missing.{form}", what=value_label(name, words, item.get("label", {}))))


def _change(question: str, turn: Turn) -> Change:
    """A way to another answer: its steps, the answer it gives, and how long it takes."""
    who = sorted({str(step["who"]) for step in turn.steps})
    return Change(
        what=in_both(lambda words: words.listed([_step(step, words) for step in turn.steps])),
        then=_then(question, turn.answer),
        takes=in_both(lambda words: words.say("answers.about", span=words.duration(-(-turn.days // DAYS_A_MONTH)))),
        who=in_both(lambda words: words.listed([who_does(each, words) for each in who])),
    )


def _then(question: str, value: str) -> BothLanguages:
    leading = {"pension.place": "place_of_benefit"}.get(question)
    return answer_line(question, {leading: value}) if leading else BothLanguages(value, value)


def _step(step: Mapping[str, Any], words: Words) -> str:
    said = str(step["say"].get(words.language.value, step["name"])).rstrip(".。")
    if step["unit"] == "months" and "by" in step:
        return words.say("answers.step_months", step=said, span=words.duration(int(step["by"])))
    return said


def who_does(who: str, words: Words) -> str:
    """Who takes a step, in words."""
    return words.say(f"who.{who}") if words.says(f"who.{who}") else who


def _both(texts: Mapping[str, str]) -> BothLanguages:
    return BothLanguages(texts.get("en", ""), texts.get("zh", texts.get("en", "")))
