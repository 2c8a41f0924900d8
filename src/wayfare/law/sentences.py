"""Sentences for people: what a clause says of a life, with its values spoken in English and Chinese.

A place is spoken by its name, a member of a choice by its label, months as years and months, a rate per cent where the
sentence asks for it. What is not known yet is said so, before the sentence of a yes.
"""

from __future__ import annotations

from decimal import Decimal
from string import Formatter
from typing import TYPE_CHECKING, Any

from wayfare.kernel.regions import ever_known, region
from wayfare.law.labels import label_of, written_in
from wayfare.law.missing import written
from wayfare.law.relevance import Node
from wayfare.law.units import decimals_of, parse_unit

if TYPE_CHECKING:
    from wayfare.law.ints import Lives
    from wayfare.law.law import Law, Text
    from wayfare.law.levers import Change

__all__ = ["given_sentence", "sentence", "step_sentence"]

NOT_KNOWN = {"en": "Not known yet: ", "zh": "还不能确定："}


def given_sentence(lives: Lives, node: Node) -> dict[str, str]:
    """What is said of a value that was given."""
    en, zh = (_named(lives, node, language) for language in ("en", "zh"))
    return {"en": f"{en[0]} is given: {en[1]}", "zh": f"{zh[0]}为给定值：{zh[1]}"}


def _named(lives: Lives, node: Node, language: str) -> tuple[str, str]:
    """A value's label and the value."""
    name, level, row = node
    return label_of(lives.law, name, language), _spoken(lives, name, lives.v[name, level][row], language)


def sentence(lives: Lives, node: Node, text: Text | None) -> dict[str, str]:
    """The clause's sentence in each language with its slots filled; the label and the value where there is none."""
    name, level, row = node
    shown = lives.law.values[name].shown
    spoken = lives.law.sentences.get(shown, {})
    x = lives.v[name, level][row]
    if "yes" in spoken or "no" in spoken:
        spoken = spoken.get("yes" if x or x is None else "no", {})
    if not spoken:
        en, zh = (_named(lives, node, language) for language in ("en", "zh"))
        return {"en": f"{en[0]}: {en[1]}", "zh": f"{zh[0]}：{zh[1]}"}
    out = {}
    for language, words in spoken.items():
        slots = {a: _spoken(lives, n, lives.v[n, level][row], language) for a, n in text.names} if text else {}
        slots |= dict.fromkeys(("value", shown), _spoken(lives, name, x, language))
        out[language] = (NOT_KNOWN[language] if x is None else "") + words.format_map(_Slots(slots))
    return out


def step_sentence(lives: Lives, change: Change) -> dict[str, str]:
    """What a step to another answer asks for: the lever's words, with slots for the values of the row it turns.

    `{by}` is the amount of the change and `{becomes}` what the fact then is; a slot may also name a value of the row.
    """
    value, at = lives.law.values[change.fact], (lives.law.values[change.fact].level, change.row)
    out = {}
    for language, words in change.say.items():
        names = {name for _, name, _, _ in Formatter().parse(words) if name} - {"by", "becomes"}
        slots = {n: _spoken(lives, n, lives.v[n, at[0]][at[1]], language) for n in names if (n, at[0]) in lives.v}
        for slot, x in (("by", change.by), ("becomes", change.becomes)):
            slots[slot] = _said(lives.law, value.declared.unit, x, language)
        out[language] = words.format_map(_Slots(slots))
    return out


class _Spoken(str):
    """A value as a sentence says it; the slot {rate:percent} asks for it as a percentage."""

    __slots__ = ("percent",)
    percent: str

    def __new__(cls, text: str, percent: str = "") -> _Spoken:
        made = super().__new__(cls, text)
        made.percent = percent or text
        return made

    def __format__(self, spec: str) -> str:
        return self.percent if spec == "percent" else super().__format__(spec)


def _spoken(lives: Lives, name: str, x: Any, language: str) -> _Spoken:
    """A value in a sentence: places and choices by their names, months as years and months, rates also per cent."""
    return _said(lives.law, lives.plan.units[name], x, language)


def _said(law: Law, unit: str, x: Any, language: str) -> _Spoken:
    if x is None:
        return _Spoken("？" if language == "zh" else "?")
    text = written(law, unit, int(x))
    if unit == "months":
        return _Spoken(_duration(int(x), language))
    if unit == "truth" or unit in law.choices:
        return _Spoken(written_in(law, unit, text, language))
    if unit == "place" and ever_known(text):
        found = region(text)
        return _Spoken(found.name_zh if language == "zh" else found.name_en)
    return _Spoken(text, _percent(int(x), unit, language))


def _percent(x: int, unit: str, language: str) -> str:
    """A rate per cent, 12 %; empty for what is no rate."""
    if not {"basis_points", "percent"} & set(parse_unit(unit)):
        return ""
    per_cent = Decimal(x).scaleb(2 - decimals_of(unit)).normalize()
    return f"{per_cent:f}%" if language == "zh" else f"{per_cent:f} %"


def _duration(months: int, language: str) -> str:
    years, rest = divmod(abs(months), 12)
    if language.startswith("zh"):
        said = (f"{years}年" if years else "") + (f"{rest}个月" if rest or not years else "")
    else:
        counted = [(years, "year"), (rest, "month")] if years else [(rest, "month")]
        said = " ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in counted if n or not years)
    return f"−{said}" if months < 0 else said


class _Slots(dict[str, str]):
    """A slot that the clause does not name shows its name; a test of the rulebook refuses it before."""

    def __missing__(self, key: str) -> str:
        return key
