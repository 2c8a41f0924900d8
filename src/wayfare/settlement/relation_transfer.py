"""Moving one pension relation, with its money, from one fund to another in two phases.

The sending fund sets the money aside and sends the information form; the receiving fund accepts or refuses; on
acceptance the money leaves and is in transit; the receiving fund books it and sends a receipt. Each side is a value
with a step, each function returns the next one with effects that the application carries out in one transaction.
Messages may be lost, repeated or late: a step is taken once, and `remind` gives the message to send again. Funds whose
books are in one database can move without letters: `wayfare.ledger.Move`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from wayfare.kernel.money import Money
from wayfare.ledger import Batch, Hold, SealedBatch, check_fund, member_account, transit_in, transit_out
from wayfare.ledger.batch import fen_of
from wayfare.settlement.errors import MoveDiffers, OutOfTurn

__all__ = [
    "Effect",
    "Kind",
    "Message",
    "PlaceHold",
    "PostBatch",
    "Receiving",
    "ReceivingStep",
    "RelationMove",
    "ReleaseHold",
    "Send",
    "Sending",
    "SendingStep",
    "accept",
    "prepare",
    "receiver_gets",
    "refuse",
    "remind",
    "sender_gets",
    "withdraw",
]


@dataclass(frozen=True, slots=True)
class RelationMove:
    """What moves: one member's relation with its pooled part and account part, and the months they are for.

    `relation` names the move and is the root of its keys in both books (`relation:W-104:1`); a part may be zero.
    """

    relation: str
    sender: str
    receiver: str
    member: str
    pooled: Money
    account: Money
    effective_from: int
    effective_months: int
    decision: str | None = None

    def __post_init__(self) -> None:
        check_fund(self.sender)
        check_fund(self.receiver)
        for amount, what in ((self.pooled, "pooled part"), (self.account, "account part")):
            if amount != Money.ZERO:
                fen_of(amount, what=what)

    @property
    def parts(self) -> dict[str, Money]:
        """The parts that are not zero, by the account they leave and arrive at."""
        parts = {"pooled_fund": self.pooled, member_account(self.member): self.account}
        return {name: amount for name, amount in parts.items() if amount != Money.ZERO}


class Kind(Enum):
    """The papers that go between the two funds."""

    INFORMATION_FORM = "information_form"
    ACCEPTANCE = "acceptance"
    REFUSAL = "refusal"
    REMITTANCE = "remittance"
    RECEIPT = "receipt"
    WITHDRAWAL = "withdrawal"


class SendingStep(Enum):
    """How far the sending fund is; the last three are ends."""

    PREPARED = "prepared"
    SENT = "sent"
    SETTLED = "settled"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ReceivingStep(Enum):
    """How far the receiving fund is; the last three are ends."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    RECEIVED = "received"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Message:
    """A paper about a move; a refusal gives its ground."""

    kind: Kind
    move: RelationMove
    ground: str | None = None

    @property
    def to_fund(self) -> str:
        """The fund it is for."""
        from_sender = self.kind in (Kind.INFORMATION_FORM, Kind.REMITTANCE, Kind.WITHDRAWAL)
        return self.move.receiver if from_sender else self.move.sender


@dataclass(frozen=True, slots=True)
class PlaceHold:
    """Place this hold in the sender's book."""

    hold: Hold


@dataclass(frozen=True, slots=True)
class ReleaseHold:
    """Release this hold."""

    fund: str
    key: str


@dataclass(frozen=True, slots=True)
class PostBatch:
    """Post this batch."""

    batch: SealedBatch


@dataclass(frozen=True, slots=True)
class Send:
    """Send this message, once the transaction has committed."""

    message: Message


Effect = PlaceHold | ReleaseHold | PostBatch | Send


@dataclass(frozen=True, slots=True)
class Sending:
    """The sending fund's side of a move."""

    move: RelationMove
    step: SendingStep


@dataclass(frozen=True, slots=True)
class Receiving:
    """The receiving fund's side of a move; `ground` is why it refused."""

    move: RelationMove
    step: ReceivingStep
    ground: str | None = None


Sent = tuple[Sending, tuple[Effect, ...]]
Received = tuple[Receiving, tuple[Effect, ...]]

_REMINDERS: dict[SendingStep | ReceivingStep, Kind] = {
    SendingStep.PREPARED: Kind.INFORMATION_FORM,
    SendingStep.SENT: Kind.REMITTANCE,
    SendingStep.WITHDRAWN: Kind.WITHDRAWAL,
    ReceivingStep.ACCEPTED: Kind.ACCEPTANCE,
    ReceivingStep.RECEIVED: Kind.RECEIPT,
    ReceivingStep.REFUSED: Kind.REFUSAL,
}


def prepare(move: RelationMove, *, on: date, expires: date | None = None) -> Sent:
    """The sending fund sets both parts aside and sends the information form."""
    hold = (PlaceHold(Hold(move.sender, move.relation, on, move.parts, expires)),) if move.parts else ()
    sending = Sending(move, SendingStep.PREPARED)
    return sending, (*hold, *remind(sending))


def withdraw(sending: Sending) -> Sent:
    """The sending fund takes the form back, as long as no acceptance has arrived; after that nothing changes."""
    if sending.step is not SendingStep.PREPARED:
        return sending, ()
    return _ended(sending, SendingStep.WITHDRAWN)


