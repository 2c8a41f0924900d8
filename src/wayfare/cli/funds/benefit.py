"""`wayfare fund benefit`: what an officer records about a pension in payment, and what comes back or is inherited."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from wayfare.cli.console import results
from wayfare.cli.funds.benefit_words import BenefitWords
from wayfare.cli.funds.common import AsJson, Fund, bar, print_json, shown, the_database
from wayfare.cli.funds.deciding import Facts, decided
from wayfare.cli.funds.importing import tell_imported
from wayfare.cli.funds.pay_benefits import DayOption, Written, tell_posted, yuan, yyyymm
from wayfare.cli.funds.reading import Lang, Language
from wayfare.kernel import Money

if TYPE_CHECKING:
    from wayfare.storage.benefit_store import BenefitRecord, RecoveryPlan

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, help="Start a pension, adjust, suspend or end it, get back what was too much.")

Member = Annotated[str, typer.Argument(help="The person's id, as in account:<member>.")]
Paper = Annotated[str, typer.Option("--paper", help="The paper that you saw.")]
DecisionId = Annotated[str, typer.Option("--decision", help="The kept decision.")]
Replaces = Annotated[str | None, typer.Option("--replaces", help="With --facts: the decision that it corrects.")]


@app.command("start")
def start(
    member: Member, fund: Fund, decision: DecisionId, first: Written, facts: Facts = None, replaces: Replaces = None,
    lang: Lang = Language.ENGLISH,
) -> None:  # fmt: skip
    """Put a pension into payment by a kept decision of pension.monthly, or correct it by the one that replaced it."""
    from wayfare.app.funds.benefits import start_benefit

    with decided("pension.monthly", decision, facts, replaces) as database:
        fresh = start_benefit(database, fund, member, first_month=yyyymm(first), decision=decision)
    _recorded(fresh, lang, "started", member=member, fund=fund, month=first, decision=decision)


@app.command("adjust")
def adjust(
    member: Member, fund: Fund, decision: DecisionId, facts: Facts = None, replaces: Replaces = None,
    lang: Lang = Language.ENGLISH,
) -> None:  # fmt: skip
    """Record the yearly adjustment by a kept decision of pension.adjustment; it holds from January of its year."""
    from wayfare.app.funds.benefits import adjust_benefit

    with decided("pension.adjustment", decision, facts, replaces) as database:
        fresh = adjust_benefit(database, fund, member, decision=decision)
    _recorded(fresh, lang, "adjusted", member=member, decision=decision)


@app.command("death")
def death(member: Member, fund: Fund, on: DayOption, paper: Paper, lang: Lang = Language.ENGLISH) -> None:
    """Report a death with its day; the month of the death is the last that is paid."""
    from wayfare.app.funds.benefits import report_death

    with the_database() as database:
        fresh = report_death(database, fund, member, on=on.date(), paper=paper)
    _recorded(fresh, lang, "died", member=member, on=on.date(), month=f"{on:%Y-%m}")


@app.command("alive")
def alive(member: Member, fund: Fund, first: Written, paper: Paper, lang: Lang = Language.ENGLISH) -> None:
    """Record that a reported death was none; the months that were not paid come with the next payroll."""
    from wayfare.app.funds.benefits import withdraw_death

    with the_database() as database:
        fresh = withdraw_death(database, fund, member, month=yyyymm(first), paper=paper)
    _recorded(fresh, lang, "alive", member=member, month=first)


@app.command("suspend")
def suspend(member: Member, fund: Fund, first: Written, paper: Paper, lang: Lang = Language.ENGLISH) -> None:
    """Pay nothing from a month on."""
    from wayfare.app.funds.benefits import suspend_benefit

    with the_database() as database:
        fresh = suspend_benefit(database, fund, member, month=yyyymm(first), paper=paper)
    _recorded(fresh, lang, "suspended", member=member, month=first)


@app.command("resume")
def resume(member: Member, fund: Fund, first: Written, paper: Paper, lang: Lang = Language.ENGLISH) -> None:
    """Pay again from a month on; give the month of the suspension to make all of it good."""
    from wayfare.app.funds.benefits import suspend_benefit

    with the_database() as database:
        fresh = suspend_benefit(database, fund, member, month=yyyymm(first), paper=paper, resume=True)
    _recorded(fresh, lang, "resumed", member=member, month=first)


@app.command("recover")
def recover_command(
    member: Member,
    fund: Fund,
    on: DayOption,
    document: Annotated[str, typer.Option("--document", help="The paper that approved it.")],
    reason: Annotated[str, typer.Option("--reason", help="Why too much was paid.")],
    monthly: Annotated[
        str | None, typer.Option("--monthly", help="Yuan kept back each month; without it the person pays it in.")
    ] = None,
    first: Annotated[
        str | None, typer.Option("--from", help="The first month that keeps something back; else that of --on.")
    ] = None,
    as_json: AsJson = False,
    lang: Lang = Language.ENGLISH,
) -> None:
    """Charge back what was paid too much, to the money that had paid it, and agree how it is paid back."""
    from wayfare.app.funds.benefits import Approved, recover
    from wayfare.rulebook import load_rulebook

    day = on.date()
    with the_database() as database:
        plan, posted = recover(
            database, load_rulebook(), fund, member, monthly=_fen(monthly) if monthly else None, on=day,
            from_month=yyyymm(first or f"{day:%Y-%m}"), approved=Approved(day, document, reason),
        )  # fmt: skip
    if as_json:
        print_json(_plan(plan) | {"batch": None if posted is None else posted.number})
        return
    words, owes = BenefitWords(lang), {"member": member, "amount": shown(plan.amount), "number": plan.number}
    kept = {"monthly": shown(plan.monthly)} if plan.monthly else {}
    results().print(words.say("owes_monthly" if kept else "owes", **owes, **kept), markup=False)
    if posted is None:
        results().print(words.say("not_posted"))
    else:
        tell_posted(posted, f"recovery:{member}:{plan.number}", fund, as_json=False, lang=lang)


@app.command("repay")
def repay_command(
    member: Member,
    fund: Fund,
    on: DayOption,
    amount: Annotated[str, typer.Option("--amount", help="Yuan that came, 1200.00.")],
    bank: Annotated[str, typer.Option("--bank", help="The fund's bank account that it came to.")],
    reference: Annotated[str, typer.Option("--reference", help="The id of the bank's line.")],
    as_json: AsJson = False,
    lang: Lang = Language.ENGLISH,
) -> None:
    """Book what the person or the heirs paid back."""
    from wayfare.app.funds.benefits import repay

    with the_database() as database:
        posted = repay(
            database, fund, member, amount=_fen(amount), reference=reference, bank=bank, on=on.date()
        )
    tell_posted(posted, f"repayment:{member}:{reference}", fund, as_json=as_json, lang=lang)


@app.command("inherit")
def inherit_command(
    member: Member,
    fund: Fund,
    on: DayOption,
    decision: DecisionId,
    facts: Facts = None,
    set_off: Annotated[
        bool, typer.Option("--set-off", help="Take what the dead person owes out of the account first.")
    ] = False,
    lang: Lang = Language.ENGLISH,
) -> None:
    """Pay what a death leaves by a kept decision of pension.survivors: the account, and the family's benefit."""
    from wayfare.app.funds.benefits import inherit
    from wayfare.rulebook import load_rulebook

    with decided("pension.survivors", decision, facts) as database:
        posted = inherit(
            database, load_rulebook(), fund, member, decision=decision, on=on.date(), set_off=set_off
        )
    for each in posted:
        tell_posted(each.posted, each.batch.key, fund, as_json=False, lang=lang)
    if not posted:
        results().print(BenefitWords(lang).say("nothing_left"))


