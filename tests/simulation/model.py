"""The books of all funds told plainly, for the simulator to hold the real ones against.

Balances are dictionaries of fen by fund and account; beside them stand used keys, holds, closed months and the moves
between funds. Nothing here comes from wayfare: this file says again, in the fewest words, what must be so.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from simulation.deeds import Closing, Deed, Holding, Move, Posting, Release, month_of

KEY, UNKNOWN, OVERDRAWN, CLOSED = "WF-LED-003", "WF-LED-004", "WF-LED-005", "WF-LED-006"
NO_HOLD, RESOLVED, NOT_MET, REVERSAL = "WF-LED-008", "WF-LED-009", "WF-LED-010", "WF-LED-011"
TWICE, FLOOR, FLOORED = "WF-LED-017", "WF-LED-018", ("pooled_fund", "reserve", "account")


class Refused(Exception):
    """The deed is not done; the argument is the code of the refusal."""


@dataclass
class Fund:
    balances: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    floors: dict[str, int | None] = field(default_factory=dict)
    batches: dict[str, Posting] = field(default_factory=dict)
    holds: dict[str, Holding] = field(default_factory=dict)
    ends: dict[str, str] = field(default_factory=dict)
    closed: int = 0

    def reserved(self, account: str, but: str | None = None) -> int:
        still_open = (hold for key, hold in self.holds.items() if key not in self.ends and key != but)
        return sum(fen for hold in still_open for name, fen in hold.amounts if name == account)

    def balances_at(self, month: int) -> dict[str, int]:
        return dict.fromkeys(self.floors, 0) | moved(
            row for each in self.batches.values() if month_of(each.day) <= month for row in each.rows
        )

    def check_floor(self, account: str, balance: int, floor: int | None, code: str, but: str | None = None) -> None:
        if floor is not None and balance - self.reserved(account, but) < floor:
            raise Refused(code)

    def check_open(self, key: str) -> None:
        if key not in self.holds:
            raise Refused(NO_HOLD)
        if key in self.ends:
            raise Refused(RESOLVED)

    def post(self, batch: Posting) -> str:
        if batch.key in self.batches:
            return same_or_refused(self.batches[batch.key], batch)
        if month_of(batch.day) <= self.closed:
            raise Refused(CLOSED)
        original = self.batches.get(batch.reverses or "")
        if batch.reverses and (original is None or original.reverses or batch.reverses in self.taken_back()):
            raise Refused(REVERSAL)
        if batch.confirms:
            self.check_open(batch.confirms)
        floors = {name: 0 if name.split(":")[0] in FLOORED else None for name in batch.opens} | self.floors
        if batch.approves:
            name, floors[name] = batch.approves
            self.check_floor(name, self.balances[name], floors[name], FLOOR)
        changes = moved(batch.rows)
        if (changes.keys() | {row.member for row in batch.rows if row.member}) - floors.keys():
            raise Refused(UNKNOWN)
        if original and sorted((row.back for row in original.rows), key=repr) != sorted(batch.rows, key=repr):
            raise Refused(REVERSAL)
        for name, fen in self.holds[batch.confirms].amounts if batch.confirms else ():
            if sum(row.fen for row in batch.rows if row.debit == name) != fen:
                raise Refused(NOT_MET)
        for name, change in changes.items():
            self.check_floor(name, self.balances[name] + change, floors[name], OVERDRAWN, batch.confirms)
        charges = list(charges_of(batch))
        if len(charges) > len(set(charges) - self.charged()):
            raise Refused(TWICE)
        for name, change in changes.items():
            self.balances[name] += change
        self.floors, self.batches[batch.key] = floors, batch
        if batch.confirms:
            self.ends[batch.confirms] = "confirmed"
        return "new"

    def place(self, hold: Holding) -> str:
        if hold.key in self.holds:
            return same_or_refused(self.holds[hold.key], hold)
        if any(name not in self.floors for name, _ in hold.amounts):
            raise Refused(UNKNOWN)
        for name, fen in hold.amounts:
            self.check_floor(name, self.balances[name] - fen, self.floors[name], OVERDRAWN)
        self.holds[hold.key] = hold
        return "new"

    def release(self, release: Release) -> str:
        if self.ends.get(release.key) == "released":
            return "same"
        self.check_open(release.key)
        self.ends[release.key] = "released"
        return "new"

    def close(self, closing: Closing) -> str:
        before, self.closed = self.closed, max(self.closed, closing.through)
        return "new" if self.closed > before else "same"

    def taken_back(self) -> set[str | None]:
        return {each.reverses for each in self.batches.values()}

    def charged(self) -> set[tuple[str, int, str, str]]:
        back = self.taken_back()
        return {charge for key, each in self.batches.items() if key not in back for charge in charges_of(each)}


class Model:
    """Every fund there is, and how far each move is: held, left, arrived or ended."""

    def __init__(self) -> None:
        self.funds: dict[str, Fund] = defaultdict(Fund)
        self.moves: dict[str, tuple[Move, str]] = {}

    def do(self, deed: Deed) -> str:
        """`new`, `same` (it was done before and nothing changes), or the code of a refusal."""
        fund = self.funds[deed.fund]
        try:
            does = {Posting: fund.post, Holding: fund.place, Release: fund.release, Closing: fund.close}
            return does[type(deed)](deed)
        except Refused as refusal:
            return str(refusal)

    def on_the_road(self, sender: str, receiver: str) -> int:
        """What has left one fund for another and has not arrived."""
        pair = (move for move, state in self.moves.values() if state == "left")
        return sum(fen for move in pair if (move.sender, move.receiver) == (sender, receiver) for _, fen in move.parts)


def same_or_refused(first: object, again: object) -> str:
    if first != again:
        raise Refused(KEY)
    return "same"


def charges_of(batch: Posting) -> list[tuple[str, int, str, str]]:
    due = (row for row in batch.rows if row.debit.startswith("contribution_clearing:") and row.member)
    return [(row.member, row.month, row.debit.split(":")[1], row.credit) for row in due if not batch.reverses]


def moved(rows: object) -> dict[str, int]:
    changes: dict[str, int] = defaultdict(int)
    for row in rows:
        changes[row.debit] -= row.fen
        changes[row.credit] += row.fen
    return changes
