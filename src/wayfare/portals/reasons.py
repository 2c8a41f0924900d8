"""Reasons as a page shows them: the sentence, whether it was met, by how much it was short, and the article.

Reasons nest as the law does. Each is first a sentence for the person; the article, how binding it is and which facts
were looked at stand folded beneath it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from wayfare.kernel import Money, Reason
from wayfare.portals.fact_names import spoken
from wayfare.portals.language import BothLanguages, Language, Words

__all__ = ["ReasonView", "reason_views"]


@dataclass(frozen=True, slots=True)
class ReasonView:
    """One reason in words. `mark` is yes, no or open."""

    mark: str
    state: str
    sentence: str
    shortfall: str
    article: str
    rank: str
    facts: tuple[str, ...]
    children: tuple[ReasonView, ...]


def reason_views(
    reasons: Sequence[Reason], words: Words, names: Mapping[str, BothLanguages] = MappingProxyType({})
) -> tuple[ReasonView, ...]:
    """The reasons in words, in their order; `names` says what the facts they refer to are called."""
    return tuple(_view(reason, words, names) for reason in reasons)


def _view(reason: Reason, words: Words, names: Mapping[str, BothLanguages]) -> ReasonView:
    mark = {True: "yes", False: "no", None: "open"}[reason.holds]
    article = _article(reason, words)
    language = "zh" if words.language is Language.CHINESE else "en"
    return ReasonView(
        mark=mark,
        state=words.say(f"reason.{mark}"),
        sentence=reason.sentence.get(language) or article or reason.clause,
        shortfall=_shortfall(reason, words),
        article=article,
        rank=words.say(f"rank.{reason.rank.value}") if reason.rank else "",
        facts=tuple(spoken(reason.facts, names, words)),
        children=reason_views(reason.children, words, names),
    )


def _article(reason: Reason, words: Words) -> str:
    if reason.source and reason.article:
        return words.say("reason.article", source=reason.source, article=reason.article.removeprefix("art. "))
    return reason.source or ""


def _shortfall(reason: Reason, words: Words) -> str:
    short = reason.shortfall
    if short is None:
        return ""
    by = _measured(short.short_by, short.unit, words)
    if short.found is None or short.asked is None:
        return words.say("reason.short", by=by)
    found, asked = (_measured(value, short.unit, words) for value in (short.found, short.asked))
    return words.say("reason.short_of", by=by, found=found, asked=asked)


def _measured(value: str | int, unit: str, words: Words) -> str:
    if unit == "months":
        # Years to four decimals give months to four decimals; a person is told whole months.
        return words.duration(int(Decimal(value).to_integral_value(ROUND_HALF_UP)))
    if unit == "fen":
        return words.yuan(Money.fen(int(value)))
    if unit == "yuan":
        return words.yuan(Money.yuan(str(value)))
    key = f"unit.{unit}"
    return words.say(key, value=value) if words.says(key) else str(value)
