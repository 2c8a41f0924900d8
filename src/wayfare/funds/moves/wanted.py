"""What an officer asks to be moved, as a move of the ledger: a pooled part, and a part of one member's account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from wayfare.funds.moves.errors import MoveDiffersFromDecision, MoveIncomplete
from wayfare.kernel import Money
from wayfare.ledger import Move, Part, member_account

__all__ = ["OWN", "POOLED", "Wanted", "move_of"]

POOLED: Final = "pooled_transfer"
OWN: Final = "account_transfer"
"""The values of pension.transfer that say what moves: the pooled part, and the own account's."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to move from `sender` to `receiver` under a key, on which ground.

    `pooled` and `own` are fen, None where the decision says them; the pooled part goes from pool to pool, the own part
    from the member's account to that with the receiver. `months` are counted from `since` (yyyymm).
    """

    key: str
    sender: str
    receiver: str
    ground: str
    since: int
    months: int = 1
    pooled: int | None = None
    own: int | None = None
    member: str | None = None


def move_of(wanted: Wanted, decided: Mapping[str, int] | None = None, person: str | None = None) -> Move:
    """The move that was asked for; `decided` are the amounts in fen that its decision about a person gives.

    Raises MoveDiffersFromDecision, MoveIncomplete, and what `Move` raises.
    """
    member = wanted.member or person
    if person is not None and member != person:
        raise MoveDiffersFromDecision(
            f"{wanted.ground} is a decision about {person}, the move about {member}.",
            next_step="Name the decision about this person, or leave the member out.",
        )
    account = member_account(member) if member else None
    parts = list[Part]()
    for name, asked, at in ((POOLED, wanted.pooled, "pooled_fund"), (OWN, wanted.own, account)):
        fen = _amount(wanted, name, asked, decided)
        if not fen:
            continue
        if at is None:
            raise MoveIncomplete(
                f"{wanted.key} moves {Money.fen(fen)} yuan of an own account and says not whose.",
                next_step="Name the member with --member.",
            )
        parts.append(Part(at, at, fen, wanted.since, wanted.months, account))
    if not parts:
        raise MoveIncomplete(
            f"{wanted.key} moves nothing.", next_step="Give --amount, --own with --member, or a decision that says it."
        )
    return Move(wanted.key, wanted.sender, wanted.receiver, tuple(parts), wanted.ground)


def _amount(wanted: Wanted, name: str, asked: int | None, decided: Mapping[str, int] | None) -> int:
    if decided is None:
        return asked or 0
    if asked is not None and asked != decided[name]:
        raise MoveDiffersFromDecision(
            f"{wanted.ground} gives {Money.fen(decided[name])} yuan as {name}, the move {Money.fen(asked)}.",
            next_step="Leave the amount out, then the decision's is moved, or decide again.",
        )
    return decided[name]
