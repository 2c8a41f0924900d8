"""Random books of two funds: lawful batches of every kind that reports tell, posted in any order of days."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from funds.reports.small_fund import BANK, EMPLOYER, GUANGDONG, MEMBERS, SICHUAN, batch
from wayfare.ledger import Books, SealedBatch, reversal
from wayfare.ledger.errors import Overdrawn, SecondCharge

OUT, INTO = "in_transit_out:" + SICHUAN, "in_transit_in:" + GUANGDONG
KINDS = ("charge", "payment", "unknown", "match", "send", "receive", "pay", "paid", "interest", "back")

one_step = st.tuples(
    st.sampled_from(KINDS), st.integers(0, 700), st.integers(1, 50_000), st.sampled_from(MEMBERS), st.integers(0, 3)
)
steps = st.lists(one_step, min_size=1, max_size=25)


def batches_of(drawn: list[tuple], one: str = GUANGDONG, other: str = SICHUAN) -> list[SealedBatch]:
    """The batches that the books accept, in the order drawn, without what overdraws an account or charges twice."""
    books, out = Books(), list[SealedBatch]()
    for number, step in enumerate(drawn):
        sealed = _one(one, other, number, *step, out)
        if sealed is None or any((each.fund, each.key) == (sealed.fund, sealed.key) for each in out):
            continue
        try:
            books.post(sealed)
        except (Overdrawn, SecondCharge):
            continue
        out.append(sealed)
    return out


def _one(
    one: str, other: str, number: int, kind: str, days: int, fen: int, member: str, which: int, before: list
) -> SealedBatch | None:
    on = (date(2023, 1, 1) + timedelta(days=days)).isoformat()
    month = int(on[:4]) * 100 + int(on[5:7])
    own = f"account:{member}"
    match kind:
        case "charge":
            moves = [(EMPLOYER, "pooled_fund", 2 * fen, member, month), (EMPLOYER, own, fen, member, month)]
            return batch(one, on, f"contributions:{number}", *moves)
        case "payment":
            return batch(one, on, f"payment:B-{number}", (BANK, EMPLOYER, fen))
        case "unknown":
            return batch(one, on, f"payment:U-{which}-{number}", (BANK, "suspense", fen))
        case "match":
            return batch(one, on, f"match:U-{which}-{number - 1}", ("suspense", EMPLOYER, fen))
        case "send":
            return batch(one, on, f"relation:{number % 5}:sent", (own, f"in_transit_out:{other}", fen, member))
        case "receive":
            return batch(other, on, f"relation:{number % 5}:received", (f"in_transit_in:{one}", own, fen, member))
        case "pay":
            return batch(one, on, f"payroll:{number}", (own, "benefits_payable:pension", fen, member))
        case "paid":
            return batch(one, on, f"payroll-paid:{number}", ("benefits_payable:pension", BANK, fen))
        case "interest":
            return batch(one, on, f"interest:{number}", ("pooled_fund", own, fen, member))
    return _taken_back(number, on, which, before)


def _taken_back(number: int, on: str, which: int, before: list[SealedBatch]) -> SealedBatch | None:
    taken = {each.reverses for each in before}
    once = [each for each in before if each.reverses is None and each.key not in taken]
    free = [each for each in once if not each.key.startswith("relation")]
    return reversal(free[which % len(free)], key=f"back:{number}", on=date.fromisoformat(on)) if free else None
