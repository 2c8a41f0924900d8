"""What employers owe: by month, the oldest first, with the late fee that runs, and what lies in suspense."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wayfare.app.sessions import at_work
from wayfare.funds.month import Arrears, Charge, Employer, Fee, Payment, Standing, settle
from wayfare.funds.month.collection import late_fee
from wayfare.funds.month.records import DUE_DAY, month_of, yyyymm
from wayfare.kernel import Money, Month
from wayfare.law import Law
from wayfare.ledger import account_number, check_fund
from wayfare.storage import Database, Role
from wayfare.storage.office_store import OfficeStore

__all__ = ["Owed", "Owing", "due_days", "late_fen", "owed", "standing_of"]


@dataclass(frozen=True, slots=True)
class Owing:
    """Where one employer stands; `running` is the late fee in fen that each overdue month would bear if paid today.

    `overdue` is what of the debt is past its day, late fees with it.
    """

    employer: Employer
    standing: Standing
    running: Mapping[int, int]
    overdue: int

    def as_document(self) -> dict[str, Any]:
        """The standing as an object, amounts in yuan."""
        return {
            "employer": self.employer.id, "name": self.employer.name, "owed": str(Money.fen(self.standing.owed)),
            "overdue": str(Money.fen(self.overdue)),
            "months": [
                {"month": _written(each.month), "owed": str(Money.fen(each.fen)),
                 "due": each.due.isoformat() if each.due else None,
                 "late_fee_so_far": str(Money.fen(self.running.get(each.month, 0)))}
                for each in self.standing.arrears
            ],
            "late_fees": str(Money.fen(self.standing.late_fees)), "credit": str(Money.fen(self.standing.credit)),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Owed:
    """What employers owed on a day, as known now: the greatest debt first, who pays alone, payments in suspense.

    What is dated after the day is left out: months, payments by the day at the bank, and fees on these.
    """

    fund: str
    on: date
    employers: tuple[Owing, ...]
    people: Mapping[str, Standing]
    suspense: tuple[Payment, ...]

    @property
    def total(self) -> Money:
        """All that employers owe."""
        return Money.fen(sum(each.standing.owed for each in self.employers))

    @property
    def overdue(self) -> Money:
        """What of it is past the day by which it was to be paid."""
        return Money.fen(sum(each.overdue for each in self.employers))

    @property
    def by_people(self) -> Money:
        """All that those who pay alone owe."""
        return Money.fen(sum(each.owed for each in self.people.values()))

    def as_document(self) -> dict[str, Any]:
        """The list as an object."""
        suspense = [
            {"id": each.id, "on": each.on.isoformat(), "amount": str(Money.fen(each.fen)),
             "payer": each.payer_reference} for each in self.suspense
        ]  # fmt: skip
        people = [
            {"member": member, "owed": str(Money.fen(each.owed)), "credit": str(Money.fen(each.credit))}
            for member, each in self.people.items()
        ]
        return {
            "fund": self.fund, "on": self.on.isoformat(),
            "owed": str(self.total), "overdue": str(self.overdue), "owed_by_people": str(self.by_people),
            "employers": [each.as_document() for each in self.employers], "people": people, "suspense": suspense,
        }  # fmt: skip


def owed(database: Database, law: Law, fund: str, *, on: date, month: Month | None = None) -> Owed:
    """Everybody who owed something or had paid too much on a day; with `month` only what is owed for that month."""
    check_fund(fund)
    with at_work(database, Role.POSTER, "what employers owe") as session:
        office = OfficeStore(session.connection)
        employers = {each.id: each for each in office.employers(fund)}
        due = due_days(office, fund)
        found = [
            _owing(law, employers[name], _only(standing, month), on)
            for name, standing in standing_of(office, fund, due, through=on).items()
        ]
        people = {member: _only(standing, month) for member, standing in _people(office, fund, on).items()}
        lying, none = office.credited(fund), account_number("suspense")
        suspense = tuple(
            each for each in office.payments(fund)
            if each.on <= on and each.id in lying and lying[each.id][0] == none
        )  # fmt: skip
    some = sorted(
        (each for each in found if each.standing.owed or each.standing.credit),
        key=lambda each: (-each.standing.owed, each.employer.id),
    )
    open_people = {member: each for member, each in sorted(people.items()) if each.owed or each.credit}
    return Owed(fund, on, tuple(some), open_people, suspense)


def standing_of(
    office: OfficeStore, fund: str, due: Callable[[int], date | None] | None, *, through: date = date.max
) -> dict[str, Standing]:
    """Where each employer of a fund stood at the end of a day, by id."""
    charges, fees = office.charges(fund), office.late_fees(fund, through)
    paid = _paid(office, fund, through, of_members=False)
    return {
        each.id: settle(
            _by(charges.get(each.payer, ()), through), paid.get(each.payer, ()), due=due or _never,
            late_fees=sum(fee.fen for fee in fees.get(each.payer, ())),
        )
        for each in office.employers(fund)
    }  # fmt: skip


def _people(office: OfficeStore, fund: str, through: date) -> dict[str, Standing]:
    """Where each member stands who pays alone."""
    charges, paid = office.charges_of_members(fund), _paid(office, fund, through, of_members=True)
    accounts = sorted({*charges, *paid})
    names = office.names(fund, accounts)
    return {
        names[account]: settle(_by(charges.get(account, ()), through), paid.get(account, ())) for account in accounts
    }


def _by(charges: Iterable[Charge], through: date) -> list[Charge]:
    """The charges of months that had begun by a day."""
    return [each for each in charges if each.month <= through.year * 100 + through.month]


def _paid(office: OfficeStore, fund: str, through: date, *, of_members: bool) -> dict[int, list[Payment]]:
    """The payments through a day by the number of the account they were credited to, or of the member who paid."""
    lying, paid = office.credited(fund), dict[int, list[Payment]]()
    for payment in office.payments(fund):
        account, member = lying.get(payment.id, (0, 0))
        if payment.on <= through and (number := member if of_members else account):
            paid.setdefault(number, []).append(payment)
    return paid


def due_days(office: OfficeStore, fund: str) -> Callable[[int], date | None] | None:
    """The last day to pay a month (yyyymm), by the rules of the office; None where it gave none at all."""
    rules = office.all_rules(fund, DUE_DAY)
    if not rules:
        return None

    def due(month: int) -> date | None:
        day = next((int(value) for since, value in reversed(rules) if since <= month), None)
        after = month_of(month) + 1
        return None if day is None else after.first_day.replace(day=min(day, after.days))

    return due


def late_fen(law: Law, fee: Fee) -> int:
    """The late fee in fen on what was settled too late."""
    return late_fee(law, fee.settled.fen, fee.days, on=fee.settled.payment.on)


def _owing(law: Law, employer: Employer, standing: Standing, on: date) -> Owing:
    running = {
        each.month: late_fee(law, each.fen, (on - each.due).days, on=on)
        for each in standing.arrears if each.due is not None and on > each.due
    }  # fmt: skip
    late = sum(each.fen for each in standing.arrears if each.due is not None and on > each.due)
    return Owing(employer, standing, running, late + standing.late_fees)


def _only(standing: Standing, month: Month | None) -> Standing:
    """What is owed for one month alone."""
    if month is None:
        return standing
    kept: tuple[Arrears, ...] = tuple(each for each in standing.arrears if each.month == yyyymm(month))
    return Standing(kept, standing.settled, standing.late, 0, 0)


def _never(_: int) -> None:
    return None


def _written(month: int) -> str:
    return f"{month // 100}-{month % 100:02}"
