"""`wayfare fund close`: a month is closed on its checklist, which is kept with the trial balance and who closed."""

from __future__ import annotations

import getpass
from datetime import date
from typing import Annotated

import typer

from wayfare.cli.console import results
from wayfare.cli.funds.checklist import NoReadBack, tell_items
from wayfare.cli.funds.common import AsJson, Fund, Yes, may_post, print_json, the_database
from wayfare.cli.funds.reading import Lang, Language
from wayfare.kernel import Month
from wayfare.kernel.wording import filled

__all__ = ["close_command"]

_TOLD = {
    "closed": {"en": "{month} of {fund} is closed, by {by} on {at}.", "zh": "{fund} {month}已结账：{by}，{at}。"},
    "repeated": {
        "en": "{month} of {fund} was closed before, by {by} on {at}.", "zh": "{fund} {month}此前已结账：{by}，{at}。",
    },
}  # fmt: skip
_KEPT = {
    "en": "Kept: {rows} line{rows:|s} of the trial balance, SHA-256 {digest}.",
    "zh": "已保存试算平衡表{rows}行，SHA-256 {digest}。",
}


def close_command(
    month: Annotated[str, typer.Argument(help="The month, 2024-06.")],
    fund: Fund,
    explain: Annotated[list[str] | None, typer.Option(help="An open item and why it may stay so: bank='...'.")] = None,
    by: Annotated[str | None, typer.Option(help="Who closes; the user of this machine when left out.")] = None,
    no_read_back: NoReadBack = False,
    yes: Yes = False,
    lang: Lang = Language.ENGLISH,
    as_json: AsJson = False,
) -> None:
    """Close a month by its checklist; it stays closed."""
    from wayfare.app.funds.close import close_month, read_checklist
    from wayfare.rulebook import load_rulebook

    law, today, explanations = load_rulebook(), date.today(), dict(_explanation(text) for text in explain or ())
    with the_database() as database:
        if not (yes or as_json):
            seen = read_checklist(database, law, fund, Month(month), today=today, read_back=not no_read_back)
            tell_items(seen.items, lang.value)
        if not may_post(f"Close {month} of {fund}?", yes=yes or as_json):
            raise typer.Exit(0)
        found = close_month(
            database, law, fund, Month(month), by=by or getpass.getuser(), today=today, explanations=explanations,
            read_back=not no_read_back,
        )  # fmt: skip
    if as_json:
        print_json(found.as_document())
        return
    assert found.kept is not None  # it was closed now or before
    out, kept = results(), found.kept
    at = kept.at.strftime("%Y-%m-%d %H:%M")
    out.print(_TOLD[found.state][lang.value].format(month=month, fund=fund, by=kept.by, at=at), markup=False)
    out.print(filled(_KEPT[lang.value], rows=len(kept.rows), digest=kept.rows_hash.hex()), markup=False)


def _explanation(text: str) -> tuple[str, str]:
    name, mark, why = text.partition("=")
    if not mark:
        raise typer.BadParameter("Write an item and why: bank='the statement comes on Monday'.", param_hint="--explain")
    return name.strip(), why