class Files(StrEnum):
    """The kinds of files about benefits."""

    AWARDS = "awards"
    ADJUSTMENTS = "adjustments"
    DEATHS = "deaths"


@app.command("import")
def import_command(
    kind: Annotated[Files, typer.Argument(help="What the file holds.")],
    file: Annotated[Path, typer.Argument(help="CSV in UTF-8; docs/how-to/pay-pensions.md lists the columns.")],
    fund: Fund,
    as_json: AsJson = False,
    lang: Lang = Language.ENGLISH,
) -> None:
    """Record a file of awards or adjustments by kept decisions, or of deaths. Exits with 2 when a line was left out."""
    from wayfare.app.funds.import_benefits import import_benefits

    with the_database() as database, bar(f"reading {kind}") as told:
        found = import_benefits(database, fund, kind.value, file, progress=lambda done: told(done, 0))
    if as_json:
        print_json(found.as_document())
    else:
        tell_imported(found, BenefitWords(lang))
    if found.problems:
        raise typer.Exit(2)


@app.command("show")
def show(member: Member, fund: Fund, as_json: AsJson = False, lang: Lang = Language.ENGLISH) -> None:
    """Show what was recorded about a pension in payment, the plans of recovery, and what is still owed."""
    from wayfare.app.funds.benefits import benefit_history

    with the_database() as database:
        records, plans, owed = benefit_history(database, fund, member)
    if as_json:
        told = {"records": [_record(each) for each in records], "plans": [_plan(each) for each in plans]}
        print_json({"fund": fund, "member": member, **told, "owed": yuan(owed)})
        return
    out, words = results(), BenefitWords(lang)
    table = Table(*words.heads("show_heads"), box=None, pad_edge=False)
    for each in records:
        amount = "" if each.pension is None else shown(each.pension)
        table.add_row(
            _month(each.from_month), words.say(each.what), amount, each.decision or each.paper, each.viewer
        )
    out.print(table)
    for plan in plans:
        said = {"number": plan.number, "amount": shown(plan.amount), "document": plan.document}
        monthly = {"monthly": shown(plan.monthly), "month": _month(plan.from_month)} if plan.monthly else {}
        out.print(words.say("plan_monthly" if monthly else "plan", **said, **monthly), markup=False)
    out.print(words.say("owed", amount=shown(owed)))


def _recorded(fresh: bool, lang: Language, sentence: str, **values: object) -> None:
    words = BenefitWords(lang)
    said = words.say(sentence, **values)
    results().print(said if fresh else words.say("before", said=said), markup=False)


def _fen(text: str) -> int:
    return Money.yuan(text).amount_fen


def _month(month: int) -> str:
    return f"{month // 100}-{month % 100:02d}"


def _record(each: BenefitRecord) -> dict[str, object]:
    amounts = {"pension": each.pension, "account_pension": each.account_pension}
    return {
        "what": each.what, "from": _month(each.from_month),
        **{name: None if fen is None else yuan(fen) for name, fen in amounts.items()},
        "on": each.on.isoformat() if each.on else None, "decision": each.decision, "paper": each.paper,
        "recorded_by": each.viewer,
    }  # fmt: skip


def _plan(plan: RecoveryPlan) -> dict[str, object]:
    return {
        "plan": plan.number, "amount": yuan(plan.amount), "monthly": yuan(plan.monthly) if plan.monthly else None,
        "from": _month(plan.from_month), "approved_on": plan.approved_on.isoformat(), "document": plan.document,
        "reason": plan.reason,
    }  # fmt: skip
