"""The books of the funds in PostgreSQL, as migrations 0002 and 0003 lay them out.

`LedgerStore` does on a psycopg connection what `wayfare.ledger.Books` does in memory, with the same refusals. Rows go
out and come back as binary COPY, whose bytes are the ones a batch was hashed over. Each method is whole or not at all;
inside a transaction of the caller it takes effect when that commits.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection, Error

from wayfare.kernel.errors import WayfareError
from wayfare.kernel.money import Money
from wayfare.ledger import (
    OPEN,
    Account,
    Approval,
    Hold,
    Line,
    Posted,
    SealedBatch,
    account_number,
    check_fund,
    floor_batch,
    member_account,
    refusals,
)
from wayfare.ledger.batch import COLUMNS, rows_from_copy
from wayfare.ledger.chain import FIRST_LINK
from wayfare.ledger.errors import AppendOnly, FundOutOfView, NotSealed
from wayfare.ledger.floors import FloorChange

__all__ = ["OWN_LEAF_FROM", "LedgerStore", "copied_rows", "copy_rows", "refusals_of_the_books"]

OWN_LEAF_FROM = 100_000
"""From so many rows on a batch gets a table of its own; smaller ones share the partitions of their months."""

_COPY_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_COPY_TAIL = b"\xff\xff"
_COPY_STEP = 4 << 20
_LINE = """
    select fund, batch, key, posted_on, decision, reverses, line, debit, credit, amount, effective_from,
      effective_months, member
    from """


class LedgerStore:
    """The books behind one connection. Several funds in one transaction: take them by name, to meet no deadlock.

    A batch of `own_leaf_from` rows or more gets a table of its own.
    """

    def __init__(self, connection: Connection[Any], *, own_leaf_from: int = OWN_LEAF_FROM) -> None:
        self._connection = connection
        self._own_leaf_from = own_leaf_from

    def post(self, batch: SealedBatch) -> Posted:
        """Post a sealed batch; the same batch again is answered with where it stands. Raises as `Books.post` does."""
        with refusals_of_the_books(batch.fund, batch.key, batch), self._connection.transaction():
            opened = self._one(
                "select fund, number, link, fresh, target from"
                " ledger.open_batch(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                batch.fund, batch.key, batch.on, batch.content, batch.decision, batch.confirms, batch.reverses,
                [each.name for each in batch.opens], [each.floor for each in batch.opens],
                batch.lines >= self._own_leaf_from,
            )  # fmt: skip
            fund, number, link, fresh, target = opened
            if fresh:
                if batch.approves is not None:
                    self._one(
                        "select ledger.approve_floor(%s, %s, %s, %s, %s, %s, %s)",
                        fund, number, *batch.approves.terms(),
                    )  # fmt: skip
                copy_rows(self._connection, f"{target} ({', '.join(COLUMNS)})", batch.rows)
                link = self._one(
                    "select ledger.seal_batch(%s, %s, %s, %s)", fund, number, batch.lines, batch.amount
                )[0]
        return Posted(number, bytes(link), fresh)

    def approve_floor(self, fund: str, account: str, floor: int | None, approval: Approval) -> Posted:
        """Change the floor (fen) of a control account from the approval on; None lets it go negative without limit.

        Raises UnknownAccount, and FloorRefused when the account holds less.
        """
        return self.post(floor_batch(fund, account, floor, approval))

    def floors(self, fund: str) -> dict[str, Money]:
        """The floors in force of the accounts that have one, by name."""
        found = self._rows(
            """select a.name, case when a.number < 0 then c.floor else a.floor end as floor
               from ledger.account a join ledger.fund f using (fund)
               left join ledger.control_balance c on c.fund = a.fund and c.account = a.number
               where f.name = %s order by a.number""",
            fund,
        )
        return {name: Money.fen(floor) for name, floor in found if floor is not None}

    def place(self, hold: Hold) -> bool:
        """Place a hold; True when this call placed it. Raises as `Books.place` does."""
        names, move = sorted(hold.amounts), hold.move
        with refusals_of_the_books(hold.fund, hold.key), self._connection.transaction():
            if move is not None:
                return self._truth(
                    """select ledger.prepare_move(%s, %s, %s, %s, %s, %s, %s, %s, %s::bigint[], %s::text[], %s::int[],
                       %s::smallint[])""",
                    move.sender, move.receiver, move.key, hold.on, hold.expires, move.decision,
                    *map(list, zip(*(part.terms for part in move.parts), strict=True)),
                )  # fmt: skip
            return self._truth(
                "select ledger.place_hold(%s, %s, %s, %s, %s, %s, %s)",
                hold.fund, hold.key, hold.on, hold.expires, hold.content, names, [hold.amounts[name] for name in names],
            )  # fmt: skip

    def release(self, fund: str, key: str) -> bool:
        """Release a hold; False when it was released before. Raises UnknownHold, and HoldResolved once confirmed."""
        check_fund(fund)
        with refusals_of_the_books(fund, key), self._connection.transaction():
            return self._truth("select ledger.release_hold(%s, %s)", fund, key)

    def close(self, fund: str, through: int) -> bool:
        """Close a fund's months up to `through` (yyyymm); True when they were open."""
        check_fund(fund)
        with self._connection.transaction():
            return self._truth("select ledger.close_period(%s, %s)", fund, through)

    def hold_state(self, fund: str, key: str) -> str:
        """Whether a hold is open, confirmed or released. Raises UnknownHold."""
        found = self._rows(
            """select coalesce(e.state, %s) from ledger.hold h join ledger.fund f using (fund)
               left join ledger.resolved e using (fund, key) where f.name = %s and h.key = %s""",
            OPEN, fund, key,
        )  # fmt: skip
        if not found:
            raise refusals.unknown_hold(fund, key)
        return str(found[0][0])

    def balance(self, fund: str, account: str) -> Money:
        """What an account holds: credits less debits. Raises UnknownAccount."""
        return self._amount("ledger.balance", fund, account)

    def reserved(self, fund: str, account: str) -> Money:
        """What open holds set aside on an account. Raises UnknownAccount."""
        return self._amount("ledger.reserved", fund, account)

    def trial_balance(self, fund: str, through: int = 999912) -> dict[str, Money]:
        """Every account of a fund with its balance at the end of a month (yyyymm), by name; they add up to zero."""
        found = self._rows("select account, balance from ledger.read_trial_balance(%s, %s)", fund, through)
        return {name: Money.fen(balance) for name, balance in found}

    def totals(self) -> dict[str, tuple[int, int, int]]:
        """By fund: batches, transfers, and fen moved."""
        found = self._rows(
            """select f.name, count(*), sum(s.lines)::bigint, sum(s.amount)::bigint
               from ledger.fund f join ledger.sealed s using (fund) group by f.name order by f.name"""
        )
        return {name: (batches, lines, amount) for name, batches, lines, amount in found}

    def head(self, fund: str) -> bytes:
        """The last link of the fund's chain."""
        found = self._rows("select head from ledger.fund where name = %s", fund)
        return bytes(found[0][0]) if found else FIRST_LINK

    def funds(self) -> tuple[str, ...]:
        """The funds that have a book, by name."""
        return tuple(name for (name,) in self._rows("select name from ledger.fund order by name"))

    def page(self, fund: str, *, after: tuple[int, int] = (0, -1), limit: int = 100) -> list[Line]:
        """The next lines of a fund's book within view, after a batch number and line, in the order of writing."""
        found = self._rows(
            _LINE + """ledger.book_line where fund_number = (select fund_number from ledger.book where fund = %s)
                and (batch, line) > (%s, %s) order by batch, line limit %s""",
            fund, *after, limit,
        )  # fmt: skip
        return [_line(row) for row in found]

    def member_statement(self, member: str) -> list[Line]:
        """Every transfer about a member in every fund within view, by the months it is for; the look is recorded."""
        account_number(member_account(member))
        return [_line(row) for row in self._rows(_LINE + "ledger.read_account(%s)", member)]

    def member_balances(self, member: str) -> dict[str, Money]:
        """What a member's individual account holds in each fund that keeps one."""
        number = account_number(member_account(member))
        found = self._rows(
            """select f.name, ledger.balance(f.fund, a.number) from ledger.account a join ledger.fund f using (fund)
               where a.number = %s and a.number > 0 order by f.name""",
            number,
        )
        return {fund: Money.fen(balance) for fund, balance in found}

    def batch(self, fund: str, key: str) -> SealedBatch | None:
        """A batch as it was posted, None when there is none with this key."""
        found = self._rows(
            """select b.fund, b.number, b.period, b.posted_on, b.decision, b.confirms, b.reverses, b.opens, b.floors,
                      s.amount, b.content, a.name, p.floor, p.document, p.approved_by, p.reason
               from ledger.batch b join ledger.fund f using (fund) join ledger.sealed s using (fund, number)
               left join ledger.floor_approval p on p.fund = b.fund and p.batch = b.number
               left join ledger.account a on a.fund = p.fund and a.number = p.account
               where f.name = %s and b.key = %s""",
            fund, key,
        )  # fmt: skip
        if not found:
            return None
        number, batch, period, on, decision, confirms, reverses, opens, floors, amount, content, *terms = found[0]
        rows = copied_rows(self._connection, number, batch, period)
        names = self._names(number, rows)
        accounts = tuple(Account(*each) for each in zip(opens, floors, strict=True))
        approves = FloorChange(*terms) if terms[0] is not None else None
        return SealedBatch(
            fund, on, key, decision, confirms, reverses, accounts, rows, names, amount, bytes(content), approves
        )

    def _names(self, fund: int, rows: NDArray[np.void]) -> dict[int, str]:
        numbers = np.unique(np.concatenate([rows["debit"], rows["credit"], rows["subject"]])).tolist()
        return dict(
            self._rows("select number, name from ledger.account where fund = %s and number = any(%s)", fund, numbers)
        )

    def _amount(self, function: str, fund: str, account: str) -> Money:
        found = self._rows(
            f"""select {function}(f.fund, a.number) from ledger.account a join ledger.fund f using (fund)
                where f.name = %s and a.number = %s""",
            fund, account_number(account),
        )  # fmt: skip
        if not found:
            raise refusals.unknown_account(fund, account)
        return Money.fen(found[0][0])

    def _rows(self, query: str, *values: object) -> list[Any]:
        return self._connection.execute(query, values).fetchall()

    def _one(self, query: str, *values: object) -> Any:
        return self._rows(query, *values)[0]

    def _truth(self, query: str, *values: object) -> bool:
        return bool(self._one(query, *values)[0])


