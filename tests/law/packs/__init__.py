"""Small laws that are hard for an engine: each has its rules, random worlds, and an oracle written another way.

Tables, articles and figures here have only the shape of real ones. An oracle reads the raw rows of the parameters and
the dates of the texts itself, walks lists and sets month by month or day by day, and knows nothing of the engine.
"""

from __future__ import annotations

from law.packs import books, claims, index, interest, late_fee, months, pairs, papers, place, points, severance, texts
from law.packs.kit import Pack

__all__ = ["PACKS"]

PACKS: dict[str, Pack] = {
    module.PACK.name: module.PACK
    for module in (place, points, papers, claims, months, interest, late_fee, severance, index, pairs, texts, books)
}
