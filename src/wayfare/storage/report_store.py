"""What reports read from the stored books, as values of `wayfare.funds.reports`, by the functions of migration 0008.

Everything is within the viewer's places, and whatever names a person is written in the access record. Long tables come
as a stream from a cursor of the server, so that a million rows never stand in memory together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, LiteralString

from psycopg import sql

from wayfare.funds.floors import ApprovedFloor
from wayfare.funds.month import Charge, Payment, settle
from wayfare.funds.moves import KnownMove
from wayfare.funds.reports.errors import NothingBooked
from wayfare.funds.reports.lines import Line, month_of
from wayfare.funds.reports.members import MembersControl
from wayfare.funds.reports.pairs import Side, is_mirrored, mirror_of
from wayfare.funds.reports.trial_balance import Movement
from wayfare.kernel import Money, Month
from wayfare.ledger import account_number, check_fund, member_account
from wayfare.storage.connect import Session

__all__ = ["BatchPart", "ReportStore"]

_LINE: LiteralString = (
    "fund, batch, key, posted_on, decision, reverses, line, debit, credit, amount, effective_from, effective_months,"
    " member"
)
_HOLD: LiteralString = (
    "select fund, key, receiver, decision, placed_on, expires, state, confirmed_on, amount from ledger.report_hold "
)
_ROWS_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class BatchPart:
    """What one batch did to an account: how many of its lines, what they debited and credited."""

    batch: int
    key: str
    on: date
    decision: str | None
    reverses: str | None
    lines: int
    debits: Money
    credits: Money

    def as_document(self) -> dict[str, Any]:
        """The row with amounts in yuan as text."""
        return {
            "batch": self.batch, "key": self.key, "on": self.on.isoformat(), "decision": self.decision,
            "lines": self.lines, "debits": str(self.debits), "credits": str(self.credits),
        }  # fmt: skip


class ReportStore:
    """The books as reports read them, behind one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def funds(self) -> tuple[str, ...]:
        """The funds within view that have a book, by name."""
        return tuple(name for (name,) in self._rows("select fund from ledger.book order by fund"))

    def check(self, fund: str) -> None:
        """Raise NothingBooked unless the fund has a book within view."""
        check_fund(fund)
        if fund not in (known := self.funds()):
            near = ", ".join(known[:5]) or "none yet"
            raise NothingBooked(f"There is no book of {fund}.", next_step=f"Name a fund that has one: {near}.")

    def months(self, fund: str) -> tuple[Month, Month] | None:
        """The first and the last month with a batch; None for a book without one."""
        found = self._rows(
            """select min(b.posted_on), max(b.posted_on) from ledger.report_batch b where b.fund = %s""", fund
        )[0]
        return (Month.of(found[0]), Month.of(found[1])) if found[0] else None

    def movements(self, fund: str, first: Month, last: Month) -> list[Movement]:
        """Each control account's movements, and those of all members as one."""
        found = self._rows("select * from ledger.read_movements(%s, %s, %s)", fund, _period(first), _period(last))
        return [
            Movement(account, Money.fen(opening), Money.fen(debits), Money.fen(credits), accounts)
            for account, accounts, opening, debits, credits in found
        ]

    def account_names(self, fund: str, purpose: str) -> list[str]:
        """The control accounts of a purpose, by name."""
        found = self._rows(
            """select account from ledger.report_account where fund = %s and number < 0
               and (account = %s or starts_with(account, %s)) order by account""",
            fund, purpose, f"{purpose}:",
        )  # fmt: skip
        return [name for (name,) in found]

    def account_lines(self, fund: str, account: str, first: date, last: date) -> list[Line]:
        """The lines of an account between two days, both included; of a member's account the look is recorded."""
        account_number(account)
        query = f"select {_LINE} from ledger.read_account_lines(%s, %s, %s, %s)"
        return [_line(row) for row in self._rows(query, fund, account, first, last)]

    def balance_before(self, fund: str, account: str, day: date) -> Money:
        """What an account held before a day."""
        return Money.fen(self._rows("select ledger.read_balance_before(%s, %s, %s)", fund, account, day)[0][0])

    def account_batches(self, fund: str, account: str, first: date, last: date) -> list[BatchPart]:
        """The batches that moved an account between two days; `account` is all members' accounts together."""
        found = self._rows("select * from ledger.read_account_batches(%s, %s, %s, %s)", fund, account, first, last)
        return [_part(row) for row in found]

    def batch_lines(self, fund: str, key: str, *, account: str | None, after: int = -1, most: int) -> list[Line]:
        """The next lines of a batch; every person among them is a look."""
        query = f"select {_LINE} from ledger.read_batch_lines(%s, %s, %s, %s, %s)"
        return [_line(row) for row in self._rows(query, fund, key, account, after, most)]

    def batch_head(self, fund: str, key: str) -> BatchPart | None:
        """A batch as a whole: its lines and its sum; None when the fund has none with this key."""
        found = self._rows(
            """select number, key, posted_on, decision, reverses, lines, amount, amount from ledger.report_batch
               where fund = %s and key = %s""",
            fund, key,
        )  # fmt: skip
        return _part(found[0]) if found else None

    def person_lines(self, person: str) -> list[Line]:
        """Every line about a person in every fund within view; the look is recorded."""
        account_number(member_account(person))
        return [_line(row) for row in self._rows(f"select {_LINE} from ledger.read_person(%s)", person)]

    def unpaid_months(self, fund: str, account: str) -> set[int]:
        """The months (yyyymm) of a payer's clearing account that are still owed; none where nothing is owed at all."""
        if self.balance_now(fund, account) >= Money.ZERO:
            return set()
        charges = [Charge(*row) for row in self._rows("select * from ledger.read_charges(%s, %s)", fund, account)]
        paid = self._rows("select * from ledger.read_paid_in(%s, %s)", fund, account)
        payments = [Payment(key, "", on, fen, for_month=month) for key, on, fen, month in paid]
        return {each.month for each in settle(charges, payments).arrears}

    def balance_now(self, fund: str, account: str) -> Money:
        """What a control account holds now."""
        found = self._rows("select balance from ledger.report_balance where fund = %s and account = %s", fund, account)
        return Money.fen(found[0][0]) if found else Money.ZERO

    def members_control(self, fund: str) -> MembersControl:
        """Members against control."""
        accounts, holding, below, held, control = self._rows(
            "select * from ledger.read_members_control(%s)", fund
        )[0]
        return MembersControl(fund, accounts, holding, below, Money.fen(held), Money.fen(control or 0))

    def mirrored(self, fund: str, on: date) -> list[tuple[Side, Side]]:
        """Each account that a fund and another keep about each other, with its mirror, as of a day.

        A mirror that only the other fund has opened is there too: what it booked has not reached this fund.
        """
        own = {(fund, name) for name in self._mirrored_names("fund = %s", fund) if is_mirrored(name)}
        pointing = self._rows(
            """select fund, account from ledger.report_account
               where fund <> %s and number < 0 and (account like %s or account = %s)""",
            fund, f"%:{fund}", f"in_transit:{fund[:6]}",
        )  # fmt: skip
        for other, account in pointing:
            if is_mirrored(account) and mirror_of(other, account)[0] == fund:
                own.add(mirror_of(other, account))
        return [(self._side(*one, on), self._side(*mirror_of(*one), on)) for one in sorted(own)]

    def set_aside(self, fund: str, on: date, *, incoming: bool = True) -> list[KnownMove]:
        """Money set aside on a day and not moved by then, at the fund and for it (`incoming`), the first first.

        What was released since is not there: a release has no day in the book.
        """
        waits = " = %s and placed_on <= %s and (state = 'open' or confirmed_on > %s)"
        found = self._rows(f"{_HOLD} where fund{waits}", fund, on, on)
        found += self._rows(f"{_HOLD} where receiver{waits}", fund, on, on) if incoming else []
        return sorted(map(_known, found), key=lambda move: (move.placed, move.sender, move.key))

    def move(self, sender: str, key: str) -> KnownMove | None:
        """How money stands that a fund set aside under a key; None where it has no such hold."""
        found = self._rows(_HOLD + "where fund = %s and key = %s", sender, key)
        return _known(found[0]) if found else None

    def approvals(self, fund: str, key: str | None = None) -> list[ApprovedFloor]:
        """The approvals of floors in a fund's book, or that of one batch, the first first."""
        found = self._rows(
            """select account, floor, key, posted_on, document, approved_by, reason from ledger.report_floor
               where fund = %s and (%s::text is null or key = %s) order by batch""",
            fund, key, key,
        )  # fmt: skip
        return [
            ApprovedFloor(account, None if floor is None else Money.fen(floor), *said)
            for account, floor, *said in found
        ]

    def stream(self, fund: str, first: Month, last: Month) -> Iterator[list[Any]]:
        """All lines of a fund's months in the order of writing, thousands at a time: rows of `Line`, in fen."""
        yield from self._stream(
            f"""select {_LINE} from ledger.report_line
                where fund_number = (select fund_number from ledger.book where fund = {{}})
                and period between {{}} and {{}} order by batch, line""",
            fund, _period(first), _period(last),
        )  # fmt: skip

    def lines(self, fund: str, first: Month, last: Month) -> Iterator[list[Line]]:
        """The same as values."""
        for rows in self.stream(fund, first, last):
            yield [_line(row) for row in rows]

    def booked_months(self, fund: str, first: Month, last: Month) -> list[Month]:
        """The months with a batch, in their order."""
        found = self._rows(
            "select distinct period from ledger.report_batch where fund = %s and period between %s and %s order by 1",
            fund, _period(first), _period(last),
        )  # fmt: skip
        return [month_of(period) for (period,) in found]

    def keep_still(self, fund: str) -> None:
        """Let nobody post to a fund until the transaction ends, so that several readings are of one moment."""
        self._rows("select ledger.keep_still(%s)", fund)

    def accounts(self, fund: str, last: Month) -> Iterator[list[Any]]:
        """Every account with the day it was opened and its balance in fen at a month's end, thousands at a time."""
        yield from self._stream("select * from ledger.read_accounts({}, {})", fund, _period(last))

    def count_lines(self, fund: str, first: Month, last: Month) -> int:
        """How many lines a fund's months hold."""
        found = self._rows(
            """select coalesce(sum(lines), 0)::bigint from ledger.report_batch
               where fund = %s and period between %s and %s""",
            fund, _period(first), _period(last),
        )  # fmt: skip
        return int(found[0][0])

    def count_accounts(self, fund: str) -> int:
        """How many accounts a fund has."""
        return int(self._rows("select count(*) from ledger.report_account where fund = %s", fund)[0][0])

    def record_look(self, subject: str, *, person: str | None = None) -> None:
        """Write that this viewer looked at a person, or took out what names many."""
        self._rows("select record_look(%s, %s, true)", person, subject)

    def has_account(self, fund: str, account: str) -> bool:
        """Whether a fund has opened an account."""
        number = account_number(account)
        return bool(
            self._rows("select 1 from ledger.report_account where fund = %s and number = %s", fund, number)
        )

    def _mirrored_names(self, condition: str, *values: object) -> list[str]:
        found = self._rows(f"select account from ledger.report_account where number < 0 and {condition}", *values)
        return [name for (name,) in found]

    def _side(self, fund: str, account: str, on: date) -> Side:
        lines = self.account_lines(fund, account, date(1900, 1, 1), on)
        return Side(fund, account, Money.total(line.change(account) for line in lines), tuple(lines))

    def _stream(self, query: LiteralString, *values: object) -> Iterator[list[Any]]:
        filled = sql.SQL(query).format(*(sql.Literal(value) for value in values))
        with self._session.connection.cursor(name="report") as cursor:
            cursor.execute(filled)
            while rows := cursor.fetchmany(_ROWS_AT_ONCE):
                yield rows

    def _rows(self, query: str, *values: object) -> list[Any]:
        return self._session.connection.execute(query, values).fetchall()


def _period(month: Month) -> int:
    return month.year * 100 + month.number


def _part(row: Any) -> BatchPart:
    batch, key, on, decision, reverses, lines, debits, credits = row
    return BatchPart(batch, key, on, decision, reverses, lines, Money.fen(debits), Money.fen(credits))


def _known(row: Any) -> KnownMove:
    sender, key, receiver, decision, placed, expires, state, confirmed, amount = row
    return KnownMove(sender, key, receiver, decision, placed, expires, state, confirmed, Money.fen(amount))


def _line(row: Any) -> Line:
    values = list(row)
    values[9] = Money.fen(values[9])
    return Line(*values)
