"""The books of all funds in memory: the plain statement of what the stored books do.

`Books` posts sealed batches, places and releases holds, closes periods and answers balances, with the same refusals in
the same order as the store. It is the oracle that the store is tested against, and serves examples without a database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wayfare.kernel.money import Money
from wayfare.ledger import refusals
from wayfare.ledger.accounts import Account, account_number, check_fund
from wayfare.ledger.batch import Batch, SealedBatch
from wayfare.ledger.chain import FIRST_LINK, link_after
from wayfare.ledger.charges import charged_months, month_of_index, payer_of
from wayfare.ledger.errors import BookDiffers
from wayfare.ledger.floors import Approval, FloorChange
from wayfare.ledger.holds import CONFIRMED, OPEN, RELEASED, Hold
from wayfare.ledger.moves import Move

__all__ = ["Books", "Posted", "floor_batch", "mirror", "reversal"]


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a batch stands in its fund's book: its number, its link of the chain, and whether this call posted it."""

    number: int
    link: bytes
    fresh: bool


@dataclass
class _Fund:
    accounts: dict[int, Account] = field(default_factory=dict)
    balances: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    batches: list[SealedBatch] = field(default_factory=list)
    links: list[bytes] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    reversed_by: dict[str, str] = field(default_factory=dict)
    holds: dict[str, Hold] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    closed_through: int = 0
    floors: dict[int, int | None] = field(default_factory=dict)
    charged: dict[tuple[int, int, int], str] = field(default_factory=dict)

    def floor(self, account: int) -> int | None:
        """The floor in force: the last that was approved, else the one the account was opened with."""
        return self.floors.get(account, self.accounts[account].floor)

    def reserved(self, account: int, *, without: str | None = None) -> int:
        """What open holds set aside on an account."""
        return sum(
            amount
            for key, hold in self.holds.items()
            if self.states[key] == OPEN and key != without
            for name, amount in hold.amounts.items()
            if account_number(name) == account
        )


