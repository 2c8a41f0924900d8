"""Where things stand: months to pixels, lanes to rows, and words only where nothing else is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portals.guilan import MOVED, PAID_OUT, TODAY, document
from wayfare.kernel import Month, MonthSpell
from wayfare.portals import Language, Words, life_line
from wayfare.portals.drawing import Drawing, text_width
from wayfare.portals.geometry import AXIS_END, AXIS_START, Row, Scale, slots, wide_layout
from wayfare.portals.life_funds import LANES_MAX, folded
from wayfare.portals.life_line import LaneKind
from wayfare.portals.phone_form import phone_form
from wayfare.portals.wide_form import wide_form

LIFE = life_line(document(), today=TODAY, moved=MOVED, paid_out=PAID_OUT)
SCALE = wide_layout(LIFE).scale


def test_the_axis_runs_from_january_of_the_first_year_to_the_end_of_this_year():
    assert SCALE.at(Month("1993-01")) == AXIS_START
    assert SCALE.at(Month("2027-01")) == pytest.approx(AXIS_END)


def test_half_a_year_is_half_a_years_width():
    year = SCALE.at(Month("2001-01")) - SCALE.at(Month("2000-01"))
    assert SCALE.at(Month("2000-07")) - SCALE.at(Month("2000-01")) == pytest.approx(year / 2)
    assert year == pytest.approx((AXIS_END - AXIS_START) / 34)


@given(first=st.integers(0, 407), second=st.integers(0, 407))
def test_what_is_later_stands_further_right(first, second):
    start = Month("1993-01")
    x, y = SCALE.at(start + first), SCALE.at(start + second)
    assert (x < y) == (first < second)
    assert AXIS_START <= x <= AXIS_END


def test_a_spell_from_before_the_picture_is_cut_at_its_edge():
    spell = MonthSpell(Month("1976-05"), Month("1993-03"))
    assert SCALE.span(spell, LIFE.end) == (AXIS_START, SCALE.at(Month("1993-03")))
    assert SCALE.span(MonthSpell(Month("1976-05"), Month("1993-01")), LIFE.end) is None


def test_a_running_spell_ends_today():
    span = SCALE.span(MonthSpell(Month("2019-03")), LIFE.end)
    assert span is not None and span[1] == SCALE.at(TODAY)


def test_lanes_keep_their_pitch_and_groups_get_a_heading():
    layout = wide_layout(LIFE)
    assert layout.tops[:4] == (81, 115, 149, 219)
    headings = [(group.value, top) for group, top in layout.headings]
    assert headings == [("places", 57), ("pension", 195), ("medical", 435)]
    assert layout.height > layout.tops[-1] + 24


def test_the_phone_form_takes_twenty_one_pixels_a_year():
    scale = Scale.over(LIFE, origin=42, per_year=21)
    assert scale.at(Month("1994-01")) == 42 + 21
    assert scale.length == 34 * 21


def test_something_takes_the_nearest_free_room():
    row = Row(0, 100)
    row.take(40, 60)
    assert row.nearest(20, 10) == 20
    assert row.nearest(45, 10) == 35
    assert row.nearest(58, 10) == 65
    assert row.room_within(30, 80, 15) == 60
    assert row.room_within(30, 70, 15) is None


def test_bars_at_the_same_time_get_different_slots():
    assert slots([(0, 10), (5, 15), (10, 20), (16, 18)], most=3) == [0, 1, 0, 1]
    assert slots([(0, 10), (0, 10), (0, 10)], most=2) == [0, 1, 1]


def shapes(markup, tag, class_):
    return [
        {name: float(value) for name, value in re.findall(r' (x|y|width|height|cx|cy)="([-\d.]+)"', found)}
        for found in re.findall(rf'<{tag} [^>]*class="{class_}"[^>]*>', str(markup))
    ]


def test_a_beam_covers_exactly_the_shared_months_in_the_space_above_the_lower_lane():
    markup, _ = wide_form(LIFE, Words(Language.ENGLISH))
    beams = shapes(markup, "rect", "fill-ink")
    tops = wide_layout(LIFE).tops
    expected = [
        (SCALE.at(each.months.start), SCALE.at(each.months.end), tops[each.lower]) for each in LIFE.overlaps
    ]
    assert [(beam["x"], beam["x"] + beam["width"]) for beam in beams] == [
        pytest.approx((start, end), abs=0.11) for start, end, _ in expected
    ]
    assert all(top - 10 < beam["y"] < beam["y"] + 5 <= top for beam, (_, _, top) in zip(beams, expected, strict=True))


@pytest.mark.parametrize("language", list(Language))
def test_discs_of_the_wide_form_never_cover_each_other(language):
    markup, _ = wide_form(LIFE, Words(language))
    discs = shapes(markup, "circle", "num")
    assert len(discs) == len(LIFE.events)
    for number, disc in enumerate(discs):
        for other in discs[number + 1 :]:
            assert disc["cy"] != other["cy"] or abs(disc["cx"] - other["cx"]) >= 22


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(("form", "width"), [(wide_form, 1120), (phone_form, 330)])
def test_everything_stays_inside_the_picture(language, form, width):
    markup, height = form(LIFE, Words(language))
    for shape in shapes(markup, "rect", "[^\"]*"):
        assert shape["x"] >= -0.1 and shape["x"] + shape["width"] <= width + 0.1
        assert shape["y"] >= 0 and shape["y"] + shape["height"] <= height


def test_words_are_left_out_where_they_have_no_room():
    markup, _ = wide_form(LIFE, Words(Language.ENGLISH))
    assert "Toy factory" in str(markup) and "odd &lt;jobs&gt;" not in str(markup)


def test_chinese_characters_are_as_wide_as_they_are_high():
    assert text_width("四川") == 28
    assert text_width("im") < text_width("川川")


def test_words_in_a_drawing_are_escaped():
    drawing = Drawing()
    drawing.text('<b> & "q"', 1, 2.25)
    assert str(drawing.markup()) == '<text class="t" x="1" y="2.2">&lt;b&gt; &amp; &#34;q&#34;</text>'


def many_funds():
    provinces = ["110000", "120000", "130000", "140000", "210000", "220000", "230000", "310000", "320000", "330000"]
    provinces += ["340000", "350000"]
    return [
        {"scheme": "employee_pension", "place": code, "from": f"{2000 + year}-01", "to": f"{2001 + year}-01"}
        for year, code in enumerate(provinces)
    ]


def test_past_ten_lanes_the_oldest_closed_funds_are_joined_where_they_are_drawn():
    life = life_line(document(insurance=many_funds()), today=TODAY)
    drawn = folded(life)
    funds = [lane for lane in drawn.lanes if lane.kind in (LaneKind.FUND, LaneKind.EARLIER_FUNDS)]
    assert len(funds) == LANES_MAX
    assert (funds[0].kind, funds[0].folded, len(funds[0].bars)) == (LaneKind.EARLIER_FUNDS, 3, 3)
    assert folded(LIFE) is LIFE


def test_joining_lanes_for_the_picture_changes_nothing_that_is_counted():
    life = life_line(document(insurance=many_funds()), today=TODAY)
    assert life.counted_months() == 12 * 12
    assert sum(lane.kind is LaneKind.FUND for lane in life.lanes) == 12
    assert "Earlier funds (3)" in str(wide_form(life, Words(Language.ENGLISH))[0])
