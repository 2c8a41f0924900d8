"""What banks say about a fund's accounts, kept as imported: statements with their balances, lines by their ids.

A line imported again changes nothing; another line under a known id is refused by itself, and so is a statement of the
same days with other balances. Nothing is ever rewritten.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from wayfare.funds.reports.bank import BankLine, BankStatement
from wayfare.funds.reports.errors import BankLineWrong, BankStatementDiffers
from wayfare.kernel import Money
from wayfare.storage.connect import Session

__all__ = ["BankStore"]


class BankStore:
    """The bank's statements behind one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def last_closing(self, fund: str, account: str, before: date) -> Money | None:
        """The closing balance of the last statement that ends before a day; None when there is none."""
        found = self._rows(
            """select closing from bank.statement where fund = %s and account = %s and last < %s
               order by last desc limit 1""",
            fund, account, before,
        )  # fmt: skip
        return Money.fen(found[0][0]) if found else None

    def keep(self, statement: BankStatement) -> None:
        """Keep the days and balances of a statement. Raises BankStatementDiffers."""
        told = (statement.first, statement.last, statement.opening.amount_fen, statement.closing.amount_fen)
        self._execute(
            """insert into bank.statement (fund, account, first, last, opening, closing) values (%s, %s, %s, %s, %s, %s)
               on conflict do nothing""",
            statement.fund, statement.account, *told,
        )  # fmt: skip
        known = self._rows(
            """select first, last, opening, closing from bank.statement
               where fund = %s and account = %s and first <= %s and last >= %s order by last""",
            statement.fund, statement.account, statement.last, statement.first,
        )  # fmt: skip
        if known != [told]:
            first, last, opening, closing = known[0]
            raise BankStatementDiffers(
                f"A statement of {statement.account} from {first} to {last} was imported before, with"
                f" {Money.fen(opening)} and {Money.fen(closing)} yuan; this one covers days of it and says otherwise.",
                next_step="The first stands. Compare both with the bank; a correction is a statement of later days.",
            )

    def statements(self, fund: str, account: str, on: date) -> list[BankStatement]:
        """The statements that end until a day, each with its lines, in the order of days."""
        found = self._rows(
            """select first, last, opening, closing from bank.statement
               where fund = %s and account = %s and last <= %s order by last""",
            fund, account, on,
        )  # fmt: skip
        lines = self._lines(fund, account)
        out = []
        for first, last, opening, closing in found:
            own = tuple(line for line in lines if first <= line.on <= last)
            out.append(BankStatement(fund, account, first, last, Money.fen(opening), Money.fen(closing), own))
        return out

    def keep_lines(self, fund: str, account: str, lines: Iterable[BankLine]) -> tuple[int, list[BankLineWrong]]:
        """Keep lines; how many of them are new, and those whose id stands for another line."""
        told = list(lines)
        known = {line.id: line for line in self._lines(fund, account)}
        fresh = [line for line in told if line.id not in known]
        self._insert(fund, account, fresh)
        return len(fresh), [_other(line) for line in told if known.get(line.id, line) != line]

    def _insert(self, fund: str, account: str, lines: Iterable[BankLine]) -> None:
        values = [
            (fund, account, line.id, line.on, line.amount.amount_fen, line.payer, line.reference, line.text)
            for line in lines
        ]
        with self._session.connection.cursor() as cursor:
            cursor.executemany(
                """insert into bank.line (fund, account, id, on_day, amount, payer, reference, told)
                   values (%s, %s, %s, %s, %s, %s, %s, %s)""",
                values,
            )

    def _lines(self, fund: str, account: str) -> list[BankLine]:
        found = self._rows(
            """select id, on_day, amount, payer, reference, told from bank.line
               where fund = %s and account = %s order by on_day, id""",
            fund, account,
        )  # fmt: skip
        return [BankLine(id, on, Money.fen(amount), *rest) for id, on, amount, *rest in found]

    def _rows(self, query: str, *values: object) -> list[Any]:
        return self._session.connection.execute(query, values).fetchall()

    def _execute(self, query: str, *values: object) -> None:
        self._session.connection.execute(query, values)


def _other(line: BankLine) -> BankLineWrong:
    return BankLineWrong(
        f"Line {line.id} of {line.on} over {line.amount} yuan is not taken: its id stands for another line.",
        next_step="The first stands. Ask the bank which of the two is right.",
        field="id",
    )
