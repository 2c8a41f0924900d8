"""`wayfare fund interest`: a year's interest of all members of a fund, first shown, then posted as one batch."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from wayfare.cli.console import results
from wayfare.cli.funds.common import AsJson, Fund, Preview, Yes, may_post, print_json, shown, the_database
from wayfare.cli.funds.reading import Lang, Language, status_named
from wayfare.kernel.wording import filled

if TYPE_CHECKING:
    from wayfare.app.funds.interest import CreditedYear

__all__ = ["interest_command"]

_ASK = {"en": "Post it to {fund}?", "zh": "记入{fund}的账吗？"}
_STATES = {
    "preview": {"en": "Nothing was posted.", "zh": "没有记账。"},
    "posted": {"en": "Posted as one batch, on {on}.", "zh": "已作为一批记账，日期{on}。"},
    "repeated": {"en": "It was posted before, on {on}: nothing changed.", "zh": "此前已记账，日期{on}，没有变动。"},
}
_LINES = {
    "sums": {
        "en": "{fund}, interest of {year}: {members} member{members:|s}, {credited} yuan.",
        "zh": "{fund} {year}年利息：{members}人，{credited}元。",
    },
    "rate": {"en": "Rate {rate} ({status}): {source}", "zh": "记账利率{rate}（{status}）：{source}"},
    "earlier": {
        "en": "Of it {earlier} yuan belong to earlier years, for what came late.",
        "zh": "其中{earlier}元属于以前年度，因为有补记的月份。",
    },
    "residue": {
        "en": "Rounding leaves {residue} yuan on the account rounding.",
        "zh": "四舍五入的差额{residue}元记入尾差科目。",
    },
}  # fmt: skip


def interest_command(
    year: Annotated[int, typer.Argument(help="The year, 2024.")],
    fund: Fund,
    rate: Annotated[str | None, typer.Option(help="A rate that the law at hand does not hold, 0.0262.")] = None,
    source: Annotated[str, typer.Option(help="The notice that the given rate stands in.")] = "",
    yes: Yes = False,
    preview: Preview = False,
    lang: Lang = Language.ENGLISH,
    as_json: AsJson = False,
) -> None:
    """Credit every member the interest of a year.

    A year that was credited is only told again.
    """
    from wayfare.app.funds.interest import post_year, prepare_year
    from wayfare.rulebook import load_rulebook

    law, today = load_rulebook(), date.today()
    with the_database() as database:
        found = prepare_year(database, law, fund, year, today=today, rate=rate, source=source)
        if not as_json:
            _tell(found, lang.value)
        question = _ASK[lang.value].format(fund=fund)
        if found.interest is not None and not preview and may_post(question, yes=yes or as_json):
            found = post_year(database, law, found, today=today)
    if as_json:
        print_json(found.as_document())
    else:
        results().print(_STATES[found.state][lang.value].format(on=found.on))


def _tell(found: CreditedYear, language: str) -> None:
    values = found.as_document() | {
        "members": f"{found.members:,}", "credited": shown(found.credited), "earlier": shown(found.earlier),
        "residue": shown(found.residue), "status": status_named(found.rate.status, language),
    }  # fmt: skip
    for name, line in _LINES.items():
        if name != "earlier" or found.earlier:
            results().print(filled(line[language], **values), markup=False)
