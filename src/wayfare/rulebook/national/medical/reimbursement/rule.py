"""What the fund pays of a stay in hospital, at home or away: catalogue of the place of treatment, policy of home.

From the bill comes off what no fund looks at, then the first share that treatment away costs, then the deductible; of
the rest a ratio by bands is paid, up to the cap of the year. The stays of a year are walked in order. Of the rural
scheme of the past only ratios noted in surveys are known.
"""

from __future__ import annotations

from wayfare.law.declare import clause, distinct, expand, given, look_up, question, scan, total
from wayfare.law.words import PER_10_000, ZERO_FEN, greatest, half_up, least, month_of, no, when, year_of
from wayfare.rulebook.national.medical.rule import (
    AS_TERTIARY,
    GRADE_A,
    HOME,
    OUTSIDE,
    OUTSIDE_FILED,
    OUTSIDE_UNFILED,
    OWN_TERMS,
    RURAL,
    TERTIARY,
    UNFILED,
    UNINSURED,
)

MODEL = "国家医疗保障信息平台结算接口字段"
RULES = "医保发〔2022〕22号"
READING = "Wayfare: reading of the record"
SURVEY = "Phantom Services（2012年、2017年访谈）"


# ---- the scope of the policy
is_bill_in_scope_given = given("eligible_bill")
is_deductible_given = given("deductible")
is_ratio_given = given("reimbursement_ratio")
is_cap_given = given("cap_of_year")
share_in_network = look_up(
    "first_share", level="claim", by={"treatment_zone": "treatment_zone", "filed_as": "filing_of_stay"},
    at="settled_day", where="fund_place", cited=True,
)  # fmt: skip
share_out_of_network = look_up("first_share_out_of_network", level="claim", at="settled_day", where="fund_place")


@clause(READING, level="claim", rank="practice")
def is_survey(scheme_of_stay):
    """Whether the rural scheme of the past pays, of which only ratios of the whole bill were noted."""
    return scheme_of_stay == RURAL


@clause(MODEL, level="claim", rank="practice")
def terms_are_given(is_bill_in_scope_given, is_deductible_given, is_ratio_given):
    """Whether scope, deductible and ratio are all given: a settlement sheet speaks for itself, without a table."""
    return is_bill_in_scope_given & is_deductible_given & is_ratio_given


@clause(MODEL, level="claim", rank="practice")
def has_no_table(terms_are_given, is_survey, scheme_of_stay):
    """Whether no table of a place counts: the terms are given, a survey's ratio holds, or nobody insures."""
    return terms_are_given | is_survey | (scheme_of_stay == UNINSURED)


@clause(MODEL, level="claim", rank="practice")
def in_catalogue(bill, outside_catalogue, over_limit, own_share_first):
    """The bill less what lies outside the catalogue, over a limit of price, and the first share of class B items."""
    return greatest(bill - outside_catalogue - over_limit - own_share_first, 0)


@clause(RULES, article="14", level="claim")
def first_share_of_stay(treatment_zone, in_network, share_in_network, share_out_of_network):
    """The share that the person pays first for treatment away; outside the network the place of insurance rules."""
    return when((treatment_zone == OUTSIDE) & no(in_network), share_out_of_network, share_in_network)


@clause(MODEL, level="claim", rank="practice")
def first_payment(has_no_table, in_catalogue, first_share_of_stay):
    """What the person pays first for treatment away, rounded once."""
    return when(has_no_table, 0, half_up(in_catalogue * first_share_of_stay, PER_10_000))


@clause(MODEL, level="claim", rank="practice")
def eligible_bill(scheme_of_stay, is_survey, bill, in_catalogue, first_payment):
    """What of the bill lies in the scope of the policy: the whole for a survey's ratio, nothing without insurance."""
    scope = when(is_survey, bill, greatest(in_catalogue - first_payment, 0))
    return when(scheme_of_stay == UNINSURED, 0, scope)


# ---- the walk of a year: one for each fund and scheme, in the order of the discharges
@clause(READING, level="claim", rank="practice")
def settled_year(settled_day):
    """The year whose deductible and cap the stay counts against."""
    return year_of(month_of(settled_day))


