"""Import a bank's statement, and hold it against the cash book: the same file again changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from wayfare.app.funds.reports import matched_bank
from wayfare.app.posting import post
from wayfare.app.sessions import at_work
from wayfare.funds.moves import DOCUMENT
from wayfare.funds.reports.bank import BankLine, BankStatement, read_bank_statement
from wayfare.funds.reports.bank_matching import WINDOW_DAYS, BankMatching
from wayfare.funds.reports.errors import BankClosingUnknown, BankLineAccount, BankLineNotOpen, BankLineWrong
from wayfare.kernel import Money
from wayfare.ledger import Batch, Posted, SealedBatch, bank_account
from wayfare.storage import Database, Role
from wayfare.storage.bank_store import BankStore
from wayfare.storage.office_store import OfficeStore
from wayfare.storage.report_store import ReportStore

__all__ = ["Imported", "Stated", "book_bank_line", "import_bank_statement", "match_bank_account", "read_text"]

BOOKED_BY_LINE: Final = ("pooled_fund", "benefits_payable")


@dataclass(frozen=True, slots=True)
class Stated:
    """What the importer knows beside the file: first and last day, opening and closing balance; None as in the file."""

    first: date | None = None
    last: date | None = None
    opening: Money | None = None
    closing: Money | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import: new lines, lines known before, those refused, and the statement with its balances.

    A file with refused lines whose balances nobody states leaves no statement until it is imported whole.
    """

    fund: str
    account: str
    statement: BankStatement | None
    new: int
    known: int
    refused: tuple[BankLineWrong, ...]

    def as_document(self) -> dict[str, Any]:
        """What --json prints."""
        told = self.statement
        balances = {
            "from": told.first.isoformat(), "to": told.last.isoformat(), "opening": str(told.opening),
            "closing": str(told.closing), "difference": str(told.difference),
        } if told else None  # fmt: skip
        return {
            "fund": self.fund, "account": self.account, "statement": balances, "new": self.new, "known": self.known,
            "refused": [fault.as_document() for fault in self.refused],
        }  # fmt: skip


def import_bank_statement(
    database: Database, fund: str, account: str, text: str, stated: Stated | None = None
) -> Imported:
    """Keep the good lines of a statement, and its balances. The same again changes nothing.

    Raises BankColumnsMissing, BankClosingUnknown and BankStatementDiffers.
    """
    stated = stated or Stated()
    lines, printed, refused = read_bank_statement(text, first=stated.first, last=stated.last)
    own = account.removeprefix("bank:")
    with at_work(database, Role.POSTER, f"bank statement of {fund}") as session:
        ReportStore(session).check(fund)
        OfficeStore(session.connection).keep_others_out(fund)
        store = BankStore(session)
        statement = _statement(store, fund, own, lines, printed, stated)
        if statement is None and not refused:
            raise BankClosingUnknown(
                "The bank's opening and closing balance are not in the file.",
                next_step="Give --opening and --closing as the bank prints them, or a file with the column balance.",
            )
        if statement is not None:
            store.keep(statement)
        new, others = store.keep_lines(fund, own, lines)
    known = len(lines) - new - len(others)
    return Imported(fund, own, statement, new, known, (*refused, *others))


def match_bank_account(
    database: Database, fund: str, account: str, on: date, *, window_days: int = WINDOW_DAYS
) -> BankMatching | None:
    """A bank account against its statements on a day; None when none was imported. Raises NothingBooked."""
    with at_work(database, Role.OFFICER, f"bank account of {fund}") as session:
        store = ReportStore(session)
        store.check(fund)
        name = f"bank:{account.removeprefix('bank:')}"
        return matched_bank(store, BankStore(session), fund, name, on, window_days=window_days)


def book_bank_line(
    database: Database, fund: str, account: str, line: str, *, to: str, document: str, today: date
) -> tuple[SealedBatch, Posted]:
    """Book a line that only the bank has: interest, charges, a pension that came back, one paid out again.

    `to` is the pooled fund or what is to be paid out; `document` says why, and the batch rests on it. Raises
    BankLineNotOpen, BankLineAccount, NothingBooked and what the books refuse.
    """
    own, purpose = account.removeprefix("bank:"), to.partition(":")[0]
    if purpose not in BOOKED_BY_LINE:
        raise BankLineAccount(
            f"A line of the bank is not booked to {to} by itself.",
            next_step="Name pooled_fund or benefits_payable:<kind>; payments in: wayfare fund import payments.",
            field="to",
        )
    with at_work(database, Role.POSTER, f"book line {line} of {own}") as session:
        reports = ReportStore(session)
        reports.check(fund)
        matching = matched_bank(reports, BankStore(session), fund, bank_account(own), today)
        found = next((each for each in (matching.only_bank if matching else ()) if each.id == line), None)
        if found is None:
            raise BankLineNotOpen(
                f"{own} has no line {line} that only the bank has.",
                next_step=f"See what is open: wayfare fund bank match --fund {fund} --account {own}.",
            )
        on = OfficeStore(session.connection).open_day(fund, found.on)
        batch = _line_batch(fund, own, found, to=to, document=document, on=on)
        return batch, post(session, [batch])[0].posted


def _line_batch(fund: str, own: str, line: BankLine, *, to: str, document: str, on: date) -> SealedBatch:
    batch = Batch(fund, on, f"bank_line:{line.id}", decision=f"{DOCUMENT}{document}")
    sides = bank_account(own), to
    debit, credit = sides if line.amount > Money.ZERO else sides[::-1]
    for name in sides:
        batch.open(name)
    batch.move(debit=debit, credit=credit, amount=abs(line.amount.amount_fen))
    return batch.seal()


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, or in GB 18030, which banks' programs often write."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def _statement(
    store: BankStore, fund: str, account: str, lines: list[BankLine], printed: tuple[Money, Money] | None,
    stated: Stated,
) -> BankStatement | None:  # fmt: skip
    """The statement as stated, else as the file prints it, opening with the one before; None when that is not known."""
    days = [line.on for line in lines]
    first, last = stated.first or min(days, default=None), stated.last or max(days, default=None)
    if first is None or last is None:
        return None
    printed_opening, printed_closing = printed or (None, None)
    opening = _known(stated.opening, printed_opening, store.last_closing(fund, account, first))
    closing = _known(stated.closing, printed_closing)
    if opening is None or closing is None:
        return None
    return BankStatement(fund, account, first, last, opening, closing, tuple(lines))


def _known(*found: Money | None) -> Money | None:
    return next((each for each in found if each is not None), None)
