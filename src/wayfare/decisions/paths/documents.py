"""A course written into a person's facts: an ordinary document that anybody can ask again.

What is projected stands in items of its own, marked as assumed and named after the path, so that every answer shows
which facts are the person's and which are the outlook's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wayfare.decisions.errors import BadOutlook
from wayfare.decisions.paths.courses import Course
from wayfare.decisions.paths.start import SCHEME, Wages
from wayfare.facts import Document, read_document
from wayfare.facts.values import months_text
from wayfare.kernel import Money, Month, Place
from wayfare.kernel.money import Rounding, rounded_quotient

__all__ = ["Writer"]

SOURCE = "Projected by pension.paths under its assumptions"
MONTHS_AND_SCALE = 12 * 10_000  # a year's wage to a month's, a ratio in ten-thousandths to one


@dataclass(frozen=True)
class Writer:
    """Writes courses of one person from the month `first` on.

    `ratio` is their contribution wage against the average wage, in ten-thousandths, held between the floor and the
    ceiling of the law.
    """

    document: Document
    first: int
    basis: str
    wages: Wages
    ratio: int
    given: Mapping[str, str]

    def write(self, course: Course, *, on: int | None = None) -> Document:
        """The document at retirement, or in the month `on` with what is paid by then.

        Raises BadOutlook for a place without average wages or a wage out of bounds.
        """
        end = course.award + 1 if on is None else on
        shape = self.document.as_document()
        shape |= {"question": "pension.monthly", "mode": "estimate"}
        shape["on"] = str(max(self.document.on, Month.at(end).first_day))
        chosen = {"chosen_month": str(Month.at(course.award))} if course.retirement.is_chosen else {}
        shape["given"] = dict(self.given) | chosen
        facts = shape.setdefault("facts", {})
        facts["insurance"] = [*self._closed(facts.get("insurance", ())), *self._insurance(course, on)]
        facts["residence"] = [*facts.get("residence", ()), *self._residence(course, end)]
        if course.hukou_to is not None:
            facts["hukou"] = self._hukou(facts.get("hukou", ()), course.hukou_to)
        return read_document(shape)

    def _closed(self, spells: Any) -> list[dict[str, Any]]:
        """Recorded spells: those that run on end where the outlook begins, those that have not begun go."""
        now, first = str(Month.of(self.document.on)), str(Month.at(self.first))
        out = []
        for spell in spells:
            end, until = spell.get("to"), first if spell.get("years") else now
            if spell["scheme"] == SCHEME and (end is None or (spell.get("years") and end > first)):
                spell = {**spell, "to": until}
            if spell.get("to") is None or spell["from"] < spell["to"]:
                out.append(spell)
        return out

    def _insurance(self, course: Course, on: int | None) -> list[dict[str, Any]]:
        months = [(m, p) for m, p in course.months if on is None or m <= on]
        places = list(dict.fromkeys(place for _, place in months))
        return [
            self._spell(course, n, place, [m for m, p in months if p == place])
            for n, place in enumerate(places, start=1)
        ]

    def _spell(self, course: Course, number: int, place: Place, months: list[int]) -> dict[str, Any]:
        return {
            "id": f"{course.direction.value}.{number}", "scheme": SCHEME, "place": place.code, "basis": self.basis,
            "relation": "temporary" if place.province in course.temporary else "ordinary",
            "from": str(Month.at(months[0])), "to": str(Month.at(months[-1] + 1)), "years": self._years(place, months),
            "source": SOURCE, "assumed": ["*"],
        }  # fmt: skip

    def _years(self, place: Place, months: list[int]) -> list[dict[str, Any]]:
        paid = [Month.at(m) for m in months]
        return [
            {"year": year, "months": months_text(m.number for m in paid if m.year == year),
             "base": str(self.base(place, year))}
            for year in dict.fromkeys(m.year for m in paid)
        ]  # fmt: skip

    def base(self, place: Place, year: int) -> Money:
        """The contribution wage of a month of a year: the ratio times the average wage of the year before."""
        average = self.wages.get((place.province.number, year - 1))
        if average is None:
            raise BadOutlook(
                f"There is no average wage for {place.province} in {year - 1}, so what is paid there is not known.",
                next_step="Choose another place, or add the wage to the assumption pack.",
            )
        return Money.fen(rounded_quotient(self.ratio * average, MONTHS_AND_SCALE, Rounding.HALF_UP))

    def _residence(self, course: Course, end: int) -> list[dict[str, Any]]:
        return [
            {"id": f"{course.direction.value}.home.{n}", "place": place.code, "from": str(Month.at(first).first_day),
             "to": str(Month.at(min(last, end)).first_day), "source": SOURCE, "assumed": ["*"]}
            for n, (place, first, last) in enumerate(course.stretches, start=1)
            if first < end
        ]  # fmt: skip

    def _hukou(self, spells: Any, place: Place) -> list[dict[str, Any]]:
        day = str(self.document.on)
        kept = [{**s, "to": day} if s.get("to") is None and s["from"] < day else s for s in spells]
        return [*kept, {"id": "hukou.moved", "place": place.code, "from": day, "to": None, "source": SOURCE,
                        "assumed": ["*"]}]  # fmt: skip
