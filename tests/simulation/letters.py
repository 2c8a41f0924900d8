"""Moves between funds over a post that loses letters, delivers them twice and in any order.

The two sides follow the protocol of `wayfare.settlement`; what a letter must do to the books is said here from the
model's view alone: money leaves once, when the acceptance finds it still held, and arrives once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from random import Random

from simulation.deeds import Deed, Holding, Move, Posting, Release
from simulation.desk import Task, answer
from simulation.office import Office
from wayfare.kernel.money import Money
from wayfare.settlement import (
    Kind,
    Message,
    PlaceHold,
    PostBatch,
    Receiving,
    RelationMove,
    ReleaseHold,
    Send,
    Sending,
    SendingStep,
    accept,
    prepare,
    receiver_gets,
    refuse,
    remind,
    sender_gets,
    withdraw,
)
from wayfare.storage.ledger_store import LedgerStore

__all__ = ["Letters", "TakeStep"]

TakeStep = Callable[[Sequence[Deed], Task], bool]
"""Carries out one side's step in one transaction and says whether it was done."""


@dataclass
class File:
    """One move, as each of the two funds has it on file."""

    move: Move
    sending: Sending
    receiving: Receiving | None = None


class Letters:
    """The files of all moves, how far each is (held, left, arrived or ended), and the letters under way."""

    def __init__(self, chance: Random, office: Office) -> None:
        self.chance, self.office = chance, office
        self.under_way: list[Message] = []
        self.files: dict[str, File] = {}
        self.states: dict[str, str] = {}

    def on_the_road(self, sender: str, receiver: str) -> int:
        """What has left one fund for another and has not arrived."""
        left = [file.move for name, file in self.files.items() if self.states[name] == "left"]
        return sum(fen for move in left if (move.sender, move.receiver) == (sender, receiver) for _, fen in move.parts)

    def begin(self, move: Move, take: TakeStep) -> None:
        """The sender sets the money aside and writes the information form; refused, there is no file."""
        today = self.office.today
        begun = partial(prepare, _relation(move), on=today, expires=move.expires)
        deeds = [Holding(move.sender, move.name, today, move.parts, move.expires)]
        side, _ = begun()
        if self._step(move, "new", "held", deeds, begun, take):
            self.files[move.name] = File(move, side)

    def deliver(self, take: TakeStep) -> None:
        """Some letter arrives; one whose step is refused stays under way, as when its month is closed."""
        letter = self.under_way.pop(self.chance.randrange(len(self.under_way)))
        if not self._arrives(letter, self.files[letter.move.relation], take):
            self.under_way.append(letter)

    def remind_or_withdraw(self, take: TakeStep) -> None:
        """A side sends its last letter again, or a sender takes its form back, because it is tired or the day came."""
        if not self.files:
            return
        file = self.files[self.chance.choice(sorted(self.files))]
        tired = self.chance.random() < 0.2
        if tired or self._is_over(file.move):
            self._withdraw(file, take)
        else:
            self._remind(file)

    def settle(self, take: TakeStep) -> None:
        """Nothing is lost any more: what has expired is withdrawn, and everyone reminds until every file is closed."""
        for _ in range(20):
            for file in self.files.values():
                if self.states[file.move.name] == "held" and self._is_over(file.move):
                    self._withdraw(file, take)
                self._remind(file, surely=True)
            if not self.under_way:
                return
            for _ in range(len(self.under_way)):
                self.deliver(take)

    def _is_over(self, move: Move) -> bool:
        """Whether the hold has expired today, or did on a day before the calendar went back."""
        past = move.expires is not None and move.expires <= self.office.today
        return past or self.office.model.funds[move.sender].ends.get(move.name) == "released"

    def _arrives(self, letter: Message, file: File, take: TakeStep) -> bool:
        if letter.to_fund == file.move.receiver and letter.kind in _TO_RECEIVER:
            return self._receiver(letter, file, take)
        return self._sender(letter, file, take)

    def _sender(self, letter: Message, file: File, take: TakeStep) -> bool:
        move, today = file.move, self.office.today
        gets = partial(sender_gets, file.sending, letter, on=today)
        deeds, before, after = self._of_sender(letter.kind, move)
        if self._step(move, before, after, deeds, gets, take):
            file.sending = gets()[0]
            return True
        if self._is_over(move):
            self._withdraw(file, take)
        return False

    def _of_sender(self, kind: Kind, move: Move) -> tuple[list[Deed], str, str]:
        """What an answer of the receiver does to the sender's book, while the money is held."""
        if kind is Kind.ACCEPTANCE:
            return [leaving(move, self.office.today)], "held", "left"
        if kind is Kind.REFUSAL:
            return [Release(move.sender, move.name)], "held", "ended"
        return [], "", ""

    def _receiver(self, letter: Message, file: File, take: TakeStep) -> bool:
        move, today = file.move, self.office.today
        gets = partial(receiver_gets, file.receiving, letter, on=today)
        deeds: list[Deed] = [arriving(move, self.office.today)] if letter.kind is Kind.REMITTANCE else []
        if not self._step(move, "left", "arrived", deeds, gets, take):
            return False
        file.receiving = gets()[0]
        if letter.kind is Kind.INFORMATION_FORM:
            says = partial(refuse, ground="art. 4") if self.chance.random() < 0.15 else accept
            file.receiving, effects = says(file.receiving)
            self._send(effects)
        return True

    def _withdraw(self, file: File, take: TakeStep) -> None:
        deeds = [Release(file.move.sender, file.move.name)]
        leaves = partial(withdraw, file.sending)
        if self._step(file.move, "held", "ended", deeds, leaves, take):
            file.sending = leaves()[0]

    def _remind(self, file: File, *, surely: bool = False) -> None:
        for side in (file.sending, file.receiving):
            done = side is None or (side is file.receiving and file.sending.step in _OVER)
            if not done:
                self._send(remind(side), surely=surely)

    def _step(
        self, move: Move, before: str, after: str, deeds: Sequence[Deed], side: Callable[[], tuple], take: TakeStep
    ) -> bool:
        """Take a step whose deeds are due only where the move is at `before`; then the letters it sends are posted."""
        due = list(deeds) if deeds and self.states.get(move.name, "new") == before else []
        if not take(due, lambda store: _effects_on(store, side()[1])):
            return False
        if due:
            self.states[move.name] = after
        self._send(side()[1])
        return True

    def _send(self, effects: Sequence[object], *, surely: bool = False) -> None:
        for effect in effects:
            if isinstance(effect, Send):
                copies = 1 if surely else self.chance.choices((0, 1, 2), (20, 65, 15))[0]
                self.under_way += [effect.message] * copies


