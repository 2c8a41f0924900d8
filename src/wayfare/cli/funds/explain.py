"""`wayfare fund explain`: from a figure to its batches, from a batch to its transfers and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from wayfare.cli.console import results
from wayfare.cli.funds.common import AsJson, Fund, print_json, shown
from wayfare.cli.funds.reading import (
    Lang,
    Language,
    MonthOption,
    Since,
    Until,
    days_between,
    in_books,
    money_table,
    status_named,
    whole_book,
)
from wayfare.cli.telling import UNITS_ZH
from wayfare.funds.reports.words import ReportWords
from wayfare.kernel import Money

if TYPE_CHECKING:
    from wayfare.app.funds.explaining import BatchFigure, Figure, Ground
    from wayfare.storage import Database

__all__ = ["explain_command", "tell_ground"]

BATCHES_MOST, DEPTH_MOST = 40, 3


def explain_command(
    fund: Fund,
    account: Annotated[str | None, typer.Argument(help="pooled_fund, bank:... or account for all members'.")] = None,
    batch: Annotated[str | None, typer.Option("--batch", help="One batch by its key.")] = None,
    month: MonthOption = None, since: Since = None, until: Until = None,
    after: Annotated[int, typer.Option("--after", help="Go on after this line of the batch.")] = -1,
    most: Annotated[int, typer.Option("--most", min=1, help="Transfers at most; each person is a look.")] = 20,
    lang: Lang = Language.ENGLISH, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Go from a figure to its batches, their transfers, and the decision or the law.

    An account leads to its batches, a batch to its transfers and to what it rests on, with the articles.
    """
    from wayfare.app.funds.explaining import explain_batch, explain_figure

    words, out = ReportWords(lang.value), results()
    if batch is None and account is None:
        raise typer.BadParameter("Name an account or a --batch.", param_hint="ACCOUNT")
    if batch is not None:
        from wayfare.rulebook import load_rulebook

        law = load_rulebook()
        one = in_books(
            lambda database: explain_batch(database, law, fund, batch, account=account, after=after, most=most)
        )
        print_json(one.as_document()) if as_json else _tell_batch(one, words, out)
        return

    def read(database: Database) -> Figure:
        first, last = days_between(month, since, until, lambda: whole_book(database, fund))
        return explain_figure(database, fund, account or "", first, last)

    figure = in_books(read)
    print_json(figure.as_document()) if as_json else _tell_figure(figure, words, out)


def _tell_figure(found: Figure, words: ReportWords, out: Console) -> None:
    account, named = words.account(found.account), words.fund(found.fund)
    if found.account == "account":
        account = words.class_name("members")
    title = words.title("explain", account=account, fund=named, first=found.first, last=found.last)
    out.print(title, markup=False, style="bold")
    table = money_table(*map(words.head, ("day", "batch", "lines", "debits", "credits", "balance")), figures=4)
    table.columns[0].no_wrap = True
    balance = found.opening
    table.add_row("", words.say("opening"), "", "", "", shown(balance))
    for part in found.parts:
        balance += part.credits - part.debits
        if table.row_count <= BATCHES_MOST:
            figures = [shown(each) if each else "" for each in (part.debits, part.credits)]
            table.add_row(str(part.on), part.key, f"{part.lines:,}", *figures, shown(balance))
    table.add_row("", words.say("closing"), "", "", "", shown(found.closing), style="bold")
    out.print(table)
    if len(found.parts) > BATCHES_MOST:
        out.print(words.say("more_batches", count=f"{len(found.parts) - BATCHES_MOST:,}"), markup=False)
    if found.parts:
        out.print(words.say("next_batch", fund=found.fund, account=found.account), markup=False, soft_wrap=True)


def _tell_batch(found: BatchFigure, words: ReportWords, out: Console) -> None:
    head = found.head
    title = words.title("transfers", key=head.key, fund=words.fund(found.fund), on=head.on)
    out.print(title, markup=False, style="bold")
    table = money_table(*map(words.head, ("debit", "credit", "months", "amount")), figures=1)
    for line in found.lines:
        table.add_row(words.account(line.debit), words.account(line.credit), line.months(), shown(line.amount))
    if not found.more and len(found.lines) == head.lines:
        table.add_row(words.say("sum"), "", "", shown(head.debits), style="bold")
    out.print(table)
    if found.more:
        told = {"count": f"{found.more:,}", "after": found.lines[-1].line}
        out.print(words.say("more_lines", **told), markup=False)
    if head.reverses:
        out.print(words.say("takes_back", key=head.reverses), markup=False)
    out.print()
    tell_ground(found.ground, words, out)


