"""The daily roots in PostgreSQL: kept once a day, read back, and compared with the books.

A root lists where every fund stood; later the chain of each must still pass through that very link, and the holds that
were open must still say what they said, and so must the records that money rests on. The roots kept here are chained,
and one that was kept elsewhere finds also an owner who rewrote these.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

from wayfare.ledger.chain import FIRST_LINK
from wayfare.ledger.errors import RootDiffers
from wayfare.ledger.roots import DailyRoot, FundHead, RecordsDigest, holds_digest
from wayfare.storage.hold_verify import holds_of

__all__ = ["RootStore"]

_STANDING = """
    select f.fund, s.link from ledger.fund f left join ledger.sealed s on s.fund = f.fund and s.number = %s
    where f.name = %s
"""
_ADDED = """
    select r.kind, ledger.count_records(r.kind, max(r.last)) - sum(r.records)
    from ledger.daily_root_record r group by r.kind order by r.kind
"""


class RootStore:
    """The roots behind one connection, of a session that has the whole nation in view."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection

    def heads(self) -> tuple[FundHead, ...]:
        """Where every fund stands at this moment."""
        heads = []
        for fund, batches, head, keys, contents in self._connection.execute("select * from ledger.heads()"):
            holds = holds_digest(zip(keys, map(bytes, contents), strict=True))
            heads.append(FundHead(fund, batches, bytes(head), tuple(keys), holds))
        return tuple(heads)

    def keep(self, day: date) -> DailyRoot:
        """The root of a day: the one kept, else one made now of where the funds stand.

        Raises RootDiffers when a later day has a root already.
        """
        kept = self.kept(day)
        if kept:
            return kept
        last = self._connection.execute("select root from ledger.daily_root order by day desc limit 1").fetchone()
        records = tuple(map(_records, self._connection.execute("select * from ledger.new_records()").fetchall()))
        root = DailyRoot(day, bytes(last[0]) if last else FIRST_LINK, self.heads(), records)
        made = self._connection.execute(
            "select ledger.keep_root(%s, %s, %s, %s, %s::int[], %s::bytea[], %s::bytea[], %s)",
            (day, root.root, root.before, *_columns(root)),
        ).fetchone()
        if made and made[0]:
            names = ("kind", "fund", "first", "last", "records", "digest")
            self._connection.execute(
                "select ledger.keep_root_records(%s, %s, %s, %s::bigint[], %s::bigint[], %s::bigint[], %s::bytea[])",
                (day, *([getattr(each, name) for each in records] for name in names)),
            )
            return root
        if same := self.kept(day):  # made by another at this moment
            return same
        raise RootDiffers(
            f"No root of {day} was kept, and roots of that day or later are there by now.",
            next_step="Ask for the root of today, or of a day that has one.",
        )

    def kept(self, day: date) -> DailyRoot | None:
        """The root kept for a day, as its parts make it; None when there is none."""
        found = self._connection.execute("select before from ledger.daily_root where day = %s", (day,)).fetchone()
        if not found:
            return None
        funds = self._connection.execute(
            """select fund, batches, head, open_holds, holds from ledger.daily_root_fund where day = %s
               order by fund collate "C" """,
            (day,),
        ).fetchall()
        heads = tuple(FundHead(f, n, bytes(head), tuple(keys), bytes(holds)) for f, n, head, keys, holds in funds)
        records = self._connection.execute(
            """select kind, fund, first, last, records, digest from ledger.daily_root_record where day = %s
               order by kind collate "C", fund collate "C", first""",
            (day,),
        ).fetchall()
        return DailyRoot(day, bytes(found[0]), heads, tuple(map(_records, records)))

    def roots(self) -> list[tuple[date, bytes]]:
        """The days that have a root, with the root as it is stated. Raises RootDiffers when their chain is broken."""
        found = self._connection.execute("select day, root, before from ledger.daily_root order by day").fetchall()
        last = FIRST_LINK
        for day, root, before in found:
            kept = self.kept(day)
            if bytes(before) != last or kept is None or kept.root != bytes(root):
                raise RootDiffers(
                    f"The root kept for {day} is not made of the funds listed with it, or not chained to the last.",
                    next_step="Stop posting and compare with the roots kept elsewhere and with the last backup.",
                )
            last = bytes(root)
        return [(day, bytes(root)) for day, root, _ in found]

    def check(self, root: DailyRoot, fund: str | None = None) -> None:
        """Raise RootDiffers when a book or a record (of one fund, or any) is not as the root vouches for."""
        for head in root.heads:
            if fund is None or head.fund == fund:
                self._check(root, head)
        for each in root.records:
            if fund is None or each.fund in (fund, ""):
                self._check_records(root, each)

    def check_added(self) -> None:
        """Raise RootDiffers when a record was put among those that roots vouch for."""
        for kind, more in self._connection.execute(_ADDED).fetchall():
            if more:
                raise RootDiffers(
                    f"{kind} has {more} records more than the roots took in up to the last of them.",
                    next_step="Somebody put records there behind the functions. Compare with the last backup.",
                )

    def _check_records(self, root: DailyRoot, kept: RecordsDigest) -> None:
        found = self._connection.execute(
            "select %s, * from ledger.digest_records(%s, %s, %s, %s)",
            (kept.kind, kept.kind, kept.fund, kept.first - 1, kept.last),
        ).fetchall()
        if list(map(_records, found)) != [kept]:
            whose = f" of {kept.fund}" if kept.fund else ""
            raise RootDiffers(
                f"Records {kept.first} to {kept.last} of {kept.kind}{whose} are not what the root of {root.day}"
                " vouches for.",
                next_step="One of them was changed, added or removed. Compare them with the last backup.",
            )

    def _check(self, root: DailyRoot, head: FundHead) -> None:
        found = self._connection.execute(_STANDING, (head.batches, head.fund)).fetchone()
        number, link = found or (None, None)
        if number is None or bytes(link or FIRST_LINK) != head.head:
            raise RootDiffers(
                f"The chain of {head.fund} up to batch {head.batches} is not what the root of {root.day} vouches for.",
                next_step="Stop posting to this fund: its book was rewritten. Compare it with the last backup.",
            )
        held = holds_of(self._connection, head.fund, number, head.open_holds) if head.open_holds else {}
        if holds_digest((key, content or b"") for key, (content, _) in held.items()) != head.holds:
            raise RootDiffers(
                f"A hold of {head.fund} that was open on {root.day} is gone or says something else now.",
                next_step="Stop posting to this fund and compare its holds with the last backup.",
            )


def _records(row: tuple[Any, ...]) -> RecordsDigest:
    kind, fund, first, last, records, digest = row
    return RecordsDigest(kind, fund, first, last, records, bytes(digest))


def _columns(root: DailyRoot) -> tuple[Any, ...]:
    heads = root.heads
    return (
        [each.fund for each in heads], [each.batches for each in heads], [each.head for each in heads],
        [each.holds for each in heads], Jsonb([list(each.open_holds) for each in heads]),
    )  # fmt: skip
