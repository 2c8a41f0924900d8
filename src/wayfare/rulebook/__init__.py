"""The law of China as folders of rules: national, and a folder for each place that differs.

`load_rulebook` reads them all once, with an assumption pack for estimates; the pack fills gaps and replaces nothing.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from wayfare.kernel import Place
from wayfare.kernel.regions import codes_ever
from wayfare.law import Law, PlaceTree
from wayfare.law.load import load_folders, read_pack

__all__ = ["FOLDER", "load_rulebook", "place_tree"]

FOLDER = Path(__file__).parent
PACKS = FOLDER / "assumptions"


@cache
def place_tree() -> PlaceTree:
    """Every place that ever had a code, provinces before prefectures before counties."""
    above = {code: [wider.code for wider in Place(code).lineage[1:]] for code in codes_ever()}
    known = sorted(above, key=lambda code: (len(above[code]), code))
    # The nearest place above that ever had a code: a few counties had none between them and their province.
    return PlaceTree.of((int(code), next((int(up) for up in above[code] if up in above), None)) for code in known)


@cache
def load_rulebook(pack: str | None = "base") -> Law:
    """The rulebook, with the named assumption pack filling gaps in mode estimate; raises BadRulebook."""
    law = load_folders(FOLDER, __name__, tree=place_tree())
    if pack is None:
        return law
    path = PACKS / f"{pack}.yaml"
    return law.with_pack(read_pack(path, law), pack) if path.exists() else law
