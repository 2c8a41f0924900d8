"""`wayfare fund floor`: how low a fund's accounts may fall, and the dated approval that changes it, shown first."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from wayfare.cli.console import results
from wayfare.cli.funds.common import AsJson, Fund, Preview, Yes, is_terminal, may_post, print_json, shown, the_database
from wayfare.cli.funds.move_words import MoveWords
from wayfare.cli.funds.reading import Lang, Language, in_books, money_table
from wayfare.funds.reports.words import ReportWords
from wayfare.kernel import Money

if TYPE_CHECKING:
    from wayfare.app.funds.floors import ChangedFloor, Floors
    from wayfare.ledger import Approval

__all__ = ["NO_LIMIT", "floor_command", "limit"]

NO_LIMIT = "none"


def floor_command(
    fund: Fund,
    account: Annotated[str, typer.Argument(help="The account whose floor changes.")] = "pooled_fund",
    to: Annotated[str | None, typer.Option("--to", help="New floor in yuan, -500000.00; none for no limit.")] = None,
    on: Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="Day of the approval.")] = None,
    document: Annotated[str, typer.Option("--document", help="The paper that approved it.")] = "",
    by: Annotated[str, typer.Option("--by", help="Who approved it.")] = "",
    reason: Annotated[str, typer.Option("--reason", help="Why the floor changes.")] = "",
    yes: Yes = False, preview: Preview = False, lang: Lang = Language.ENGLISH, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Show how low the accounts of a fund may fall, or change it by an approval (--to)."""
    words, names = MoveWords(lang), ReportWords(lang.value)
    if to is None:
        from wayfare.app.funds.floors import read_floors

        found = in_books(lambda database: read_floors(database, fund))
        print_json(found.as_document()) if as_json else _tell_floors(found, words, names)
        return
    from wayfare.app.funds.floors import change_floor
    from wayfare.ledger import Approval

    if on is None:
        raise typer.BadParameter("Say on which day it was approved: --on 2024-07-05.", param_hint="--on")
    approval, floor = Approval(on.date(), document, by, reason), _floor(to)
    asks = not (yes or as_json or preview) and is_terminal()
    with the_database() as database:
        change = change_floor(database, fund, account, floor, approval, preview=preview or asks)
        if not as_json:
            _tell_change(change, approval, words, names)
        if asks and change.posted.fresh and may_post(words.say("ask_floor", fund=names.fund(fund)), yes=False):
            change = change_floor(database, fund, account, floor, approval)
    print_json(change.as_document()) if as_json else _tell_posted(change, approval, words)


def limit(floor: Money | None, words: MoveWords) -> str:
    """A floor as people read it."""
    return words.say("no_limit") if floor is None else shown(floor)


def _floor(text: str) -> int | None:
    return None if text == NO_LIMIT else Money.yuan(text).amount_fen


def _tell_floors(found: Floors, words: MoveWords, names: ReportWords) -> None:
    out = results()
    table = money_table(*words.heads("floors"), figures=4)
    for each in found.accounts:
        figures = map(shown, (each.held, each.set_aside, each.free))
        table.add_row(names.account(each.account), *figures, limit(each.floor, words))
    out.print(names.fund(found.fund), markup=False, style="bold")
    out.print(table)
    out.print()
    if not found.approvals:
        out.print(words.say("no_approval"))
        return
    table = money_table(*words.heads("approvals"), figures=0)
    table.columns[0].no_wrap = True
    table.columns[2].justify = "right"
    for one in found.approvals:
        table.add_row(
            str(one.on), names.account(one.account), limit(one.floor, words), one.document, one.by, one.reason
        )
    out.print(table)


def _tell_change(change: ChangedFloor, approval: Approval, words: MoveWords, names: ReportWords) -> None:
    out, before, after = results(), change.before, change.after
    said = {"account": names.account(after.account), "fund": names.fund(change.fund)}
    if change.posted.fresh:
        out.print(words.say("floor_change", **said, old=limit(before.floor, words), new=limit(after.floor, words)),
                  markup=False)  # fmt: skip
    out.print(words.say("floor_holds", held=shown(after.held), free=shown(after.free)), markup=False)
    about = {"document": approval.document, "by": approval.by, "reason": approval.reason}
    out.print(words.say("floor_ground", **about), markup=False)


def _tell_posted(change: ChangedFloor, approval: Approval, words: MoveWords) -> None:
    key = f"floor:{change.after.account}:{approval.document}"
    if not change.posted.fresh:
        said = words.say("floor_repeated", number=change.posted.number)
    elif change.is_preview:
        said = words.say("not_posted")
    else:
        said = words.say("posted", number=change.posted.number, fund=change.fund, key=key, on=approval.on)
    results().print(said, markup=False)
