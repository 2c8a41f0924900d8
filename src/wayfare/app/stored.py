"""The facts document of a stored person: the record as held now or at a moment, with a question asked of it.

Every look is written in the access record with the viewer and the purpose.
"""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from wayfare.app.demo_place import demo_database
from wayfare.facts import Document, read_document
from wayfare.kernel.errors import WayfareError
from wayfare.storage import Role, Settings, Viewer, open_database
from wayfare.storage import registry_store as registry

__all__ = ["NothingAsked", "stored_document"]


class NothingAsked(WayfareError):
    """A stored person is named, but no question or no day: the record holds facts, not what is asked of them."""

    code = "WF-APP-010"


def stored_document(
    person: str, asked: Mapping[str, Any], *, known: datetime | None = None, settings: Settings | None = None,
    demo: bool = False,
) -> Document:  # fmt: skip
    """The person's facts as a document that asks `asked` (question, on, mode).

    With `demo` the person is one of the latest demonstration. Raises NothingAsked, FactsError, DemoDiffers where there
    is no demonstration, and PersonNotInView for a person whom nobody recorded.
    """
    if not asked.get("question") or not asked.get("on"):
        raise NothingAsked(
            f"What is asked of {person}, and for which day?",
            next_step="Say it: wayfare ask pension.place --person ID --on 2025-07-01.",
        )
    viewer = Viewer(name=_who(), role=Role.READER, scope=None, purpose=f"wayfare ask {asked['question']}")
    settings = settings or Settings.from_environment()
    name = demo_database(settings) if demo else "wayfare"
    with open_database(settings, name=name) as database, database.session(viewer=viewer) as session:
        facts = registry.load(session, person, known=known)
    moment = {"known_at": known.isoformat()} if known else {}
    return read_document({**{k: v for k, v in asked.items() if v}, **moment, "facts": facts})


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in some containers
        return "somebody on this machine"
