"""Verification of a fund's stored book: everything is read back and worked out again.

The rows of each batch give its content, the contents give the chain, the rows give the running balances and the
snapshots. Nothing that the database says about itself is believed, so a change of one fen is found also when the owner
of the database made it behind the triggers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection

from wayfare.ledger import FIRST_LINK, Account, account_number, link_after, refusals
from wayfare.ledger.batch import COLUMNS, content_hash, empty_rows
from wayfare.ledger.charges import charge_kinds, month_index, payer_of
from wayfare.ledger.errors import BookDiffers
from wayfare.ledger.floors import FloorChange
from wayfare.storage.close_verify import check_closes
from wayfare.storage.hold_verify import check_holds
from wayfare.storage.snapshot_verify import wrong_snapshots

__all__ = ["Verified", "verify_book"]

_ROWS_AT_ONCE = 250_000
_ROWS_A_MESSAGE = 20_000
_PLACED = {"batch": "i4", "period": "i4", **COLUMNS}
_HEADERS = """
    select b.number, b.key, b.posted_on, b.period, b.decision, b.confirms, b.reverses, b.opens, b.floors, b.content,
           s.lines, s.amount, s.link, a.name, p.floor, p.document, p.approved_by, p.reason
    from ledger.batch b left join ledger.sealed s using (fund, number)
    left join ledger.floor_approval p on p.fund = b.fund and p.batch = b.number
    left join ledger.account a on a.fund = p.fund and a.number = p.account
    where b.fund = %s order by b.number
"""
_STRAY_SEALS = """
    select s.number from ledger.seal s where s.fund = %s
        and not exists (select from ledger.batch b where b.fund = s.fund and b.number = s.number and b.link is null)
    order by s.number limit 1
"""
_WRONG_LEAVES = """
    select coalesce(b.number, l.batch) from
        (select number from ledger.batch where fund = %(fund)s and own_leaf) b
        full join (select split_part(c.relname, '_', 4)::int as batch
            from pg_inherits i join pg_class c on c.oid = i.inhrelid
            where i.inhparent = to_regclass(format('ledger.transfer_own_%%s', %(fund)s::int))) l on l.batch = b.number
    where b.number is null or l.batch is null order by 1 limit 1
"""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was read and found right: batches, transfers, and the last link of the chain."""

    batches: int
    transfers: int
    head: bytes


def verify_book(
    connection: Connection[Any], fund: str, *, told: Callable[[int], None] = lambda batches: None
) -> Verified:
    """Read a fund's book back. Raises BookDiffers, naming the first batch that is not as it was sealed.

    `told` hears how many batches were read.

    Who posts to this fund meanwhile waits until the transaction ends: a book is verified as of one moment.
    """
    connection.execute("select ledger.keep_still(%s)", (fund,))
    found = connection.execute(
        "select fund, last_batch, head, closed_through from ledger.fund where name = %s", (fund,)
    ).fetchone()
    if found is None:
        return Verified(0, 0, FIRST_LINK)
    number, last, head, closed_through = found
    headers = connection.execute(_HEADERS, (number,)).fetchall()
    link, transfers, balances = FIRST_LINK, 0, _Sums()
    opened: dict[int, tuple[str, int | None, int]] = {}
    floors: dict[int, int | None] = {}
    charges = _Charges()
    links: list[bytes] = []
    for place, (header, rows) in enumerate(_with_rows(connection, number, headers), start=1):
        link = _checked_link(fund, place, header, rows, link)
        links.append(link)
        balances.add(header[3], rows)
        transfers += len(rows)
        for name, floor in zip(header[7], header[8], strict=True):
            opened.setdefault(account_number(name), (name, floor, place))
            floors.setdefault(account_number(name), floor)
        if header[13] is not None:
            floors[account_number(header[13])] = header[14]
        charges.add(header, rows)
        told(place)
    if (len(headers), link) != (last, bytes(head)):
        missing = len(headers) + 1 if len(headers) < last else None
        raise _differs(fund, "the last link or the number of batches", number=missing)
    stray = connection.execute(_STRAY_SEALS, (number,)).fetchone()
    if stray:
        raise _differs(fund, "a seal without a batch", number=stray[0])
    _check_accounts(connection, fund, number, opened)
    check_holds(connection, fund, number)
    _check_balances(connection, fund, number, balances.control(), floors)
    charges.check(connection, fund, number)
    _check_leaves(connection, fund, number)
    check_closes(
        connection, fund, number, links=links, months=[header[3] for header in headers],
        closed_through=closed_through, moved=balances.moved,
    )  # fmt: skip
    return Verified(len(headers), transfers, link)


