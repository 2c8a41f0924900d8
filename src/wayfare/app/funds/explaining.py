"""From any figure of a fund's book down to what it is made of: batches, transfers, and what each batch rests on.

A batch names a kept decision, which is shown with its reasons and their articles; or the law itself (`law:<version>:
<question>`), whose clauses and figures of the month and place are shown; or the batch that it takes back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from wayfare.app.figures import figure_document
from wayfare.app.lawbook import value_document
from wayfare.app.sessions import at_work
from wayfare.funds.moves import DOCUMENT
from wayfare.funds.reports.errors import NothingBooked
from wayfare.funds.reports.lines import MEMBER, Line
from wayfare.funds.year.rates import HOW_INTEREST_GOES, YearRate, told_rate
from wayfare.kernel import Money
from wayfare.law import Law
from wayfare.law.errors import UnknownValue
from wayfare.law.show import behind
from wayfare.storage import Database, Role, Session
from wayfare.storage.decision_store import load
from wayfare.storage.errors import DecisionRefused
from wayfare.storage.report_store import BatchPart, ReportStore
from wayfare.storage.year_store import YearStore

__all__ = ["BatchFigure", "Figure", "Ground", "explain_batch", "explain_figure", "ground_of"]

INTEREST = "interest"
_LAW = "law:"
_ROWS_MOST = 3


@dataclass(frozen=True, slots=True)
class Ground:
    """What a batch rests on; `document` shows it.

    `kind` is decision, law, approval (of a floor), document (a paper of the office), unseen (not in view) or none.
    """

    kind: str
    id: str
    document: dict[str, Any]

    def as_document(self) -> dict[str, Any]:
        """What --json prints."""
        return {"kind": self.kind, "id": self.id or None, **self.document}


@dataclass(frozen=True, slots=True)
class Figure:
    """What an account held, the batches that moved it between two days, and what it held then."""

    fund: str
    account: str
    first: date
    last: date
    opening: Money
    parts: tuple[BatchPart, ...]

    @property
    def closing(self) -> Money:
        """What it held at the end."""
        return self.opening + Money.total(part.credits - part.debits for part in self.parts)

    def as_document(self) -> dict[str, Any]:
        """What --json prints."""
        return {
            "fund": self.fund, "account": self.account, "from": self.first.isoformat(), "to": self.last.isoformat(),
            "opening": str(self.opening), "batches": [part.as_document() for part in self.parts],
            "closing": str(self.closing),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class BatchFigure:
    """A batch, some of its transfers, how many of its lines come after them, and what it rests on."""

    fund: str
    head: BatchPart
    lines: tuple[Line, ...]
    more: int
    ground: Ground

    def as_document(self) -> dict[str, Any]:
        """What --json prints."""
        head = {name: value for name, value in self.head.as_document().items() if name not in ("debits", "credits")}
        return {
            "fund": self.fund, **head, "amount": str(self.head.debits), "reverses": self.head.reverses,
            "transfers": [_line_document(line) for line in self.lines], "more": self.more,
            "rests_on": self.ground.as_document(),
        }  # fmt: skip


def explain_figure(database: Database, fund: str, account: str, first: date, last: date) -> Figure:
    """The batches behind an account's balance; `account` stands for all members' accounts. Raises NothingBooked."""
    with at_work(database, Role.OFFICER, f"explain {account} of {fund}") as session:
        store = ReportStore(session)
        store.check(fund)
        parts = store.account_batches(fund, account, first, last)
        opening = store.balance_before(fund, account, first)
        if not parts and not opening and account != MEMBER and not store.has_account(fund, account):
            raise NothingBooked(
                f"{fund} has no account {account}.", next_step="Its accounts stand in wayfare fund trial-balance."
            )
        if account.startswith(f"{MEMBER}:"):
            store.record_look(f"account in {fund}", person=account.partition(":")[2])
        return Figure(fund, account, first, last, opening, tuple(parts))


def explain_batch(
    database: Database, law: Law, fund: str, key: str, *, account: str | None = None, after: int = -1, most: int = 20
) -> BatchFigure:
    """A batch with its next transfers (those of one account, if one is named) and its ground. Raises NothingBooked."""
    with at_work(database, Role.OFFICER, f"explain {key} of {fund}") as session:
        store = ReportStore(session)
        store.check(fund)
        head = store.batch_head(fund, key)
        if head is None:
            raise _no_batch(store, fund, key)
        lines = store.batch_lines(fund, key, account=account, after=after, most=most)
        more = head.lines - lines[-1].line - 1 if len(lines) == most else 0
        return BatchFigure(fund, head, tuple(lines), more, _ground(session, store, law, fund, head))


def _no_batch(store: ReportStore, fund: str, key: str) -> NothingBooked:
    if (known := store.move(fund, key)) is None:
        next_step = "wayfare fund explain with an account lists its batches."
    elif known.confirmed is None:
        next_step = f"Nothing is booked under it: wayfare fund move show {key} --fund {fund}"
    else:
        next_step = f"This is a move; its batch here is {key}:sent."
    return NothingBooked(f"{fund} has no batch {key}.", next_step=next_step)


def _ground(session: Session, store: ReportStore, law: Law, fund: str, head: BatchPart) -> Ground:
    """What it rests on; a batch that takes another back without a decision of its own rests on what that one did."""
    approved = store.approvals(fund, head.key)
    if approved:
        return Ground("approval", approved[0].document, approved[0].as_document())
    named = head.decision
    if named is None and head.reverses is not None:
        original = store.batch_head(fund, head.reverses)
        named = original.decision if original else None
    found = ground_of(session, law, named, on=head.on, place=fund[:6])
    word, _, year = head.key.partition(":")
    return _at_its_rate(session, fund, int(year), found) if word == INTEREST and year.isdigit() else found


def _at_its_rate(session: Session, fund: str, year: int, found: Ground) -> Ground:
    """The ground of a year's interest with the rate it was credited at, and only the figures that interest rests on.

    The table of rates as it stood on the day of the batch may end with the year before, or say otherwise than a notice.
    """
    kept = YearStore(session.connection).kept(fund, year)
    if kept is None or found.kind != "law":
        return found
    rate = YearRate(year, kept["rate"], kept["source"], kept["status"])
    at = {"year": year, "rate": told_rate(rate), "source": rate.source, "status": rate.status}
    figures = [each for each in found.document["figures"] if each["name"] in HOW_INTEREST_GOES]
    return Ground("law", found.id, {**found.document, "figures": figures, "credited_at": at})


def ground_of(session: Session, law: Law, named: str | None, *, on: date, place: str) -> Ground:
    """What the ground that a batch or a move names is: a kept decision, the law of a day and place, or a paper."""
    if named is None:
        return Ground("none", "", {})
    if named.startswith(_LAW):
        _, version, question = named.split(":", 2)
        return Ground("law", named, _law_document(law, version, question, on, place))
    if named.startswith(DOCUMENT):
        return Ground("document", named.removeprefix(DOCUMENT), {})
    try:
        kept = load(session, named)
    except DecisionRefused:
        return Ground("unseen", named, {})
    return Ground("decision", named, {
        "question": kept.question, "person": kept.person, "as_of_law": kept.as_of_law.isoformat(), "mode": kept.mode,
        "law_version": kept.law_version, "replaced_by": kept.replaced_by,
        "answer": kept.document.get("answer"), "reasons": kept.document.get("reasons", []),
    })  # fmt: skip


def _law_document(law: Law, version: str, question: str, on: date, place: str) -> dict[str, Any]:
    """The clauses behind a question and its figures in force on a day at a place, by the rulebook at hand."""
    try:
        entries = behind(law, question)
    except UnknownValue:
        entries = []
    clauses = [text for entry in entries if entry.kind == "clause" for text in _clauses(law, entry.name, on)]
    tables = dict.fromkeys(_table(law, entry.name) for entry in entries if entry.kind == "look up")
    figures = [row for name in tables if name for row in _figures(law, name, on, place)]
    return {
        "question": question, "on": on.isoformat(), "law_version": version, "law_at_hand": law.version,
        "rule": law.homes.get(law.questions[question].answer, "") if question in law.questions else "",
        "clauses": clauses, "figures": figures,
    }  # fmt: skip


def _clauses(law: Law, name: str, on: date) -> Iterator[dict[str, Any]]:
    """The texts of a value in force on a day; readings of the record are no law."""
    if name not in law.values or law.values[name].name != name:
        return
    found = value_document(law, name, on=on)
    for text in found["texts"]:
        if text["source"]["article"]:
            about = {"name": name, "label": found["label"], "rule": found["rule"]}
            yield about | {"meaning": text["meaning"], "source": text["source"]}


def _table(law: Law, name: str) -> str | None:
    """The table that a look-up reads, by which it is known in its folder."""
    declared = law.values[name].declared if name in law.values else None
    table = str(getattr(declared, "table", name))
    return table if table in law.homes and table in law.parameters else None


def _figures(law: Law, name: str, on: date, place: str) -> Iterator[dict[str, Any]]:
    """The rows in force nearest to the place, by years those of the year before; or the gap."""
    found = figure_document(law, name, on=on, place=place)
    rows = [row for row in found["rows"] if row["value"] is not None and _is_of(row["key"], on.year - 1)]
    nearest = max((_code(row) for row in rows), default="")
    told = [row for row in rows if _code(row) == nearest][:_ROWS_MOST]
    head = {"name": name, "label": found["label"], "rule": found["rule"], "unit": found["unit"]}
    for row in told:
        key = {by: each["value"] for by, each in row["key"].items()}
        yield head | {"value": row["value"], "key": key, "from": row["from"], "source": row["source"]}
    if not found["rows"]:
        for gap in found["gaps"][:1]:
            yield head | {"value": None, "gap": gap["why"]}


def _is_of(key: dict[str, Any], year: int) -> bool:
    return "year" not in key or key["year"]["value"] == str(year)


def _code(row: dict[str, Any]) -> str:
    return str(max((each["code"] for each in row["places"]), default=""))


def _line_document(line: Line) -> dict[str, Any]:
    return {
        "line": line.line, "debit": line.debit, "credit": line.credit, "amount": str(line.amount),
        "months": line.months(), "member": line.member,
    }  # fmt: skip
