"""Which fund a place belonged to in which month.

A fund is a pooling place and an insurance, named `440000:employee_pension`. Pools rise over time from county to
prefecture to province, and a place without a row of its own belongs with the place it lies in.
"""

from __future__ import annotations

from datetime import date

import psycopg

from wayfare.storage.connect import Session
from wayfare.storage.errors import SpellsOverlap

__all__ = ["fund_of", "pool_in"]


def fund_of(session: Session, place: str, insurance: str, *, month: date) -> str | None:
    """The fund of a place for an insurance in the month of a day; None where none is recorded."""
    row = session.connection.execute("select fund_of(%s, %s, %s)", (place, insurance, month.replace(day=1))).fetchone()
    return row[0] if row else None


def pool_in(session: Session, place: str, insurance: str, *, since: date) -> str:
    """From a month on a place and all in it pool together; returns the fund. Doing it again changes nothing.

    Raises SpellsOverlap when pools inside it are recorded from a later month on.
    """
    try:
        with session.connection.transaction():
            row = session.connection.execute(
                "select pool_in(%s, %s, %s)", (place, insurance, since.replace(day=1))
            ).fetchone()
    except psycopg.errors.ExclusionViolation as error:
        raise SpellsOverlap(
            f"The pool of {place} for {insurance} from {since:%Y-%m}: {error.diag.message_primary}.",
            next_step="Record the pools of a place in the order of time, each from a later month than the last.",
        ) from error
    assert row is not None
    return str(row[0])
