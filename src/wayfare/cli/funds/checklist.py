"""`wayfare fund checklist`: what a month still lacks before it can close, in English or Chinese; nothing is changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any

import typer
from rich.table import Column, Table

from wayfare.cli.console import results
from wayfare.cli.funds.common import AsJson, Fund, print_json
from wayfare.cli.funds.reading import Lang, Language, in_books
from wayfare.kernel import Month

__all__ = ["NoReadBack", "checklist_command", "tell_items"]

NoReadBack = Annotated[bool, typer.Option("--no-read-back", help="Do not read the whole book back against its chain.")]

_HEADS = {"en": ("item", "state", "found"), "zh": ("事项", "状态", "情况")}
_STATES = {
    "done": {"en": "done", "zh": "完成"}, "open": {"en": "open", "zh": "未完成"},
    "does_not_apply": {"en": "does not apply", "zh": "不适用"}, "explained": {"en": "explained", "zh": "已说明"},
}  # fmt: skip
_STOPS = {"en": "stops the close", "zh": "不能结账"}
_VERDICTS = {
    False: {"en": "Nothing stops the close.", "zh": "可以结账。"},
    True: {"en": "The month cannot close yet.", "zh": "还不能结账。"},
}


def checklist_command(
    month: Annotated[str, typer.Argument(help="The month, 2024-06.")],
    fund: Fund,
    no_read_back: NoReadBack = False,
    lang: Lang = Language.ENGLISH,
    as_json: AsJson = False,
) -> None:
    """Show what a month still lacks before it can close."""
    from wayfare.app.funds.close import read_checklist
    from wayfare.rulebook import load_rulebook

    law, today = load_rulebook(), date.today()
    found = in_books(
        lambda database: read_checklist(database, law, fund, Month(month), today=today, read_back=not no_read_back)
    )
    if as_json:
        print_json(found.as_document())
        return
    tell_items(found.items, lang.value)
    results().print(_VERDICTS[found.stopped][lang.value])


def tell_items(items: Iterable[Mapping[str, Any]], language: str) -> None:
    """Each item with its state; why it stops the close stands under one that does."""
    table = Table(*(Column(head) for head in _HEADS[language]), box=None, pad_edge=False)
    for item in items:
        state = _STATES[item["state"]][language] + (f", {_STOPS[language]}" if item["stops"] else "")
        told = [item["found"][language], item["explanation"], item["why"][language] if item["stops"] else ""]
        table.add_row(item["label"][language], state, "\n".join(filter(None, told)))
    results().print(table)
