"""The supplement to a stay: serious-illness insurance, or an additional fund above the cap.

It pays a share of what the year leaves to the person above a threshold, or of what lies above the cap of the fund. The
stays of a year are walked in order, as for the fund.
"""

from __future__ import annotations

from wayfare.law.declare import clause, given, look_up, scan
from wayfare.law.words import PER_10_000, ZERO_FEN, greatest, half_up, least, when
from wayfare.rulebook.national.medical.rule import ABOVE_CAP, ONE_BASIS_POINT, OWN_PART

MODEL = "国家医疗保障信息平台结算接口字段"
READING = "Wayfare: reading of the record"
BY_SCHEME = {"medical_scheme": "scheme_of_stay"}

# ---- the supplement: serious-illness insurance, or an additional fund above the cap
is_share_given = given("share_of_supplement")
kind_of_supplement = look_up("supplement_kind", level="claim", by=BY_SCHEME, at="settled_day", where="fund_place")
own_threshold = look_up(
    "supplement_threshold", level="claim", by=BY_SCHEME, at="settled_day", where="fund_place", cited=True
)
share_of_supplement = look_up(
    "supplement_share", level="claim", by=BY_SCHEME, at="settled_day", where="fund_place", cited=True
)
cap_of_supplement = look_up("supplement_cap", level="claim", by=BY_SCHEME, at="settled_day", where="fund_place")


@clause(READING, level="year_scheme", rank="practice")
def supplement_at_start(is_carry_year, supplement_before):
    """What the supplement paid in the year before the first claim."""
    return when(is_carry_year, supplement_before, 0)


@clause(READING, level="year_scheme", rank="practice")
def own_at_start(eligible_at_start, fund_at_start):
    """What of the scope the person bore in the year before the first claim."""
    return greatest(eligible_at_start - fund_at_start, 0)


@clause(MODEL, level="claim", rank="practice")
def own_in_scope(eligible_bill, fund_part):
    """What of the scope the fund leaves to the person."""
    return greatest(eligible_bill - fund_part, 0)


@clause(READING, level="claim", rank="practice")
def spent_above_cap(above_deductible, banded, covered, fund_part, reimbursement_ratio):
    """What of the scope lies above the last band, or above the spending at which the cap was reached."""
    cut = half_up(greatest(covered - fund_part, 0) * PER_10_000, greatest(reimbursement_ratio, ONE_BASIS_POINT))
    return greatest(above_deductible - banded, 0) + cut


@scan(
    MODEL, level="claim", within="year_scheme", order=("settled_day", "claim_number"),
    start={"own_so_far": "own_at_start", "supplement_so_far": "supplement_at_start", "supplement_walked": ZERO_FEN},
    rank="practice",
)  # fmt: skip
def supplement_walk(
    own_so_far, supplement_so_far, has_no_table, own_in_scope, spent_above_cap, kind_of_supplement, own_threshold,
    share_of_supplement, cap_of_supplement,
):  # fmt: skip
    """A stay's supplement: a share of what is borne above the year's threshold, or of what lies above the cap."""
    own = own_so_far + own_in_scope
    above = greatest(own - own_threshold, 0) - greatest(own_so_far - own_threshold, 0)
    by_cap = when(kind_of_supplement == ABOVE_CAP, spent_above_cap, above + spent_above_cap)
    base = when(kind_of_supplement == OWN_PART, above, by_cap)
    part = when(base > 0, half_up(greatest(base, 0) * share_of_supplement, PER_10_000), 0)
    paid = when(has_no_table, 0, least(part, greatest(cap_of_supplement - supplement_so_far, 0)))
    return own, supplement_so_far + paid, paid


@clause(MODEL, level="claim", rank="practice")
def supplement_part(has_no_table, is_share_given, own_in_scope, share_of_supplement, supplement_walked):
    """What the supplement pays of the stay; beside given terms only where its share is given too."""
    alone = when(is_share_given, half_up(own_in_scope * share_of_supplement, PER_10_000), 0)
    return when(has_no_table, alone, supplement_walked)


@clause(MODEL, level="claim", rank="practice")
def own_of_stay(bill, eligible_bill, fund_part, supplement_part):
    """What the person pays of the stay: all that neither the fund nor the supplement pays."""
    return greatest(bill, eligible_bill) - fund_part - supplement_part
