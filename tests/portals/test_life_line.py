"""The line of life as values: lanes in order, gaps, records kept, overlaps, events."""

from __future__ import annotations

import pytest

from portals.guilan import MOVED, PAID_OUT, TODAY, document
from wayfare.kernel import Money, Month, MonthSpell, Place
from wayfare.portals import LifeUndrawable, MoneyMoved, life_line
from wayfare.portals.life_line import Bar, BarKind, Event, Group, Lane, LaneKind, LifeLine, Overlap, stretches


def life(**sections):
    return life_line(document(**sections), today=TODAY, moved=MOVED, paid_out=PAID_OUT)


def spell(start, end=None):
    return MonthSpell(Month(start), Month(end) if end else None)


def lane_of(line, kind, place=None, group=None):
    named = [
        lane
        for lane in line.lanes
        if lane.kind is kind and (place is None or lane.place == Place(place)) and group in (None, lane.group)
    ]
    assert len(named) == 1
    return named[0]


def months(lane, kind=None):
    return [bar.months for bar in lane.bars if kind in (None, bar.kind)]


def test_lanes_stand_in_the_order_places_gaps_and_funds_by_first_payment():
    assert [(lane.kind.value, str(lane.place) if lane.place else None) for lane in life().lanes] == [
        ("registered", None),
        ("lived", None),
        ("worked", None),
        ("not_insured", None),
        ("fund", "440000"),
        ("fund", "330000"),
        ("fund", "310000"),
        ("fund", "341200"),
        ("fund", "320000"),
        ("not_insured", None),
        ("fund", "341225"),
        ("fund", "310000"),
        ("fund", "320583"),
    ]


def test_places_stand_in_order_of_arrival_and_the_first_is_where_she_is_registered():
    line = life()
    assert [place.code for place in line.places] == ["340000", "440000", "330000", "310000", "320000"]
    assert [line.tint(Place(code)) for code in ("341225", "441900", "310115")] == [1, 2, 4]


def test_a_seventh_place_takes_the_last_tint():
    codes = ["110000", "120000", "130000", "140000", "150000", "210000", "220000"]
    stays = [
        {"place": code, "from": f"{2000 + number}-01-01", "to": f"{2001 + number}-01-01"}
        for number, code in enumerate(codes)
    ]
    line = life_line(document(hukou=[], residence=stays, work=[], insurance=[]), today=TODAY)
    assert [line.tint(Place(code)) for code in codes] == [1, 2, 3, 4, 5, 6, 6]


def test_months_worked_for_somebody_without_employees_pension_are_a_gap():
    gaps = lane_of(life(), LaneKind.NOT_INSURED, group=Group.PENSION)
    assert months(gaps) == [spell("1993-03", "1999-03"), spell("2004-03", "2005-01"), spell("2013-07", "2014-09")]


def test_own_account_work_makes_no_gap():
    farming = [{"place": "341225", "from": "2002-02-01", "to": "2004-03-01", "kind": "self_employed"}]
    assert life(work=farming, insurance=[]).gap_months() == 0


def test_only_work_as_an_employee_is_called_an_employers_duty():
    line = life()
    assert (line.gap_months(), line.gap_months(as_employee=True)) == (72 + 10 + 14, 72 + 10)


def test_months_paid_out_later_were_no_gap():
    assert life().gap_months() == life_line(document(), today=TODAY, moved=MOVED).gap_months()


def test_no_medical_gap_is_drawn_for_a_document_without_any_medical_record():
    pension_only = [{"scheme": "employee_pension", "place": "310000", "from": "2009-03", "to": "2013-07"}]
    assert all(lane.group is not Group.MEDICAL for lane in life(insurance=pension_only).lanes)


def test_a_record_is_kept_between_and_after_payments_until_it_moves():
    line = life()
    assert months(lane_of(line, LaneKind.FUND, "330000"), BarKind.KEPT) == [spell("2009-01", "2011-05")]
    shanghai = lane_of(line, LaneKind.FUND, "310000", Group.PENSION)
    assert months(shanghai, BarKind.KEPT) == [spell("2013-07", "2014-09"), spell("2019-01")]


def test_what_was_paid_out_is_ended_and_keeps_no_record():
    lane = lane_of(life(), LaneKind.FUND, "440000")
    assert [(bar.kind, bar.months) for bar in lane.bars] == [(BarKind.ENDED, spell("1999-03", "2002-02"))]


def test_a_temporary_account_is_told_apart_and_still_running():
    lane = lane_of(life(), LaneKind.FUND, "320000")
    assert [(bar.kind, bar.months) for bar in lane.bars] == [(BarKind.TEMPORARY, spell("2019-03"))]


def test_years_left_out_of_a_record_part_its_bars():
    seasonal = [
        {
            "scheme": "employee_pension",
            "place": "350100",
            "from": "2009-03",
            "to": "2011-01",
            "years": [{"year": 2009, "months": "3-11"}, {"year": 2010, "months": "3-11"}],
        }
    ]
    lane = lane_of(life(insurance=seasonal), LaneKind.FUND, "350100")
    assert months(lane, BarKind.PAID) == [spell("2009-03", "2009-12"), spell("2010-03", "2010-12")]


