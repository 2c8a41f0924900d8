"""The facts document of a stored person: the record as held now or at a moment, with a question asked of it.

Every look is written in the access record with the viewer and the purpose.
"""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wayfare.app.demo_place import demo_database
from wayfare.facts import Document, read_document
from wayfare.kernel.errors import WayfareError
from wayfare.storage import Role, Settings, Viewer, open_database
from wayfare.storage import registry_store as registry
from wayfare.storage.errors import PersonNotInView

__all__ = ["NothingAsked", "Stored", "stored_document"]


class NothingAsked(WayfareError):
    """A stored person is named, but no question or no day: the record holds facts, not what is asked of them."""

    code = "WF-APP-010"


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored person's document, and whether the person is only one of the demonstration."""

    document: Document
    is_demonstration: bool


def stored_document(
    person: str, asked: Mapping[str, Any], *, known: datetime | None = None, settings: Settings | None = None
) -> Stored:
    """The person's facts as a document that asks `asked` (question, on, mode).

    The records come first; a person whom they do not have is looked for in the latest demonstration. Raises
    NothingAsked, FactsError, and PersonNotInView for a person whom nobody recorded.
    """
    if not asked.get("question") or not asked.get("on"):
        raise NothingAsked(
            f"What is asked of {person}, and for which day?",
            next_step="Say it: wayfare ask pension.place --person ID --on 2025-07-01.",
        )
    settings = settings or Settings.from_environment()
    viewer = Viewer(name=_who(), role=Role.READER, scope=None, purpose=f"wayfare ask {asked['question']}")
    facts, is_demonstration = _found(person, known, settings, viewer)
    moment = {"known_at": known.isoformat()} if known else {}
    document = read_document({**{k: v for k, v in asked.items() if v}, **moment, "facts": facts})
    return Stored(document, is_demonstration)


def _found(person: str, known: datetime | None, settings: Settings, viewer: Viewer) -> tuple[dict[str, Any], bool]:
    demonstration = demo_database(settings)
    try:
        return _facts(person, known, settings, viewer, "wayfare"), False
    except PersonNotInView:
        if demonstration is None:
            raise
        return _facts(person, known, settings, viewer, demonstration), True


def _facts(person: str, known: datetime | None, settings: Settings, viewer: Viewer, name: str) -> dict[str, Any]:
    with open_database(settings, name=name) as database, database.session(viewer=viewer) as session:
        return registry.load(session, person, known=known)


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in some containers
        return "somebody on this machine"
