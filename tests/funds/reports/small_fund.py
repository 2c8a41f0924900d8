"""Two small pension funds with one of everything that reports tell: charges, payments, moves, payroll, interest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from wayfare.funds.reports.lines import Line
from wayfare.kernel import Money
from wayfare.ledger import Batch, Books, SealedBatch

GUANGDONG, SICHUAN = "440000:employee_pension", "510000:employee_pension"
BANK = "bank:ICBC-1"
EMPLOYER = "contribution_clearing:employer:E-1"
MEMBERS = ("W-104", "W-105")


def batch(fund: str, on: str, key: str, *moves: tuple, opens: Iterable[str] = (), **more) -> SealedBatch:
    """A batch of (debit, credit, fen) or (debit, credit, fen, member, month); what it names is opened."""
    written = Batch(fund, date.fromisoformat(on), key, **more)
    for debit, credit, fen, *rest in moves:
        member, month = (*rest, None, None)[:2]
        for name in (debit, credit, *((f"account:{member}",) if member else ())):
            written.open(name)
        about = f"account:{member}" if member else None
        written.move(debit=debit, credit=credit, amount=fen, member=about, effective_from=month)
    for name in opens:
        written.open(name)
    return written.seal()


def contributions(month: int, on: str, *, key: str | None = None) -> SealedBatch:
    """A month charged to the employer: 1,600.00 to the pool and 800.00 to the account of each member."""
    moves: list[tuple] = []
    for member in MEMBERS:
        moves.append((EMPLOYER, "pooled_fund", 160_000, member, month))
        moves.append((EMPLOYER, f"account:{member}", 80_000, member, month))
    return batch(GUANGDONG, on, key or f"contributions:{month // 100}-{month % 100:02}", *moves)


def small_batches() -> list[SealedBatch]:
    """The batches in the order in which they can be posted.

    The employer has paid the first of two months; 77.00 came from nobody known; W-105 has moved to Sichuan, and W-104's
    move has left and not arrived.
    """
    out = "in_transit_out:" + SICHUAN
    into = "in_transit_in:" + GUANGDONG
    return [
        contributions(202405, "2024-05-31"),
        batch(GUANGDONG, "2024-06-12", "payment:B-1", (BANK, EMPLOYER, 480_000)),
        batch(GUANGDONG, "2024-03-05", "payment:B-2", (BANK, "suspense", 7_700)),
        batch(GUANGDONG, "2024-06-14", "payment:B-3", (BANK, "suspense", 1_000)),
        batch(GUANGDONG, "2024-06-15", "match:B-3", ("suspense", EMPLOYER, 1_000)),
        batch(GUANGDONG, "2024-06-20", "relation:W-105:1:sent", ("pooled_fund", out, 100_000, "W-105", 202405),
              ("account:W-105", out, 80_000, "W-105", 202405)),
        batch(SICHUAN, "2024-06-28", "relation:W-105:1:received", (into, "pooled_fund", 100_000, "W-105", 202405),
              (into, "account:W-105", 80_000, "W-105", 202405)),
        batch(GUANGDONG, "2024-06-25", "relation:W-104:1:sent", ("account:W-104", out, 30_000, "W-104", 202405)),
        contributions(202406, "2024-06-30"),
        batch(GUANGDONG, "2024-06-30", "payroll:2024-06", ("pooled_fund", "benefits_payable:pension", 20_000, "W-104"),
              ("account:W-104", "benefits_payable:pension", 5_000, "W-104")),
        batch(GUANGDONG, "2024-07-02", "payroll-paid:2024-06", ("benefits_payable:pension", BANK, 25_000)),
        batch(GUANGDONG, "2024-12-31", "interest:2024", ("pooled_fund", "account:W-104", 2_345, "W-104")),
    ]  # fmt: skip


def lines_of(batches: Iterable[SealedBatch], fund: str) -> list[Line]:
    """The lines of one fund as reports read them, numbered in the order given."""
    out, own = [], [each for each in batches if each.fund == fund]
    names = {number: name for each in own for number, name in each.names.items()}
    for number, each in enumerate(own, start=1):
        for row in each.rows:
            named = [names.get(int(row[part])) for part in ("debit", "credit", "subject")]
            out.append(
                Line(
                    fund, number, each.key, each.on, each.decision, each.reverses, int(row["line"]), named[0], named[1],
                    Money.fen(int(row["amount"])), int(row["effective_from"]), int(row["effective_months"]), named[2],
                )
            )  # fmt: skip
    return out


def books_of(batches: Iterable[SealedBatch]) -> Books:
    """The books in memory after these batches."""
    books = Books()
    for each in batches:
        books.post(each)
    return books
