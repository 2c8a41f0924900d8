"""Post batches, and say of each where it stands in its fund's book."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wayfare.ledger import Posted, SealedBatch
from wayfare.storage import Session
from wayfare.storage.ledger_store import LedgerStore

__all__ = ["Booked", "post"]


@dataclass(frozen=True, slots=True)
class Booked:
    """A batch and its place in the book; `posted.fresh` says whether it was new."""

    batch: SealedBatch
    posted: Posted


def post(session: Session, batches: Iterable[SealedBatch]) -> list[Booked]:
    """Post batches in the order given; posting one again changes nothing. Raises as `LedgerStore.post` does."""
    store = LedgerStore(session.connection)
    return [Booked(batch, store.post(batch)) for batch in batches]