def accept(receiving: Receiving) -> Received:
    """The receiving fund agrees to take the relation; asked again, it gives its answer again."""
    return _answer(receiving, replace(receiving, step=ReceivingStep.ACCEPTED))


def refuse(receiving: Receiving, *, ground: str) -> Received:
    """The receiving fund refuses, with its ground; asked again, it gives its first answer again."""
    return _answer(receiving, replace(receiving, step=ReceivingStep.REFUSED, ground=ground))


def sender_gets(sending: Sending, message: Message, *, on: date) -> Sent:
    """A message arrives at the sending fund on a day. Raises MoveDiffers and OutOfTurn."""
    _check_same(sending.move, message.move)
    match sending.step, message.kind:
        case SendingStep.PREPARED, Kind.ACCEPTANCE:
            sent = replace(sending, step=SendingStep.SENT)
            batches = (PostBatch(_leaving(sending.move, on)),) if sending.move.parts else ()
            return sent, (*batches, *remind(sent))
        case SendingStep.PREPARED, Kind.REFUSAL:
            return _ended(sending, SendingStep.REFUSED)
        case SendingStep.SENT, Kind.RECEIPT:
            return replace(sending, step=SendingStep.SETTLED), ()
        case (SendingStep.SENT | SendingStep.WITHDRAWN), Kind.ACCEPTANCE:
            return sending, remind(sending)
        case (SendingStep.SETTLED, Kind.ACCEPTANCE | Kind.RECEIPT) | (
            SendingStep.REFUSED | SendingStep.WITHDRAWN,
            Kind.REFUSAL,
        ):
            return sending, ()
    raise _out_of_turn(sending, message)


def receiver_gets(receiving: Receiving | None, message: Message, *, on: date) -> Received:
    """A message arrives at the receiving fund on a day; None when it is the first. Raises MoveDiffers and OutOfTurn."""
    if receiving is None:
        steps = {Kind.INFORMATION_FORM: ReceivingStep.ASKED, Kind.WITHDRAWAL: ReceivingStep.WITHDRAWN}
        if message.kind not in steps:
            raise _out_of_turn(receiving, message)
        return Receiving(message.move, steps[message.kind]), ()
    _check_same(receiving.move, message.move)
    match receiving.step, message.kind:
        case ReceivingStep.ACCEPTED, Kind.REMITTANCE:
            received = replace(receiving, step=ReceivingStep.RECEIVED)
            return received, (PostBatch(_arriving(receiving.move, on)), *remind(received))
        case (ReceivingStep.ASKED | ReceivingStep.ACCEPTED), Kind.WITHDRAWAL:
            return replace(receiving, step=ReceivingStep.WITHDRAWN), ()
        case (_, Kind.INFORMATION_FORM) | (ReceivingStep.RECEIVED, Kind.REMITTANCE):
            return receiving, remind(receiving)
        case (ReceivingStep.REFUSED | ReceivingStep.WITHDRAWN), Kind.WITHDRAWAL:
            return receiving, ()
    raise _out_of_turn(receiving, message)


def remind(side: Sending | Receiving) -> tuple[Send, ...]:
    """The message that this side waits to have answered or has given as its answer, to be sent (again)."""
    kind = _REMINDERS.get(side.step)
    ground = side.ground if isinstance(side, Receiving) else None
    return (Send(Message(kind, side.move, ground)),) if kind else ()


def _answer(before: Receiving, after: Receiving) -> Received:
    side = after if before.step is ReceivingStep.ASKED else before
    return side, remind(side)


def _ended(sending: Sending, step: SendingStep) -> Sent:
    ended = replace(sending, step=step)
    release = (ReleaseHold(sending.move.sender, sending.move.relation),) if sending.move.parts else ()
    return ended, (*release, *remind(ended))


def _leaving(move: RelationMove, on: date) -> SealedBatch:
    transit = transit_out(move.receiver)
    batch = Batch(move.sender, on, f"{move.relation}:sent", decision=move.decision, confirms=move.relation)
    batch.open(transit)
    for account, amount in move.parts.items():
        _part(batch, move, debit=account, credit=transit, amount=amount)
    return batch.seal()


def _arriving(move: RelationMove, on: date) -> SealedBatch:
    transit = transit_in(move.sender)
    batch = Batch(move.receiver, on, f"{move.relation}:received", decision=move.decision)
    for account in (transit, "pooled_fund", member_account(move.member)):
        batch.open(account)
    for account, amount in move.parts.items():
        _part(batch, move, debit=transit, credit=account, amount=amount)
    return batch.seal()


def _part(batch: Batch, move: RelationMove, *, debit: str, credit: str, amount: Money) -> None:
    batch.move(
        debit=debit, credit=credit, amount=amount, member=member_account(move.member),
        effective_from=move.effective_from, effective_months=move.effective_months,
    )  # fmt: skip


def _check_same(held: RelationMove, told: RelationMove) -> None:
    if held != told:
        raise MoveDiffers(
            f"A message about {told.relation} states another move than the one on file.",
            next_step="Compare funds, amounts and months with the information form, and ask the other fund.",
        )


def _out_of_turn(side: Sending | Receiving | None, message: Message) -> OutOfTurn:
    step = side.step.value if side else "without a form"
    return OutOfTurn(
        f"{message.kind.value} for {message.move.relation} arrived at a fund that is {step}.",
        next_step="Nothing was booked. Ask the other fund what it holds, and settle it by hand.",
    )
