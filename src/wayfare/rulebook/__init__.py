"""The law of China as folders of rules: national, and a folder for each place that differs.

`load_rulebook` reads them all once, with an assumption pack for estimates; the pack fills gaps and replaces nothing.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from wayfare.kernel import Place, region
from wayfare.kernel.regions import codes_ever
from wayfare.law import Law, PlaceTree
from wayfare.law.load import load_folders, read_pack

__all__ = ["FOLDER", "load_rulebook", "place_tree"]

FOLDER = Path(__file__).parent
PACKS = FOLDER / "assumptions"


@cache
def place_tree() -> PlaceTree:
    """Every place that ever had a code, provinces before prefectures before counties."""
    known = sorted((region(code) for code in codes_ever()), key=lambda r: (len(r.place.lineage), r.place.code))
    codes = {r.place for r in known}
    return PlaceTree.of((r.place.number, _above(r.place, codes)) for r in known)


def _above(place: Place, codes: set[Place]) -> int | None:
    """The nearest place above that ever had a code: a few counties had none between them and their province."""
    return next((p.number for p in place.lineage if p != place and p in codes), None)


@cache
def load_rulebook(pack: str | None = "base") -> Law:
    """The rulebook, with the named assumption pack filling gaps in mode estimate; raises BadRulebook."""
    law = load_folders(FOLDER, __name__, tree=place_tree())
    if pack is None:
        return law
    path = PACKS / f"{pack}.yaml"
    return law.with_pack(read_pack(path, law), pack) if path.exists() else law
