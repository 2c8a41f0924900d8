"""Scenarios: many lives through the same law. Populations drawn from a seed, their money by year, their outcomes.

Everything here is pure and the same on every machine; `wayfare.app` carries out what it lays down.
"""

from wayfare.scenarios.as_recorded import as_recorded
from wayfare.scenarios.assumptions import ASSUMPTIONS, Assumption
from wayfare.scenarios.figures import average_wages
from wayfare.scenarios.outcomes import Outcomes, PensionsOfPlace, outcomes
from wayfare.scenarios.population import draw_population
from wayfare.scenarios.record import FIRST_YEAR, Stretch
from wayfare.scenarios.transfers import with_temporary
from wayfare.scenarios.years import MoneyYear, fund_of_province, money_years

__all__ = [
    "ASSUMPTIONS",
    "FIRST_YEAR",
    "Assumption",
    "MoneyYear",
    "Outcomes",
    "PensionsOfPlace",
    "Stretch",
    "as_recorded",
    "average_wages",
    "draw_population",
    "fund_of_province",
    "money_years",
    "outcomes",
    "with_temporary",
]
