"""The two times of an answer.

An answer rests on the law of a day and on the facts as they were known at a moment. Both are kept, so that it can be
replayed years later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from wayfare.kernel.errors import WayfareError

__all__ = ["AsOf", "AsOfRefused"]


class AsOfRefused(WayfareError):
    """An answer was asked for without a calendar day of the law, or without a moment that says its time zone."""

    code = "WF-KRN-010"


@dataclass(frozen=True, order=True, slots=True)
class AsOf:
    """The law of which day, and facts known when.

    `known` may be given in any zone and is held in UTC. Raises AsOfRefused for a moment without a zone.
    """

    law: date
    known: datetime

    def __post_init__(self) -> None:
        if not isinstance(self.law, date) or isinstance(self.law, datetime):
            raise AsOfRefused(f"The day of the law is {self.law!r}.", next_step="Give a calendar day.")
        if not isinstance(self.known, datetime) or self.known.utcoffset() is None:
            raise AsOfRefused(
                f"The facts are asked for as known at {self.known!r}, which has no time zone.",
                next_step="Give a moment with its zone, such as 2024-06-03T08:00:00+00:00.",
            )
        object.__setattr__(self, "known", self.known.astimezone(UTC))

    def as_document(self) -> dict[str, str]:
        return {"on": self.law.isoformat(), "known_at": self.known.isoformat()}
