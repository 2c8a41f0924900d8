"""`wayfare fund chart`: the accounts that the funds of an insurance keep, in English or Chinese."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.table import Column, Table

from wayfare.cli.console import results
from wayfare.cli.funds.common import AsJson, print_json
from wayfare.cli.funds.reading import Lang, Language
from wayfare.kernel.money import Money
from wayfare.ledger import INSURANCES, ChartLine, chart_of, check_fund
from wayfare.ledger.chart import CHART

__all__ = ["chart_command"]

_HEADS = {"en": ("account", "called", "floor", "what it holds"), "zh": ("科目", "名称", "最低余额", "内容")}


def chart_command(
    fund: Annotated[str | None, typer.Option(help="A fund, 440000:employee_pension; all purposes without.")] = None,
    lang: Lang = Language.ENGLISH,
    as_json: AsJson = False,
) -> None:
    """Show which accounts a fund keeps: names, labels and floors."""
    lines = _lines(fund)
    if as_json:
        print_json([_document(line) for line in lines])
        return
    table = Table(*(Column(head, no_wrap=not place) for place, head in enumerate(_HEADS[lang.value])), box=None,
                  pad_edge=False)  # fmt: skip
    for line in lines:
        floor = "" if line.floor is None else str(Money.fen(line.floor))
        table.add_row(line.pattern, line.label[lang.value], floor, line.meaning[lang.value])
    results().print(table)


def _lines(fund: str | None) -> tuple[ChartLine, ...]:
    if fund is None:
        return CHART
    check_fund(fund)
    return chart_of(fund.partition(":")[2])


def _document(line: ChartLine) -> dict[str, Any]:
    return {
        "account": line.pattern, "label": dict(line.label), "meaning": dict(line.meaning), "floor_fen": line.floor,
        "insurances": [insurance for insurance in INSURANCES if insurance in line.insurances],
    }  # fmt: skip
