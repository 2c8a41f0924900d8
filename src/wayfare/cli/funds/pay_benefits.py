"""`wayfare fund pay-benefits`: the month's pensions, first shown, then posted as one batch; then what the bank paid."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from wayfare.cli.console import results
from wayfare.cli.funds.benefit_words import BenefitWords
from wayfare.cli.funds.common import (
    AsJson,
    Fund,
    Preview,
    Yes,
    bar,
    is_terminal,
    may_post,
    print_json,
    shown,
    the_database,
)
from wayfare.cli.funds.reading import Lang, Language
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
    lang: Lang = Language.ENGLISH,
) -> None:
    """Pay every pension due for a month out of accounts and pool.

    With --paid-by book that the bank has paid it out.
    """
    if paid_by is not None:
        return _paid_out(yyyymm(month), fund, paid_by, on, as_json=as_json, lang=lang)
    from wayfare.app.funds.pay_benefits import pay_benefits
    from wayfare.rulebook import load_rulebook

    law, words = load_rulebook(), BenefitWords(lang)
    asks = not (yes or as_json or preview) and is_terminal()
    with the_database() as database:
        with bar(f"pensions of {month}") as progress:
            found = pay_benefits(database, law, fund, yyyymm(month), preview=preview or asks, progress=progress)
        if not as_json:
            _tell(found, month, words)
        if asks and not found.is_repeat and may_post(words.say("ask_payroll", month=month, fund=fund), yes=False):
            found = pay_benefits(database, law, fund, yyyymm(month))
    if as_json:
        print_json(_document(found, month))
    elif found.posted is not None:
        tell_posted(found.posted, f"payroll:{month}", fund, as_json=False, lang=lang)
    elif not found.is_repeat:
        results().print(words.say("not_posted"))
    return None


def yyyymm(text: str) -> int:
    """A month as the books write it. Raises NotAMonth."""
    index = Month(text).index
    return index // 12 * 100 + index % 12 + 1


def _paid_out(month: int, fund: str, bank: str, on: datetime | None, *, as_json: bool, lang: Language) -> None:
    from wayfare.app.funds.pay_benefits import confirm_paid

    if on is None:
        raise typer.BadParameter("Say on which day the bank paid: --on 2024-07-05.", param_hint="--on")
    with the_database() as database:
        posted = confirm_paid(database, fund, month, bank=bank, on=on.date())
    tell_posted(posted, f"payroll-paid:{month // 100}-{month % 100:02d}", fund, as_json=as_json, lang=lang)


def tell_posted(posted: Posted, key: str, fund: str, *, as_json: bool, lang: Language) -> None:
    """Where a batch stands, and whether it was new."""
    if as_json:
        print_json({"fund": fund, "key": key, "batch": posted.number, "is_new": posted.fresh})
    else:
        said = "posted" if posted.fresh else "posted_before"
        results().print(BenefitWords(lang).say(said, number=posted.number, fund=fund, key=key), markup=False)


def _tell(found: PaidBenefits, month: str, words: BenefitWords) -> None:
    out, payroll, say = results(), found.payroll, words.say
    if payroll is None:
        out.print(say("run_before", month=month))
        return
    due = "due" if payroll.pensioners else "due_none"
    out.print(say(due, fund=found.fund, month=month, count=payroll.pensioners))
    out.print(say("sources", account=shown(payroll.from_account), pool=shown(payroll.from_pool)))
    out.print(say("of_that", late=shown(payroll.made_good), kept=shown(payroll.kept_back)))
    out.print(say("payable", amount=shown(payroll.payable)))
    if found.lacking:
        out.print(say("lacking", amount=shown(found.lacking)))
    for member, fen in sorted(found.overpaid.items())[:TOLD_MOST]:
        out.print(say("overpaid", member=member, amount=shown(fen)), markup=False)
    for member, fund in sorted(found.paid_elsewhere.items())[:TOLD_MOST]:
        out.print(say("elsewhere", member=member, fund=fund), markup=False)
    if max(len(found.overpaid), len(found.paid_elsewhere)) > TOLD_MOST:
        out.print(say("more"))


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
