"""The books of all funds told plainly, for the simulator to hold the real ones against.

Dictionaries of fen by fund and account; beside them used keys, holds, closed months, charges made. Nothing here comes
from wayfare: this file says again, in the fewest words, what must be so.
"""

from collections import defaultdict
from copy import deepcopy
from dataclasses import dataclass, field, replace

from simulation.deeds import Closing, Confirmation, Deed, Expiry, Holding, Posting, Release, month_of

KEY, UNKNOWN, OVERDRAWN, CLOSED = "WF-LED-003", "WF-LED-004", "WF-LED-005", "WF-LED-006"
NO_HOLD, RESOLVED, NOT_MET, REVERSAL = "WF-LED-008", "WF-LED-009", "WF-LED-010", "WF-LED-011"
TWICE, FLOOR, EXPIRED, NO_MOVE = "WF-LED-017", "WF-LED-018", "WF-LED-025", "WF-LED-026"
FLOORED = ("pooled_fund", "reserve", "account")


class Refused(Exception):
    """The deed is not done; the argument is the code of the refusal."""


def refuse(wrong: object, code: str) -> None:
    if wrong:
        raise Refused(code)


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
        until = (each for each in self.batches.values() if month_of(each.day) <= month)
        return dict.fromkeys(self.floors, 0) | moved(row for each in until for row in each.rows)

    def check_floor(self, account: str, balance: int, floor: int | None, code: str, but: str | None = None) -> None:
        refuse(floor is not None and balance - self.reserved(account, but) < floor, code)

    def check_open(self, key: str) -> None:
        refuse(key not in self.holds, NO_HOLD)
        refuse(key in self.ends, RESOLVED)

    def posting(self, batch: Posting) -> str:
        if batch.key in self.batches:
            refuse(self.batches[batch.key] != batch, KEY)
            return "same"
        refuse(month_of(batch.day) <= self.closed, CLOSED)
        original = self.batches.get(batch.reverses or "")
        refuse(batch.reverses and (not original or original.reverses or batch.reverses in self.taken_back()), REVERSAL)
        if batch.confirms:
            self.check_open(batch.confirms)
            refuse(self.holds[batch.confirms].is_over(batch.day), EXPIRED)
        floors = {name: 0 if name.split(":")[0] in FLOORED else None for name in batch.opens} | self.floors
        if batch.approves:
            name, floors[name] = batch.approves
            self.check_floor(name, self.balances[name], floors[name], FLOOR)
        changes = moved(batch.rows)
        refuse((changes.keys() | {row.member for row in batch.rows if row.member}) - floors.keys(), UNKNOWN)
        back = sorted((row.back for row in original.rows), key=repr) if original else ()
        refuse(original and back != sorted(batch.rows, key=repr), REVERSAL)
        for name, fen in self.holds[batch.confirms].amounts if batch.confirms else ():
            refuse(sum(row.fen for row in batch.rows if row.debit == name) != fen, NOT_MET)
        for name, change in changes.items():
            self.check_floor(name, self.balances[name] + change, floors[name], OVERDRAWN, batch.confirms)
        charges = charges_of(batch)
        refuse(len(charges) > len(set(charges) - self.charged()), TWICE)
        for name, change in changes.items():
            self.balances[name] += change
        self.floors, self.batches[batch.key] = floors, batch
        if batch.confirms:
            self.ends[batch.confirms] = "confirmed"
        return "new"

    def holding(self, hold: Holding) -> str:
        known = self.holds.get(hold.key)
        if known:
            refuse(known != (replace(hold, day=known.day) if hold.move else hold), KEY)
            return "same"
        refuse(any(name not in self.floors for name, _ in hold.amounts), UNKNOWN)
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

    def expiry(self, expiry: Expiry) -> str:
        past = {key for key, hold in self.holds.items() if hold.is_over(expiry.day)} - self.ends.keys()
        self.ends |= dict.fromkeys(past, "released")
        return "new" if past else "same"

    def closing(self, closing: Closing) -> str:
        before, self.closed = self.closed, max(self.closed, closing.through)
        return "new" if self.closed > before else "same"

    def taken_back(self) -> set[str | None]:
        return {each.reverses for each in self.batches.values()}

    def charged(self) -> set[tuple[str, int, str, str]]:
        back = self.taken_back()
        return {charge for key, each in self.batches.items() if key not in back for charge in charges_of(each)}


class Model:
    def __init__(self) -> None:
        self.funds: dict[str, Fund] = defaultdict(Fund)

    def do(self, deed: Deed) -> str:
        """`new`, `same` (it was done before and nothing changes), or the code of a refusal."""
        doer = self if isinstance(deed, Confirmation) else self.funds[deed.fund]
        try:
            return getattr(doer, type(deed).__name__.lower())(deed)
        except Refused as refusal:
            return str(refusal)

    def confirmation(self, deed: Confirmation) -> str:
        sender = self.funds[deed.fund]
        refuse(deed.key not in sender.holds, NO_HOLD)
        day, move = sender.batches.get(f"{deed.key}:sent", deed).day, sender.holds[deed.key].move
        refuse(move is None, NO_MOVE)
        deepcopy(sender).posting(move.leaving(day))  # what the sender would refuse comes first
        self.funds[move.receiver].posting(move.arriving(day))
        return sender.posting(move.leaving(day))


def charges_of(batch: Posting) -> list[tuple[str, int, str, str]]:
    due = (row for row in batch.rows if row.debit.startswith("contribution_clearing:") and row.member)
    return [(row.member, row.month, row.debit.split(":")[1], row.credit) for row in due if not batch.reverses]


def moved(rows: object) -> dict[str, int]:
    changes: dict[str, int] = defaultdict(int)
    for row in rows:
        changes[row.debit] -= row.fen
        changes[row.credit] += row.fen
    return changes
