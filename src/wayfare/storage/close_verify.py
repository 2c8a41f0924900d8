"""Whether what was kept with closes and with a year's interest follows from the rows of a fund's book.

A close states the trial balance of its month and the last link of the chain; whatever was posted after that link must
be dated in a later month. Interest states what its batch credited and what rounding left. None of it is in the chain,
so it is worked out again from the rows that are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import Connection

from wayfare.funds.reports.trial_balance import Movement
from wayfare.funds.year.checklist import rows_hash
from wayfare.kernel import Money
from wayfare.ledger import account_number
from wayfare.ledger.chain import FIRST_LINK
from wayfare.ledger.errors import BookDiffers

__all__ = ["Moved", "check_closes"]

Moved = Mapping[int, Mapping[int, tuple[int, int]]]
"""By month (yyyymm) and account, what was debited and credited in fen; all members' accounts together are number 0."""

_CLOSES = """
    select c.period, c.head, c.trial_balance, coalesce(array_agg(l.account) filter (where l.account is not null), '{}'),
        array_agg(l.opening), array_agg(l.debits), array_agg(l.credits)
    from ledger.period_close c left join ledger.period_close_line l using (fund, period)
    where c.fund = %s group by c.fund, c.period order by c.period
"""
_INTEREST = """
    select i.year, i.credited, i.residue, b.key,
        (select coalesce(sum(case when t.credit > 0 then t.amount when t.debit > 0 then -t.amount else 0 end), 0)
         from ledger.transfer t where t.fund = b.fund and t.period = b.period and t.batch = b.number),
        (select coalesce(sum(case %(rounding)s when t.credit then t.amount when t.debit then -t.amount else 0 end), 0)
         from ledger.transfer t where t.fund = b.fund and t.period = b.period and t.batch = b.number)
    from ledger.year_interest i join ledger.batch b on b.fund = i.fund and b.number = i.batch
    where i.fund = %(fund)s order by i.year
"""


def check_closes(
    connection: Connection[Any], fund: str, number: int, *, links: Sequence[bytes], months: Sequence[int],
    closed_through: int, moved: Moved,
) -> None:  # fmt: skip
    """Raise BookDiffers, naming the first close, batch or year that is not as the rows say.

    `links` and `months` (yyyymm) are those of the fund's batches in their order, `moved` what their rows moved.
    """
    last = 0
    standing = [FIRST_LINK, *links]
    for period, head, digest, *columns in connection.execute(_CLOSES, (number,)).fetchall():
        if bytes(head) not in standing:
            raise _differs(fund, f"the close of {_month(period)}: the link that it was made on")
        since = standing.index(bytes(head))
        late = next((place for place, month in enumerate(months[since:], since + 1) if month <= period), None)
        if late is not None:
            raise _differs(fund, f"the close of {_month(period)}: a batch was posted into it later", number=late)
        stated = {name: amounts for name, *amounts in zip(*columns, strict=True)} if columns[0] else {}
        kept = rows_hash(
            Movement(name, Money.fen(at), Money.fen(out), Money.fen(come)) for name, (at, out, come) in stated.items()
        )
        if kept != bytes(digest) or _moving(stated) != _until(period, moved):
            raise _differs(fund, f"the close of {_month(period)}: its trial balance")
        last = period
    if closed_through < last:
        raise _differs(fund, f"the close of {_month(last)}: the fund says that it is open")
    rounding = account_number("rounding")
    for year, *kept, key, credited, left in connection.execute(_INTEREST, {"fund": number, "rounding": rounding}):
        if (key, credited, left) != (f"interest:{year}", *kept):
            raise _differs(fund, f"the interest of {year}: what was credited, what rounding left or its batch")


def _moving(stated: Mapping[str, list[int]]) -> dict[int, tuple[int, ...]]:
    numbered = ((0 if name == "account" else account_number(name), amounts) for name, amounts in stated.items())
    return {account: tuple(amounts) for account, amounts in numbered if any(amounts)}


def _until(period: int, moved: Moved) -> dict[int, tuple[int, ...]]:
    """Opening, debits and credits of a month by account, of the accounts that have any."""
    found: dict[int, list[int]] = {}
    for month, accounts in moved.items():
        for account, (debits, credits) in accounts.items():
            amounts = found.setdefault(account, [0, 0, 0])
            if month < period:
                amounts[0] += credits - debits
            elif month == period:
                amounts[1] += debits
                amounts[2] += credits
    return {account: tuple(amounts) for account, amounts in found.items() if any(amounts)}


def _month(period: int) -> str:
    return f"{period // 100}-{period % 100:02}"


def _differs(fund: str, what: str, *, number: int | None = None) -> BookDiffers:
    return BookDiffers(
        f"The book of {fund} is not as it was closed: {what} differs.",
        next_step="Stop posting to this fund and compare with the last backup.",
        fund=fund, number=number, what=what,
    )  # fmt: skip
