"""Register people: their facts into the record, and which fund each province belongs to.

Registering the same facts again changes nothing, so a batch that was cut off is simply given again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from wayfare.app.sessions import at_work
from wayfare.facts import Document
from wayfare.kernel import Place
from wayfare.storage import Database, Role
from wayfare.storage.fund_store import pool_in
from wayfare.storage.registry_store import save

__all__ = ["pool_provinces", "register_people"]


def register_people(database: Database, documents: Sequence[Document]) -> int:
    """Record these people in one transaction; how many were not on record before. Raises what `save` raises."""
    with at_work(database, Role.OFFICER, "register people") as session:
        return sum(save(session, document.as_document()["facts"]).changed for document in documents)


def pool_provinces(database: Database, provinces: Iterable[Place], insurance: str, *, since: date) -> None:
    """From a month on each of these provinces is one fund."""
    with at_work(database, Role.OFFICER, "record the pools") as session:
        for province in sorted(provinces):
            pool_in(session, province.code, insurance, since=since)
