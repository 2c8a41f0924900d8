"""The example lives that come with Wayfare: people of published studies, each a facts document.

`examples/lives` of the repository is this package's folder. What a study does not say is marked in them as assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from wayfare.facts import Document, read_document

__all__ = ["EXAMPLE_LIVES", "example_lives"]

EXAMPLE_LIVES: Final = Path(__file__).resolve().parent / "lives"


@cache
def example_lives() -> Mapping[str, Document]:
    """Every example by the name of its file, in the order of the names."""
    paths = sorted(EXAMPLE_LIVES.glob("*.json"))
    return MappingProxyType({path.stem: read_document(path.read_bytes()) for path in paths})
