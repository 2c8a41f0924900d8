"""Funds that pass relations on to each other by the protocol of settlement, with their books, until all has arrived."""

from __future__ import annotations

from datetime import date
from typing import Any

from wayfare.kernel.money import Money
from wayfare.ledger import Batch, Books
from wayfare.settlement import (
    PlaceHold,
    PostBatch,
    ReceivingStep,
    RelationMove,
    ReleaseHold,
    Send,
    accept,
    prepare,
    receiver_gets,
    sender_gets,
)  # fmt: skip

DAY, MEMBER = date(2024, 6, 30), "life"
ACCOUNTS = ("pooled_fund", f"account:{MEMBER}")


class Funds:
    """The funds of one person: those that pass something on, and the one that takes over."""

    def __init__(self, destination: str) -> None:
        self.books, self.receiver, self.senders = Books(), f"{destination}:employee_pension", []
        self.left = dict.fromkeys(ACCOUNTS, 0)

    def move(self, province: str, *, account: int, pooled: int) -> None:
        """Passes one relation on, from the form to the receipt."""
        sender, number = f"{province}:employee_pension", len(self.senders)
        before = self._paid_in(sender, number, account, pooled)
        move = RelationMove(
            f"relation:{number}", sender, self.receiver, MEMBER, Money.fen(pooled), Money.fen(account), 199801, 1
        )
        messages: list[Any] = []
        sending, receiving = self._done(prepare(move, on=DAY), messages), None
        while messages:
            message = messages.pop(0)
            if message.to_fund == sender:
                sending = self._done(sender_gets(sending, message, on=DAY), messages)
            else:
                receiving = self._done(receiver_gets(receiving, message, on=DAY), messages)
            if receiving and receiving.step is ReceivingStep.ASKED:
                receiving = self._done(accept(receiving), messages)
        self.senders.append(sender)
        for name in ACCOUNTS:
            self.left[name] += before[name] - self._balance(sender, name)

    def _paid_in(self, fund: str, number: int, account: int, pooled: int) -> dict[str, int]:
        paid = Batch(fund, DAY, f"paid:{number}")
        paid.open("outside:employers")
        for name, amount in zip(ACCOUNTS, (pooled, account), strict=True):
            paid.open(name)
            paid.move(debit="outside:employers", credit=name, amount=amount + 1)
        self.books.post(paid.seal())
        return {name: self._balance(fund, name) for name in ACCOUNTS}

    def _done(self, outcome: Any, messages: list[Any]) -> Any:
        side, effects = outcome
        for effect in effects:
            match effect:
                case PlaceHold(hold):
                    self.books.place(hold)
                case ReleaseHold(fund, key):
                    self.books.release(fund, key)
                case PostBatch(batch):
                    self.books.post(batch)
                case Send(message):
                    messages.append(message)
        return side

    def _balance(self, fund: str, account: str) -> int:
        found = self.books.trial_balance(fund)
        return self.books.balance(fund, account).amount_fen if account in found else 0

    @property
    def arrived(self) -> dict[str, int]:
        """What the fund that takes over holds of the pool and of the person's account."""
        return {name: self._balance(self.receiver, name) for name in ACCOUNTS}

    @property
    def under_way(self) -> int:
        """Fen between two funds that neither has."""
        books = self.books
        return sum(
            self._balance(fund, name)
            for fund in {*self.senders, self.receiver} for name in books.trial_balance(fund) if "in_transit" in name
        )  # fmt: skip