def copy_rows(connection: Connection[Any], target: str, rows: NDArray[np.void]) -> None:
    """Write rows into a table, named with its columns, by binary COPY."""
    data = rows.view(np.uint8).data
    with connection.cursor() as cursor, cursor.copy(f"copy {target} from stdin (format binary)") as copy:
        copy.write(_COPY_HEAD)
        for start in range(0, len(data), _COPY_STEP):
            copy.write(data[start : start + _COPY_STEP])
        copy.write(_COPY_TAIL)


def copied_rows(connection: Connection[Any], fund: int, batch: int, period: int) -> NDArray[np.void]:
    """The rows of one batch as they are stored, in order, as the bytes of a binary COPY."""
    query = f"""copy (select {', '.join(COLUMNS)} from ledger.transfer
        where fund = {fund:d} and batch = {batch:d} and period = {period:d} order by line) to stdout (format binary)"""
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        data = b"".join(copy)
    return rows_from_copy(data[len(_COPY_HEAD) : -len(_COPY_TAIL)])


@contextmanager
def refusals_of_the_books(fund: str, key: str, batch: SealedBatch | None = None) -> Iterator[None]:
    """Turn the refusals of the database (SQLSTATE WLnnn) into the errors of the books."""
    try:
        yield
    except Error as error:
        refusal = _refusal(error, fund, key, batch)
        if refusal is None:
            raise
        raise refusal from error


