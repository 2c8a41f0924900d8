"""The ways from here as a page shows them: what each direction comes to, what to beware of, and what is assumed.

Directions that come to the same stand together. Every sum is an estimate at the prices of one year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from wayfare.decisions.paths import Path, Paths
from wayfare.decisions.paths.values import Setting, Turning, Warned
from wayfare.kernel import Money, Place
from wayfare.portals.answers import in_both
from wayfare.portals.language import BothLanguages, Words

__all__ = ["Way", "Ways", "share_of", "told_ways"]

_QUESTION_END: Final = re.compile(r"[?？]")


@dataclass(frozen=True, slots=True)
class Way:
    """Directions that come to the same: what they are called, the pension a month, and who pays it from when."""

    name: BothLanguages
    line: BothLanguages
    pension: Money | None = None


@dataclass(frozen=True, slots=True)
class Ways:
    """All ways of one person, the warnings before a step, what would change them, and the assumptions they share."""

    price_year: int
    ways: tuple[Way, ...]
    warnings: tuple[BothLanguages, ...]
    changes: tuple[BothLanguages, ...]
    settings: tuple[BothLanguages, ...]

    @property
    def most(self) -> Money:
        """The greatest pension among the ways; nothing when none is known."""
        known = [way.pension for way in self.ways if way.pension is not None]
        return max(known, key=lambda each: each.amount_fen, default=Money.ZERO)


def told_ways(found: Paths) -> Ways | None:
    """The ways in words; None when there is nothing ahead to choose and nothing to beware of."""
    warnings = _once(each for path in found.paths for each in path.warnings)
    if len(found.paths) < 2 and not warnings:
        return None
    changes = [change for path in found.paths if path.name is found.best for change in path.changes]
    return Ways(
        found.price_year,
        tuple(_way(path, found) for path in found.paths if path.same_as is None),
        tuple(BothLanguages(each.say["en"], each.say["zh"]) for each in warnings),
        tuple(in_both(partial(_turning, change)) for change in changes),
        tuple(in_both(partial(_setting, each)) for each in found.settings if each.value),
    )


def share_of(amount: Money, most: Money) -> float:
    """How long the bar of an amount is, of 100; nothing where there is no greatest amount."""
    return 100 * amount.amount_fen / most.amount_fen if most else 0


def _once(warnings: Iterator[Warned]) -> list[Warned]:
    return list({each.say["zh"]: each for each in warnings}.values())


def _way(path: Path, found: Paths) -> Way:
    same = [path, *(each for each in found.paths if each.same_as is path.name)]
    name = in_both(lambda words: words.say("ways.between").join(words.say(f"ways.name.{each.name}") for each in same))
    return Way(name, in_both(partial(_line, path, len(same) == 1)), path.pension)


def _line(path: Path, is_alone: bool, words: Words) -> str:
    if [each["name"] for each in path.missing] == ["next_place"]:
        return words.say("ways.nowhere")
    if path.pension is None or path.award_month is None or path.counted_months is None:
        return words.say("ways.open", missing=words.listed(_asked(path.missing, words)))
    form = "paid" if path.pension else "short"
    lost = path.lost_value if path.lost_value and path.pension else None
    said = words.say(
        f"ways.{form}",
        place=words.place(path.place_of_benefit) if path.place_of_benefit else "",
        month=words.month(path.award_month),
        counted=words.duration(path.counted_months),
        short=words.duration(path.missing_months or 0),
    )
    said += words.say("ways.lost", lost=words.yuan(lost)) if lost else ""
    label = path.label[words.language.value]
    return words.say("ways.stay", label=label, line=said) if is_alone else said


def _asked(missing: tuple[Mapping[str, Any], ...], words: Words) -> list[str]:
    """What nobody has stated, as a question where there is one; how a program gives it is not for this page."""
    language = words.language.value
    asked = (str(each.get("ask", {}).get(language, each["name"])) for each in missing)
    return [_QUESTION_END.split(each)[0].rstrip(".。") for each in asked]


def _turning(change: Turning, words: Words) -> str:
    return words.say(
        "ways.change",
        say=change.say[words.language.value],
        pension=words.yuan(change.pension),
        place=words.place(change.place_of_benefit),
    )


def _setting(setting: Setting, words: Words) -> str:
    label = setting.label[words.language.value]
    return words.say(
        "ways.setting", label=label, value=_value(setting, words), why=setting.why[words.language.value]
    )


def _value(setting: Setting, words: Words) -> str:
    """The value of an assumption as a person reads it."""
    if setting.unit == "place":
        return words.place(Place(setting.value))
    if setting.unit == "months":
        return words.duration(int(setting.value))
    if setting.unit == "truth":
        return words.say(f"ways.truth.{setting.value}")
    if setting.unit == "decimal":
        return setting.value.rstrip("0").rstrip(".")
    return setting.value
