"""The medical items of the facts document: stays in hospital, filings for treatment away, and what this year has used.

A claim is one stay with its bill and the parts of it that no fund looks at. Amounts are in yuan. What a claim does not
say about its insurance and its filing follows from the sections `insurance` and `filings`.
"""

from __future__ import annotations

from wayfare.facts.items import DaySpell, Item
from wayfare.facts.values import Balance, HospitalLevel, PlaceCode, StayCount, Year
from wayfare.facts.vocabulary import ClaimKind, FiledAs, FilingCategory, HospitalGrade, MedicalScheme
from wayfare.kernel import Money

__all__ = ["Claim", "Filing", "ThisYear"]


class Claim(DaySpell):
    """One stay in a hospital at `place`, from the day of admission to the day of discharge (null while it lasts).

    `hospital_level` is 1, 2 or 3, and 0 for a community institution without a level; `hospital_grade` the letter of a
    level (A for 甲). Of the `bill`, `outside_catalogue` is what no fund pays, `over_limit` what lies over a limit of
    price, and `own_share_first` what the person pays first of class B items. `scheme` and `insured_place` are read from
    `insurance` where the claim does not name them. `is_referred`: the place of insurance has registered a referral.
    `in_network`: the hospital settles directly with the insured place; it does, when left out. `filed_as` is how the
    insured place has the stay on file; left out, it follows from `filings`.
    """

    kind: ClaimKind = "inpatient"
    hospital_level: HospitalLevel | None = None
    hospital_grade: HospitalGrade | None = None
    scheme: MedicalScheme | None = None
    insured_place: PlaceCode | None = None
    bill: Balance | None = None
    outside_catalogue: Balance | None = None
    over_limit: Balance | None = None
    own_share_first: Balance | None = None
    is_emergency: bool = False
    is_referred: bool = False
    in_network: bool = True
    filed_as: FiledAs = "as_filed"

    @property
    def parts(self) -> tuple[Money, ...]:
        """The parts of the bill that are stated."""
        stated = (self.outside_catalogue, self.over_limit, self.own_share_first)
        return tuple(part for part in stated if part is not None)


class Filing(DaySpell):
    """A filing for treatment at `place` (a province, city or county), from the day it was made; null is in force."""

    category: FilingCategory


class ThisYear(Item):
    """What a year had already used before the claims of this document, as the fund or a bill shows it.

    `year` is the year of the day asked about, when left out. `stays` counts the stays before; `eligible` is what of
    their bills lay in the scope of the policy, `deductible_borne` what of it was borne as deductibles; `fund_paid`
    and `supplement_paid` count against the caps of the year. Where the section is empty nothing was used; where it says
    anything, what it leaves out is not known.
    """

    year: Year | None = None
    stays: StayCount | None = None
    eligible: Balance | None = None
    deductible_borne: Balance | None = None
    fund_paid: Balance | None = None
    supplement_paid: Balance | None = None
