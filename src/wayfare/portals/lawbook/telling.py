"""How the law browser says things in a language: days, places, units, sentences with their slots, and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from markupsafe import Markup, escape

from wayfare.decisions.composed import with_composed
from wayfare.kernel import Place
from wayfare.law import Law
from wayfare.law.labels import label_of
from wayfare.portals.language import Language, Words
from wayfare.portals.page import foreign_marked

__all__ = ["Telling", "rule_key"]

_SLOT: Final = re.compile(r"\{(\w+)(?::\w+)?\}")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_NATION: Final = "000000"
PROVINCES: Final = 31
"""Provinces, autonomous regions and municipalities of the mainland."""


def rule_key(home: str, words: Words) -> str:
    """The key of the title of a rule folder; empty where there is none. A folder may lie in another."""
    key = f"lawbook.rule.{home.replace('/', '.')}"
    return next((each for each in (key, f"{key}.itself") if words.says(each)), "")


class Telling:
    """What templates of the law browser call; `on` is the day whose law is shown, if one was asked for."""

    def __init__(self, law: Law, words: Words, on: date | None = None) -> None:
        self.law, self.words, self.on = law, words, on
        self.language = words.language
        self._zh = words.language is Language.CHINESE

    # ---- addresses
    def href(self, path: str, anchor: str = "", **query: str) -> str:
        """The address of a page of the law browser, with the day that is being looked at."""
        asked = {**query, **({"on": self.on.isoformat()} if self.on else {})}
        text = "&".join(f"{name}={held}" for name, held in asked.items() if held)
        return f"/{self.language}{path}" + (f"?{text}" if text else "") + (f"#{anchor}" if anchor else "")

    def of_name(self, name: str) -> str:
        """Where a value or a figure is told."""
        if name in self.law.parameters and name in self.law.homes:
            return self.href(f"/law/figures/{name}")
        home = self.law.homes.get(name)
        return self.href(f"/law/rules/{home}", f"value-{name}") if home else self.href("/law", q=name)

    # ---- words
    def label(self, labels: Mapping[str, str]) -> str:
        """A label in this language."""
        return labels.get(self.language.value, labels.get("en", ""))

    def filled(self, key: str, **slots: object) -> Markup:
        """A sentence of the catalogue, its slots with HTML in them."""
        return Markup(self.words.say(key, **{name: escape(held) for name, held in slots.items()}))

    def called(self, name: str) -> Markup:
        """What a value is called; its name, as the code that it is, where this language has no word for it."""
        label = label_of(self.law, name, self.language.value)
        if label != name:
            return foreign_marked(label, self.language)
        if self.words.says(f"lawbook.unit.{name}"):
            return escape(self.words.say(f"lawbook.unit.{name}"))
        return Markup("<code>{}</code>").format(name) if self._zh else escape(name.replace("_", " "))

    def has_label(self, name: str) -> bool:
        """Whether this language has a word for a value."""
        return label_of(self.law, name, self.language.value) != name

    def plainly(self, name: str) -> str:
        """What a value is called, for a picture."""
        return label_of(self.law, name, self.language.value).replace("_", " ")

    def title(self, rule: Mapping[str, Any]) -> Markup:
        """The title of a rule folder; that of its law.md, which is in English, where the catalogue has none."""
        key = rule_key(rule["rule"], self.words)
        return escape(self.words.say(key)) if key else self.english(rule["title"])

    def programme(self, name: str) -> str:
        """The name of a programme."""
        key = f"lawbook.programme.{name}"
        return self.words.say(key) if self.words.says(key) else name.replace("_", " ").capitalize()

    def unit(self, unit: str) -> str:
        """A unit in words; a choice needs none, for its members are told by name."""
        key = f"lawbook.unit.{unit.replace('/', '_').replace('*', '_')}"
        if self.words.says(key):
            return self.words.say(key)
        whole, _, part = unit.partition("/")
        if part and self.words.says(f"lawbook.unit.{whole}") and self.words.says(f"lawbook.each.{part}"):
            return self.words.say(f"lawbook.each.{part}", whole=self.unit(whole))
        return ""

    def english(self, text: object) -> Markup:
        """A text that is only at hand in English, marked so on a Chinese page."""
        marked = foreign_marked(str(text), Language.ENGLISH)
        return Markup('<span lang="en">{}</span>').format(marked) if self._zh else marked

    def mixed(self, text: object) -> Markup:
        """A text with names in the other language, such as that of a document."""
        return foreign_marked(str(text), self.language)

    def sentence(self, say: Mapping[str, Any]) -> list[Markup]:
        """The sentences of a clause, each slot with what stands there."""
        found = [say] if "en" in say else [say[key] for key in ("yes", "no") if key in say]
        return [Markup("").join(self._parts(each[self.language.value])) for each in found]

    def _parts(self, sentence: str) -> Iterator[Markup]:
        """Text and slots in turn."""
        form = Markup("〔{}〕" if self._zh else "[{}]")
        for at, part in enumerate(_SLOT.split(sentence)):
            if at % 2:
                yield Markup("…") if part == "value" else form.format(self.called(part))
            else:
                yield foreign_marked(part, self.language)

    def formula(self, formula: str) -> Markup:
        """A formula whose names lead to what they are made of."""
        def link(name: re.Match[str]) -> str:
            told = name[0] in self.law.homes
            return f'<a class="govuk-link" href="{self.of_name(name[0])}">{name[0]}</a>' if told else name[0]

        return Markup(_NAME.sub(link, str(escape(formula))))

    def names(self, names: Sequence[str]) -> Markup:
        """Keys of a table in a row of words."""
        return Markup(self.words.listed([self.called(name) for name in names]))

    def question(self, name: str) -> Mapping[str, str]:
        """What a question says, by language."""
        return with_composed(self.law).questions[name].say

    def kind(self, kind: str) -> str:
        """How a value that is no clause is found."""
        key = f"lawbook.kind_of.{kind.replace(' ', '_')}"
        return self.words.say(key if self.words.says(key) else "lawbook.kind_of.rows")

    def why(self, why: Mapping[str, str]) -> Markup:
        """The reason of a gap, in this language where it was written in it."""
        own = why.get(self.language.value)
        return self.english(why["en"]) if own is None else foreign_marked(own, self.language)

    def held(self, held: object) -> str:
        """A value of a worked case: a text, or one for each place or spell."""
        if isinstance(held, Mapping):
            return ", ".join(f"{of}: {each}" for of, each in held.items())
        return "?" if held is None else str(held)

    def address(self, path: str) -> Markup:
        """An address to send something to."""
        return Markup("<code>{}</code>").format(path)

    def half(self, text: str) -> str:
        """The half of a text in both languages that is in this one: "When? 何时？"."""
        at = next((place for place, letter in enumerate(text) if letter > "\u2fff"), len(text))
        return text[at:] if self._zh else text[:at].strip()

    # ---- days and places
    def days(self, held: Mapping[str, Any]) -> str:
        """From when to when something is in force, the last day inside."""
        since, until = (date.fromisoformat(held[end]) if held[end] else None for end in ("from", "until"))
        form = {(True, True): "both", (True, False): "since", (False, True): "until"}.get((bool(since), bool(until)))
        last = date.fromordinal(until.toordinal() - 1) if until else None
        slots = {"first": self.words.day(since) if since else "", "last": self.words.day(last) if last else ""}
        return self.words.say(f"lawbook.days.{form or 'ever'}", **slots)

    def places(self, found: Sequence[Mapping[str, str]]) -> str:
        """Where something is in force: the nation, a place, or an agreed pair."""
        return self.words.say("lawbook.pair").join(self.place(each["code"]) for each in found) or self.place(_NATION)

    def stretch(self, days: Sequence[str]) -> str:
        """Years from the first day in to the day before the last, and days where they do not begin or end a year."""
        return self.days({"from": days[0], "until": days[1]})

    def several(self, codes: Sequence[str]) -> str:
        """Places in a row; every province of the mainland together is told so."""
        provinces = {code for code in codes if code.endswith("0000")}
        if len(provinces) == PROVINCES:
            rest = [code for code in codes if code not in provinces]
            return self.words.listed([self.words.say("lawbook.coverage.every"), *map(self.place, rest)])
        return self.words.listed([self.place(code) for code in codes])

    def coded(self, codes: str) -> str:
        """Places written as codes with commas between them."""
        return self.places([{"code": code} for code in codes.split(",") if code])

    def place(self, code: str) -> str:
        """A place by its code."""
        if code == _NATION:
            return self.words.say("lawbook.nation")
        place = Place(code)
        return self.words.province(place) if code.endswith("0000") else self.words.place(place)

    def value(self, row: Mapping[str, Any]) -> str:
        """The value of a row as it is read."""
        if "columns" in row:
            parts = (f"{self.label(each['label'])}: {self.value(each)}" for each in row["columns"].values())
            return ("；" if self._zh else "; ").join(parts)
        said = row.get("said", {}).get(self.language.value)
        return said if said is not None else str(row["value"])

    def key(self, held: Mapping[str, str]) -> str:
        """A key of a row as it is read."""
        return held[self.language.value]
