"""`wayfare fund subsidy`: what government pays into a pool that cannot meet its payments."""

from __future__ import annotations

from typing import Annotated

import typer

from wayfare.cli.funds.common import AsJson, Fund, the_database
from wayfare.cli.funds.pay_benefits import DayOption, tell_posted
from wayfare.cli.funds.reading import Lang, Language
from wayfare.kernel import Money

__all__ = ["subsidy_command"]


def subsidy_command(
    fund: Fund,
    amount: Annotated[str, typer.Option("--amount", help="Yuan, 100000.00.")],
    what: Annotated[str, typer.Option("--for", help="What it is for, once a year: pensions-2024-06.")],
    on: DayOption,
    as_json: AsJson = False,
    lang: Lang = Language.ENGLISH,
) -> None:
    """Book what government owes to a pool that lacks money.

    Social Insurance Law, articles 13 and 65.
    """
    from wayfare.app.funds.pay_benefits import subsidise

    with the_database() as database:
        booked = subsidise(database, fund, Money.yuan(amount).amount_fen, what=what, on=on.date())
    tell_posted(booked.posted, booked.batch.key, fund, as_json=as_json, lang=lang)
