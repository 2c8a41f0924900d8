"""Verification of the holds of a fund's stored book, which lie outside its chain of batches.

What each hold says is hashed again from its lines and compared with the hash that was kept; each confirmation is met
with the batch that names it, which the chain holds. What is reserved follows from the open holds and is compared with
the running balances; which holds were open on a day is kept with the root of that day.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from psycopg import Connection

from wayfare.kernel.errors import WayfareError
from wayfare.ledger import Hold, Move, Part
from wayfare.ledger.errors import BookDiffers

__all__ = ["check_holds", "holds_of"]

_HOLDS = """
    select h.key, h.placed_on, h.expires, h.content, h.receiver, h.decision, a.name, l.amount, l.arrives, m.name,
           l.effective_from, l.effective_months
    from ledger.hold h left join ledger.held l using (fund, key)
    left join ledger.account a on a.fund = h.fund and a.number = l.account
    left join ledger.account m on m.fund = h.fund and m.number = l.member
    where h.fund = %(fund)s and (%(keys)s::text[] is null or h.key = any (%(keys)s)) order by h.key, l.line, l.account
"""
_WRONG_ENDS = """
    select coalesce(e.key, b.confirms) from
        (select * from ledger.hold_end where fund = %(fund)s and state = 'confirmed') e
        full join (select * from ledger.batch where fund = %(fund)s and confirms is not null and link is null) b
            on b.number = e.batch and b.confirms = e.key
    where e.key is null or b.confirms is null
    union all select r.key from ledger.resolved r where r.fund = %(fund)s
        and not exists (select from ledger.hold h where h.fund = r.fund and h.key = r.key)
    union all select e.key from ledger.hold_end e join ledger.batch b on b.fund = e.fund and b.confirms = e.key
        where e.fund = %(fund)s and b.number is distinct from e.batch
    limit 1
"""
_STRAY_LINES = """
    select l.key from ledger.hold_line l where l.fund = %(fund)s
        and not exists (select from ledger.hold h where h.fund = l.fund and h.key = l.key)
    limit 1
"""


def check_holds(connection: Connection[Any], fund: str, number: int) -> None:
    """Raise BookDiffers, naming the first hold that is not as it was placed or did not end as it is said to have."""
    for key, (content, kept) in holds_of(connection, fund, number).items():
        if content != kept:
            raise _differs(fund, key, "an amount, a day or where it goes")
    for query, what in (
        (_STRAY_LINES, "an amount of a hold that is not there"),
        (_WRONG_ENDS, "how it ended"),
    ):
        wrong = connection.execute(query, {"fund": number}).fetchone()
        if wrong:
            raise _differs(fund, wrong[0], what)


def holds_of(
    connection: Connection[Any], fund: str, number: int, keys: tuple[str, ...] | None = None
) -> dict[str, tuple[bytes | None, bytes]]:
    """By key, the content of holds worked out from their lines (None when they say nothing whole), and as kept."""
    found = connection.execute(_HOLDS, {"fund": number, "keys": None if keys is None else list(keys)})
    return {
        key: (_content(fund, list(lines)), kept)
        for (key, kept), lines in groupby(found, key=lambda line: (line[0], bytes(line[3])))
    }


def _content(fund: str, lines: list[Any]) -> bytes | None:
    key, on, expires, _, receiver, decision = lines[0][:6]
    try:
        if receiver is None:
            return Hold(fund, key, on, {line[6]: line[7] for line in lines}, expires).content
        parts = tuple(Part(line[6], line[8], line[7], line[10], line[11], line[9]) for line in lines)
        return Hold.of(Move(key, fund, receiver, parts, decision), on=on, expires=expires).content
    except (WayfareError, TypeError, AttributeError):
        return None


def _differs(fund: str, key: str, what: str) -> BookDiffers:
    return BookDiffers(
        f"Hold {key} of {fund} is not as it was placed: {what} differs.",
        next_step="Stop posting to this fund and compare with the last backup.",
        fund=fund, key=key, what=f"hold: {what}",
    )  # fmt: skip