class Books:
    """The books of any number of funds. A method that raises has changed nothing."""

    def __init__(self) -> None:
        self._funds: dict[str, _Fund] = {}

    def post(self, batch: SealedBatch) -> Posted:
        """Post a sealed batch whole; the same batch again is answered with where it stands already.

        Raises KeyReused, PeriodClosed, ReversalRefused, UnknownHold, HoldResolved, HoldExpired, AccountDiffers,
        FloorRefused, UnknownAccount, HoldNotMet, Overdrawn and SecondCharge, in this order.
        """
        return self._checked(batch)()

    def _checked(self, batch: SealedBatch) -> Callable[[], Posted]:
        """What posts a batch that was found right; nothing is changed before it is called."""
        fund = self._funds.get(batch.fund) or _Fund()
        if batch.key in fund.numbers:
            repeat = self._repeat(fund, batch)
            return lambda: repeat
        if batch.period <= fund.closed_through:
            raise refusals.period_closed(batch.fund, batch.period, fund.closed_through)
        self._check_links(fund, batch)
        accounts = _accounts_after(fund, batch)
        after = replace(fund, accounts=accounts, floors=_floors_after(fund, batch, accounts))
        moved = _moved(batch)
        self._check_amounts(after, batch, moved)
        charges = _charges(after, batch)

        def write() -> Posted:
            self._funds[batch.fund] = fund
            fund.floors = after.floors
            fund.charged |= dict.fromkeys(charges, batch.key)
            return _write(fund, batch, accounts, moved)

        return write

    def approve_floor(self, fund: str, account: str, floor: int | None, approval: Approval) -> Posted:
        """Change the floor (fen) of a control account from the approval on; None lets it go negative without limit.

        Raises UnknownAccount, and FloorRefused when the account holds less.
        """
        return self.post(floor_batch(fund, account, floor, approval))

    def floors(self, fund: str) -> dict[str, Money]:
        """The floors in force of the accounts that have one, by name."""
        entry = self._fund(fund)
        found = {each.name: entry.floor(number) for number, each in sorted(entry.accounts.items())}
        return {name: Money.fen(floor) for name, floor in found.items() if floor is not None}

    def place(self, hold: Hold) -> bool:
        """Place a hold; True when this call placed it. Raises KeyReused, UnknownAccount and Overdrawn.

        The hold of a move is the same on whatever day it is placed again.
        """
        fund = self._funds.get(hold.fund) or _Fund()
        known = fund.holds.get(hold.key)
        if known:
            again = replace(hold, on=known.on) if hold.move else hold
            if known.content != again.content:
                raise refusals.key_reused(hold.fund, hold.key)
            return False
        for name in hold.names:
            if account_number(name) not in fund.accounts:
                raise refusals.unknown_account(hold.fund, name)
        for name, amount in sorted(hold.amounts.items()):
            number = account_number(name)
            _check_floor(hold.fund, fund, number, fund.balances[number] - amount, without=None)
        fund.holds[hold.key], fund.states[hold.key] = hold, OPEN
        return True

    def release(self, fund: str, key: str) -> bool:
        """Release a hold; False when it was released before. Raises UnknownHold, and HoldResolved once confirmed."""
        state = self.hold_state(fund, key)
        if state == CONFIRMED:
            raise refusals.hold_resolved(fund, key, state)
        self._funds[fund].states[key] = RELEASED
        return state == OPEN

    def prepare_move(self, move: Move, *, on: date, expires: date | None = None) -> bool:
        """Set the money of a move aside; True when this call did. Raises as `place` does."""
        return self.place(Hold.of(move, on=on, expires=expires))

    def confirm_move(self, sender: str, key: str, *, on: date) -> tuple[Posted, Posted]:
        """Carry a prepared move out on both sides or on none; again, on whatever day, changes nothing.

        Raises UnknownHold, NotAMove, and as `post` does for the sender's batch, then for the receiver's.
        """
        self.hold_state(sender, key)
        move = self._funds[sender].holds[key].move
        if move is None:
            raise refusals.not_a_move(sender, key)
        fund = self._funds[sender]
        number = fund.numbers.get(move.sent_key)
        if number and fund.batches[number - 1].confirms == key:
            on = fund.batches[number - 1].on
        left, arrived = self._checked(move.leaving(on=on)), self._checked(move.arriving(on=on))
        return left(), arrived()

    def expire_holds(self, fund: str, on: date) -> tuple[str, ...]:
        """Release the open holds of a fund that have expired by a day; their keys, in order."""
        entry = self._fund(fund)
        keys = sorted(key for key, hold in entry.holds.items() if entry.states[key] == OPEN and hold.expired(on))
        entry.states |= dict.fromkeys(keys, RELEASED)
        return tuple(keys)

    def hold_state(self, fund: str, key: str) -> str:
        """Whether a hold is open, confirmed or released. Raises UnknownHold."""
        state = self._fund(fund).states.get(key)
        if state is None:
            raise refusals.unknown_hold(fund, key)
        return state

    def close(self, fund: str, through: int) -> None:
        """Close the books of a fund up to and with a month (yyyymm); closed months stay closed."""
        check_fund(fund)
        entry = self._funds.setdefault(fund, _Fund())
        entry.closed_through = max(entry.closed_through, through)

    def balance(self, fund: str, account: str) -> Money:
        """What an account holds: credits less debits. Raises UnknownAccount."""
        return Money.fen(self._fund(fund).balances[self._number(fund, account)])

    def reserved(self, fund: str, account: str) -> Money:
        """What open holds set aside on an account. Raises UnknownAccount."""
        return Money.fen(self._fund(fund).reserved(self._number(fund, account)))

    def trial_balance(self, fund: str) -> dict[str, Money]:
        """Every account of the fund with its balance, by name; the balances add up to zero."""
        entry = self._fund(fund)
        return {each.name: Money.fen(entry.balances[number]) for number, each in sorted(entry.accounts.items())}

    def batches(self, fund: str) -> tuple[SealedBatch, ...]:
        """What was posted to a fund, in order."""
        return tuple(self._fund(fund).batches)

    def head(self, fund: str) -> bytes:
        """The last link of the fund's chain."""
        links = self._fund(fund).links
        return links[-1] if links else FIRST_LINK

    def funds(self) -> tuple[str, ...]:
        """The funds that have a book, by name."""
        return tuple(sorted(self._funds))

    def verify(self, fund: str) -> None:
        """Raise BookDiffers unless links and balances follow from the batches."""
        entry, link = self._fund(fund), FIRST_LINK
        balances: dict[int, int] = defaultdict(int)
        for number, (batch, kept) in enumerate(zip(entry.batches, entry.links, strict=True), start=1):
            link = link_after(link, number=number, content=batch.content)
            if link != kept:
                raise refusals.book_differs(fund, number, batch.key, "its link")
            for account, change in _moved(batch).items():
                balances[account] += change
        if any(entry.balances[account] != balances[account] for account in entry.accounts):
            raise BookDiffers(f"The balances of {fund} do not follow from its batches.", next_step="Rebuild them.")

    def _fund(self, fund: str) -> _Fund:
        check_fund(fund)
        return self._funds.get(fund) or _Fund()

    def _number(self, fund: str, account: str) -> int:
        number = account_number(account)
        if number not in self._fund(fund).accounts:
            raise refusals.unknown_account(fund, account)
        return number

    @staticmethod
    def _repeat(fund: _Fund, batch: SealedBatch) -> Posted:
        number = fund.numbers[batch.key]
        if fund.batches[number - 1].content != batch.content:
            raise refusals.key_reused(batch.fund, batch.key)
        return Posted(number, fund.links[number - 1], fresh=False)

    @staticmethod
    def _check_links(fund: _Fund, batch: SealedBatch) -> None:
        if batch.reverses is not None:
            number = fund.numbers.get(batch.reverses)
            original = fund.batches[number - 1] if number else None
            if original is None or original.reverses is not None or batch.reverses in fund.reversed_by:
                raise refusals.reversal_refused(batch.fund, batch.key, batch.reverses)
        if batch.confirms is not None:
            state = fund.states.get(batch.confirms)
            if state is None:
                raise refusals.unknown_hold(batch.fund, batch.confirms)
            if state != OPEN:
                raise refusals.hold_resolved(batch.fund, batch.confirms, state)
            if fund.holds[batch.confirms].expired(batch.on):
                raise refusals.hold_expired(batch.fund, batch.confirms)

    @staticmethod
    def _check_amounts(fund: _Fund, batch: SealedBatch, moved: dict[int, int]) -> None:
        named = set(moved) | {int(subject) for subject in batch.rows["subject"] if subject}
        for number in sorted(named - set(fund.accounts)):
            raise refusals.unknown_account(batch.fund, batch.names.get(number, str(number)))
        if batch.reverses is not None and not mirror(
            batch.rows, fund.batches[fund.numbers[batch.reverses] - 1].rows
        ):
            raise refusals.reversal_refused(batch.fund, batch.key, batch.reverses)
        if batch.confirms is not None:
            _check_met(fund.holds[batch.confirms], batch)
        for number in sorted(moved):
            _check_floor(batch.fund, fund, number, fund.balances[number] + moved[number], without=batch.confirms)


