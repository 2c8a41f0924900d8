"""An answer as a page shows it: one sentence, how sure it is, why, what was assumed, and what would change it.

The sentence is made from the values that NAMES promises for each question, in both languages at once. Reasons are the
kernel's own, so the page, the letter and the interface print the same ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wayfare.kernel import Mode, Money, Month, Place, Reason, Status
from wayfare.portals.errors import NotAnAnswer
from wayfare.portals.language import BothLanguages, Language, Words

__all__ = ["Answer", "Certainty", "Change", "answer", "in_both"]


class Certainty(StrEnum):
    """How sure an answer is, in the three words that a person is shown."""

    DECIDED = "decided"
    ESTIMATED = "estimated"
    HYPOTHETICAL = "hypothetical"


@dataclass(frozen=True, slots=True)
class Change:
    """A way to another answer: what to do, what would then be so, what it takes, and who does it."""

    what: BothLanguages
    then: BothLanguages
    takes: BothLanguages | None = None
    who: BothLanguages | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One question answered. `question` is a public name such as `pension.place`; `line` is the answer itself."""

    question: str
    line: BothLanguages
    certainty: Certainty
    reasons: tuple[Reason, ...] = ()
    assumed: tuple[BothLanguages, ...] = ()
    changes: tuple[Change, ...] = ()
    warnings: tuple[BothLanguages, ...] = ()
    next_step: BothLanguages | None = None
    law: str | None = None


_LEADING: Final[Mapping[str, tuple[str, ...]]] = {
    "pension.place": ("place_of_benefit",),
    "pension.retirement": ("retirement_month", "retirement_age_months"),
    "pension.monthly": ("pension",),
}
"""The values that the sentence of each question speaks of; without the first there is no answer yet."""


def answer(
    question: str,
    values: Mapping[str, str | int | None],
    *,
    mode: Mode,
    statuses: Mapping[str, Status] | None = None,
    reasons: tuple[Reason, ...] = (),
    assumed: tuple[BothLanguages, ...] = (),
    changes: tuple[Change, ...] = (),
    warnings: tuple[BothLanguages, ...] = (),
    next_step: BothLanguages | None = None,
    law: str | None = None,
) -> Answer:
    """An answer from its public values: places as codes, months as "2028-03", money in yuan, spans in months.

    Raises NotAnAnswer for a question that has no sentence yet.
    """
    leading = _LEADING.get(question)
    if leading is None:
        raise NotAnAnswer(
            f"The question {question!r} has no sentence on the pages.",
            next_step=f"Use one of {', '.join(_LEADING)}, or add the sentence to both catalogues and its values here.",
        )
    return Answer(
        question,
        in_both(lambda words: _line(question, leading, values, words)),
        _certainty(mode, statuses or {}),
        reasons=reasons,
        assumed=assumed,
        changes=changes,
        warnings=warnings,
        next_step=next_step,
        law=law,
    )


def in_both(say: Callable[[Words], str]) -> BothLanguages:
    """What a function of words says, in both languages."""
    return BothLanguages(en=say(Words(Language.ENGLISH)), zh=say(Words(Language.CHINESE)))


def _line(question: str, leading: tuple[str, ...], values: Mapping[str, str | int | None], words: Words) -> str:
    first, *others = leading
    if values.get(first) is None:
        return words.say(f"answer.{question}.open")
    known = [name for name in (first, *others) if values.get(name) is not None]
    form = "line" if len(known) == len(leading) else "short"
    return words.say(f"answer.{question}.{form}", **{name: _spoken(name, values[name], words) for name in known})


def _spoken(name: str, value: str | int | None, words: Words) -> str:
    """A value in words, by what its name says it is."""
    text = str(value)
    if name.startswith("place"):
        return words.place(Place(text))
    if name.endswith("_months"):
        return words.duration(int(text))
    return words.month(Month(text)) if name.endswith("_month") else words.yuan(Money.yuan(text))


def _certainty(mode: Mode, statuses: Mapping[str, Status]) -> Certainty:
    if Status.HYPOTHETICAL in statuses.values():
        return Certainty.HYPOTHETICAL
    return Certainty.DECIDED if mode is Mode.DECISION else Certainty.ESTIMATED