class _Sums:
    """Debits and credits by month and account, batch by batch; members' accounts are one, whose number is 0."""

    def __init__(self) -> None:
        self.moved: dict[int, dict[int, tuple[int, int]]] = {}

    def add(self, month: int, rows: NDArray[np.void]) -> None:
        amount = rows["amount"].astype(np.int64)
        moved = self.moved.setdefault(month, {})
        for side in (0, 1):
            numbers = np.minimum(rows["credit" if side else "debit"].astype(np.int64), 0)
            accounts, place = np.unique(numbers, return_inverse=True)
            sums = np.zeros(len(accounts), np.int64)
            np.add.at(sums, place, amount)
            for account, fen in zip(accounts.tolist(), sums.tolist(), strict=True):
                debits, credits = moved.get(account, (0, 0))
                moved[account] = (debits, credits + fen) if side else (debits + fen, credits)

    def control(self) -> dict[int, int]:
        """Credits less debits of each control account."""
        found: dict[int, int] = {}
        for accounts in self.moved.values():
            for account, (debits, credits) in accounts.items():
                if account:
                    found[account] = found.get(account, 0) + credits - debits
        return found


class _Charges:
    """Which kinds of charges each batch makes, as the table of charges has to say it."""

    def __init__(self) -> None:
        self._payers: dict[int, int] = {}
        self._lines: set[tuple[int, int, int, int, int]] = set()

    def add(self, header: Any, rows: NDArray[np.void]) -> None:
        number, _, _, period, _, _, reverses, opens = header[:8]
        self._payers |= {account_number(name): payer for name in opens if (payer := payer_of(name)) is not None}
        if reverses is not None or not len(rows):
            return
        kinds = set(np.unique(charge_kinds(rows, self._payers)).tolist()) - {-1} if self._payers else set()
        first, last = int(rows["effective_from"].min()), int(rows["effective_from"].max())
        until = month_index(last) + int(rows["effective_months"].max()) - 1
        self._lines |= {(number, kind, month_index(first), until, period) for kind in kinds}

    def check(self, connection: Connection[Any], fund: str, number: int) -> None:
        stored = connection.execute(
            "select batch, kind, first_month, last_month, period from ledger.charge where fund = %s", (number,)
        )
        if set(stored) != self._lines:
            raise _differs(fund, "the business key, which says what each batch charges,")


def _with_rows(connection: Connection[Any], fund: int, headers: list[Any]) -> Iterator[tuple[Any, NDArray[np.void]]]:
    """Each header with its rows, read many batches at a time; every stored row is read, also one of no known batch."""
    start, lowest = 0, -(2**31)
    while start < len(headers) or start == 0:
        stop, lines = start, 0
        while stop < len(headers) and (stop == start or lines + (headers[stop][10] or 0) <= _ROWS_AT_ONCE):
            lines += headers[stop][10] or 0
            stop += 1
        highest = headers[stop - 1][0] if stop < len(headers) else 2**31 - 1
        rows = _placed_rows(connection, fund, lowest, highest)
        group = headers[start:stop]
        known = np.isin(rows["batch"], [header[0] for header in group])
        if not known.all():
            raise BookDiffers(
                f"There are rows of batch {rows['batch'][~known][0]}, which was never posted.",
                next_step="Stop posting to this fund and compare with the last backup.",
                number=int(rows["batch"][~known][0]), what="rows without a batch",
            )  # fmt: skip
        for header in group:
            first, end = np.searchsorted(rows["batch"], [header[0], header[0] + 1])
            yield header, rows[first:end]
        if stop >= len(headers):
            return
        start, lowest = stop, highest + 1


