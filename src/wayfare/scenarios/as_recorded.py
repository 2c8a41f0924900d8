"""A document as the funds' books had it when a year was closed: what was paid until then, and nothing that came later.

Recorded balances are left out, for the books begin with the contributions themselves.
"""

from __future__ import annotations

from wayfare.facts import Document, InsuranceSpell
from wayfare.kernel import Month

__all__ = ["as_recorded"]


def as_recorded(document: Document, january: Month) -> Document:
    """The document asked on the first of a January, with the insurance of the years before it."""
    spells = tuple(_cut(spell, january) for spell in document.facts.insurance if _has_begun(spell, january))
    facts = document.facts.model_copy(update={"insurance": spells, "accounts": ()})
    return document.model_copy(update={"on": january.first_day, "facts": facts})


def _has_begun(spell: InsuranceSpell, january: Month) -> bool:
    first = min((each.year for each in spell.years), default=spell.start.year)
    return max(spell.start, Month.at(first * 12)) < january


def _cut(spell: InsuranceSpell, january: Month) -> InsuranceSpell:
    years = tuple(each for each in spell.years if each.year < january.year)
    return spell.model_copy(update={"years": years, "end": min(spell.end or january, january)})