def test_months_paid_in_two_schemes_are_an_overlap_and_one_event():
    line = life()
    assert [(each.upper, each.lower, each.months) for each in line.overlaps] == [
        (6, 7, spell("2012-01", "2013-07")),
        (6, 7, spell("2014-09", "2015-01")),
    ]
    twice = [event for event in line.events if event.kind == "two_schemes"]
    assert [(event.months, event.count) for event in twice] == [(spell("2012-01", "2015-01"), 22)]


def test_each_month_counts_once_however_many_funds_have_it():
    twice = [
        {"scheme": "employee_pension", "place": "350100", "from": "2019-01", "to": "2019-07"},
        {"scheme": "employee_pension", "place": "440300", "from": "2019-06", "to": "2019-10"},
    ]
    assert life_line(document(insurance=twice), today=TODAY).counted_months() == 9


def test_months_of_the_residents_scheme_and_months_paid_out_are_not_added():
    # Zhejiang 48, Shanghai 52 + 52, Jiangsu from March 2019 until before November 2026: 92.
    assert life().counted_months() == 48 + 104 + 92


def test_funds_that_still_hold_a_record_are_those_not_moved_and_not_ended():
    assert life().holding_funds() == 3


def test_events_come_in_order_of_time():
    assert [(str(event.months.start), event.kind) for event in life().events] == [
        ("1993-03", "left_home"),
        ("2002-02", "paid_out"),
        ("2011-05", "money_moved"),
        ("2012-01", "two_schemes"),
        ("2019-03", "temporary_opened"),
        ("2019-05", "medical_moved"),
    ]


def test_a_registration_that_moves_is_an_event():
    moved = [
        {"place": "341225", "from": "1976-05-12", "to": "2012-06-01"},
        {"place": "350100", "from": "2012-06-01", "to": None},
    ]
    event = next(event for event in life(hukou=moved).events if event.kind == "hukou_moved")
    assert (event.months.start, event.origin, event.place) == (Month("2012-06"), Place("341225"), Place("350100"))


def test_two_jobs_at_the_same_time_stand_in_two_lanes():
    jobs = [
        {"place": "310000", "from": "2010-01-01", "to": "2014-01-01", "kind": "employee"},
        {"place": "310000", "from": "2012-01-01", "to": "2013-01-01", "kind": "employee"},
        {"place": "310000", "from": "2014-01-01", "to": None, "kind": "employee"},
    ]
    worked = [lane for lane in life(work=jobs).lanes if lane.kind is LaneKind.WORKED]
    assert [len(lane.bars) for lane in worked] == [2, 1]


def test_stays_that_follow_each_other_inside_a_month_do_not_overlap():
    stays = [
        {"place": "310000", "from": "2010-01-20", "to": "2012-05-15"},
        {"place": "320000", "from": "2012-05-15", "to": "2012-05-28"},
    ]
    lanes = [lane for lane in life(residence=stays).lanes if lane.kind is LaneKind.LIVED]
    assert [months(lane) for lane in lanes] == [[spell("2010-01", "2012-05"), spell("2012-05", "2012-06")]]


def test_the_picture_begins_with_the_first_job_payment_or_move_and_not_with_birth():
    assert life().start == Month("1993-01")


def test_stretches_are_the_unbroken_runs():
    first = Month("2020-01").index
    runs = stretches([first + 2, first, first + 1, first + 5])
    assert runs == (spell("2020-01", "2020-04"), spell("2020-06", "2020-07"))


def bare(**changes):
    lane = Lane(LaneKind.LIVED, Group.PLACES, (Bar(BarKind.STAY, spell("2000-01"), Place("310000")),))
    whole = {"start": Month("2000-01"), "today": TODAY, "lanes": (lane,), "places": (Place("310000"),)}
    return LifeLine(**(whole | changes))


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"lanes": ()}, "The line of life has no lane."),
        ({"today": Month("1999-12")}, "The line of life begins in 2000-01 and today is 1999-12."),
        (
            {"overlaps": (Overlap(0, 1, spell("2001-01", "2001-02")),)},
            "An overlap or event names a lane outside the 1 there are.",
        ),
        (
            {"events": (Event("left_home", 3, spell("2001-01", "2001-02")),)},
            "An overlap or event names a lane outside the 1 there are.",
        ),
    ],
)
def test_a_line_of_life_that_is_not_sound_is_refused(changes, found):
    with pytest.raises(LifeUndrawable) as refused:
        bare(**changes)
    assert refused.value.code == "WF-POR-005"
    assert refused.value.found == found


def test_a_document_that_tells_of_no_place_has_no_line():
    with pytest.raises(LifeUndrawable):
        life_line(document(hukou=[], residence=[], work=[], insurance=[]), today=TODAY)


def test_a_fund_that_only_received_money_keeps_the_record_in_a_lane_of_its_own():
    home = MoneyMoved("employee_pension", Place("320000"), Place("340000"), Month("2025-01"), Money.yuan("100.00"))
    line = life_line(document(), today=TODAY, moved=(home,))
    assert months(lane_of(line, LaneKind.FUND, "340000")) == [spell("2025-01")]
    assert [event.place for event in line.events if event.kind == "money_moved"] == [Place("340000")]


def test_money_moved_in_before_the_first_payment_is_kept_until_then():
    early = MoneyMoved("employee_pension", Place("330000"), Place("320000"), Month("2018-01"), Money.yuan("1.00"))
    line = life_line(document(), today=TODAY, moved=(early,))
    assert months(lane_of(line, LaneKind.FUND, "320000"), BarKind.KEPT) == [spell("2018-01", "2019-03")]
