"""Where a demonstration lives: a database of its own beside the real records, named after what it is made of.

The same lives, money and law find their database again, and a run changes nothing. Other lives, or another law after an
upgrade, get a database of their own; the earlier one stays as it was. On a server that WAYFARE_DATABASE names there is
one database, so there another demonstration is refused.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from wayfare.app.errors import DemoDiffers
from wayfare.facts import Document
from wayfare.law import Law
from wayfare.storage import Settings
from wayfare.storage.state import state_directory

__all__ = ["claim_place", "demo_database", "digest_of"]


def digest_of(law: Law, documents: Sequence[Document], money: object) -> str:
    """A hash of everything that decides what a demonstration holds."""
    digest = sha256(f"{law.version}\n{money!r}".encode())
    for document in documents:
        digest.update(document.as_json().encode())
    return digest.hexdigest()


def _mark(state: Settings) -> Path:
    folder = state_directory(state) / "demo"
    folder.mkdir(exist_ok=True)
    return folder / "demo.txt"


def claim_place(state: Settings, digest: str) -> tuple[str, Path]:
    """The database and the folder for a demonstration; raises DemoDiffers where another has the only place."""
    mark = _mark(state)
    held = mark.read_text(encoding="utf-8") if mark.exists() else digest
    if state.database is not None and held != digest:
        raise DemoDiffers(
            f"{mark.parent} holds a demonstration of other lives or under another law.",
            next_step="Run with the same people and seed, or with a state and a database of its own: "
            "export WAYFARE_STATE=<directory> WAYFARE_DATABASE=<conninfo>",
        )
    draft = mark.with_name(f".{mark.name}.{os.getpid()}")  # another run may be writing the same mark
    draft.write_text(digest, encoding="utf-8")
    draft.replace(mark)
    return f"demo_{digest[:16]}", mark.parent


def demo_database(state: Settings) -> str | None:
    """The database of the latest demonstration beside the records; None when there is none of its own."""
    mark = _mark(state)
    if state.database is not None or not mark.exists():
        return None
    return f"demo_{mark.read_text(encoding='utf-8')[:16]}"
