"""`wayfare fund run-month`: what everybody owes for a month, first shown, then posted as one batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.table import Column, Table

from wayfare.cli.console import results
from wayfare.cli.funds.common import AsJson, Fund, Preview, Yes, bar, may_post, print_json, shown, the_database
from wayfare.cli.funds.match import tell_fees
from wayfare.cli.funds.month_words import MonthWords
from wayfare.cli.funds.reading import Lang, Language
from wayfare.kernel import Money, Month

if TYPE_CHECKING:
    from wayfare.app.funds.run_month import Corrected
    from wayfare.funds.month import MonthRun

__all__ = ["run_month_command"]

EMPLOYERS_MOST, MEMBERS_MOST = 20, 10
ALONE: Final = "alone"


def run_month_command(
    month: Annotated[str, typer.Argument(help="The month, 2024-06.")],
    fund: Fund,
    yes: Yes = False,
    preview: Preview = False,
    correct: Annotated[
        bool, typer.Option("--correct", help="Take the month back and post it anew where charges no longer fit.")
    ] = False,
    lang: Lang = Language.ENGLISH,
    as_json: AsJson = False,
) -> None:
    """Assess who is enrolled in a month and not charged yet, and post their shares."""
    from wayfare.app.funds.run_month import Corrected, correct_month, post_month, prepare_month
    from wayfare.rulebook import load_rulebook

    law, words = load_rulebook(), MonthWords(lang)
    with the_database() as database:
        with bar(f"assessing {month}") as told:
            run = prepare_month(database, law, fund, Month(month), today=date.today(), progress=told)
        done = None
        if anew := correct and bool(run.differing):
            _say(as_json, _tell_findings, run, words)
            run = prepare_month(database, law, fund, Month(month), anew=True)
            _say(as_json, results().print, words.say("anew", month=month))
        _say(as_json, _tell, run, words)
        question = words.say("ask_correct" if anew else "ask_post", key=run.key, month=month, fund=fund)
        if (anew or run.batch is not None) and not preview and may_post(question, yes=yes or as_json):
            if anew:
                done = correct_month(database, law, fund, Month(month))
            elif (posted := post_month(database, run)) is not None:
                done = Corrected(run, posted, (), {})
    if as_json:
        print_json(_document(run if done is None else done.run, done))
    elif done is not None:
        _tell_done(done, words)
    elif anew or run.batch is not None:
        results().print(words.say("not_posted"))


def _say(as_json: bool, tell: Callable[..., object], *what: object) -> None:
    if not as_json:
        tell(*what)


def _document(run: MonthRun, done: Corrected | None) -> dict[str, Any]:
    posted = None if done is None or done.posted is None else {"batch": done.posted.number}
    back = list(done.taken_back) if done else []
    fees = {employer: str(Money.fen(fen)) for employer, fen in (done.late_fees if done else {}).items()}
    return {**run.as_document(), "posted": posted, "taken_back": back, "late_fees": fees}


def _tell_done(done: Corrected, words: MonthWords) -> None:
    run = done.run
    if done.taken_back:
        results().print(words.say("taken_back", keys=", ".join(done.taken_back)), markup=False)
    if done.posted is not None:
        said = {"number": done.posted.number, "fund": run.fund, "key": run.key, "on": run.on}
        results().print(words.say("posted", **said))
    tell_fees(done.late_fees, words)


def _tell_findings(run: MonthRun, words: MonthWords) -> None:
    """Each member whose charge no longer fits, with amounts and payers before and now."""
    names = words.heads("differing_heads")
    table = Table(names[0], *(Column(n, justify="right") for n in names[1:3]), *names[3:], box=None, pad_edge=False)
    for each in run.differing[:EMPLOYERS_MOST]:
        payers = [words.say("alone") if payer == ALONE else payer for payer in (each.payer, each.payer_now)]
        table.add_row(each.member, shown(each.charged), shown(each.now), *payers)
    results().print(table)
    if len(run.differing) > EMPLOYERS_MOST:
        results().print(words.say("more_lines", more=len(run.differing) - EMPLOYERS_MOST))


def _tell(run: MonthRun, words: MonthWords) -> None:
    out, say = results(), words.say
    counts = {"enrolled": run.enrolled, "before": run.charged_before, "charged": run.charged}
    out.print(say("counts", fund=run.fund, month=run.month, **counts))
    if run.batch is None:
        out.print(say("nothing_to_do"))
    else:
        out.print(say("shares", pool=shown(run.pool), own=shown(run.own)))
        out.print(_dues(run, words))
    for line in _findings(run, words):
        out.print(line, markup=False)


def _findings(run: MonthRun, words: MonthWords) -> Iterator[str]:
    """What an officer must know beside the sums, a line each."""
    for name, (value, source) in run.rules.items():
        yield words.say("rule", name=name, value=value, source=source)
    if run.differing:
        names = ", ".join(each.member for each in run.differing[:MEMBERS_MOST])
        yield words.say("differing", count=len(run.differing), names=names)
    if run.several:
        more, names = len(run.several) - MEMBERS_MOST, ", ".join(run.several[:MEMBERS_MOST])
        yield words.say("several", count=len(run.several))
        yield f"  {names}{words.say('more_members', more=more) if more > 0 else ''}"
    for silent in run.undeclared:
        name = f"{silent.employer.id} {silent.employer.name}"
        if silent.fen is None:
            yield words.say("silent_new", name=name)
        else:
            yield words.say("silent", name=name, amount=shown(silent.fen))
    for each in run.not_assessed:
        yield words.say("not_assessed", count=len(each.members), why=each.say[words.language])
        more = len(each.members) - MEMBERS_MOST
        listed = ", ".join(each.members[:MEMBERS_MOST])
        yield f"  {listed}{words.say('more_members', more=more) if more > 0 else ''}"


def _dues(run: MonthRun, words: MonthWords) -> Table:
    payer, *heads = words.heads("dues")
    table = Table(payer, *(Column(name, justify="right") for name in heads), box=None, pad_edge=False)
    for due in run.dues[:EMPLOYERS_MOST]:
        name = f"{due.employer.id} {due.employer.name}" if due.employer else words.say("alone")
        table.add_row(name, f"{due.members:,}", shown(due.pool), shown(due.own), shown(due.pool + due.own))
    if len(run.dues) > EMPLOYERS_MOST:
        table.add_row(words.say("more_payers", more=len(run.dues) - EMPLOYERS_MOST))
    return table
