"""Decide: put a question to the law, and keep the answer with its facts and reasons under an identity of its own.

Keeping the same decision again is harmless. An answer that changed, because the law or the facts did, is another
decision and needs another identity.
"""

from __future__ import annotations

from datetime import UTC, datetime

from wayfare.app.sessions import at_work
from wayfare.decisions import Answer, ask
from wayfare.facts import Document
from wayfare.law import Law
from wayfare.storage import Database, Role, Session
from wayfare.storage.decision_store import keep, list_decisions
from wayfare.storage.errors import DecisionRefused

__all__ = ["decide"]


def decide(
    database: Database, document: Document, law: Law, *, identity: str, replaces: str | None = None
) -> tuple[Answer, bool]:
    """The answer to a document about a person on record, and whether it was kept now (False: it was kept before).

    `replaces` is the decision that this one corrects.
    Raises what `ask` raises, and DecisionRefused when the identity stands for another person's decision.
    """
    answer, person = ask(document, law), document.facts.person.id
    assert person is not None
    with at_work(database, Role.OFFICER, f"decide {document.question}") as session:
        if _is_kept(session, person, identity):
            return answer, False
        try:
            _keep(session, document, answer, person, identity, replaces)
        except DecisionRefused:
            if not _is_kept(session, person, identity):  # another run may have kept it in this moment
                raise
            return answer, False
    return answer, True


def _is_kept(session: Session, person: str, identity: str) -> bool:
    return any(kept["id"] == identity for kept in list_decisions(session, person))


def _keep(
    session: Session, document: Document, answer: Answer, person: str, identity: str, replaces: str | None
) -> None:
    keep(
        session, identity=identity, question=document.question, person=person, as_of_law=document.on,
        as_of_known=datetime.now(UTC), mode=document.mode.value, law_version=answer.law, document=answer.as_document(),
        facts=document.as_document(), replaces=replaces,
    )  # fmt: skip
