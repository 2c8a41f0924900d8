"""`wayfare fund pay-benefits`: the month's pensions, first shown, then posted as one batch; then what the bank paid."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from wayfare.cli.console import results
from wayfare.cli.funds.common import AsJson, Fund, Preview, Yes, bar, may_post, print_json, shown, the_database
from wayfare.kernel import Month

if TYPE_CHECKING:
    from wayfare.app.funds.pay_benefits import PaidBenefits
    from wayfare.ledger import Posted

__all__ = ["DayOption", "Written", "pay_benefits_command", "yyyymm"]

DayOption = Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="The day, 2024-07-05.")]
Written = Annotated[str, typer.Option("--from", help="The first month, 2024-06.")]
TOLD_MOST = 20


def pay_benefits_command(
    month: Annotated[str, typer.Argument(help="The month, 2024-06.")],
    fund: Fund,
    paid_by: Annotated[
        str | None, typer.Option("--paid-by", help="The bank account that paid the payroll out; with --on.")
    ] = None,
    on: Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day it was paid out.")] = None,
    yes: Yes = False,
    preview: Preview = False,
    as_json: AsJson = False,
) -> None:
    """Pay every pension due for a month out of accounts and pool; with --paid-by book that the bank has paid it out."""
    if paid_by is not None:
        return _paid_out(yyyymm(month), fund, paid_by, on, as_json=as_json)
    from wayfare.app.funds.pay_benefits import pay_benefits
    from wayfare.rulebook import load_rulebook

    law = load_rulebook()
    asks = not (yes or as_json or preview) and sys.stdin.isatty() and sys.stdout.isatty()
    with the_database() as database:
        with bar(f"pensions of {month}") as progress:
            found = pay_benefits(database, law, fund, yyyymm(month), preview=preview or asks, progress=progress)
        if not as_json:
            _tell(found, month)
        if asks and not found.is_repeat and may_post(f"Post the payroll of {month} to {fund}?", yes=False):
            found = pay_benefits(database, law, fund, yyyymm(month))
    if as_json:
        print_json(_document(found, month))
    elif found.posted is not None:
        results().print(f"Posted as batch {found.posted.number} of {fund}, payroll:{month}.")
    elif not found.is_repeat:
        results().print("Nothing was posted.")
    return None


def yyyymm(text: str) -> int:
    """A month as the books write it. Raises NotAMonth."""
    index = Month(text).index
    return index // 12 * 100 + index % 12 + 1


def _paid_out(month: int, fund: str, bank: str, on: datetime | None, *, as_json: bool) -> None:
    from wayfare.app.funds.pay_benefits import confirm_paid

    if on is None:
        raise typer.BadParameter("Say on which day the bank paid: --on 2024-07-05.", param_hint="--on")
    with the_database() as database:
        posted = confirm_paid(database, fund, month, bank=bank, on=on.date())
    tell_posted(posted, f"payroll-paid:{month // 100}-{month % 100:02d}", fund, as_json=as_json)


def tell_posted(posted: Posted, key: str, fund: str, *, as_json: bool) -> None:
    """Where a batch stands, and whether it was new."""
    if as_json:
        print_json({"fund": fund, "key": key, "batch": posted.number, "is_new": posted.fresh})
    else:
        was = "Posted as" if posted.fresh else "It was posted before: nothing changed. It is"
        results().print(f"{was} batch {posted.number} of {fund}, {key}.")


def _tell(found: PaidBenefits, month: str) -> None:
    out, payroll = results(), found.payroll
    if payroll is None:
        out.print(f"The payroll of {month} was run before: nothing changed.")
        return
    due = "1 pension is due" if payroll.pensioners == 1 else f"{payroll.pensioners:,} pensions are due"
    out.print(f"{found.fund}, {month}: {due}.")
    out.print(f"From accounts {shown(payroll.from_account)} yuan, from the pool {shown(payroll.from_pool)} yuan.")
    late, kept = shown(payroll.made_good), shown(payroll.kept_back)
    out.print(f"Of that for earlier months: {late} yuan. Kept back: {kept} yuan.")
    out.print(f"The bank is to pay {shown(payroll.payable)} yuan.")
    if found.lacking:
        out.print(f"The pool lacks {shown(found.lacking)} yuan: government pays what is lacking (article 13).")
    for member, fen in sorted(found.overpaid.items())[:TOLD_MOST]:
        out.print(f"{member} was paid {shown(fen)} yuan too much: wayfare fund benefit recover {member}", markup=False)
    for member, fund in sorted(found.paid_elsewhere.items())[:TOLD_MOST]:
        out.print(f"{member} draws a pension from {fund} too: ask which goes on, and suspend the other", markup=False)
    if max(len(found.overpaid), len(found.paid_elsewhere)) > TOLD_MOST:
        out.print("--json lists all of them")


def _document(found: PaidBenefits, month: str) -> dict[str, object]:
    payroll, posted = found.payroll, found.posted
    if payroll is None:
        return {"fund": found.fund, "month": month, "is_repeat": True, "posted": None}
    amounts = {
        "from_account": payroll.from_account, "from_pool": payroll.from_pool, "for_earlier_months": payroll.made_good,
        "kept_back": payroll.kept_back, "payable": payroll.payable, "pool_lacks": found.lacking,
    }  # fmt: skip
    return {
        "fund": found.fund, "month": month, "is_repeat": False, "pensions": payroll.pensioners,
        **{name: yuan(fen) for name, fen in amounts.items()},
        "overpaid": {member: yuan(fen) for member, fen in sorted(found.overpaid.items())},
        "paid_elsewhere": found.paid_elsewhere,
        "posted": None if posted is None else {"batch": posted.number},
    }  # fmt: skip


def yuan(fen: int) -> str:
    """An amount as documents write it: 306000.00."""
    return f"{fen // 100}.{fen % 100:02d}"
