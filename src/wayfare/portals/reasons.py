"""Reasons as a page shows them: the sentence, whether it was met, by how much it was short, and the article.

Reasons nest as the law does. Each is first a sentence for the person; the article, how binding it is and which facts
were looked at stand folded beneath it. What a clause says year by year is told once, with the other years beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from wayfare.kernel import Money, Reason, Shortfall
from wayfare.portals.fact_names import spoken
from wayfare.portals.language import BothLanguages, Words

__all__ = ["ReasonView", "reason_views"]

NESTED: Final = 1
"""How many levels of reasons stand inside each other before what lies deeper is told in a row."""

ALIKE_MOST: Final = 3
"""How many reasons of one clause stand one under another; more are told as one, with the others beside it."""

_NUMBER: Final = re.compile(r"-?\d{1,12}(\.\d+)?")
_WHOLE: Final = re.compile(r"\d{1,9}")
_YUAN: Final = re.compile(r"\d{1,12}(\.\d{1,2})?")


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
    clause: str = ""
    like: tuple[str, ...] = ()
    """Further sentences of the same clause, of other years or spells."""


def reason_views(
    reasons: Sequence[Reason],
    words: Words,
    names: Mapping[str, BothLanguages] = MappingProxyType({}),
    before: set[tuple[str, ...]] | None = None,
) -> tuple[ReasonView, ...]:
    """The reasons in words, in their order; `names` says what the facts they refer to are called.

    Values share what they rest on, so a reason may be met many times; it is told once, where it first stands. What was
    told under an earlier answer (`before`, which grows) is named again, without what it rests on.
    """
    told: set[tuple[str, ...]] = set()
    earlier = frozenset(before or ())
    views = [view for reason in reasons for view in _views(reason, words, names, told, earlier)]
    if before is not None:
        before |= told
    return tuple(_alike([_levelled(view) for view in views]))


def _alike(views: Sequence[ReasonView]) -> list[ReasonView]:
    """The views, with more than a few of one clause joined in the first of them, and so on below."""
    groups: dict[tuple[str, str], list[ReasonView]] = {}
    for view in views:
        groups.setdefault((view.clause, view.mark), []).append(view)
    joined: list[ReasonView] = []
    for group in groups.values():
        if len(group) <= ALIKE_MOST:
            joined += [replace(view, children=tuple(_alike(view.children))) for view in group]
            continue
        first, *others = group
        like = dict.fromkeys(" ".join(filter(None, (view.sentence, view.shortfall))) for view in others)
        below = _alike([child for view in group for child in view.children])
        joined.append(replace(first, like=tuple(like), children=tuple(below)))
    return joined


def _levelled(view: ReasonView, depth: int = 0) -> ReasonView:
    """The reason with three levels at most: what lies deeper follows in a row, for a phone has no room to nest it."""
    if depth < NESTED:
        return replace(view, children=tuple(_levelled(child, depth + 1) for child in view.children))
    return replace(view, children=tuple(replace(each, children=()) for each in _below(view)))


def _below(view: ReasonView) -> Iterator[ReasonView]:
    for child in view.children:
        yield child
        yield from _below(child)


def _views(
    reason: Reason,
    words: Words,
    names: Mapping[str, BothLanguages],
    told: set[tuple[str, ...]],
    earlier: frozenset[tuple[str, ...]],
) -> Iterator[ReasonView]:
    """The reason as a view; if it was told before, nothing but what is new below it."""
    mark = {True: "yes", False: "no", None: "open"}[reason.holds]
    article = _article(reason, words)
    sentence = reason.sentence.get(words.language.value) or article or reason.clause
    same = (mark, sentence, _shortfall(reason, words), article)
    is_new = same not in told
    told.add(same)
    below = () if same in earlier else reason.children
    children = tuple(view for child in below for view in _views(child, words, names, told, earlier))
    if not is_new:
        yield from children
        return
    yield ReasonView(
        mark=mark,
        state=words.say(f"reason.{mark}"),
        sentence=sentence,
        shortfall=_shortfall(reason, words),
        article=article,
        rank=words.say(f"rank.{reason.rank.value}") if reason.rank else "",
        facts=tuple(spoken(reason.facts, names, words)),
        children=children,
        clause=reason.clause,
    )


def _article(reason: Reason, words: Words) -> str:
    source, article = reason.cited(words.language.value)
    return words.say("reason.article", source=source, article=article) if source and article else source


def _shortfall(reason: Reason, words: Words) -> str:
    short = reason.shortfall
    if short is None or _is_reached(short):
        return ""
    by = _measured(short.short_by, short.unit, words)
    if short.found is None or short.asked is None:
        return words.say("reason.short", by=by)
    found, asked = (_measured(value, short.unit, words) for value in (short.found, short.asked))
    return words.say("reason.short_of", by=by, found=found, asked=asked)


def _is_reached(short: Shortfall) -> bool:
    """Whether what was found reaches what is asked: a clause that denies another one misses by being met."""
    found, asked = str(short.found), str(short.asked)
    return bool(_NUMBER.fullmatch(found) and _NUMBER.fullmatch(asked) and Decimal(found) >= Decimal(asked))


def _measured(value: str | int, unit: str, words: Words) -> str:
    """A number in its unit; one with more decimals than its unit has is shown as it is."""
    text = str(value)
    if unit in ("months", "month") and _WHOLE.fullmatch(text):
        return words.duration(int(text))
    if unit == "fen" and _WHOLE.fullmatch(text):
        return words.yuan(Money.fen(int(text)))
    if unit.partition("/")[0] == "yuan" and _YUAN.fullmatch(text):
        return words.yuan(Money.yuan(text))
    key = f"unit.{unit}"
    return words.say(key, value=text) if words.says(key) else text
