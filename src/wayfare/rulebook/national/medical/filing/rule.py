"""Which insurance covers a stay, whether the treatment was at home or away, and what it was on file as.

The place of insurance is read from the record of the month of admission. Treatment in another province is filed: for
those who live elsewhere for long, as referred, as other temporary treatment; an emergency is deemed filed.
"""

from __future__ import annotations

from wayfare.law.declare import clause, lever, look_up, pick, total
from wayfare.law.words import NOT_YET, greatest, month_of, when
from wayfare.rulebook.national.life.rule import EMPLOYEE_PENSION
from wayfare.rulebook.national.medical.rule import (
    AS_FILED,
    EMERGENCY,
    FILED_EMERGENCY,
    FILED_LONG_TERM,
    FILED_OTHER,
    FILED_REFERRED,
    HOME,
    IN_PROVINCE,
    LONG_TERM,
    OTHER,
    OUTSIDE,
    PRIMARY,
    REFERRED,
    SECONDARY,
    UNFILED,
)

RULES = "医保发〔2022〕22号"
READING = "Wayfare: reading of the record"


# ---- the day, and which insurance covers the stay
@clause(READING, level="claim", rank="practice")
def settled_day(claim_number, asked_day, claim_from, claim_to):
    """The day whose rules count: that of the discharge, or while the stay lasts the day asked about."""
    lasts = claim_to > greatest(asked_day, claim_from)
    return when(claim_number < 1, asked_day, when(lasts, greatest(claim_from, asked_day), claim_to))


@clause("社会保险法", article="23", level="claim_cover", rank="law")
def covers_stay(cover_from, cover_to, claim_from):
    """Whether the insurance ran in the month of admission."""
    return (cover_from <= month_of(claim_from)) & (month_of(claim_from) < cover_to)


@clause(READING, level="claim", rank="practice")
def scheme_told(told_scheme):
    """What the person says where no insurance on record covers the stay."""
    return told_scheme


@clause(READING, level="claim", rank="practice")
def place_told(told_insured_place):
    """Where the person says they were insured where no insurance on record covers the stay."""
    return told_insured_place


FIRST_COVER = ("cover_scheme", "cover_from", "cover_place")
covering_scheme = pick(
    "cover_scheme", level="claim", of="claim_cover", by=FIRST_COVER, where="covers_stay", first=True,
    none="scheme_told",
)  # fmt: skip
covering_place = pick(
    "cover_place", level="claim", of="claim_cover", by=FIRST_COVER, where="covers_stay", first=True,
    none="place_told",
)  # fmt: skip


@clause("社会保险法", article="23", level="claim", rank="law")
def scheme_of_stay(names_scheme, claim_scheme, covering_scheme):
    """The scheme that pays: what the claim names, else the insurance on record, employees' before residents'."""
    return when(names_scheme, claim_scheme, covering_scheme)


@clause(RULES, article="6", level="claim")
def fund_place(names_place, claim_insured_place, covering_place):
    """The place of insurance, whose policy counts wherever the treatment was."""
    return when(names_place, claim_insured_place, covering_place)


@clause(READING, level="benefit", rank="practice")
def is_pension_of_employee(benefit_scheme):
    """Whether the benefit is an employee's pension: who draws one is retired for medical insurance."""
    return benefit_scheme == EMPLOYEE_PENSION


retired_since = pick(
    "benefit_from", level="person", of="benefit", by="benefit_from", where="is_pension_of_employee", first=True,
    none=NOT_YET,
)  # fmt: skip


@clause("社会保险法", article="27", level="claim", rank="law")
def is_retired(claim_from, retired_since):
    """Whether a pension was drawn in the month of admission."""
    return month_of(claim_from) >= retired_since


# ---- home or away, and on file as what
treated_city = look_up("city_of", level="claim", by={"place": "claim_place"})
treated_province = look_up("province_of", level="claim", by={"place": "claim_place"})
fund_city = look_up("city_of", level="claim", by={"place": "fund_place"})
fund_province = look_up("province_of", level="claim", by={"place": "fund_place"})
filing_city = look_up("city_of", level="claim_filing", by={"place": "filing_place"})


@clause(RULES, article="2", level="claim")
def treatment_zone(treated_city, fund_city, treated_province, fund_province):
    """Whether the treatment was in the city of the insurance, elsewhere in its province, or outside it."""
    return when(treated_city == fund_city, HOME, when(treated_province == fund_province, IN_PROVINCE, OUTSIDE))


@clause(RULES, article="16", level="claim_filing")
def is_filed_in_time(filing_from, filing_to, claim_from, claim_to):
    """Whether the filing was in force at the stay; one made before the discharge is in time."""
    return (filing_from <= claim_to) & (claim_from < filing_to)


@clause(RULES, article="9", level="claim_filing")
def is_filed_for_place(filing_place, filing_city, treated_city, treated_province):
    """Whether the filing names the city of treatment or its province."""
    return (filing_city == treated_city) | (filing_place == treated_province)