def _refusal(error: Error, fund: str, key: str, batch: SealedBatch | None) -> WayfareError | None:
    code, detail = error.sqlstate or "", error.diag.message_detail or ""
    if code == "WL004" and batch is not None and detail.lstrip("-").isdigit():
        detail = batch.names.get(int(detail), detail)
    match code:
        case "WL003":
            return refusals.key_reused(fund, key)
        case "WL004":
            return refusals.unknown_account(fund, detail)
        case "WL005":
            return refusals.overdrawn(fund, detail)
        case "WL006" if batch is not None:
            return refusals.period_closed(fund, batch.period, int(detail))
        case "WL007":
            return refusals.account_differs(fund, detail)
        case "WL008":
            return refusals.unknown_hold(fund, detail)
        case "WL009":
            return refusals.hold_resolved(fund, detail, error.diag.message_hint or "")
        case "WL010" if batch is not None:
            return refusals.hold_not_met(fund, batch.confirms or "", detail)
        case "WL011":
            return refusals.reversal_refused(fund, key, detail)
        case "WL013":
            return NotSealed(f"{error.diag.message_primary} ({fund}).", next_step="Post through LedgerStore.post.")
        case "WL017":
            return refusals.second_charge(fund, detail, int(error.diag.message_hint or 0))
        case "WL018":
            return refusals.floor_refused(fund, detail)
        case "WL025":
            return refusals.hold_expired(fund, detail)
        case "WL016":
            return FundOutOfView(
                f"{fund} is not among the places this session may work for.",
                next_step="Work in a session whose viewer has the place of the fund in scope.",
            )
        case "WL014":
            return AppendOnly(f"The books are append-only: {detail} is refused.", next_step="Post a reversal instead.")
    return None


def _line(row: Any) -> Line:
    values = dict(zip(Line.__slots__, row, strict=True))
    return Line(**{**values, "amount": Money.fen(values["amount"])})