claim_year = distinct("claim_year", of="claim", by="settled_year", within="person", most=100)
fund_of_year = distinct("year_fund", of="claim", by="fund_place", within="claim_year", most=100)
scheme_of_year = distinct("year_scheme", of="claim", by="scheme_of_stay", within="year_fund", most=4)


@clause(READING, level="claim_year", rank="practice")
def is_carry_year(claim_year, carry_year):
    """Whether what is said to have been used before belongs to this year."""
    return claim_year == carry_year


@clause(READING, level="year_scheme", rank="practice")
def stays_at_start(is_carry_year, stays_before):
    """Stays of the year before the first claim."""
    return when(is_carry_year, stays_before, 0)


@clause(READING, level="year_scheme", rank="practice")
def eligible_at_start(is_carry_year, eligible_before):
    """What of earlier bills of the year lay in the scope of the policy."""
    return when(is_carry_year, eligible_before, 0)


@clause(READING, level="year_scheme", rank="practice")
def deductible_at_start(is_carry_year, deductible_before):
    """What of deductibles was borne in the year before the first claim."""
    return when(is_carry_year, deductible_before, 0)


@clause(READING, level="year_scheme", rank="practice")
def fund_at_start(is_carry_year, fund_paid_before):
    """What the fund paid in the year before the first claim."""
    return when(is_carry_year, fund_paid_before, 0)


@clause(READING, level="year_scheme", rank="practice")
def spent_at_start(eligible_at_start, deductible_at_start):
    """What of the year's earlier bills lay above the deductibles."""
    return greatest(eligible_at_start - deductible_at_start, 0)


# ---- the deductible
terms_outside = look_up("outside_terms", level="claim", at="settled_day", where="fund_place")
splits_grades = look_up("tertiary_grades_differ", level="claim", at="settled_day", where="fund_place")


@clause(READING, level="claim", rank="practice")
def class_of_hospital(treatment_zone, terms_outside, hospital_level, filing_of_stay):
    """The class under which the place of insurance pays the hospital: its level, or a class for stays elsewhere."""
    own = when(filing_of_stay == UNFILED, OUTSIDE_UNFILED, OUTSIDE_FILED)
    away = when(terms_outside == AS_TERTIARY, TERTIARY, when(terms_outside == OWN_TERMS, own, hospital_level))
    return when(treatment_zone == HOME, hospital_level, away)


@clause(READING, level="claim", rank="practice")
def grade_of_hospital(splits_grades, treatment_zone, class_of_hospital, hospital_grade):
    """The letter of the level where it decides: for tertiary hospitals at home in some places."""
    return when(splits_grades & (treatment_zone == HOME) & (class_of_hospital == TERTIARY), hospital_grade, GRADE_A)


TERMS = {
    "claim_kind": "claim_kind", "medical_scheme": "scheme_of_stay", "is_retired": "is_retired",
    "hospital_class": "class_of_hospital", "hospital_grade": "grade_of_hospital",
}  # fmt: skip
BY_SCHEME = {"medical_scheme": "scheme_of_stay"}
deductible_by_table = look_up(
    "stay_deductible", level="claim", by=TERMS, at="settled_day", where="fund_place", cited=True
)
is_yearly = look_up("deductible_is_yearly", level="claim", by=BY_SCHEME, at="settled_day", where="fund_place")
less_each_stay = look_up("deductible_step", level="claim", by=BY_SCHEME, at="settled_day", where="fund_place")
differs_later = look_up("later_stays_differ", level="claim", by=BY_SCHEME, at="settled_day", where="fund_place")
full_stays = look_up("stays_with_known_deductible", level="claim", by=BY_SCHEME, at="settled_day", where="fund_place")
later_deductible = look_up("later_stay_deductible", level="claim", by=BY_SCHEME, at="settled_day", where="fund_place")


