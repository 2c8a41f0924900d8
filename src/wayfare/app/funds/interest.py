"""Credit a year's interest to all members of a fund, or show what it would be: one batch, and a repeat is harmless.

The rate is the rulebook's, or one that an officer gives with its notice. The batch is booked on the last day
of its year where December is open, else in the month that is.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from wayfare.app.sessions import at_work
from wayfare.funds.year import YearInterest, YearRate, account_rule, decided_rate, given_rate, interest_of_year
from wayfare.funds.year.errors import RateNotDecided, YearNotReady
from wayfare.funds.year.rates import AccountRule, told_rate
from wayfare.kernel.money import Money
from wayfare.law import Law
from wayfare.ledger import interest_batch
from wayfare.storage import Database, Role, Session
from wayfare.storage.ledger_store import LedgerStore
from wayfare.storage.year_store import FundYears, YearStore

__all__ = ["CreditedYear", "credit_year", "post_year", "prepare_year"]


@dataclass(frozen=True, slots=True)
class CreditedYear:
    """A year's interest of a fund as it was, or would be, credited. `state` is preview, posted or repeated.

    A preview holds the interest itself, and the last link of the chain that it was worked out at.
    """

    fund: str
    state: str
    on: date
    rate: YearRate
    members: int
    credited: Money
    earlier: Money
    residue: Money
    interest: YearInterest | None = field(default=None, repr=False, compare=False)
    head: bytes = field(default=b"", repr=False, compare=False)

    def as_document(self) -> dict[str, Any]:
        """The same for programs: money as text in yuan."""
        return {
            "fund": self.fund, "year": self.rate.year, "state": self.state, "on": self.on.isoformat(),
            "rate": told_rate(self.rate), "source": self.rate.source, "status": self.rate.status,
            "members": self.members, "credited": str(self.credited), "earlier_years": str(self.earlier),
            "residue": str(self.residue),
        }  # fmt: skip


def prepare_year(
    database: Database, law: Law, fund: str, year: int, *, today: date, rate: str | None = None, source: str = ""
) -> CreditedYear:
    """A fund's interest of a year, worked out and not posted; a year that was credited is told again.

    Raises NoAccountInterest, RateWrong, RateNotDecided and YearNotReady.
    """
    with at_work(database, Role.POSTER, f"interest of {year}") as session:
        store = YearStore(session.connection)
        book = store.years(fund)
        if book is not None and year in book.interest:
            return _told_again(store, fund, year)
        place, _, insurance = fund.partition(":")
        rule = account_rule(law, insurance, place, year)
        used = given_rate(year, rate, source) if rate is not None else decided_rate(law, rule, place, year)
        return _worked_out(session, law, rule, fund, used, today)


def post_year(database: Database, law: Law, prepared: CreditedYear, *, today: date) -> CreditedYear:
    """Post a year that was prepared, as one batch; worked out again if something was booked meanwhile.

    Posting it again changes nothing. Raises YearNotReady, and what the books refuse.
    """
    fund, year = prepared.fund, prepared.rate.year
    with at_work(database, Role.POSTER, f"interest of {year}") as session:
        session.connection.execute("select ledger.keep_still(%s)", (fund,))
        store = YearStore(session.connection)
        book = store.years(fund)
        if book is not None and year in book.interest:
            return _told_again(store, fund, year)
        place, _, insurance = fund.partition(":")
        rule = account_rule(law, insurance, place, year)
        if LedgerStore(session.connection).head(fund) != prepared.head:
            prepared = _worked_out(session, law, rule, fund, prepared.rate, today)
        _post(session, prepared, f"law:{law.version}:{rule.question}")
    return replace(prepared, state="posted", interest=None)


def credit_year(
    database: Database, law: Law, fund: str, year: int, *, today: date, rate: str | None = None, source: str = ""
) -> CreditedYear:
    """Prepare a year and post it. Raises as `prepare_year` and `post_year` do."""
    prepared = prepare_year(database, law, fund, year, today=today, rate=rate, source=source)
    return prepared if prepared.interest is None else post_year(database, law, prepared, today=today)


def _worked_out(
    session: Session, law: Law, rule: AccountRule, fund: str, rate: YearRate, today: date
) -> CreditedYear:
    store = YearStore(session.connection)
    head = LedgerStore(session.connection).head(fund)
    book = _ready(session, store.years(fund), fund, rate.year, today)
    plain, walked = store.accounts_of(book, rate.year, credits_earn=rule.credits_earn)
    interest = interest_of_year(rule, _earlier_rates(law, rule, fund[:6], book), rate, plain, walked)
    credited, earlier, residue = map(Money.fen, (interest.credited, interest.earlier, interest.residue))
    on = _booked_on(book, rate.year, today)
    return CreditedYear(fund, "preview", on, rate, interest.members, credited, earlier, residue, interest, head)


def _post(session: Session, prepared: CreditedYear, decision: str) -> None:
    interest = prepared.interest
    assert interest is not None  # a year that was credited before is told again and never comes here
    batch = interest_batch(
        prepared.fund, year=interest.rate.year, accounts=interest.account, interest=interest.fen,
        years=interest.years, total=interest.total, on=prepared.on, decision=decision,
    )  # fmt: skip
    LedgerStore(session.connection).post(batch)
    YearStore(session.connection).keep(prepared.fund, interest)


def _ready(session: Session, book: FundYears | None, fund: str, year: int, today: date) -> FundYears:
    """The book, when nothing is open that would change the year. Raises YearNotReady."""
    if book is None:
        raise YearNotReady(f"{fund} has no book in view.", next_step="Name a fund that has one.", field="fund")
    if today <= date(year, 12, 31):
        raise YearNotReady(f"{year} is not over.", next_step=f"Credit its interest from {year + 1}-01-01 on.")
    if book.closed_through < year * 100 + 11:
        raise YearNotReady(
            f"{fund} is closed through {_month(book.closed_through)}; open months of {year} would change the interest.",
            next_step=f"Close {fund} through {year}-11 first: wayfare fund close {year}-11 --fund {fund}.",
        )
    if book.first_period is not None and book.first_period < year * 100 and year - 1 not in book.interest:
        raise YearNotReady(
            f"The interest of {year - 1} was not credited, and that of {year} stands on it.",
            next_step=f"wayfare fund interest {year - 1} --fund {fund}",
        )
    store = YearStore(session.connection)
    if store.has_run(book, year * 100 + 11) and not store.has_run(book, year * 100 + 12):
        raise YearNotReady(
            f"The contributions of {year}-12 were not booked.",
            next_step=f"wayfare fund run-month {year}-12 --fund {fund}",
        )
    return book


def _earlier_rates(law: Law, rule: AccountRule, place: str, book: FundYears) -> dict[int, int]:
    """The rates at which years were credited; of a year credited without one on record, the rulebook's."""
    rates = dict(book.rates)
    for year in sorted(set(book.interest) - set(rates)):
        try:
            rates[year] = decided_rate(law, rule, place, year).basis_points
        except RateNotDecided:
            continue  # needed only where something late reaches back to it, and refused there
    return rates


def _booked_on(book: FundYears, year: int, today: date) -> date:
    """31 December while it is open; else the last day of the first open month, but no later than today."""
    if book.closed_through < year * 100 + 12:
        return date(year, 12, 31)
    index = book.closed_through // 100 * 12 + book.closed_through % 100  # the month after, counted from zero
    first, after = date(index // 12, index % 12 + 1, 1), date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return max(first, min(after - timedelta(days=1), today))


def _told_again(store: YearStore, fund: str, year: int) -> CreditedYear:
    kept = store.kept(fund, year)
    if kept is None:
        raise YearNotReady(
            f"The interest of {year} of {fund} was booked without its rate on record.",
            next_step="Look at the batch itself; another one cannot be booked for the year.",
        )
    rate = YearRate(year, kept["rate"], kept["source"], kept["status"])
    credited, earlier, residue = (Money.fen(kept[name]) for name in ("credited", "earlier", "residue"))
    return CreditedYear(fund, "repeated", kept["on"], rate, kept["members"], credited, earlier, residue)


def _month(period: int) -> str:
    return f"{period // 100}-{period % 100:02}" if period else "no month"
