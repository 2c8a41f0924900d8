"""The assumptions about the years ahead: declared in the rulebook's `outlook.yaml`, and given in the document.

Every one is visible in the answer with its status; none stands in the code. A given value replaces the default, and
what has neither is taken from the person's facts or asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from wayfare.decisions.errors import BadOutlook
from wayfare.decisions.paths.values import Setting
from wayfare.kernel import Place, ever_known
from wayfare.kernel.status import Status
from wayfare.law.load import read_yaml
from wayfare.law.units import read_number, spoken_unit, write_number
from wayfare.rulebook import PACKS

__all__ = ["Declared", "Outlook", "declared_settings", "read_settings"]

GIVEN = {"en": "You gave it.", "zh": "由您给出。"}


@dataclass(frozen=True)
class Declared:
    """A setting as the rulebook declares it; numbers as text in the unit that people write."""

    name: str
    unit: str
    label: Mapping[str, str]
    why: Mapping[str, str]
    ask: Mapping[str, str]
    value: str | None
    least: str
    most: str | None

    def read(self, text: str) -> int:
        """The number of a text, in small units. Raises BadGiven and BadOutlook."""
        if self.unit == "place":
            if not ever_known(text):
                raise self._refused(text, "is not and never was the code of a place", "Give a code of six digits.")
            return Place(text).number
        number = read_number(text, self.unit, name=self.name)
        if number < read_number(self.least, self.unit, name=self.name):
            raise self._refused(text, f"is less than {self.least}", f"Give at least {self.least}.")
        if self.most is not None and number > read_number(self.most, self.unit, name=self.name):
            raise self._refused(text, f"is more than {self.most}", f"Give at most {self.most}.")
        return number

    def _refused(self, text: str, found: str, next_step: str) -> BadOutlook:
        return BadOutlook(f"{self.name} is {text}, which {found}.", next_step=next_step, field=f"given.{self.name}")

    def write(self, number: int) -> str:
        return f"{number:06}" if self.unit == "place" else write_number(number, self.unit)


@cache
def declared_settings() -> Mapping[str, Declared]:
    """Every setting by name, in the order in which people read them. Raises BadRulebook."""
    found = read_yaml(PACKS / "outlook.yaml")
    return {name: _declared(name, spec) for name, spec in found.items()}


def _declared(name: str, spec: Mapping[str, Any]) -> Declared:
    unit = str(spec["unit"])
    least = "no" if unit == "truth" else str(spec.get("least", "0"))
    return Declared(
        name, unit, spec["label"], spec.get("why", {}), spec.get("ask", {}), spec.get("value"), least, spec.get("most")
    )


@dataclass(frozen=True)
class Outlook:
    """The settings of one question in small units; a name that is not in `numbers` is not known."""

    numbers: Mapping[str, int]
    settings: tuple[Setting, ...]

    def number(self, name: str) -> int:
        """A setting that has a value; the caller has asked for what may lack one."""
        return self.numbers[name]

    def place(self, name: str) -> Place | None:
        found = self.numbers.get(name)
        return None if found is None else Place.numbered(found)


def read_settings(given: Mapping[str, str], derived: Mapping[str, int]) -> Outlook:
    """Given before derived from facts before the default. Raises BadGiven and BadOutlook."""
    numbers: dict[str, int] = {}
    settings: list[Setting] = []
    for name, each in declared_settings().items():
        if name in given:
            numbers[name], status, why = each.read(given[name]), Status.ASSUMED, GIVEN
        elif name in derived:
            numbers[name], status, why = derived[name], Status.DERIVED, dict(each.why)
        elif each.value is not None:
            numbers[name], status, why = each.read(each.value), Status.ASSUMED, dict(each.why)
        else:
            if each.why and not each.ask:  # a setting that is left to a pack of the rulebook says so
                settings.append(Setting(name, "", spoken_unit(each.unit), Status.ASSUMED, each.label, each.why))
            continue
        written = each.write(numbers[name])
        settings.append(Setting(name, written, spoken_unit(each.unit), status, each.label, why))
    return Outlook(numbers, tuple(settings))
