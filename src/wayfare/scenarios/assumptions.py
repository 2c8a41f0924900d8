"""What the drawn lives assume, each with its number and where the number comes from.

The numbers are used from here and nowhere else, so that the list a reader sees is the list that was used. `seed 000`
and `seed 002` are studies of migrants; a source of `ours` says that nothing better was at hand.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ASSUMPTIONS", "OURS", "Assumption", "assumption"]

OURS = "ours"
FUZHOU = "seed 000, survey of 600 migrants in Fuzhou, early 2009"
ILO = "seed 002, ILO, Internal labour migration in China, 2006"


@dataclass(frozen=True, slots=True)
class Assumption:
    """One assumption: its numbers (shares in ten-thousandths unless `says` gives another unit) and their source."""

    name: str
    says: str
    numbers: tuple[int, ...]
    source: str

    @property
    def number(self) -> int:
        """The number of an assumption that has only one."""
        (only,) = self.numbers
        return only


ASSUMPTIONS = (
    Assumption(
        "birth_year", "Years of birth are spread evenly from the first to the last.", (1955, 1990), OURS
    ),
    Assumption(
        "men", "The share of men; of 106 million outside their native community 51 % were men in 2003.", (5100,), ILO
    ),
    Assumption(
        "women_at_50", "The share of women in posts whose retirement age was 50 (the others: 55).", (8500,), OURS
    ),
    Assumption(
        "never_left", "The share who move inside their province only, so that funds also hold people who stayed.",
        (1000,), OURS,
    ),
    Assumption(
        "left_young", "The share who left home at 16 to 29; over 71 % of the migrant labour force were 15 to 29.",
        (7100,), ILO,
    ),
    Assumption("left_later", "The others left home at this age, in years, from and until.", (30, 42), OURS),
    Assumption(
        "first_year_away", "Nobody left before this year and those old enough left within the years that follow.",
        (1984, 20), "seed 002: two million migrants sought urban jobs in the mid-1980s",
    ),
    Assumption(
        "first_flow", "Where people come from and go to: the lifetime flows between 31 provinces of 2010, whose label "
        "is inferred (data/SOURCES.md). Later moves are drawn from the row of the home province as well.",
        (2010,), "census long form, province_migration_flows.csv",
    ),
    Assumption(
        "direction", "Plans come true: settle, move on, return home, circulate, undecided (table 1, all respondents).",
        (1917, 883, 4217, 783, 2200), FUZHOU,
    ),
    Assumption("second_settling", "The share of settlers who settle in the second place only.", (3000,), OURS),
    Assumption("undecided_home", "The share of the undecided whose last move was home.", (5000,), OURS),
    Assumption(
        "stay_months", "Months of a stay, from and until, men then women; the means are the study's 6 and 4 years.",
        (24, 121, 12, 85), ILO,
    ),
    Assumption("months_at_home", "Months at home of those who circulate, from and until.", (6, 25), OURS),
    Assumption(
        "hukou_moved", "The share of settlers whose registration follows them (table 2: the whole family 24.00 %, the "
        "respondent only 7.83 %, if it were allowed), and after how many months.", (3183, 84), FUZHOU,
    ),
    Assumption(
        "informal", "The share in informal or own-account work through life (52 % of migrants were self-employed).",
        (5200,), ILO,
    ),
    Assumption("job_months", "Months of a job, from and until.", (12, 61), OURS),
    Assumption("gap_months", "Months without work between two jobs, from and until.", (0, 7), OURS),
    Assumption(
        "contract", "The share of formal jobs with a contract (62.00 %).", (6200,), FUZHOU
    ),
    Assumption(
        "trades", "Construction, manufacturing, trade and catering, services, other (25, 24, 20, 18 %).",
        (2500, 2400, 2000, 1800, 1300), ILO,
    ),
    Assumption(
        "first_insured_year", "Drawn contributions begin in the year in which accounts were unified.",
        (1998,), "国发〔1997〕26号",
    ),
    Assumption(
        "insured_before", "The share of formal workers in the pension insurance until the Social Insurance Law came "
        "into force in July 2011: 21.67 % of all respondents, all of them among the formal 48 %.", (4515,), FUZHOU,
    ),
    Assumption("insured_since", "The same share since July 2011; no figure was at hand.", (8000,), OURS),
    Assumption(
        "insured_flexible", "The share of informal workers who pay as flexible workers at home, since 2006.",
        (1000,), OURS,
    ),
    Assumption(
        "waiting_months", "Months in a job before it is insured, from and until (4 to 6 at one factory in 2012).",
        (0, 7), "seed 004",
    ),
    Assumption(
        "wage_ratio", "Wages as a share of the local average wage, lowest, usual and highest; 3,275 yuan a month was "
        "58 % of the average in 2016.", (3500, 5800, 10500), "seed 004, and the average wage of 2016",
    ),
    Assumption(
        "base_floor", "Contribution bases are at least the first and at most the second share of the average wage of "
        "the year before.",
        (6000, 30000), "practice under 国发〔1997〕26号; 国办发〔2019〕13号, article 3",
    ),
    Assumption(
        "employee_rate", "What workers pay themselves, in the slowest steps that the decision allows: year and rate.",
        (1998, 500, 2000, 600, 2002, 700, 2004, 800), "国发〔1997〕26号, article 3",
    ),
    Assumption(
        "employer_pays", "Every employer pays the rate of the rulebook's pack (20 %, since May 2019 16 %), part of "
        "which went into the account until 2005; before 1998 the rates of that year.", (),
        "国发〔1997〕26号, articles 3 and 4; 国办发〔2019〕13号",
    ),
    Assumption(
        "provincial_pools", "Every province is one fund from 1984 on; provinces pooled in stages, and article 6 "
        "counts by province.", (), OURS,
    ),
    Assumption(
        "moved_in_january", "Who has paid in a new province asks there at once; the money moves in the January "
        "after, with the interest of the closed year.", (), OURS,
    ),
    Assumption(
        "shortfall_subsidised", "A fund whose sample of members leaves too little for interest or transfers gets the "
        "difference from government, as the Social Insurance Law has it.", (), "社会保险法, article 65",
    ),
    Assumption(
        "last_age", "Work ends for good at this age, from and until: men, women of 55, women of 50.",
        (50, 61, 46, 56, 44, 51), OURS,
    ),
)  # fmt: skip
"""All of them, in the order of a life."""

_BY_NAME = {each.name: each for each in ASSUMPTIONS}


def assumption(name: str) -> Assumption:
    """The assumption of this name."""
    return _BY_NAME[name]
