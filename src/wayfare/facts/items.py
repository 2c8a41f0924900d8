"""The items of the facts document: people, their registrations, homes, work, insurance, accounts and benefits.

Each section of DESIGN's document is a list of one of these models. They are frozen, take no unknown field, and every
one may say where it comes from (`source`), how it stands, and which of its fields the source does not state
(`assumed`). An optional field that is left out is not known.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Annotated, Final, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from wayfare.facts import errors
from wayfare.facts.bounds import ROWS_MAX
from wayfare.facts.values import (
    Balance,
    Day,
    Identifier,
    IdentityNumber,
    InsuredMonth,
    MonthlyAmount,
    Months,
    PlaceCode,
    Text,
    Year,
    YearlyAmount,
    refused,
    shown,
)
from wayfare.facts.vocabulary import (
    LAST_DAY,
    Basis,
    ContractKind,
    ContributionKind,
    EducationLevel,
    EndingKind,
    HukouKind,
    Kinship,
    Relation,
    ResidenceBasis,
    RetirementGroup,
    Scheme,
    Sex,
    SkillKind,
    Standing,
    WorkKind,
)
from wayfare.kernel import Month, MonthSpell, Spell
from wayfare.kernel.identity import IdentityCheck, check_identity_number

__all__ = [
    "Account",
    "BenefitSpell",
    "Contract",
    "ContributionYear",
    "DaySpell",
    "Ending",
    "HukouSpell",
    "InsuranceSpell",
    "Item",
    "Label",
    "Person",
    "ResidenceSpell",
    "Shape",
    "Skill",
    "Study",
    "WorkSpell",
]

Point = TypeVar("Point", date, Month)

EVERYTHING: Final = "*"


class Shape(BaseModel):
    """What all parts of the document share: strict reading, no unknown field, and no change once read."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)


class Label(Shape):
    """A text in both languages."""

    en: Text
    zh: Text


class Item(Shape):
    """What every item may say about itself: its name in this document, its source, and how sure it is."""

    id: Identifier | None = None
    source: Text | None = None
    standing: Standing | None = None
    assumed: Annotated[tuple[Text, ...], Field(strict=False, max_length=40)] = ()

    @field_validator("assumed")
    @classmethod
    def _names_own_fields(cls, assumed: tuple[str, ...]) -> tuple[str, ...]:
        for name in assumed:
            if name != EVERYTHING and name not in field_names(cls):
                raise refused(
                    errors.AssumedUnknown,
                    f"assumed names {shown(name)}, which this item does not have.",
                    next_step=f'Name one of {", ".join(field_names(cls))}, or write "*" for all of them.',
                )
        return assumed

    def assumes(self, *names: str) -> bool:
        """Whether the source does not state one of these fields and the document assumes it."""
        return EVERYTHING in self.assumed or any(name in self.assumed for name in names)


def in_order(end: Point | None, info: ValidationInfo) -> Point | None:
    """Refuses the end of a spell that would hold nothing."""
    start = info.data.get("start")
    if start is not None and end is not None and end <= start:
        raise refused(
            errors.EndBeforeStart,
            f"The spell runs from {start} to {end} and so holds nothing.",
            next_step="`to` is the first day or month after the spell; write null while it is still running.",
        )
    return end


