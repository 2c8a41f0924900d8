"""One year of the demonstration carried out: contributions and interest in December, moves in the January after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wayfare.app.credit_interest import correction_batch, credit_interest
from wayfare.app.move_relation import Days, move_relations
from wayfare.app.post_contributions import contribution_batch, subsidy_batch
from wayfare.app.posting import Booked, post
from wayfare.app.sessions import at_work
from wayfare.scenarios import MoneyYear
from wayfare.storage import Database, Role

__all__ = ["carry_out_year"]


def carry_out_year(database: Database, year: MoneyYear, members: Sequence[str]) -> list[Booked]:
    """Post what the year lays down and move what follows it; carrying it out again changes nothing."""
    january = year.year + 1
    booked = _december(database, year, members)
    first = date(january, 1, 1)
    with at_work(database, Role.POSTER, "prepare the moves") as session:
        for fund in sorted({*year.corrections, *year.move_subsidies}):
            lacking, subsidy = year.corrections.get(fund), year.move_subsidies.get(fund)
            batches = [subsidy_batch(fund, first, subsidy, what="moves")] if subsidy else []
            batches += [correction_batch(fund, first, lacking)] if lacking else []
            booked += post(session, batches)
    days = Days(asked=date(january, 1, 4), sent=date(january, 1, 14), received=date(january, 1, 24))
    return booked + (move_relations(database, year.moves, days) if year.moves else [])


def _december(database: Database, year: MoneyYear, members: Sequence[str]) -> list[Booked]:
    """Contributions and interest of every fund, funds in the order of their names so that two runs never deadlock."""
    booked: list[Booked] = []
    with at_work(database, Role.POSTER, "post contributions and interest") as session:
        for fund in sorted({*year.contributions, *year.interest}):
            if stretches := year.contributions.get(fund):
                booked += post(session, [contribution_batch(fund, year.year, stretches, members)])
            if interest := year.interest.get(fund):
                subsidy = year.interest_subsidies.get(fund, 0)
                booked += credit_interest(session, fund, year.year, interest, subsidy=subsidy)
    return booked