@clause(RULES, article="7", level="claim_filing")
def is_long_term_filing(is_filed_in_time, filing_category):
    """Whether the person was on file then as living elsewhere for long, wherever that was."""
    return is_filed_in_time & (filing_category == FILED_LONG_TERM)


@clause(RULES, article="7", level="claim_filing")
def is_long_term_here(is_long_term_filing, is_filed_for_place):
    """Whether the person was on file as living for long where they were treated."""
    return is_long_term_filing & is_filed_for_place


@clause(RULES, article="7", level="claim_filing")
def is_referral_here(is_filed_in_time, is_filed_for_place, filing_category):
    """Whether the stay was on file as referred."""
    return is_filed_in_time & is_filed_for_place & (filing_category == FILED_REFERRED)


@clause(RULES, article="7", level="claim_filing")
def is_emergency_here(is_filed_in_time, is_filed_for_place, filing_category):
    """Whether the stay was on file as an emergency."""
    return is_filed_in_time & is_filed_for_place & (filing_category == FILED_EMERGENCY)


@clause(RULES, article="7", level="claim_filing")
def is_other_here(is_filed_in_time, is_filed_for_place, filing_category):
    """Whether the stay was on file as other temporary treatment."""
    return is_filed_in_time & is_filed_for_place & (filing_category == FILED_OTHER)


has_long_term = total("is_long_term_filing", level="claim", how="any")
has_long_term_here = total("is_long_term_here", level="claim", how="any")
has_referral_here = total("is_referral_here", level="claim", how="any")
has_emergency_here = total("is_emergency_here", level="claim", how="any")
has_other_here = total("is_other_here", level="claim", how="any")


@clause(RULES, article="8", level="claim")
def filing_away(has_long_term_here, is_emergency, has_emergency_here, is_referred, has_referral_here, has_other_here):
    """What a stay outside the province is on file as; an emergency is deemed filed."""
    short = when(is_referred | has_referral_here, REFERRED, when(has_other_here, OTHER, UNFILED))
    return when(has_long_term_here, LONG_TERM, when(is_emergency | has_emergency_here, EMERGENCY, short))


@clause(RULES, article="7", level="claim")
def filing_of_stay(filed_as, treatment_zone, filing_away, has_long_term):
    """What the stay is on file as: as stated, else by the filings; inside the province only a long-term one counts."""
    inside = when(has_long_term, LONG_TERM, UNFILED)
    return when(filed_as != AS_FILED, filed_as, when(treatment_zone == OUTSIDE, filing_away, inside))


# ---- what would change it, while the stay lasts or lies ahead
@clause(RULES, article="16", level="claim")
def may_still_file(treatment_zone, filing_of_stay, claim_to, asked_day):
    """Whether a long-term filing is still in time: the stay outside the province is not over."""
    return (treatment_zone == OUTSIDE) & (filing_of_stay != LONG_TERM) & (claim_to > asked_day)


@clause(RULES, article="16", level="claim")
def may_still_be_referred(treatment_zone, filing_of_stay, claim_to, asked_day):
    """Whether a referral is still in time."""
    is_short = (filing_of_stay == OTHER) | (filing_of_stay == UNFILED)
    return (treatment_zone == OUTSIDE) & is_short & (claim_to > asked_day)


@clause(READING, level="claim", rank="practice")
def may_go_to_secondary(hospital_level, claim_from, asked_day):
    """Whether a hospital of the second level can still be chosen."""
    return (hospital_level > SECONDARY) & (claim_from > asked_day)


@clause(READING, level="claim", rank="practice")
def may_go_to_primary(hospital_level, claim_from, asked_day):
    """Whether a hospital of the first level can still be chosen."""
    return (hospital_level > PRIMARY) & (claim_from > asked_day)


file_long_term = lever(
    "filed_as", to=LONG_TERM, where="may_still_file",
    say={"en": "If you live there for long: file it with your place of insurance before you leave the hospital.",
         "zh": "如果您长期住在就医地：出院结算以前向参保地办理异地长期居住备案。"},
)  # fmt: skip
get_referral = lever(
    "filed_as", to=REFERRED, where="may_still_be_referred",
    say={"en": "Ask a hospital at home for a referral and file it before you leave the hospital.",
         "zh": "请参保地医院开具转诊证明，出院结算以前办理转诊备案。"},
)  # fmt: skip
choose_secondary = lever(
    "hospital_level", to=SECONDARY, where="may_go_to_secondary",
    say={"en": "Go to a hospital of the second level, if it can treat you.", "zh": "病情允许的，改到二级医院住院。"},
)  # fmt: skip
choose_primary = lever(
    "hospital_level", to=PRIMARY, where="may_go_to_primary",
    say={"en": "Go to a hospital of the first level, if it can treat you.", "zh": "病情允许的，改到一级医院住院。"},
)  # fmt: skip
