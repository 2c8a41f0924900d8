"""What a fund's stored book says for a year's interest, read as columns, and the keeping of what was credited.

Sums by member come from one reading of the year's rows; only members whom money left, or for whom something came late,
are read row by row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection

from wayfare.funds.year import AccountYear, Kind, Movements, YearInterest
from wayfare.funds.year.rates import WEIGHTS
from wayfare.ledger import check_fund
from wayfare.storage.snapshot_verify import ADDING_UP

__all__ = ["FundYears", "YearStore"]

Ints = NDArray[np.int64]

_STRINGS: Final = 16  # a power of two; a string holds at most a gigabyte
_MONEY: Final = "^(in_transit|claims|benefits_payable|payable|receivable|recovery|bank|prepaid|suspense|reserve)"
_TAKEN_OVER: Final = "^in_transit(_in)?:"
_WALKED, _WALKED_WHOLE = 1, 2
_SUMS: Final = {"account": "i8", "credited": "i8", "product": "i8", "way": "i2"}
_STANDING: Final = {"account": "i8", "balance": "i8", "latest": "i4"}
_ROWS: Final = {
    "account": "i8", "other": "i8", "period": "i4", "batch": "i4", "amount": "i8", "month": "i4", "months": "i2",
}  # fmt: skip
_PENSIONS: Final = "^benefits_payable:pension$"
_SIGNED: Final = "case when credit > 0 then amount else -amount end"


@dataclass(frozen=True)
class FundYears:
    """A fund's book as far as a year-end needs it: its number, its closed months, and what earlier years left.

    `interest` has the batch number and period by year, `rates` the basis points it was credited at; `recorded` are
    opening balances, `reversals` name the batch that each takes back with its period; `first_period` is the month of
    the first batch that moved money and is no opening balance.
    """

    number: int
    closed_through: int
    interest: Mapping[int, tuple[int, int]]
    rates: Mapping[int, int]
    recorded: frozenset[int]
    reversals: Mapping[int, tuple[int, int]]
    first_period: int | None


class YearStore:
    """Year-ends of the funds behind one connection."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection

    def years(self, fund: str) -> FundYears | None:
        """What a fund's book says of its years; None where the fund has no book in view."""
        check_fund(fund)
        found = self._rows("select fund_number, closed_through from ledger.book where fund = %s", fund)
        if not found:
            return None
        number, closed_through = found[0]
        keyed = self._rows(
            """select key, number, period from ledger.batch
               where fund = %s and key ~ '^(interest:[0-9]{4}|opening(:.*)?)$'""",
            number,
        )
        back = self._rows(
            """select b.number, o.number, o.period from ledger.batch b
               join ledger.batch o on o.fund = b.fund and o.key = b.reverses where b.fund = %s""",
            number,
        )
        recorded = frozenset(batch for key, batch, _ in keyed if key.startswith("opening"))
        first = self._rows(
            """select min(b.period) from ledger.batch b join ledger.sealed s using (fund, number)
               where b.fund = %s and s.lines > 0 and b.number <> all(%s)""",
            number, list(recorded),
        )  # fmt: skip
        return FundYears(
            number, closed_through,
            {int(key[-4:]): (batch, period) for key, batch, period in keyed if key.startswith("interest:")},
            dict(self._rows("select year, rate from ledger.year_interest where fund = %s", number)),
            recorded, {batch: (original, period) for batch, original, period in back}, first[0][0],
        )  # fmt: skip

    def accounts_of(self, book: FundYears, year: int, *, credits_earn: bool) -> tuple[AccountYear, list[Movements]]:
        """The members' accounts in a year: those that only paid in as sums, the others row by row.

        `credits_earn`: whether the month of a credit matters.
        """
        sums, standing = self._sums(book, year, credits_earn), self._standing(book, year)
        account = _distinct(sums["account"], standing["account"])
        start, credited, product, way = (np.zeros(len(account), np.int64) for _ in range(4))
        place = np.searchsorted(account, sums["account"])
        credited[place], product[place], way[place] = sums["credited"], sums["product"], sums["way"]
        place = np.searchsorted(account, standing["account"])
        start[place] = standing["balance"]
        way[place] = np.maximum(way[place], np.where(standing["latest"] > _december(year - 1), _WALKED_WHOLE, 0))
        way[np.searchsorted(account, self._late(book, year))] = _WALKED_WHOLE
        within, whole = way == _WALKED, way == _WALKED_WHOLE
        walked = [
            self._movements(book, year, account[within], start[within], since=year),
            self._movements(book, year, account[whole], np.zeros(whole.sum(), np.int64), since=0),
        ]
        before = self._interest_since(book, year)
        start[np.searchsorted(account, before["account"])] += before["balance"]
        plain = way == 0
        return (
            AccountYear(account[plain], start[plain], credited[plain], product[plain]),
            [each for each in walked if len(each.account)],
        )

    def has_run(self, book: FundYears, period: int) -> bool:
        """Whether contributions of a month (yyyymm) were booked by a monthly run."""
        key = f"contributions:{period // 100}-{period % 100:02}"
        found = self._rows("select exists (select from ledger.batch where fund = %s and key = %s)", book.number, key)
        return bool(found[0][0])

    def keep(self, fund: str, interest: YearInterest) -> None:
        """Keep at which rate a year was credited, once its batch is posted; again changes nothing."""
        rate = interest.rate
        self._connection.execute(
            "select ledger.keep_interest(%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (fund, rate.year, rate.basis_points, rate.source, rate.status, interest.members, interest.credited,
             interest.earlier, interest.residue),
        )  # fmt: skip

    def kept(self, fund: str, year: int) -> dict[str, Any] | None:
        """What was credited for a year: rate in basis points, source, status, members, and sums in fen."""
        found = self._rows(
            """select rate, source, status, members, credited, earlier, residue, posted_on
               from ledger.interest_of_year where fund = %s and year = %s""",
            fund, year,
        )  # fmt: skip
        names = ("rate", "source", "status", "members", "credited", "earlier", "residue", "on")
        return dict(zip(names, found[0], strict=True)) if found else None

    def _sums(self, book: FundYears, year: int, credits_earn: bool) -> NDArray[np.void]:
        """One reading of the year's rows: nearly all members need no more."""
        first, last = year * 100 + 1, _december(year)
        several = "effective_months > 1" if credits_earn else "false"
        money, interest = self._accounts(book, _MONEY), [number for number, _ in book.interest.values()]
        query = f"""
            select subject, ledger.sum_fen({_SIGNED}),
                ledger.sum_fen({_SIGNED} * ('{_array(WEIGHTS)}'::int[])[effective_from % 100]),
                max(case when batch = any('{_array(book.reversals)}') then {_WALKED_WHOLE}
                    when least(debit, credit) = any('{_array(money)}') then {_WALKED}
                    when batch = any('{_array(book.recorded)}') then {_WALKED}
                    when effective_from < {first} or effective_from + effective_months - 1 > {last} then {_WALKED_WHOLE}
                    when debit > 0 or {several} then {_WALKED} else 0 end)::int2
            from ledger.transfer where (credit > 0 or debit > 0) and fund = {book.number}
                and period between {first} and {last} and batch <> all('{_array(interest)}')
            group by subject"""
        self._connection.execute(ADDING_UP)
        return self._numbers(query, _SUMS)

    def _standing(self, book: FundYears, year: int) -> NDArray[np.void]:
        """What stood in each account when the year began, and the last month that its rows are for."""
        return self._numbers(f"select * from ledger.members_at({book.number}, {_december(year - 1)})", _STANDING)

    def _interest_since(self, book: FundYears, year: int) -> NDArray[np.void]:
        """Interest of earlier years that was credited only after their end."""
        since = [place for of, place in book.interest.items() if of < year and place[1] > _december(year - 1)]
        query = f"""select subject, ledger.sum_fen({_SIGNED}), 0 from ledger.transfer where fund = {book.number}
            and batch = any('{_array(number for number, _ in since)}')
            and period = any('{_array({period for _, period in since})}') and subject <> 0 group by subject"""
        return self._numbers(query, _STANDING) if since else np.empty(0, _layout(_STANDING))

    def _late(self, book: FundYears, year: int) -> list[int]:
        """Members for whom something was still booked in an earlier year after its interest was credited."""
        if year - 1 not in book.interest:
            return []
        found = self._rows(
            """select distinct t.subject from ledger.batch b
               join ledger.transfer t on t.fund = b.fund and t.period = b.period and t.batch = b.number
               where b.fund = %s and b.number > %s and b.period <= %s and (t.credit > 0 or t.debit > 0)""",
            book.number, book.interest[year - 1][0], _december(year - 1),
        )  # fmt: skip
        return [member for (member,) in found]

    def _movements(self, book: FundYears, year: int, account: Ints, start: Ints, *, since: int) -> Movements:
        """The rows of some accounts from the year `since` to the end of a year, with the interest of years before."""
        later = [place for of, place in book.interest.items() if of < year]
        query = f"""select subject, least(debit, credit), period, batch, {_SIGNED}, effective_from, effective_months
            from ledger.transfer where fund = {book.number} and subject = any('{_array(account)}') and subject <> 0
            and (credit > 0 or debit > 0) and period >= {since * 100}
            and (period <= {_december(year)} or batch = any('{_array(number for number, _ in later)}'))"""
        rows = self._numbers(query, _ROWS) if len(account) else np.empty(0, _layout(_ROWS))
        column = {name: rows[name].astype(np.int64) for name in _ROWS}
        kind, period = self._kinds(book, column)
        first = int(min(column["period"].min(initial=year * 100), column["month"].min(initial=year * 100)))
        return Movements(
            account, start, since or first // 100, np.searchsorted(account, column["account"]), period,
            column["amount"], column["month"], column["months"], kind,
        )  # fmt: skip

    def _kinds(self, book: FundYears, column: Mapping[str, Ints]) -> tuple[Ints, Ints]:
        """What each row does, and the month it was booked in: what is taken back counts as never having been."""
        batch, period = column["batch"].copy(), column["period"].copy()
        for number, (original, booked) in book.reversals.items():
            back = column["batch"] == number
            batch[back], period[back] = original, booked
        money = np.isin(column["other"], self._accounts(book, _MONEY))
        taken = np.isin(column["other"], self._accounts(book, _TAKEN_OVER))
        taken &= (column["amount"] > 0) | (batch != column["batch"])
        kind = np.where(taken, Kind.TAKEN_OVER, np.where(money, Kind.MONEY, Kind.CREDIT))
        kind = np.where(np.isin(column["other"], self._accounts(book, _PENSIONS)), Kind.PENSION, kind)
        kind = np.where(np.isin(batch, list(book.recorded)), Kind.RECORDED, kind)
        return np.where(np.isin(batch, [n for n, _ in book.interest.values()]), Kind.INTEREST, kind), period

    def _accounts(self, book: FundYears, pattern: str) -> list[int]:
        found = self._rows(
            "select number from ledger.account where fund = %s and number < 0 and name ~ %s", book.number, pattern
        )
        return [number for (number,) in found]

    def _numbers(self, query: str, columns: Mapping[str, str]) -> NDArray[np.void]:
        """The rows of a query of whole numbers, by the first of them.

        They come as a few long strings of bytes: a message a row costs more than the sums in it. Ascending, they are
        found in each other without leaping through memory.
        """
        sent = " || ".join(f"int{kind[1]}send({name})" for name, kind in columns.items())
        query = f"""select string_agg({sent}, ''::bytea) from ({query}) as row ({', '.join(columns)})
            group by {next(iter(columns))} & {_STRINGS - 1}"""
        with self._connection.cursor(binary=True) as cursor:
            data = b"".join(part for (part,) in cursor.execute(query.encode()))
        rows = np.frombuffer(data, _layout(columns))
        return rows[np.argsort(rows[next(iter(columns))].astype(np.int64), kind="stable")]

    def _rows(self, query: str, *values: object) -> list[Any]:
        return self._connection.execute(query.encode(), values).fetchall()


def _layout(columns: Mapping[str, str]) -> np.dtype[np.void]:
    return np.dtype([(name, f">{kind}") for name, kind in columns.items()])


def _distinct(*columns: NDArray[Any]) -> Ints:
    """The numbers that occur, ascending; sorting costs a tenth of the table by which NumPy finds them."""
    numbers = np.sort(np.concatenate(columns).astype(np.int64))
    return numbers[np.diff(numbers, prepend=-1) != 0]


def _december(year: int) -> int:
    return year * 100 + 12


def _array(numbers: Iterable[Any]) -> str:
    """Numbers as an array of PostgreSQL; whole numbers only, so nothing else can stand in a query."""
    return "{" + ",".join(str(int(number)) for number in numbers) + "}"
