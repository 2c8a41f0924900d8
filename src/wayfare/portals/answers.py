"""An answer as a page shows it: one sentence, how sure it is, why, what was assumed, and what would change it.

The sentence is made from the values that NAMES promises for each question, in both languages at once. Reasons are the
kernel's own, so the page, the letter and the interface print the same ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Final

from wayfare.kernel import Mode, Money, Month, Place, Reason, Status
from wayfare.portals.errors import NotAnAnswer
from wayfare.portals.language import BothLanguages, Language, Words

__all__ = ["Answer", "Certainty", "Change", "Part", "WayOn", "answer", "answer_line", "in_both"]

Values = Mapping[str, str | int | None]


class Certainty(StrEnum):
    """How sure an answer is, in the words that a person is shown."""

    DECIDED = "decided"
    ESTIMATED = "estimated"
    HYPOTHETICAL = "hypothetical"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Change:
    """A way to another answer: what to do, what would then be so, what it takes, and who does it."""

    what: BothLanguages
    then: BothLanguages
    takes: BothLanguages | None = None
    who: BothLanguages | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a sum: what it is, and the amount."""

    what: BothLanguages
    amount: Money


@dataclass(frozen=True, slots=True)
class WayOn:
    """A lawful way on for who has too few months, and what it comes to: pairs of a word and its figure."""

    name: BothLanguages
    results: tuple[tuple[BothLanguages, BothLanguages], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One question answered. `question` is a public name such as `pension.place`; `line` is the answer itself.

    `also` are further sentences, `parts` what a sum is made of, `missing` what has to be known first; `closed` says
    that nothing the person can do turns the answer.
    """

    question: str
    line: BothLanguages
    certainty: Certainty
    reasons: tuple[Reason, ...] = ()
    assumed: tuple[BothLanguages, ...] = ()
    changes: tuple[Change, ...] = ()
    warnings: tuple[BothLanguages, ...] = ()
    next_step: BothLanguages | None = None
    law: str | None = None
    also: tuple[BothLanguages, ...] = ()
    parts: tuple[Part, ...] = ()
    missing: tuple[BothLanguages, ...] = ()
    closed: bool = False
    ways_on: tuple[WayOn, ...] = ()
    """Of too few months: the ways that are open."""


_LEADING: Final[Mapping[str, tuple[str, ...]]] = {
    "pension.place": ("place_of_benefit",),
    "pension.retirement": ("retirement_month", "retirement_age_months"),
    "pension.short_years": ("short_months",),
    "pension.monthly": ("pension",),
    "pension.account": ("account_balance",),
    "pension.transfer": ("pooled_transfer", "account_transfer", "destination_province"),
    "pension.resident": ("resident_pension",),
    "pension.link": ("linked_account",),
}
"""The values that the sentence of each question speaks of; without the first there is no answer yet."""

_ALSO: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "pension.retirement": (
        ("missing_months", "minimum_months"),
        ("earliest_month", "latest_month"),
        ("delay_months",),
    ),
    "pension.monthly": (("benefit_base", "average_index", "contribution_years", "payout_months"),),
    "pension.resident": (
        ("resident_account",),
        ("resident_missing_months", "resident_months"),
        ("resident_first_month",),
    ),
    "pension.link": (("link_direction",), ("linked_pension",), ("refund",)),
}
"""Further sentences, each with the values that it needs; `answer.<question>.also.<first of them>` in the catalogues."""

_OF_A_SUM: Final = frozenset({"pension.monthly"})
"""Questions whose further sentences speak of a sum, and say nothing where there is none."""

_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "pension.monthly": ("basic_pension", "account_pension", "transitional_pension"),
    "pension.transfer": ("account_transfer", "pooled_transfer"),
    "pension.resident": ("resident_basic", "resident_account_pension"),
}
"""What the sum that answers a question is made of."""


_CHOICES: Final = ("link_direction",)
"""Values that choose a sentence, and have no words of their own."""

_FIGURES: Final = ("average_index", "contribution_years", "payout_months")
"""Values told as the figures that an award form prints."""


def answer(
    question: str,
    values: Values,
    *,
    mode: Mode,
    statuses: Mapping[str, Status] | None = None,
    reasons: tuple[Reason, ...] = (),
    assumed: tuple[BothLanguages, ...] = (),
    changes: tuple[Change, ...] = (),
    warnings: tuple[BothLanguages, ...] = (),
    next_step: BothLanguages | None = None,
    law: str | None = None,
    missing: tuple[BothLanguages, ...] = (),
    closed: bool = False,
) -> Answer:
    """An answer from its public values: places as codes, months as "2028-03", money in yuan, spans in months.

    Raises NotAnAnswer for a question that has no sentence yet.
    """
    leading = _leading(question)
    is_open = values.get(leading[0]) is None
    return Answer(
        question,
        answer_line(question, values),
        Certainty.OPEN if is_open else _certainty(mode, statuses or {}),
        reasons=reasons,
        assumed=assumed,
        changes=changes,
        warnings=warnings,
        next_step=next_step,
        law=law,
        also=() if is_open or (question in _OF_A_SUM and _is_nothing(question, values)) else _also(question, values),
        parts=_parts(question, values),
        missing=missing,
        closed=closed,
    )


def answer_line(question: str, values: Values) -> BothLanguages:
    """The sentence that answers a question, as far as its values are known. Raises NotAnAnswer."""
    leading = _leading(question)
    return in_both(lambda words: _line(question, leading, values, words))


def in_both(say: Callable[[Words], str]) -> BothLanguages:
    """What a function of words says, in both languages."""
    return BothLanguages(en=say(Words(Language.ENGLISH)), zh=say(Words(Language.CHINESE)))


def _leading(question: str) -> tuple[str, ...]:
    if question not in _LEADING:
        raise NotAnAnswer(
            f"The question {question!r} has no sentence on the pages.",
            next_step=f"Use one of {', '.join(_LEADING)}, or add the sentence to both catalogues and its values here.",
        )
    return _LEADING[question]


def _line(question: str, leading: tuple[str, ...], values: Values, words: Words) -> str:
    first, *others = leading
    if values.get(first) is None:
        return words.say(f"answer.{question}.open")
    known = [name for name in (first, *others) if values.get(name) is not None]
    form = "line" if len(known) == len(leading) else "short"
    if _is_nothing(question, values):
        form = "nothing"
    spoken = {name: _spoken(name, values[name], words) for name in known}
    return words.say(f"answer.{question}.{form}", moving=words.yuan(_together(question, values)), **spoken)


def _together(question: str, values: Values) -> Money:
    """The sum of the parts of an answer, as far as they are known."""
    known = [str(values[name]) for name in _PARTS.get(question, ()) if values.get(name) is not None]
    return Money.total(Money.yuan(amount) for amount in known)


def _is_nothing(question: str, values: Values) -> bool:
    """Whether an answer in money comes to nothing, and the catalogues have a sentence for that."""
    can_be = Words(Language.ENGLISH).says(f"answer.{question}.nothing")
    return can_be and not any(_is_amount(name, values) for name in _LEADING[question])


def _is_amount(name: str, values: Values) -> bool:
    """Whether the value is a sum of money, and not nothing."""
    text = str(values.get(name))
    return "." in text and bool(Money.yuan(text))


def _also(question: str, values: Values) -> tuple[BothLanguages, ...]:
    said = []
    for names in _ALSO.get(question, ()):
        first = names[0]
        if any(values.get(name) is None for name in names):
            continue
        is_nothing = str(values[first]) in ("0", "0.00")
        form = str(values[first]) if first in _CHOICES else "none" if is_nothing else "some"
        key = f"answer.{question}.also.{first}.{form}"
        if Words(Language.ENGLISH).says(key):
            said.append(in_both(partial(_filled, key, names, values)))
    return tuple(said)


def _filled(key: str, names: tuple[str, ...], values: Values, words: Words) -> str:
    return words.say(key, **{name: _spoken(name, values[name], words) for name in names})


def _parts(question: str, values: Values) -> tuple[Part, ...]:
    """The parts that are more than nothing; a sum of one part needs no table."""
    amounts = {name: Money.yuan(str(values[name])) for name in _PARTS.get(question, ()) if values.get(name) is not None}
    parts = [
        Part(in_both(partial(_value_name, name)), amount)
        for name, amount in amounts.items()
        if amount
    ]
    return tuple(parts) if len(parts) > 1 else ()


def _value_name(name: str, words: Words) -> str:
    return words.say(f"value.{name}")


def _spoken(name: str, value: str | int | None, words: Words) -> str:
    """A value in words, by what its name says it is."""
    text = str(value)
    if name.startswith("place") or name.endswith("_province"):
        return words.place(Place(text))
    if name in _CHOICES:
        return text
    if name in _FIGURES:
        return text.rstrip("0").rstrip(".") if "." in text else text
    if name.endswith("_months"):
        return words.duration(int(text))
    return words.month(Month(text)) if name.endswith("_month") else words.yuan(Money.yuan(text))


def _certainty(mode: Mode, statuses: Mapping[str, Status]) -> Certainty:
    if Status.HYPOTHETICAL in statuses.values():
        return Certainty.HYPOTHETICAL
    return Certainty.DECIDED if mode is Mode.DECISION else Certainty.ESTIMATED