def reversal(original: SealedBatch, *, key: str, on: date, decision: str | None = None) -> SealedBatch:
    """The batch that takes another one back, row by row, under its own key and day."""
    batch = Batch(original.fund, on, key, decision=decision, reverses=original.key)
    rows = original.rows
    batch.move_columns(
        debit=rows["credit"], credit=rows["debit"], amount=rows["amount"], subject=rows["subject"],
        effective_from=rows["effective_from"], effective_months=rows["effective_months"],
    )  # fmt: skip
    return batch.seal()


def floor_batch(fund: str, account: str, floor: int | None, approval: Approval) -> SealedBatch:
    """The batch that changes the floor of an account, under the day and the document of its approval."""
    change = FloorChange(account, floor, approval.document, approval.by, approval.reason)
    return Batch(fund, approval.on, f"floor:{account}:{approval.document}", approves=change).seal()


def mirror(rows: NDArray[np.void], original: NDArray[np.void]) -> bool:
    """Whether the rows take the original rows back: the same moves the other way round, in any order."""
    same = ("amount", "subject", "effective_from", "effective_months")
    back = sorted(rows[["debit", "credit", *same]].tolist())
    return back == sorted(original[["credit", "debit", *same]].tolist())


def _accounts_after(fund: _Fund, batch: SealedBatch) -> dict[int, Account]:
    accounts = dict(fund.accounts)
    for account in batch.opens:
        if accounts.setdefault(account.number, account) != account:
            raise refusals.account_differs(batch.fund, account.name)
    return accounts


