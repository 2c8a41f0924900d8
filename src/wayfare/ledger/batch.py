"""A batch of transfers: what one decision, one month or one year does to one fund's book, whole or not at all.

`Batch` collects moves by name, or many at once as columns; `seal()` fixes their order and yields a `SealedBatch` with
its totals and its content hash. The rows are kept as the very bytes that PostgreSQL's binary COPY reads and writes, so
what is hashed, what is stored and what is read back for verification are the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wayfare.kernel.money import Money
from wayfare.ledger.accounts import Account, account_number, check_fund
from wayfare.ledger.errors import BatchEmpty, TransferWrong
from wayfare.ledger.floors import FloorChange

__all__ = [
    "COLUMNS",
    "Batch",
    "SealedBatch",
    "Transfer",
    "content_hash",
    "copy_layout",
    "empty_rows",
    "fen_of",
    "period_of",
    "rows_from_copy",
]

COLUMNS = {
    "line": "i4",
    "debit": "i8",
    "credit": "i8",
    "amount": "i8",
    "subject": "i8",
    "effective_from": "i4",
    "effective_months": "i2",
}
"""The stored columns of a row that the batch itself says, with their widths; fund, period and batch come on posting."""


def copy_layout(columns: Mapping[str, str]) -> np.dtype[np.void]:
    """How binary COPY lays out a row of integer columns: a count of fields, then each with its size before it."""
    sized = [part for name, kind in columns.items() for part in ((f"{name}_size", ">i4"), (name, f">{kind}"))]
    return np.dtype([("fields", ">i2"), *sized])


_ROW = copy_layout(COLUMNS)
_LARGEST = 2**62


@dataclass(frozen=True, slots=True)
class Transfer:
    """One move of money: an amount from `debit` to `credit`, for the months it belongs to.

    `member` is the individual account the move is about, also when the money itself goes to the pool.
    """

    debit: str
    credit: str
    amount: Money | int
    effective_from: int
    effective_months: int = 1
    member: str | None = None


@dataclass(frozen=True, eq=False)
class SealedBatch:
    """A batch whose rows, totals (rows and fen) and content hash are fixed; made by `Batch.seal`."""

    fund: str
    on: date
    key: str
    decision: str | None
    confirms: str | None
    reverses: str | None
    opens: tuple[Account, ...]
    rows: NDArray[np.void] = field(repr=False)
    names: dict[int, str] = field(repr=False)
    amount: int
    content: bytes
    approves: FloorChange | None = None

    @property
    def lines(self) -> int:
        """How many transfers it holds."""
        return len(self.rows)

    @property
    def period(self) -> int:
        """The month (yyyymm) it is booked in."""
        return period_of(self.on)

    def columns(self) -> dict[str, NDArray[Any]]:
        """The rows as columns of machine integers."""
        return {name: self.rows[name].astype(kind) for name, kind in COLUMNS.items()}


@dataclass
class Batch:
    """A batch being written. `key` makes a repeat harmless; it is unique in its fund.

    `decision` is the decision that asks for the money to move, `confirms` the key of a hold that this batch carries
    out, `reverses` the key of an earlier batch that this one takes back, `approves` a floor changed by it.
    """

    fund: str
    on: date
    key: str
    decision: str | None = None
    confirms: str | None = None
    reverses: str | None = None
    approves: FloorChange | None = None
    _opens: dict[str, Account] = field(default_factory=dict, init=False, repr=False)
    _moves: list[tuple[int, int, int, int, int, int]] = field(default_factory=list, init=False, repr=False)
    _chunks: list[NDArray[np.void]] = field(default_factory=list, init=False, repr=False)
    _names: dict[int, str] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        check_fund(self.fund)

    def open(self, account: str | Account) -> None:
        """See to it that an account is open from this batch on; harmless when it is open already on the same terms."""
        value = Account.named(account) if isinstance(account, str) else account
        self._opens[value.name] = value
        self._names[value.number] = value.name

    def move(
        self,
        *,
        debit: str,
        credit: str,
        amount: int | Money,
        effective_from: int | None = None,
        effective_months: int = 1,
        member: str | None = None,
    ) -> None:
        """Move an amount (Money or whole fen) from the account `debit` to the account `credit`.

        `effective_from` (yyyymm, the month of the batch unless told) and `effective_months` say which months it is
        for; `member` names the individual account it is about. Raises TransferWrong.
        """
        fen = fen_of(amount, what=f"{debit} to {credit}")
        numbers = account_number(debit), account_number(credit)
        subject = account_number(member) if member else max(*numbers, 0)
        self._names.update(zip(numbers, (debit, credit), strict=True))
        if member:
            self._names[subject] = member
        month = period_of(self.on) if effective_from is None else effective_from
        _check_one(debit, credit, numbers, subject, month, effective_months)
        self._moves.append((*numbers, fen, subject, month, effective_months))

    def transfer(self, transfer: Transfer) -> None:
        """Add a move given as a value."""
        self.move(
            debit=transfer.debit,
            credit=transfer.credit,
            amount=transfer.amount,
            effective_from=transfer.effective_from,
            effective_months=transfer.effective_months,
            member=transfer.member,
        )

    def move_columns(
        self,
        *,
        debit: ArrayLike,
        credit: ArrayLike,
        amount: NDArray[np.integer[Any]],
        subject: ArrayLike = 0,
        effective_from: ArrayLike | None = None,
        effective_months: ArrayLike = 1,
    ) -> None:
        """Add many moves at once, as columns of account numbers and fen; a single value stands for a whole column.

        `subject` is the number of the member's account a row is about; 0 stands for the member's account that the row
        touches, or none. Raises TransferWrong.
        """
        if not np.issubdtype(np.asarray(amount).dtype, np.integer):
            raise _wrong("The column of amounts is not of whole numbers.")
        months = period_of(self.on) if effective_from is None else effective_from
        if np.any(np.asarray(months) > 299912) or np.any(np.asarray(effective_months) > 1200):
            raise _wrong("A column of months is out of range.")
        rows = empty_rows(len(amount))
        rows["debit"], rows["credit"], rows["amount"] = debit, credit, amount
        touched = np.maximum(np.maximum(rows["debit"], rows["credit"]), 0)
        rows["subject"] = np.where(np.equal(subject, 0), touched, subject)
        rows["effective_from"], rows["effective_months"] = months, effective_months
        _check_columns(rows)
        self._chunks.append(rows)

    def seal(self) -> SealedBatch:
        """Fix the order of the rows (by member, else as written), the totals and the content hash.

        Raises BatchEmpty when nothing is moved, opened or approved.
        """
        rows = self._in_index_order()
        if not len(rows) and not self._opens and not self.approves:
            raise BatchEmpty(f"Batch {self.key} of {self.fund} holds nothing.", next_step="Add a move, or do not post.")
        opens = tuple(self._opens[name] for name in sorted(self._opens))
        content = content_hash(
            rows, self.fund, self.on, self.key, self.decision, self.confirms, self.reverses, opens, self.approves
        )
        amount = _total(rows)
        return SealedBatch(
            self.fund, self.on, self.key, self.decision, self.confirms, self.reverses, opens, rows, dict(self._names),
            amount, content, self.approves,
        )  # fmt: skip

    def _in_index_order(self) -> NDArray[np.void]:
        chunks = list(self._chunks)
        if self._moves:
            written = empty_rows(len(self._moves))
            columns = np.array(self._moves, dtype=np.int64).T
            for name, column in zip(list(COLUMNS)[1:], columns, strict=True):
                written[name] = column
            chunks.insert(0, written)
        # As bytes: joined as rows, each of their numbers would be turned round.
        rows = rows_from_copy(np.concatenate([np.zeros(0, np.uint8), *(each.view(np.uint8) for each in chunks)]))
        subject = rows["subject"].astype(np.int64)
        if np.any(subject[1:] < subject[:-1]):
            rows = rows[np.argsort(subject, kind="stable")]
        rows["line"] = np.arange(len(rows))
        rows.setflags(write=False)
        return rows


def fen_of(amount: Money | int, *, what: str) -> int:
    """A positive amount as whole fen. Raises TransferWrong, naming `what` it is of."""
    fen = amount.amount_fen if isinstance(amount, Money) else amount
    if type(fen) is not int or not 0 < fen < _LARGEST:
        raise _wrong(f"{what}: {amount} is not a positive whole number of fen.")
    return fen


def period_of(day: date) -> int:
    """The month of a day as yyyymm."""
    return day.year * 100 + day.month


def content_hash(
    rows: NDArray[np.void],
    fund: str,
    on: date,
    key: str,
    decision: str | None,
    confirms: str | None,
    reverses: str | None,
    opens: tuple[Account, ...],
    approves: FloorChange | None = None,
) -> bytes:
    """SHA-256 over everything a batch says: its header as canonical JSON, then the bytes of its rows."""
    said = [fund, on.isoformat(), key, decision, confirms, reverses, [[each.name, each.floor] for each in opens]]
    approved = [approves.terms()] if approves else []
    header = json.dumps([*said, *approved], ensure_ascii=False, separators=(",", ":")).encode()
    digest = sha256(len(header).to_bytes(8, "big") + header)
    digest.update(np.ascontiguousarray(rows).view(np.uint8).data if len(rows) else b"")
    return digest.digest()


def rows_from_copy(data: bytes | NDArray[np.uint8]) -> NDArray[np.void]:
    """The rows of a batch from the bytes of a binary COPY without its head and tail."""
    return np.frombuffer(data, dtype=_ROW)


def empty_rows(length: int, columns: Mapping[str, str] = COLUMNS) -> NDArray[np.void]:
    """So many rows in the layout of binary COPY, all of their values zero."""
    one = np.zeros(1, dtype=copy_layout(columns))
    one["fields"] = len(columns)
    for name, kind in columns.items():
        one[f"{name}_size"] = int(kind[1])
    return np.frombuffer(bytearray(one.tobytes()) * length, dtype=one.dtype)


def _check_one(
    debit: str, credit: str, numbers: tuple[int, int], subject: int, month: int, months: int
) -> None:
    if numbers[0] == numbers[1]:
        raise _wrong(f"{debit} is both debited and credited.")
    if subject < 0 or (max(numbers) > 0 and (min(numbers) > 0 or subject != max(numbers))):
        raise _wrong(f"{debit} to {credit}: a transfer is about one member's account at most.")
    if not (_is_month(month) and 1 <= months <= 1200):
        raise _wrong(f"{debit} to {credit}: {months} months from {month} is no range of months.")


def _total(rows: NDArray[np.void]) -> int:
    if rows["amount"].sum(dtype=np.float64) > _LARGEST:
        raise _wrong("The amounts of the batch add up to more than the books can count.")
    return int(rows["amount"].sum(dtype=np.int64))


def _is_month(month: int) -> bool:
    return 190001 <= month <= 299912 and 1 <= month % 100 <= 12


def _check_columns(rows: NDArray[np.void]) -> None:
    columns = ("debit", "credit", "amount", "subject", "effective_from", "effective_months")
    debit, credit, amount, subject, month, months = (rows[name].astype(np.int64) for name in columns)
    wrong = (
        (amount <= 0) | (amount >= _LARGEST) | (debit == credit) | (debit == 0) | (credit == 0) | (subject < 0)
        | ((debit > 0) & (credit > 0)) | ((np.maximum(debit, credit) > 0) & (subject != np.maximum(debit, credit)))
        | (month < 190001) | (month > 299912) | (month % 100 < 1) | (month % 100 > 12) | (months < 1) | (months > 1200)
    )  # fmt: skip
    if wrong.any():
        row = int(np.argmax(wrong))
        what = f"{debit[row]} to {credit[row]}, {amount[row]} fen, {months[row]} months from {month[row]}"
        raise _wrong(f"Row {row} is wrong: {what}.")


def _wrong(found: str) -> TransferWrong:
    return TransferWrong(
        found, next_step="Give whole fen above zero, two different accounts, one member at most, and real months."
    )