@lru_cache
def field_names(model: type[Shape]) -> tuple[str, ...]:
    """The fields of a part of the document, as JSON names them."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


NO_DEGREE: Final = frozenset({"primary", "junior_middle", "senior_middle", "college"})
"""The levels of education that give no degree."""


class Study(Item):
    """A level of education and whether it gave the degree; `from` and `to` are the days of the study.

    Where neither day is stated the education is finished, and its days are not known; a study with a first day and no
    last one still runs. Below a bachelor's there is no degree.
    """

    level: EducationLevel
    degree: bool | None = None
    start: Day | None = Field(default=None, alias="from")
    end: Day | None = Field(default=None, alias="to")
    place: PlaceCode | None = None

    _ends_after_it_starts = field_validator("end")(in_order)

    @field_validator("degree")
    @classmethod
    def _has_a_level_that_gives_one(cls, degree: bool | None, info: ValidationInfo) -> bool | None:
        if degree and info.data.get("level") in NO_DEGREE:
            raise refused(
                errors.DegreeBelowBachelor,
                f"A degree is stated of the level {info.data['level']}, which gives none.",
                next_step="Write the level that gave the degree, or leave `degree` out.",
            )
        return degree


class Skill(Item):
    """A vocational qualification (`skill_5` the lowest level, `skill_1` the highest) or a professional title.

    `on` is the day of the certificate; where it is left out the certificate is held.
    """

    kind: SkillKind
    on: Day | None = None


class Person(Item):
    """A person; a man's retirement group follows from his sex, a woman's depends on her post and has to be stated.

    A person of whom no day of death is stated is alive; `special_work` says whether there are the years of underground,
    high, hot or especially heavy work that allow earlier retirement, and is no where it is left out. `relation` says of
    one of `people` whose child, spouse or parent they are: the person's.
    """

    name: Label | None = None
    sex: Sex | None = None
    born: Day | None = None
    died: Day | None = None
    identity_number: IdentityNumber | None = None
    retirement_group: RetirementGroup | None = None
    special_work: bool | None = None
    relation: Kinship | None = None
    education: Annotated[tuple[Study, ...], Field(strict=False, max_length=ROWS_MAX["study"])] = ()
    skills: Annotated[tuple[Skill, ...], Field(strict=False, max_length=ROWS_MAX["skill"])] = ()

    @property
    def birth_stated(self) -> date | None:
        """The date of birth as stated, or else as the identity number says: nobody is asked for it twice."""
        return self.born or (self.identity.born if self.identity else None)

    @property
    def sex_stated(self) -> Sex | None:
        """The sex as stated, or else as the identity number says."""
        if self.sex is None and self.identity is not None:
            return "female" if self.identity.sex == "female" else "male"
        return self.sex

    @property
    def identity(self) -> IdentityCheck | None:
        """What the identity number says; it was found sound when it was read."""
        return check_identity_number(self.identity_number, today=LAST_DAY) if self.identity_number else None


class DaySpell(Item):
    """Days at a place: `from` is the first day in, `to` the first day after; null (or left out) is still running."""

    place: PlaceCode
    start: Day = Field(alias="from")
    end: Day | None = Field(default=None, alias="to")

    _ends_after_it_starts = field_validator("end")(in_order)

    @property
    def spell(self) -> Spell:
        """The days it holds."""
        return Spell(self.start, self.end)


class HukouSpell(DaySpell):
    """A household registration, one at a time; `resident` is the single kind of places that joined the two others."""

    kind: HukouKind | None = None


class ResidenceSpell(DaySpell):
    """Where the person lived, on what basis, and whether the lease is in their own name."""

    basis: ResidenceBasis | None = None
    lease_in_own_name: bool | None = None

    @property
    def basis_stated(self) -> ResidenceBasis | None:
        """The basis as stated, or else rent where a lease is spoken of: nobody is asked for it twice."""
        return self.basis or (None if self.lease_in_own_name is None else "rent")


class Contract(Shape):
    """The written labour contract of a work spell, `none` when there was none; `signed` is the day it was signed.

    A contract of which no such day is stated was signed within the month that the law leaves for it.
    """

    kind: ContractKind
    signed: Day | None = None


class Ending(Shape):
    """How a work spell ended, and whether the employer gave notice thirty days before."""

    how: EndingKind
    notice_given: bool | None = None


class WorkSpell(DaySpell):
    """Work at a place; spells of work may overlap. The wage is what was paid, in yuan a month.

    `registered_flexible_from` is the day since which the work is registered as flexible employment; none, left out.
    `ended` says how the work ended, or how it would end where the spell is still running.
    """

    kind: WorkKind | None = None
    contract: Contract | None = None
    trade: Text | None = None
    monthly_wage: MonthlyAmount | None = None
    registered_flexible_from: Day | None = None
    ended: Ending | None = None


class ContributionYear(Item):
    """One calendar year: its months (all that the spell covers, when left out) and the recorded monthly base.

    A resident's record has `contribution`, the government's `subsidy` and the subsidy of a `collective` (none, when
    left out) in place of a base, in yuan for the months of the entry. A year may be written twice when its base or kind
    changed inside it.
    """

    year: Year
    months: Months | None = None
    base: MonthlyAmount | None = None
    kind: ContributionKind | None = None
    contribution: YearlyAmount | None = None
    subsidy: YearlyAmount | None = None
    collective: YearlyAmount | None = None


class InsuranceSpell(Item):
    """One relation with one fund: months from `from` until before `to`; null (or left out) is still running.

    With `years`, only the months listed there were paid. Without, every month of the spell was, at `base` and `kind`.
    A kind that is left out is `actual`, a relation that is left out `ordinary`. Of relations that overlap, `kept` marks
    the one that fund and person agreed to keep; `surrendered` is the day on which the relation was ended and paid out.
    """

    scheme: Scheme
    place: PlaceCode
    basis: Basis | None = None
    relation: Relation = "ordinary"
    start: InsuredMonth = Field(alias="from")
    end: InsuredMonth | None = Field(default=None, alias="to")
    base: MonthlyAmount | None = None
    kind: ContributionKind = "actual"
    kept: bool = False
    surrendered: Day | None = None
    years: Annotated[tuple[ContributionYear, ...], Field(strict=False, max_length=ROWS_MAX["contribution"])] = ()

    _ends_after_it_starts = field_validator("end")(in_order)

    @field_validator("surrendered")
    @classmethod
    def _ended_before_it_was_paid_out(cls, day: date | None, info: ValidationInfo) -> date | None:
        """Refuses a surrender of a relation that still runs, or that has months after the day."""
        end = info.data.get("end")
        if day is not None and "end" in info.data and (end is None or end.index > Month.of(day).index + 1):
            raise refused(
                errors.SurrenderBeforeEnd,
                f"The relation was surrendered on {day}, but its months run {f'to {end}' if end else 'on'}.",
                next_step="Write `to`: the first month without a contribution, not after the month of the surrender.",
            )
        return day

    @property
    def spell(self) -> MonthSpell:
        """The months it holds."""
        return MonthSpell(self.start, self.end)


class Account(Item):
    """The balance of an individual account on a day, in yuan; of a resident's also the part of it that is subsidy.

    The part that is subsidy is what the government added, with its interest.
    """

    scheme: Scheme
    place: PlaceCode
    on: Day
    balance: Balance
    subsidy: Balance | None = None


class BenefitSpell(Item):
    """A benefit drawn from a scheme: months from `from` until before `to`; null (or left out) is still running.

    `monthly` is what is paid, in yuan a month.
    """

    scheme: Scheme
    place: PlaceCode
    start: InsuredMonth = Field(alias="from")
    end: InsuredMonth | None = Field(default=None, alias="to")
    monthly: MonthlyAmount | None = None

    _ends_after_it_starts = field_validator("end")(in_order)

    @property
    def spell(self) -> MonthSpell:
        """The months it holds."""
        return MonthSpell(self.start, self.end)