def _floors_after(fund: _Fund, batch: SealedBatch, accounts: dict[int, Account]) -> dict[int, int | None]:
    change = batch.approves
    if change is None:
        return fund.floors
    number = account_number(change.account)
    if number not in accounts:
        raise refusals.unknown_account(batch.fund, change.account)
    free = fund.balances[number] - fund.reserved(number, without=batch.confirms)
    if change.floor is not None and free < change.floor:
        raise refusals.floor_refused(batch.fund, change.account)
    return {**fund.floors, number: change.floor}


def _charges(fund: _Fund, batch: SealedBatch) -> set[tuple[int, int, int]]:
    """What the batch charges: member, month and kind. Raises SecondCharge for the first that was made before."""
    if batch.reverses is not None:
        return set()
    payers = {number: payer for number, each in fund.accounts.items() if (payer := payer_of(each.name)) is not None}
    charges: set[tuple[int, int, int]] = set()
    twice = []
    for charge in charged_months(batch.rows, payers):
        if charge in charges or charge in fund.charged:
            twice.append(charge)
        charges.add(charge)
    if twice:
        number, month, _ = min(twice)
        raise refusals.second_charge(batch.fund, fund.accounts[number].name, month_of_index(month))
    return charges


def _moved(batch: SealedBatch) -> dict[int, int]:
    moved: dict[int, int] = defaultdict(int)
    for debit, credit, amount in batch.rows[["debit", "credit", "amount"]].tolist():
        moved[debit] -= amount
        moved[credit] += amount
    return moved


def _check_met(hold: Hold, batch: SealedBatch) -> None:
    debits: dict[int, int] = defaultdict(int)
    for debit, amount in batch.rows[["debit", "amount"]].tolist():
        debits[debit] += amount
    for name, amount in sorted(hold.amounts.items()):
        if debits[account_number(name)] != amount:
            raise refusals.hold_not_met(batch.fund, hold.key, name)


def _check_floor(name: str, fund: _Fund, number: int, balance: int, *, without: str | None) -> None:
    floor = fund.floor(number)
    if floor is not None and balance - fund.reserved(number, without=without) < floor:
        raise refusals.overdrawn(name, fund.accounts[number].name)


def _write(fund: _Fund, batch: SealedBatch, accounts: dict[int, Account], moved: dict[int, int]) -> Posted:
    number = len(fund.batches) + 1
    link = link_after(fund.links[-1] if fund.links else FIRST_LINK, number=number, content=batch.content)
    fund.accounts = accounts
    for account, change in moved.items():
        fund.balances[account] += change
    fund.batches.append(batch)
    fund.links.append(link)
    fund.numbers[batch.key] = number
    if batch.reverses is not None:
        fund.reversed_by[batch.reverses] = batch.key
        fund.charged = {charge: key for charge, key in fund.charged.items() if key != batch.reverses}
    if batch.confirms is not None:
        fund.states[batch.confirms] = CONFIRMED
    return Posted(number, link, fresh=True)
