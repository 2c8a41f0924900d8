"""The record of people: saved, corrected and read as it was held at a time.

What was held is never lost: a correction closes the rows that differ and adds the new ones at one moment. Reading a
record is a look, and each look is in the access record, also when the session that looked is undone.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg

from wayfare.storage.connect import Look, Session
from wayfare.storage.errors import FactsNotStorable, PersonAlreadyRecorded, PersonNotInView, SpellsOverlap
from wayfare.storage.spells import document_of, person_of, rows_of, scope_of, storable_json

__all__ = ["Recorded", "correct", "list_looks", "list_people", "load", "move", "save"]

NOT_IN_VIEW, ALREADY_RECORDED = "WF033", "WF032"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a save or a correction did: rows added, rows closed, and the moment from which they are held."""

    person: str
    added: int
    closed: int
    known: datetime

    @property
    def changed(self) -> bool:
        return self.added + self.closed > 0


def save(session: Session, facts: Mapping[str, Any], *, scope: str | None = None) -> Recorded:
    """Record a person for the first time; saving the same facts again changes nothing.

    `scope` is the place whose viewers may see the record; without one, that of the last residence or registration.
    Raises FactsNotStorable, SpellsOverlap, PersonAlreadyRecorded and PersonNotInView.
    """
    return _store(session, facts, scope=scope, reason=None)


def correct(session: Session, facts: Mapping[str, Any], *, reason: str) -> Recorded:
    """Supersede a person's record by these facts, with the reason; what stays the same stays as it was.

    Raises what `save` raises.
    """
    if not reason.strip():
        raise FactsNotStorable("A correction has no reason.", next_step="Say in a sentence why the record changes.")
    return _store(session, facts, scope=None, reason=reason)


def load(session: Session, person: str, *, known: datetime | None = None) -> dict[str, Any]:
    """The facts of a person as held now, or as held at `known`. Raises PersonNotInView."""
    rows = session.connection.execute("select kind, item, detail from read_facts(%s, %s)", (person, known)).fetchall()
    session.looks.append(Look(person, "facts", bool(rows)))
    if not rows:
        raise _not_in_view(person)
    return document_of(rows)


def list_people(session: Session) -> list[tuple[str, str]]:
    """The people in view, each with the place of the record, in order."""
    return session.connection.execute("select id, scope from public.person order by id").fetchall()


def list_looks(session: Session, person: str) -> list[dict[str, Any]]:
    """Who looked at a person's record, when, in which role and why, the first look first; for officers."""
    with session.connection.cursor(row_factory=psycopg.rows.dict_row) as cursor:
        cursor.execute(
            "select at, viewer, role, viewer_scope, purpose, subject, found"
            " from public.access_record where person = %s order by id",
            (person,),
        )
        return cursor.fetchall()


def move(session: Session, person: str, *, scope: str) -> None:
    """Hand a person's whole record to the viewers of another place. Raises PersonNotInView."""
    with _refusals(session, person):
        session.connection.execute("select move_record(%s, %s)", (person, scope))


def _store(session: Session, facts: Mapping[str, Any], *, scope: str | None, reason: str | None) -> Recorded:
    person = person_of(facts)
    rows = storable_json([row.as_document() for row in rows_of(facts)])
    place = scope_of(facts) if scope is None and reason is None else scope
    with _refusals(session, person):
        row = session.connection.execute(
            "select added, closed, known_at from store_facts(%s, %s, %s::jsonb, %s)", (person, place, rows, reason)
        ).fetchone()
    assert row is not None
    return Recorded(person, *row)


@contextlib.contextmanager
def _refusals(session: Session, person: str) -> Iterator[None]:
    """All of it or nothing, and the database's refusals as ours."""
    try:
        with session.connection.transaction():
            yield
    except psycopg.errors.ExclusionViolation as error:
        raise SpellsOverlap(
            f"Two spells of {person} that exclude each other cover the same day: {error.diag.message_detail}",
            next_step="End the earlier spell where the later begins, or leave out the one that is wrong.",
        ) from error
    except psycopg.Error as error:
        if error.sqlstate == ALREADY_RECORDED:
            raise PersonAlreadyRecorded(
                f"{person} has a record with other facts.",
                next_step="Correct it with a reason, or use another person.id when this is another person.",
            ) from error
        if error.sqlstate == NOT_IN_VIEW:
            raise _not_in_view(person) from error
        raise


def _not_in_view(person: str) -> PersonNotInView:
    return PersonNotInView(
        f"No record of {person} is in this viewer's view at that time.",
        next_step="Check the identity and the time, or ask an office whose places include the person.",
    )