def _placed_rows(connection: Connection[Any], fund: int, lowest: int, highest: int) -> NDArray[np.void]:
    """Rows as raw values, thousands to a message: COPY would send a message for each row."""
    value = " || ".join(f"int{kind[1]}send({name})" for name, kind in _PLACED.items())
    query = f"""select string_agg({value}, ''::bytea order by line) from ledger.transfer
        where fund = {fund:d} and batch between {lowest:d} and {highest:d}
        group by batch, line / {_ROWS_A_MESSAGE} order by batch, line / {_ROWS_A_MESSAGE}"""
    with connection.cursor(binary=True) as cursor:
        data = b"".join(row[0] for row in cursor.execute(query))
    return np.frombuffer(data, dtype=[(name, f">{kind}") for name, kind in _PLACED.items()])


def _checked_link(fund: str, place: int, header: Any, placed: NDArray[np.void], link: bytes) -> bytes:
    number, key, on, period, decision, confirms, reverses, opens, floors, content, lines, amount, kept = header[:13]
    rows = empty_rows(len(placed))
    for name in COLUMNS:
        rows[name] = placed[name]
    accounts = tuple(Account(*terms) for terms in zip(opens, floors, strict=True))
    approves = FloorChange(*header[13:]) if header[13] is not None else None
    computed = content_hash(rows, fund, on, key, decision, confirms, reverses, accounts, approves)
    if number != place:
        raise refusals.book_differs(fund, place, key, "its number")
    if computed != bytes(content) or np.any(placed["period"] != period):
        raise refusals.book_differs(fund, number, key, "its content")
    if (lines, amount) != (len(rows), int(rows["amount"].sum(dtype=np.int64))):
        raise refusals.book_differs(fund, number, key, "its totals")
    computed = link_after(link, number=number, content=computed)
    if computed != bytes(kept):
        raise refusals.book_differs(fund, number, key, "its link")
    return computed


def _check_accounts(connection: Connection[Any], fund: str, number: int, opened: dict[int, Any]) -> None:
    stored = connection.execute("select number, name, floor, opened_by from ledger.account where fund = %s", (number,))
    if {account: terms for account, *terms in stored} != {account: list(terms) for account, terms in opened.items()}:
        raise _differs(fund, "an account, its name, its floor or the batch that opened it")


def _check_leaves(connection: Connection[Any], fund: str, number: int) -> None:
    """A large run must be known as one, and no other batch: a reversal looks for its rows there."""
    wrong = connection.execute(_WRONG_LEAVES, {"fund": number}).fetchone()
    if wrong:
        raise _differs(fund, "whether a batch has a table of its own", number=wrong[0])


def _check_balances(
    connection: Connection[Any], fund: str, number: int, control: dict[int, int], floors: dict[int, int | None]
) -> None:
    stored = connection.execute(
        """select c.account, c.posted, c.floor, c.reserved = coalesce(h.amount, 0) from ledger.control_balance c
           left join (select l.account, sum(l.amount) as amount from ledger.held l
               where l.fund = %(fund)s
                 and not exists (select from ledger.resolved r where r.fund = l.fund and r.key = l.key)
               group by l.account) h using (account) where c.fund = %(fund)s""",
        {"fund": number},
    ).fetchall()
    wrong = [
        account for account, posted, floor, rest in stored
        if (control.get(account, 0), floors.get(account)) != (posted, floor) or not rest
    ]  # fmt: skip
    if wrong or set(control) - {each[0] for each in stored}:
        raise _differs(fund, "a running balance, its floor or what is held on it")
    if wrong_snapshots(connection, number):
        raise _differs(fund, "a year-end snapshot")


def _differs(fund: str, what: str, *, number: int | None = None) -> BookDiffers:
    return BookDiffers(
        f"The book of {fund} is not as it was sealed: {what} differs.",
        next_step="Stop posting to this fund and compare with the last backup.",
        fund=fund, number=number, what=what,
    )  # fmt: skip
