"""Decisions, kept with their facts and the law's version so that they can be replayed.

A decision is never rewritten. A changed answer is a new decision that replaces the earlier one, and each can be
replaced once. Reading one is a look at the person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import psycopg
from psycopg.rows import class_row, dict_row

from wayfare.storage.connect import Look, Session
from wayfare.storage.errors import DecisionRefused, PersonNotInView
from wayfare.storage.registry_store import NOT_IN_VIEW
from wayfare.storage.spells import storable_json

__all__ = ["KeptDecision", "keep", "list_decisions", "load"]

REFUSED = "WF034"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDecision:
    """A decision as kept: the law of which day, what was known when, the answer's document and its facts."""

    id: str
    person: str | None
    question: str
    as_of_law: date
    as_of_known: datetime
    mode: str
    law_version: str
    document: dict[str, Any]
    facts: dict[str, Any]
    replaces: str | None
    replaced_by: str | None
    kept: datetime


def keep(
    session: Session,
    *,
    question: str,
    person: str | None,
    as_of_law: date,
    as_of_known: datetime,
    mode: str,
    law_version: str,
    document: Mapping[str, Any],
    facts: Mapping[str, Any],
    replaces: str | None = None,
    identity: str | None = None,
    scope: str | None = None,
) -> str:
    """Keep a decision and return its identity, such as D-2024-000318; keeping the same one again is harmless.

    `scope` is the place of a decision about no recorded person. Raises DecisionRefused, PersonNotInView and
    FactsNotStorable.
    """
    values = (
        identity, person, scope, question, as_of_law, as_of_known, mode, law_version,
        storable_json(dict(document)), storable_json(dict(facts)), replaces,
    )  # fmt: skip
    try:
        with session.connection.transaction():
            row = session.connection.execute(
                "select keep_decision(%s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s::jsonb, %s)", values
            ).fetchone()
    except psycopg.errors.UniqueViolation as error:
        raise _refused(
            f"Decision {replaces} was replaced already.", "Load it, and replace the one in `replaced_by`."
        ) from error
    except psycopg.Error as error:
        if error.sqlstate == REFUSED:
            raise _refused(
                f"{error.diag.message_primary}.",
                "Keep it under a new identity, and name in `replaces` a decision about the same person.",
            ) from error
        if error.sqlstate == NOT_IN_VIEW:
            raise PersonNotInView(
                f"The decision's person, {person}, or its place is not in this viewer's view.",
                next_step="Record the person first, or ask an office whose places include the person.",
            ) from error
        raise
    assert row is not None
    return str(row[0])


def load(session: Session, identity: str) -> KeptDecision:
    """A decision as it was kept, and which one replaced it. Raises DecisionRefused when none is in view."""
    with session.connection.cursor(row_factory=class_row(KeptDecision)) as cursor:
        kept = cursor.execute("select * from read_decision(%s)", (identity,)).fetchone()
    if kept is None:
        raise _refused(
            f"No decision {identity} is in this viewer's view.",
            "Check the identity, or ask an office whose places include the person.",
        )
    session.looks.append(Look(kept.person or "", f"decision {identity}", True))
    return kept


def list_decisions(session: Session, person: str) -> list[dict[str, Any]]:
    """The decisions about a person, the first first, without their documents."""
    with session.connection.cursor(row_factory=dict_row) as cursor:
        found = cursor.execute("select * from list_decisions(%s)", (person,)).fetchall()
    session.looks.append(Look(person, "decisions", bool(found)))
    return found


def _refused(found: str, next_step: str) -> DecisionRefused:
    return DecisionRefused(found, next_step=next_step)