def tell_ground(ground: Ground, words: ReportWords, out: Console) -> None:
    """What a batch or a move rests on, with reasons or articles."""
    told = ground.document
    if ground.kind == "none":
        out.print(words.say("rests_on_nothing"), markup=False)
    elif ground.kind == "unseen":
        out.print(words.say("rests_on_unseen", id=ground.id), markup=False)
    elif ground.kind == "document":
        out.print(words.say("rests_on_document", id=ground.id), markup=False)
    elif ground.kind == "approval":
        floor = told["floor"]
        to = words.say("no_limit") if floor is None else words.say("floor", amount=shown(Money.yuan(floor)))
        about = {"id": ground.id, "day": told["on"], "by": told["by"], "reason": told["reason"], "floor": to}
        out.print(words.say("rests_on_approval", account=words.account(told["account"]), **about), markup=False)
    elif ground.kind == "decision":
        about = {"question": told["question"], "day": told["as_of_law"], "law": told["law_version"]}
        out.print(words.say("rests_on_decision", id=ground.id, **about), markup=False)
        _tell_reasons(told["reasons"], words, out)
        out.print(words.say("all_reasons"), markup=False)
    else:
        about = {"question": told["question"], "day": told["on"], "law": told["law_version"]}
        out.print(words.say("rests_on_law", **about), markup=False)
        if told["law_at_hand"] != told["law_version"]:
            out.print(words.say("law_changed", law=told["law_at_hand"]), markup=False)
        if at := told.get("credited_at"):
            sure = status_named(at["status"], words.language)
            out.print(words.say("credited_at", **{**at, "status": sure}), markup=False)
        _tell_law(told, words, out)


def _tell_law(told: Mapping[str, Any], words: ReportWords, out: Console) -> None:
    """The clauses and figures of the question's own rule; the others behind it are counted."""
    clauses = [each for each in told["clauses"] if each["rule"] == told["rule"]]
    figures = [each for each in told["figures"] if each["rule"] == told["rule"]]
    table = money_table(*map(words.head, ("text", "article")), figures=0)
    for clause in clauses:
        if clause["label"]["en"] != clause["name"]:  # a step on the way has no name for people
            table.add_row(clause["label"][words.language], _cited(clause["source"]))
    out.print(table)
    table = money_table(*map(words.head, ("figure", "value", "article")), figures=0)
    table.columns[1].justify = "right"
    for row in figures:
        known = row["value"] is not None
        value = _with_unit(row["value"], row["unit"], words.language) if known else "?"
        cited = _cited(row["source"]) if known else row["gap"][words.language]
        table.add_row(row["label"][words.language], value, cited)
    out.print(table)
    others = len(told["clauses"]) + len(told["figures"]) - len(clauses) - len(figures)
    if others:
        out.print(words.say("more_law", count=others, question=told["question"]), markup=False, soft_wrap=True)


def _with_unit(value: str, unit: str, language: str) -> str:
    named = UNITS_ZH.get(unit, "") if language == "zh" else unit if unit in UNITS_ZH else ""
    return f"{value} {named}".strip()


def _tell_reasons(reasons: Sequence[Mapping[str, Any]], words: ReportWords, out: Console, *, depth: int = 1) -> None:
    """Each reason with its article, those below it as far down as is read at a glance, the same sentence once."""
    said: set[str] = set()
    for reason in reasons:
        sentence = (reason.get("sentence") or {}).get(words.language) or reason["clause"]
        if sentence in said:
            continue
        said.add(sentence)
        mark = {True: "✓", False: "✗", None: "?"}[reason.get("holds")]
        cited = " ".join(part for part in (reason.get("source"), reason.get("article")) if part)
        out.print("  " * depth + f"{mark} {sentence}" + (f" ({cited})" if cited else ""), markup=False)
        if depth < DEPTH_MOST:
            _tell_reasons(reason.get("children") or (), words, out, depth=depth + 1)


def _cited(source: Mapping[str, str]) -> str:
    return f"{source['text']} {source['article']}".strip()
