"""Pensioners on record with their kept decisions, and a fund that has money for them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from scenarios.told_lives import life, paid
from wayfare.app.posting import post
from wayfare.app.register_person import register_people
from wayfare.app.sessions import at_work
from wayfare.decisions import ask
from wayfare.facts import read_document
from wayfare.ledger import GOVERNMENT, PERSON, Batch, member_account
from wayfare.storage import Role
from wayfare.storage.decision_store import keep
from wayfare.storage.ledger_store import LedgerStore

FUND = "440000:employee_pension"
KNOWN = datetime(2024, 1, 1, tzinfo=UTC)


def register(database, *members: str) -> None:
    register_people(database, [life(paid("440000", "2004-03", "2015-01"), person=each) for each in members])


def keep_decision(
    database, law, member: str, identity: str, question: str, given: dict[str, Any], on: str, *,
    replaces: str | None = None, leaves_open: str | None = None,
) -> str:  # fmt: skip
    """Asks the law in mode decision with some values given, and keeps the answer, one of its values left open."""
    told = life(paid("440000", "2004-03", "2015-01"), person=member).as_document()
    document = read_document({**told, "question": question, "on": on, "mode": "decision", "given": given})
    answer = ask(document, law)
    kept = answer.as_document()
    if leaves_open:
        kept["values"][leaves_open]["value"] = None
    with at_work(database, Role.OFFICER, "a test") as session:
        return keep(
            session, identity=identity, question=question, person=member, as_of_law=document.on, as_of_known=KNOWN,
            mode="decision", law_version=answer.law, document=kept, facts=document.as_document(),
            replaces=replaces,
        )  # fmt: skip


def award(database, law, member: str, pension: str, account: str, *, identity: str, replaces: str | None = None) -> str:
    given = {"pension": pension, "account_pension": account}
    return keep_decision(database, law, member, identity, "pension.monthly", given, "2024-01-01", replaces=replaces)


def adjustment(database, law, member: str, pension: str, *, year: int, identity: str) -> str:
    return keep_decision(
        database, law, member, identity, "pension.adjustment", {"adjusted_pension": pension}, f"{year}-08-01"
    )


def pay_in(database, *, pool: int, accounts: dict[str, int], on: date = date(2023, 12, 31)) -> None:
    """Money of the pool and of accounts, in fen."""
    batch = Batch(FUND, on, f"opening:{on}")
    for name in ("pooled_fund", GOVERNMENT, PERSON, *map(member_account, accounts)):
        batch.open(name)
    batch.move(debit=GOVERNMENT, credit="pooled_fund", amount=pool)
    for member, fen in accounts.items():
        batch.move(debit=PERSON, credit=member_account(member), amount=fen)
    with at_work(database, Role.POSTER, "a test") as session:
        post(session, [batch.seal()])


def balances(database) -> dict[str, int]:
    with at_work(database, Role.POSTER, "a test") as session:
        return {name: each.amount_fen for name, each in LedgerStore(session.connection).trial_balance(FUND).items()}
