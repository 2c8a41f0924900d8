"""`wayfare fund reconcile`: members against control, fund against fund, bank against book, each with its verdict."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rich.console import Console

from wayfare.cli.console import results
from wayfare.cli.funds.ageing import On
from wayfare.cli.funds.bank import tell_matching
from wayfare.cli.funds.common import AsJson, Fund, print_json, shown
from wayfare.cli.funds.moves_told import tell_waiting
from wayfare.cli.funds.reading import Lang, Language, in_books, money_table
from wayfare.funds.reports.words import ReportWords

if TYPE_CHECKING:
    from wayfare.app.funds.reports import Reconciliation
    from wayfare.funds.reports.members import MembersControl
    from wayfare.funds.reports.pairs import Pair

__all__ = ["reconcile_command"]


def reconcile_command(fund: Fund, on: On = None, lang: Lang = Language.ENGLISH, as_json: AsJson = False) -> None:
    """Hold a book against itself, against other funds and against its banks."""
    from wayfare.app.funds.reports import reconcile

    day = on.date() if on else date.today()
    found = in_books(lambda database: reconcile(database, fund, day))
    if as_json:
        print_json(found.as_document())
    else:
        _tell(found, ReportWords(lang.value), results())


def _tell(found: Reconciliation, words: ReportWords, out: Console) -> None:
    out.print(words.title("reconcile", fund=words.fund(found.fund), on=found.on), markup=False, style="bold")
    out.print()
    _members(found.members, words, out)
    out.print()
    _pairs(found.fund, found.pairs, words, out)
    if found.set_aside:
        out.print()
        tell_waiting(found.set_aside, found.fund, found.on, words)
    for bank in found.banks:
        out.print()
        tell_matching(bank, words, out)
    for account in found.without_statement:
        out.print()
        out.print(words.title("bank", account=account.partition(":")[2], on=found.on), markup=False, style="bold")
        named = account.partition(":")[2]
        out.print(words.say("no_statement", fund=found.fund, account=named), markup=False, soft_wrap=True)


def _members(found: MembersControl, words: ReportWords, out: Console) -> None:
    heads = ("accounts", "holding", "below_zero", "held", "control", "difference")
    table = money_table(*map(words.head, heads), figures=6)
    counts = [f"{count:,}" for count in (found.accounts, found.holding, found.below_zero)]
    table.add_row(*counts, shown(found.held), shown(found.control), shown(found.difference))
    out.print(words.title("members"), markup=False, style="bold")
    out.print(table)
    agrees = not found.difference
    verdict = words.say("members_agree") if agrees else words.say("members_differ", amount=shown(found.difference))
    out.print(verdict, markup=False)


def _pairs(fund: str, pairs: tuple[Pair, ...], words: ReportWords, out: Console) -> None:
    out.print(words.title("pairs"), markup=False, style="bold")
    if not pairs:
        out.print(words.say("no_pairs", fund=words.fund(fund)), markup=False)
        return
    table = money_table(*map(words.head, ("account", "fund", "owes", "is_owed", "difference")), figures=3)
    items = money_table(*map(words.head, ("since", "matter", "with", "amount")), figures=1)
    for pair in pairs:
        owing, owed = words.fund(pair.owing.fund), words.fund(pair.owed.fund)
        figures = [shown(each) for each in (pair.said_to_be_owed, pair.said_to_be_due, pair.difference)]
        table.add_row(words.account(pair.owing.account), f"{owing} → {owed}", *figures)
        for item in pair.items:
            items.add_row(str(item.since), item.matter, owed if pair.owing.fund == fund else owing, shown(item.amount))
    out.print(table)
    differ = sum(bool(pair.difference) for pair in pairs)
    out.print(words.say("pairs_differ", count=differ) if differ else words.say("pairs_agree"), markup=False)
    if items.row_count:
        out.print(items)