@scan(
    MODEL, level="claim", within="year_scheme", order=("settled_day", "claim_number"),
    start={"stays_so_far": "stays_at_start", "spent_so_far": "spent_at_start",
           "deductible_so_far": "deductible_at_start", "deductible_due": ZERO_FEN, "spent_before": ZERO_FEN},
    rank="practice",
)  # fmt: skip
def deductible_walk(
    stays_so_far, spent_so_far, deductible_so_far, has_no_table, eligible_bill, deductible_by_table, is_yearly,
    less_each_stay, differs_later, full_stays, later_deductible,
):  # fmt: skip
    """A stay's deductible: what of the year's is left, or that of the stay, less for each stay before."""
    less = greatest(deductible_by_table - stays_so_far * less_each_stay, 0)
    by_stay = when(less_each_stay > 0, less, deductible_by_table)
    of_stay = when(differs_later & (stays_so_far >= full_stays), later_deductible, by_stay)
    of_year = greatest(deductible_by_table - deductible_so_far, 0)
    due = when(has_no_table, 0, least(when(is_yearly, of_year, of_stay), eligible_bill))
    spent = spent_so_far + greatest(eligible_bill - due, 0)
    return stays_so_far + 1, spent, deductible_so_far + due, due, spent_so_far


@clause(MODEL, level="claim", rank="practice")
def deductible(has_no_table, deductible_due):
    """What the person bears of the scope before the fund pays; of a survey's ratio none."""
    return when(has_no_table, 0, deductible_due)


@clause(MODEL, level="claim", rank="practice")
def above_deductible(eligible_bill, deductible):
    """What of the scope lies above the deductible."""
    return least(greatest(eligible_bill - deductible, 0), eligible_bill)


# ---- the ratio, by bands of what the year has spent
# Every stay has the same rows, so that a stay without figures takes nothing from another's.
ratio_band_row = expand("ratio_band", within="claim", table="spending_bands", columns={"number": "ratio_band_number"})
OF_BAND = BY_SCHEME | {"band_number": "ratio_band_number"}
ratio_band_from = look_up("band_start", level="ratio_band", by=OF_BAND, at="settled_day", where="fund_place")
ratio_band_to = look_up("band_end", level="ratio_band", by=OF_BAND, at="settled_day", where="fund_place")
ratio_in_band = look_up(
    "ratio_by_band", level="ratio_band", by=TERMS | {"band": "ratio_band_from"}, at="settled_day",
    where="fund_place", cited=True,
)  # fmt: skip
ratio_at_start = look_up(
    "ratio_by_band", level="claim", by=TERMS | {"band": "spent_in_bands"}, at="settled_day", where="fund_place",
    cited=True,
)  # fmt: skip
has_bands = look_up("bands_differ", level="claim", by=BY_SCHEME, at="settled_day", where="fund_place")
part_due = look_up(
    "share_of_due", level="claim",
    by={"treatment_zone": "treatment_zone", "filed_as": "filing_of_stay", "in_network": "in_network"},
    at="settled_day", where="fund_place", cited=True,
)  # fmt: skip
surveyed_at_home = look_up("surveyed_home_ratio", level="claim", at="settled_day", where="fund_place", cited=True)
surveyed_away = look_up("surveyed_away_ratio", level="claim", at="settled_day", where="claim_place", cited=True)


@clause(MODEL, level="claim", rank="practice")
def spent_in_bands(has_bands, spent_before):
    """What the year had spent above the deductibles before the stay, where the ratio changes with it."""
    return when(has_bands, spent_before, 0)


@clause(SURVEY, level="claim", rank="practice")
def surveyed_ratio(treatment_zone, surveyed_at_home, surveyed_away):
    """The ratio of the whole bill that a survey noted: at home, or where the person was treated."""
    return when(treatment_zone == HOME, surveyed_at_home, surveyed_away)


@clause(MODEL, level="claim", rank="practice")
def reimbursement_ratio(scheme_of_stay, is_survey, surveyed_ratio, ratio_at_start):
    """The ratio that is paid: of the band in which the stay begins."""
    return when(scheme_of_stay == UNINSURED, 0, when(is_survey, surveyed_ratio, ratio_at_start))


