"""What holds for any life: gaps and payments never share a month, and both forms draw it inside their bounds."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portals.guilan import TODAY, document
from wayfare.kernel import Month
from wayfare.portals import Language, Words, life_line
from wayfare.portals.life_line import Group, LaneKind
from wayfare.portals.phone_form import phone_form
from wayfare.portals.wide_form import wide_form

PLACES = ["341225", "441900", "310115", "350100", "440304", "110105", "510100", "659001", "460100"]
FIRST = Month("1985-01")


@st.composite
def spans(draw):
    start = FIRST + draw(st.integers(0, 480))
    length = draw(st.one_of(st.none(), st.integers(1, 200)))
    return start, None if length is None or start + length > TODAY else start + length


@st.composite
def jobs(draw):
    start, end = draw(spans())
    day = draw(st.integers(1, 28))
    return {
        "place": draw(st.sampled_from(PLACES)),
        "from": start.first_day.replace(day=day).isoformat(),
        "to": end and end.first_day.replace(day=day).isoformat(),
        "kind": draw(st.sampled_from(["employee", "flexible", "self_employed", "informal"])),
        "trade": draw(st.sampled_from(["toys", "a trade with a very long name indeed", "搬运"])),
    }


@st.composite
def relations(draw):
    start, end = draw(spans())
    scheme = draw(st.sampled_from(["employee_pension", "resident_pension", "employee_medical", "rural_medical"]))
    return {
        "scheme": scheme,
        "place": draw(st.sampled_from(PLACES)),
        "relation": draw(st.sampled_from(["ordinary", "temporary"])) if scheme == "employee_pension" else "ordinary",
        "from": str(start),
        "to": end and str(end),
    }


LIVES = st.builds(
    lambda work, insurance: life_line(document(work=work, insurance=insurance, residence=[]), today=TODAY),
    st.lists(jobs(), max_size=8),
    # One relation for each fund: reading refuses two that run at the same time.
    st.lists(relations(), max_size=14, unique_by=lambda each: (each["scheme"], each["place"])),
)
SLOWLY = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@SLOWLY
@given(LIVES)
def test_no_month_is_both_a_gap_and_paid(life):
    gaps = [lane for lane in life.lanes if lane.kind is LaneKind.NOT_INSURED and lane.group is Group.PENSION]
    missed = {m.index for lane in gaps for bar in lane.bars for m in bar.months.each_month_until(TODAY)}
    funds = [lane for lane in life.lanes if lane.scheme == "employee_pension"]
    paid = {month for lane in funds for month in lane.paid_month_indexes(TODAY)}
    assert missed.isdisjoint(paid)
    assert len(missed) == life.gap_months()
    assert life.counted_months() == len(paid)


@SLOWLY
@given(LIVES, st.sampled_from(list(Language)))
def test_both_forms_draw_any_life_inside_their_bounds(life, language):
    for form, width in ((wide_form, 1120), (phone_form, 330)):
        markup, height = form(life, Words(language))
        for found in re.findall(r"<rect [^>]*>", str(markup)):
            x, y, wide, high = (float(number) for number in re.findall(r' (?:x|y|width|height)="([-\d.]+)"', found))
            assert wide >= 0 and high >= 0
            assert x >= -0.1 and x + wide <= width + 0.1 and y >= 0 and y + high <= height
