"""The records of a fund's office in PostgreSQL, as migration 0005 lays them out.

Records are added in chunks; what the office holds already is left alone, so a file may be taken in again. A month's
enrolments and wages come out as columns of integers, a chunk at a time, with no Python for a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection, sql

from wayfare.funds.month import Charge, Employer, Kind, Payment, Record
from wayfare.ledger import PERSON, employer_clearing

__all__ = ["Charged", "OfficeStore"]

_ENROLLED: Final = {
    "account": "i8", "payer": "i8", "place": "i4", "is_flexible": "i2", "from_month": "i4", "fen": "i8"
}  # fmt: skip
_ROW: Final = np.dtype([(name, f">{kind}") for name, kind in _ENROLLED.items()])
_CHARGE: Final = np.dtype([("subject", ">i8"), ("payer", ">i8"), ("amount", ">i8")])
_EMPLOYER: Final = employer_clearing("%")


class Charged(NamedTuple):
    """Members by the number of their account, ascending, what each is charged for a month, in fen, and whom it is on.

    `payer` is the number of the clearing account, 0 where several are charged for the member.
    """

    account: NDArray[np.int64]
    fen: NDArray[np.int64]
    payer: NDArray[np.int64]

    @classmethod
    def none(cls) -> Charged:
        """Nobody."""
        return cls.of_rows(np.zeros(0, _CHARGE))

    @classmethod
    def of_rows(cls, rows: NDArray[np.void]) -> Charged:
        """The sums of rows of member, payer and fen."""
        rows = rows[np.argsort(rows["subject"], kind="stable")]
        columns = (rows[name].astype(np.int64) for name in ("subject", "amount", "payer"))
        account, amount, payer = columns
        account, first = np.unique(account, return_index=True)
        if not len(account):
            return cls(account, amount, payer)
        is_one = np.minimum.reduceat(payer, first) == np.maximum.reduceat(payer, first)
        return cls(account, np.add.reduceat(amount, first), np.where(is_one, payer[first], 0))


class OfficeStore:
    """The records behind one connection, within the places of its viewer."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection

    # ---- records come in
    def keep_others_out(self, fund: str) -> None:
        """Let nobody else take records of the fund in until the transaction ends; who waited sees what was taken in."""
        self._connection.execute(
            "select pg_advisory_xact_lock(hashtextextended('office.records ' || %s, 0))", (fund,)
        )

    def held(self, fund: str, kind: Kind, keys: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...] | None]:
        """What the office holds now under each key, None where nothing."""
        found = self._connection.execute(_held(kind), {"fund": fund, **_columns(kind.key, keys)}).fetchall()
        return [row[1:] if row[0] else None for row in found]

    def add(self, fund: str, kind: Kind, records: Sequence[Record]) -> None:
        """Add records as later rows."""
        values = _columns((*kind.key, *kind.content), [(*each.key, *each.content) for each in records])
        self._connection.execute(_insert(kind), {"fund": fund, **values})

    def knows_file(self, fund: str, kind: str, sha256: bytes) -> bool:
        """Whether a file was taken in before."""
        found = self._connection.execute(
            "select from office.file where fund = %s and kind = %s and sha256 = %s limit 1", (fund, kind, sha256)
        )
        return found.fetchone() is not None

    def add_file(self, fund: str, kind: str, sha256: bytes, *, added: int, corrected: int) -> None:
        """Remember that a file was taken in."""
        self._connection.execute(
            "insert into office.file (fund, kind, sha256, added, corrected) values (%s, %s, %s, %s, %s)",
            (fund, kind, sha256, added, corrected),
        )

    def unknown_members(self, fund: str, members: Sequence[str]) -> set[str]:
        """Those who were never enrolled in the fund."""
        found = self._connection.execute(
            """select m from unnest(%s::text[]) as u (m) where not exists (select from office.enrolment e
                 where e.fund = %s and e.account = ledger.account_number('account:' || m))""",
            (list(members), fund),
        )
        return {name for (name,) in found}

    # ---- records come out
    def employers(self, fund: str) -> list[Employer]:
        """The employers of a fund as they are held now, by id."""
        found = self._connection.execute(
            "select id, name, place, credit_code, payer from office.employer_now where fund = %s order by id", (fund,)
        )
        return [Employer(*row) for row in found]

    def members_alone(self, fund: str, words: Sequence[str]) -> set[str]:
        """Which words are the ids of members who pay alone."""
        found = self._connection.execute(
            """select w from unnest(%s::text[]) as u (w) where exists (select from office.enrolment e
                 where e.fund = %s and e.account = ledger.account_number('account:' || w) and e.basis = 'flexible')""",
            (list(words), fund),
        )
        return {word for (word,) in found}

    def payments(self, fund: str) -> list[Payment]:
        """The payments of a fund, the first first."""
        found = self._connection.execute(
            """select id, bank_account, on_day, fen, payer_reference, for_month from office.payment
               where fund = %s order by on_day, id""",
            (fund,),
        )
        return [Payment(*row) for row in found]

    def rules(self, fund: str, month: int) -> dict[str, tuple[str, str]]:
        """The rules that the office gave by its own notices and that hold in a month: name to value and source."""
        found = self._connection.execute(
            """select distinct on (name) name, value, source from office.rule_now
               where fund = %s and from_month <= %s order by name, from_month desc""",
            (fund, month),
        )
        return {name: (value, source) for name, value, source in found}

    def all_rules(self, fund: str, name: str) -> list[tuple[int, str]]:
        """The values of one rule of the office, each with the month (yyyymm) from which it holds, the first first."""
        return self._connection.execute(
            "select from_month, value from office.rule_now where fund = %s and name = %s order by from_month",
            (fund, name),
        ).fetchall()

    def enrolled(self, fund: str, month: int, *, chunk: int, most: int) -> Iterator[NDArray[np.void]]:
        """The enrolments of a month with the wages declared for it, `fen` -1 where none is, in chunks of about a size.

        `most` is about how many there are. Rows come by account and first month; the rows of one account are never in
        two chunks. The server puts the bytes of a chunk together, so that no row passes through Python by itself.
        """
        parts = max(most // chunk, 1).bit_length() - 1
        query = f"""select string_agg({_sent("e", "w")}, ''::bytea) from (
              select distinct on (account, from_month, payer) account, payer, place, (basis = 'flexible')::int::int2
                as is_flexible, from_month, to_month
              from office.enrolment where fund = %(fund)s order by account, from_month, payer, row desc) e
            left join (select distinct on (account) account, fen from office.wage
              where fund = %(fund)s and month = %(month)s order by account, row desc) w using (account)
            where e.from_month <= %(month)s and %(month)s < e.to_month
            group by e.account >> %(shift)s order by e.account >> %(shift)s"""
        values = {"fund": fund, "month": month, "shift": 63 - parts}
        with self._connection.cursor(binary=True) as cursor:
            for (data,) in cursor.stream(query, values):
                rows = np.frombuffer(data, _ROW)
                yield rows[np.lexsort([rows[name] for name in ("payer", "from_month", "account")])]

    def enrolled_most(self, fund: str, month: int) -> int:
        """At most so many members are enrolled in a month: each counts as often as a row says so."""
        found = self._connection.execute(
            "select count(*) from office.enrolment where fund = %s and from_month <= %s and %s < to_month",
            (fund, month, month),
        )
        return int(found.fetchall()[0][0])

    # ---- what the books say of them
    def charged(self, fund: str, month: int) -> Charged:
        """The members charged for a month already, ascending, and how much; reversed charges do not count."""
        batches = self._connection.execute(
            """select distinct c.fund, c.batch, c.period from ledger.charge c
               join ledger.batch b on b.fund = c.fund and b.number = c.batch
               where c.fund = %s and %s between c.first_month and c.last_month
                 and not exists (select from ledger.batch r where r.fund = b.fund and r.reverses = b.key)""",
            (self._number(fund), month // 100 * 12 + month % 100 - 1),
        ).fetchall()
        rows = np.concatenate([np.zeros(0, _CHARGE), *(self._charged_in(*each, month=month) for each in batches)])
        return Charged.of_rows(rows)

    def _charged_in(self, fund: int, batch: int, period: int, *, month: int) -> NDArray[np.void]:
        found = self._connection.execute(
            sql.SQL(
                """select string_agg(int8send(subject) || int8send(debit) || int8send(amount), ''::bytea)
                   from ledger.transfer where fund = {} and period = {} and batch = {} and subject <> 0
                     and {} - effective_from / 100 * 12 - effective_from % 100 between 0 and effective_months - 1"""
            ).format(fund, period, batch, month // 100 * 12 + month % 100),
            binary=True,
        ).fetchall()
        return np.frombuffer(found[0][0] or b"", _CHARGE)

    def names(self, fund: str, accounts: Sequence[int]) -> dict[int, str]:
        """The members behind account numbers."""
        found = self._connection.execute(
            """select distinct e.account, e.member from office.enrolment e
               where e.fund = %s and e.account = any(%s)""",
            (fund, list(accounts)),
        )
        return dict(found.fetchall())

    def unopened(self, fund: str, month: int) -> list[str]:
        """The accounts of members and payers of a month that the fund's book has not opened yet, by name."""
        values = {"fund": fund, "month": month, "number": self._number(fund)}
        # Only rows whose account is missing are sorted by name, which are none in most months.
        new = """from office.enrolment e
            where e.fund = %(fund)s and e.from_month <= %(month)s and %(month)s < e.to_month and not exists (
              select from ledger.account a where a.fund = %(number)s and a.number = e."""
        members = f"""select 'account:' || member from (
              select distinct on (e.account) e.account, e.member {new}account) order by e.account) m"""
        payers = f"""select coalesce('contribution_clearing:employer:' || min(e.employer),
            'contribution_clearing:person') {new}payer) group by e.payer"""
        rows = self._connection.execute(f"{payers} union all {members}", values)
        return [name for (name,) in rows]

    def charges(self, fund: str, payers: Sequence[int] | None = None) -> dict[int, list[Charge]]:
        """What employers were charged by month, by the number of the clearing account; without reversed charges."""
        return self._charges(fund, "t.debit", _EMPLOYER, "t.subject <> 0", payers)

    def charges_of_members(self, fund: str) -> dict[int, list[Charge]]:
        """What those who pay alone were charged by month, by the number of the member's account."""
        return self._charges(fund, "t.subject", PERSON, "t.subject <> 0")

    def late_fees(self, fund: str, through: date = date.max) -> dict[int, list[Charge]]:
        """The late fees of each employer on payments through a day, by the number of its clearing account."""
        is_fee = f"b.key like 'late_fee:%%' and split_part(b.key, ':', 4) <= '{through.isoformat()}'"
        return self._charges(fund, "t.debit", _EMPLOYER, f"t.subject = 0 and {is_fee}")

    def fees_on_book(
        self, fund: str, employer: str
    ) -> tuple[dict[tuple[int, str], tuple[str, int]], dict[tuple[int, str], int]]:
        """The late fees of an employer by month (yyyymm) and payment: key and fen of those that stand; how many ever.

        The key says which: late_fee:<employer>:<month>:<day>:<payment>, and a number where it is not the first.
        """
        found = self._connection.execute(
            """select b.key, s.amount, not exists (
                 select from ledger.batch r where r.fund = b.fund and r.reverses = b.key)
               from ledger.batch b join ledger.sealed s on s.fund = b.fund and s.number = b.number
               where b.fund = %s and starts_with(b.key, %s) order by b.number""",
            (self._number(fund), f"late_fee:{employer}:"),
        )
        standing, times = dict[tuple[int, str], tuple[str, int]](), dict[tuple[int, str], int]()
        for key, fen, stands in found:
            month, payment = key.split(":")[2].replace("-", ""), key.split(":")[4]
            at = int(month), payment
            times[at] = times.get(at, 0) + 1
            if stands:
                standing[at] = key, fen
        return standing, times

    def _charges(
        self, fund: str, whom: str, account: str, which: str, payers: Sequence[int] | None = None
    ) -> dict[int, list[Charge]]:
        some = "and t.debit = any(%(payers)s)" if payers is not None else ""
        found = self._connection.execute(
            f"""select {whom}, t.effective_from, sum(t.amount)::bigint from ledger.transfer t
                join ledger.account d on d.fund = t.fund and d.number = t.debit and d.name like %(account)s
                join ledger.batch b on b.fund = t.fund and b.number = t.batch
                where t.fund = %(number)s and {which} {some} and b.reverses is null
                  and not exists (select from ledger.batch r where r.fund = b.fund and r.reverses = b.key)
                group by 1, 2 order by 1, 2""",
            {"number": self._number(fund), "account": account, "payers": list(payers or ())},
        )
        out: dict[int, list[Charge]] = {}
        for payer, month, fen in found:
            out.setdefault(payer, []).append(Charge(month, fen))
        return out

    def credited(self, fund: str) -> dict[str, tuple[int, int]]:
        """Where each payment in the fund's book lies now: by its id the account credited and the member, 0 for none."""
        found = self._connection.execute(
            """select split_part(b.key, ':', 2), t.credit, t.subject from ledger.batch b
               join ledger.transfer t on t.fund = b.fund and t.period = b.period and t.batch = b.number
               where b.fund = %s and split_part(b.key, ':', 1) in ('payment', 'match', 'unmatch') and b.reverses is null
                 and not exists (select from ledger.batch r where r.fund = b.fund and r.reverses = b.key)
               order by b.number""",
            (self._number(fund),),
        )
        return {name: (account, member) for name, account, member in found}

    def times_booked(self, fund: str, keys: Sequence[str]) -> dict[str, int]:
        """How often each key was booked, numbered ones with it (`payment:L-1:2`); what never was is left out."""
        found = self._connection.execute(
            """select k, count(*) from unnest(%(keys)s::text[]) as u (k)
               join ledger.batch b on b.fund = %(fund)s and (b.key = k or starts_with(b.key, k || ':'))
               where exists (select from ledger.batch f where f.fund = %(fund)s and f.key = k) group by k""",
            {"keys": list(keys), "fund": self._number(fund)},
        )
        return dict(found.fetchall())

    def _number(self, fund: str) -> int:
        """The number under which the books keep a fund; 0 where they do not yet."""
        found = self._connection.execute("select fund from ledger.fund where name = %s", (fund,)).fetchone()
        return int(found[0]) if found else 0

    def open_day(self, fund: str, wanted: date) -> date:
        """The day wanted, or the first day after the months that the fund has closed."""
        found = self._connection.execute("select closed_through from ledger.fund where name = %s", (fund,)).fetchone()
        closed = found[0] if found else 0
        if wanted.year * 100 + wanted.month > closed:
            return wanted
        return date(closed // 100 + closed % 100 // 12, closed % 100 % 12 + 1, 1)

    def run_keys(self, fund: str, month: int, *, standing: bool = False) -> set[str]:
        """The keys of the runs of a month that were posted; with `standing` only of those not taken back."""
        prefix = f"contributions:{month // 100}-{month % 100:02}"
        found = self._connection.execute(
            """select b.key from ledger.batch b where b.fund = %s and b.key like %s and not (%s and exists (
                 select from ledger.batch r where r.fund = b.fund and r.reverses = b.key))""",
            (self._number(fund), prefix + "%", standing),
        )
        return {key for (key,) in found}


_TYPES: Final = {
    "place": "int", "from_month": "int", "to_month": "int", "month": "int", "for_month": "int", "fen": "bigint",
    "on_day": "date",
}  # fmt: skip
_INDEXED: Final = {
    "member": "x.account = ledger.account_number('account:' || u.member)",
    "employer": """x.payer = ledger.account_number(
        coalesce('contribution_clearing:employer:' || u.employer, 'contribution_clearing:person'))""",
}
"""How a column of the key meets the index of its table, where that is by the number of an account."""


def _sent(enrolment: str, wage: str) -> str:
    """The columns of an enrolled member as the bytes of numbers, one after another."""
    parts = [f"int{kind[1]}send({enrolment}.{name})" for name, kind in _ENROLLED.items() if name != "fen"]
    return " || ".join([*parts, f"int8send(coalesce({wage}.fen, -1))"])


def _unnested(columns: Sequence[str]) -> str:
    arrays = ", ".join(f"%({column})s::{_TYPES.get(column, 'text')}[]" for column in columns)
    return f"unnest({arrays}) with ordinality as u ({', '.join(columns)}, at)"


def _held(kind: Kind) -> str:
    meets = " and ".join(_INDEXED.get(column, f"x.{column} = u.{column}") for column in kind.key)
    return f"""select x.row is not null, {', '.join(f'x.{column}' for column in kind.content)}
        from {_unnested(kind.key)} left join lateral (
          select * from {kind.table} x where x.fund = %(fund)s and {meets} order by row desc limit 1) x on true
        order by u.at"""


def _insert(kind: Kind) -> str:
    columns = (*kind.key, *kind.content)
    return f"""insert into {kind.table} (fund, {', '.join(columns)})
        select %(fund)s, {', '.join(f'u.{column}' for column in columns)} from {_unnested(columns)} order by u.at"""


def _columns(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> dict[str, list[Any]]:
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}