@clause(MODEL, level="ratio_band", rank="practice")
def amount_in_band(spent_before, above_deductible, ratio_band_from, ratio_band_to):
    """What of the stay falls into the band."""
    inside = least(spent_before + above_deductible, ratio_band_to) - greatest(spent_before, ratio_band_from)
    return least(greatest(inside, 0), above_deductible)


@clause(MODEL, level="ratio_band", rank="practice")
def due_in_band(amount_in_band, ratio_in_band):
    """The amount in the band times its ratio, not yet rounded."""
    return when(amount_in_band > 0, amount_in_band * ratio_in_band, 0)


spent_within_bands = total("amount_in_band", level="claim")
band_sum = total("due_in_band", level="claim")


@clause(MODEL, level="claim", rank="practice")
def banded(has_bands, spent_within_bands, above_deductible):
    """What of the stay lies in any band: all of it where the ratio does not change with the spending."""
    return when(has_bands, spent_within_bands, above_deductible)


@clause(MODEL, level="claim", rank="practice")
def covered(is_ratio_given, has_no_table, has_bands, above_deductible, reimbursement_ratio, band_sum, part_due):
    """What the fund would pay without a cap, rounded once for the stay."""
    flat = above_deductible * reimbursement_ratio
    by_table = half_up(when(has_bands, band_sum, flat) * part_due, PER_10_000 * PER_10_000)
    return when(is_ratio_given | has_no_table, half_up(flat, PER_10_000), by_table)


# ---- the cap of the year
cap_of_year = look_up("yearly_cap", level="claim", by=BY_SCHEME, at="settled_day", where="fund_place", cited=True)


@clause(MODEL, level="claim", rank="practice")
def is_uncapped(has_no_table, is_cap_given):
    """Whether no cap counts: no table does, and none is given."""
    return has_no_table & no(is_cap_given)


@scan(
    MODEL, level="claim", within="year_scheme", order=("settled_day", "claim_number"),
    start={"fund_so_far": "fund_at_start", "capped": ZERO_FEN}, rank="practice",
)  # fmt: skip
def cap_walk(fund_so_far, covered, is_uncapped, cap_of_year):
    """A stay's payment: no more than the year's cap leaves."""
    part = when(is_uncapped, covered, least(covered, greatest(cap_of_year - fund_so_far, 0)))
    return fund_so_far + part, part


@clause(MODEL, level="claim", rank="practice")
def fund_part(is_uncapped, claim_number, covered, cap_of_year, capped):
    """What the fund pays of the stay."""
    return when(is_uncapped, covered, when(claim_number < 1, least(covered, cap_of_year), capped))


# ---- all claims asked about
claims_stated = total(level="person", of="claim", how="count")
fund_of_claims = total("fund_part", level="person")
supplement_of_claims = total("supplement_part", level="person")
own_of_claims = total("own_of_stay", level="person")


@clause(MODEL, level="person", rank="practice")
def fund_pays(claims_stated, fund_of_claims, claim_to_state):
    """What the fund pays of all claims; without a claim there is nothing to answer."""
    return when(claims_stated > 0, fund_of_claims, claim_to_state)


@clause(MODEL, level="person", rank="practice")
def supplement_pays(claims_stated, supplement_of_claims, claim_to_state):
    """What the supplement pays of all claims."""
    return when(claims_stated > 0, supplement_of_claims, claim_to_state)


@clause(MODEL, level="person", rank="practice")
def person_pays(claims_stated, own_of_claims, claim_to_state):
    """What the person pays of all claims."""
    return when(claims_stated > 0, own_of_claims, claim_to_state)


reimbursement = question(
    "medical.reimbursement", answer="fund_pays",
    values=("fund_pays", "person_pays", "supplement_pays", "fund_part", "own_of_stay", "supplement_part",
            "treatment_zone", "filing_of_stay", "eligible_bill", "first_payment", "deductible", "reimbursement_ratio"),
    levers=("file_long_term", "get_referral", "choose_secondary", "choose_primary"),
    say={"en": "What does medical insurance pay of my hospital bill, and what do I pay?",
         "zh": "住院费用医保付多少，我自己付多少？"},
)  # fmt: skip
