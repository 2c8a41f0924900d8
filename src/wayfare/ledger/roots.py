"""One hash over all funds: the root of a day.

It binds the head of every fund's chain, how many batches stand behind it, and the holds that are open; and the root
before it. Printed, or handed to other funds, it vouches for every book at once: who rewrites a whole chain behind the
triggers, even its owner, cannot make the root that others hold.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from wayfare.ledger.chain import FIRST_LINK
from wayfare.ledger.errors import RootDiffers

__all__ = ["DailyRoot", "FundHead", "RecordsDigest", "holds_digest", "root_from_document"]


@dataclass(frozen=True, slots=True)
class FundHead:
    """Where a fund's book stands: its batches, the last link, the keys of its open holds and the digest over them."""

    fund: str
    batches: int
    head: bytes
    open_holds: tuple[str, ...]
    holds: bytes


@dataclass(frozen=True, slots=True)
class RecordsDigest:
    """Records of a fund that came since the root before: the table, from which row number to which, and their hash."""

    kind: str
    fund: str
    first: int
    last: int
    records: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class DailyRoot:
    """The root of a day over all funds, by name, chained to the one before (`FIRST_LINK` for the first).

    `records` is what money rests on beside the books: the office's records, benefits, bank statements, decisions.
    """

    day: date
    before: bytes
    heads: tuple[FundHead, ...]
    records: tuple[RecordsDigest, ...] = ()

    @property
    def root(self) -> bytes:
        """SHA-256 over the day, the root before, every fund in the order of names, and the records that came."""
        funds = [
            [each.fund, each.batches, each.head.hex(), list(each.open_holds), each.holds.hex()]
            for each in sorted(self.heads, key=lambda each: each.fund)
        ]
        records = [[r.kind, r.fund, r.first, r.last, r.records, r.digest.hex()] for r in self.records]
        said = [self.day.isoformat(), self.before.hex(), funds, *([sorted(records)] if records else [])]
        return sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).digest()

    def as_document(self) -> dict[str, Any]:
        """The root with all that it is made of, to be kept elsewhere."""
        return {
            "day": self.day.isoformat(), "root": self.root.hex(), "before": self.before.hex(),
            "funds": [
                {"fund": each.fund, "batches": each.batches, "head": each.head.hex(),
                 "open_holds": list(each.open_holds), "holds": each.holds.hex()}
                for each in self.heads
            ],
            "records": [
                {"kind": each.kind, "fund": each.fund, "first": each.first, "last": each.last, "records": each.records,
                 "digest": each.digest.hex()}
                for each in self.records
            ],
        }  # fmt: skip


def holds_digest(contents: Iterable[tuple[str, bytes]]) -> bytes:
    """SHA-256 over the keys and contents of open holds, by key; `FIRST_LINK` for none."""
    said = [[key, content.hex()] for key, content in sorted(contents)]
    return sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).digest() if said else FIRST_LINK


def root_from_document(document: Mapping[str, Any]) -> DailyRoot:
    """A root as it was kept elsewhere. Raises RootDiffers when its parts do not make the root that it states."""
    try:
        found = DailyRoot(
            date.fromisoformat(document["day"]), bytes.fromhex(document["before"]),
            tuple(
                FundHead(
                    each["fund"], int(each["batches"]), bytes.fromhex(each["head"]), tuple(each["open_holds"]),
                    bytes.fromhex(each["holds"]),
                )
                for each in document["funds"]
            ),
            tuple(
                RecordsDigest(
                    each["kind"], each["fund"], int(each["first"]), int(each["last"]), int(each["records"]),
                    bytes.fromhex(each["digest"]),
                )
                for each in document.get("records", ())
            ),
        )  # fmt: skip
        stated = bytes.fromhex(document["root"])
    except (KeyError, TypeError, ValueError) as error:
        raise RootDiffers(
            f"What was given is not a daily root: {error}.",
            next_step="Give the file that `wayfare fund root --json` printed, or the 64 digits of the root.",
        ) from error
    if found.root != stated:
        raise RootDiffers(
            f"The root of {found.day} that was given is not the one of the funds listed with it.",
            next_step="Get the file again from where it was kept; this copy was changed.",
        )
    return found
