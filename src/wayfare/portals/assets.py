"""The files that served pages link to, each under an address that holds a hash of its content.

An address never changes its content, so a browser may keep it for good; a file that changed has a new address.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from importlib.abc import Traversable
from mimetypes import guess_type
from types import MappingProxyType
from typing import Final

from wayfare.portals.errors import AssetMissing

__all__ = ["ASSETS_AT", "Asset", "asset", "assets"]

ASSETS_AT: Final = "/static"
_HASH_LETTERS: Final = 12
_LEFT_AT_HOME: Final = (".md", ".txt", "SHA256SUMS", "alone.css")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is served."""

    media_type: str
    content: bytes


def asset(name: str) -> str:
    """The address of a file of portals/static, `wayfare.css` or `icons/mark.svg`. Raises AssetMissing."""
    found = _addresses().get(name)
    if found is None:
        raise AssetMissing(f"There is no file {name} in portals/static.", next_step="Add it, or correct its name.")
    return found


@cache
def assets() -> MappingProxyType[str, Asset]:
    """Every file by its address."""
    return MappingProxyType({_address(name, content): Asset(_kind(name), content) for name, content in _files()})


@cache
def _addresses() -> MappingProxyType[str, str]:
    return MappingProxyType({name: _address(name, content) for name, content in _files()})


def _address(name: str, content: bytes) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{ASSETS_AT}/{stem}.{sha256(content).hexdigest()[:_HASH_LETTERS]}{dot}{ending}"


def _kind(name: str) -> str:
    kind = guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind.endswith("javascript") else kind


@cache
def _files() -> tuple[tuple[str, bytes], ...]:
    return tuple(_below(resources.files("wayfare.portals") / "static", ""))


def _below(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for each in sorted(folder.iterdir(), key=lambda f: f.name):
        if each.is_dir():
            found += _below(each, f"{prefix}{each.name}/")
        elif not each.name.startswith(".") and not each.name.endswith(_LEFT_AT_HOME):
            found.append((f"{prefix}{each.name}", each.read_bytes()))
    return found