_TO_RECEIVER = (Kind.INFORMATION_FORM, Kind.REMITTANCE, Kind.WITHDRAWAL)
_OVER = (SendingStep.SETTLED, SendingStep.REFUSED)


def leaving(move: Move, day: date) -> Posting:
    """The sender's batch of a move by letters, whose pooled part stands first."""
    batch = move.leaving(day)
    return replace(batch, rows=batch.rows[::-1])


def arriving(move: Move, day: date) -> Posting:
    """The receiver's batch of a move by letters, which opens the pool too."""
    batch = move.arriving(day)
    return replace(batch, rows=batch.rows[::-1], opens=(*batch.opens, "pooled_fund"))


def _relation(move: Move) -> RelationMove:
    pooled, account, member = Money.fen(move.pooled), Money.fen(move.account), move.member.partition(":")[2]
    return RelationMove(move.name, move.sender, move.receiver, member, pooled, account, move.month, 1)


def _effects_on(store: LedgerStore, effects: Sequence[object]) -> list[str]:
    """Carry out what the protocol asks of the books, and say how each was answered."""
    answers = []
    for effect in effects:
        match effect:
            case PlaceHold(hold):
                answers.append(answer(partial(store.place, hold)))
            case ReleaseHold(fund, key):
                answers.append(answer(partial(store.release, fund, key)))
            case PostBatch(batch):
                answers.append(answer(lambda batch=batch: store.post(batch).fresh))
    return answers
