"""The law's tables: one row for each stretch of equal months, encoded, with the fact it comes from."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from facts.documents import WHOLE, about, insurance_spells, insured, lives, month_text
from wayfare.facts import (
    BOUNDS,
    CHOICES,
    LEVELS,
    OPEN_DAY,
    OPEN_MONTH,
    ROWS_MAX,
    FactTable,
    fact_columns,
    fact_tables,
    read_document,
)


def _table(level: str, **facts: Any) -> FactTable:
    return fact_tables([read_document(about(**facts))])[level]


def _rows(table: FactTable, *names: str) -> list[tuple[int | None, ...]]:
    return list(zip(*(table.columns[name] for name in names), strict=True))


def test_a_person_is_encoded_as_integers() -> None:
    table = fact_tables([read_document(WHOLE)])["person"]
    assert _rows(table, *LEVELS["person"]) == [
        (
            date(1975, 3, 12).toordinal(),
            1975 * 12 + 2,
            CHOICES["sex"].index("female"),
            CHOICES["retirement_group"].index("female_50"),
            date(2025, 7, 1).toordinal(),
            2025 * 12 + 6,
            OPEN_DAY,
            0,
            2025,
            *[0] * 5,
        )
    ]


def test_a_mans_retirement_group_follows_from_his_sex_and_a_womans_does_not() -> None:
    assert _table("person", person={"sex": "male"}).columns["retirement_group"] == [0]
    assert _table("person", person={"sex": "female"}).columns["retirement_group"] == [None]
    assumed = _table("person", person={"sex": "male", "assumed": ["sex"]}).assumed
    assert assumed == {"sex": [True], "retirement_group": [True]}


def test_birth_is_taken_from_the_identity_number_when_not_stated() -> None:
    table = _table("person", person={"identity_number": "11010519491231002X", "assumed": ["identity_number"]})
    assert _rows(table, "born", "sex") == [(date(1949, 12, 31).toordinal(), CHOICES["sex"].index("female"))]
    assert set(table.assumed) == {"born", "birth_month", "sex"}


def test_a_life_of_which_no_death_is_stated_goes_on() -> None:
    died = _table("person", person={"died": "2020-02-29", "assumed": ["*"]})
    assert (died.columns["died_day"], died.assumed["died_day"]) == ([date(2020, 2, 29).toordinal()], [True])
    alive = _table("person", person={"assumed": ["*"]})
    assert (alive.columns["died_day"], alive.assumed.get("died_day")) == ([OPEN_DAY], None)
    assert _table("person", person={"assumed": ["died"]}).assumed == {"died_day": [True]}


def test_pay_is_encoded_with_hours_in_hundredths_and_the_place_of_the_only_work() -> None:
    work = {"place": "310115", "from": "2009-02-01", "to": "2025-05-02"}
    hours = {"overtime_hours_workday": "7.5", "assumed": ["overtime_hours_workday"]}
    pay = {"month": "2025-05", "paid": "2400.00", **hours}
    table = _table("pay_record", work=[work], pay=[pay])
    assert _rows(table, *LEVELS["pay_record"]) == [(2025 * 12 + 4, 310115, 240000, None, 1, 750, None, 0, None)]
    assert set(table.assumed) == {"pay_hours_workday"}


def test_the_place_of_pay_is_not_guessed_between_two_places_of_work() -> None:
    work = [{"place": place, "from": "2009-02-01", "to": None} for place in ("310115", "440300")]
    assert _table("pay_record", work=work, pay=[{"month": "2025-05"}]).columns["pay_place"] == [None]
    stated = _table("pay_record", work=work, pay=[{"month": "2025-05", "place": "440300"}])
    assert stated.columns["pay_place"] == [440300]
    assert _table("pay_record", work=work[:1], pay=[{"month": "2009-01"}]).columns["pay_place"] == [None]


def test_a_contract_counts_as_signed_on_the_first_day_and_none_is_never_signed() -> None:
    def signed(contract: dict[str, Any] | None) -> list[int | None]:
        work = {"place": "310115", "from": "2009-02-01"} | ({"contract": contract} if contract else {})
        return list(_table("work_spell", work=[work]).columns["contract_signed"])

    assert signed({"kind": "fixed_term"}) == [date(2009, 2, 1).toordinal()]
    assert signed({"kind": "fixed_term", "signed": "2009-06-01"}) == [date(2009, 6, 1).toordinal()]
    assert (signed({"kind": "none"}), signed(None)) == ([OPEN_DAY], [None])


def test_how_work_ended_is_encoded_and_what_is_not_stated_is_not_known() -> None:
    ended = {"how": "unlawful", "notice_given": False}
    work = [{"place": "310115", "from": "2009-02-01"}, {"place": "310115", "from": "2009-02-01", "ended": ended}]
    unlawful = CHOICES["ending_kind"].index("unlawful")
    assert _rows(_table("work_spell", work=work), "ending_kind", "notice_given") == [(None, None), (unlawful, 0)]


def test_nobody_has_years_of_special_work_of_whom_none_are_stated() -> None:
    stated = _table("person", person={"special_work": True, "assumed": ["*"]})
    assert (stated.columns["is_special_work"], stated.assumed["is_special_work"]) == ([1], [True])
    silent = _table("person", person={"assumed": ["*"]})
    assert (silent.columns["is_special_work"], silent.assumed.get("is_special_work")) == ([0], None)
    assert _table("person", person={"assumed": ["special_work"]}).assumed == {"is_special_work": [True]}


def test_a_study_below_a_bachelors_has_no_degree_and_one_without_days_is_finished() -> None:
    bachelor = {"level": "bachelor", "from": "2005-09-01", "to": "2009-07-01", "degree": True}
    running = {"level": "master", "from": "2023-09-01", "to": None}
    table = _table("study", person={"education": [{"level": "college"}, {"level": "bachelor"}, bachelor, running]})
    levels = CHOICES["study_level"]
    began, ended, since = (date(*day).toordinal() for day in ((2005, 9, 1), (2009, 7, 1), (1900, 1, 1)))
    assert _rows(table, *LEVELS["study"]) == [
        (levels.index("college"), 0, None, None, since),
        (levels.index("bachelor"), None, None, None, since),
        (levels.index("bachelor"), 1, began, ended, ended),
        (levels.index("master"), None, date(2023, 9, 1).toordinal(), None, OPEN_DAY),
    ]
    assert table.refs == [f"education:{number}" for number in range(1, 5)]


def test_a_skill_without_a_day_is_held() -> None:
    table = _table("skill", person={"skills": [{"kind": "skill_3"}, {"kind": "middle_title", "on": "2020-01-02"}]})
    assert table.columns["skill_day"] == [date(1900, 1, 1).toordinal(), date(2020, 1, 2).toordinal()]


def test_every_item_of_evidence_has_a_row_and_only_whole_units_count() -> None:
    points = [{"item": "public_service_years", "amount": "6.5", "assumed": ["amount"]}]
    table = _table("points_evidence", points=[*points, {"id": "e", "item": "model_honour", "amount": 1}])
    kinds = CHOICES["evidence_kind"]
    assert table.columns["evidence_kind"] == list(range(len(kinds)))
    stated = {"public_service_years": 6, "model_honour": 1}
    assert table.columns["points_amount"] == [stated.get(kind, 0) for kind in kinds]
    assert table.refs == ["e" if kind == "model_honour" else f"points:{kind}" for kind in kinds]
    assert sum(table.assumed["points_amount"]) == 1


def test_conduct_is_a_row_with_its_kind_and_day() -> None:
    table = _table("conduct", conduct=[{"kind": "crime", "on": "2021-05-06"}])
    assert _rows(table, *LEVELS["conduct"]) == [(CHOICES["conduct_kind"].index("crime"), date(2021, 5, 6).toordinal())]


def test_a_residents_year_is_one_row_with_its_months_and_what_was_paid_for_them() -> None:
    years = [
        {"year": 2010, "months": "7-12", "contribution": "100.00", "subsidy": "30.00"},
        {"year": 2011, "months": "1-3,7", "contribution": "200.00", "collective": "50.00", "assumed": ["collective"]},
        {"year": 2012, "kind": "back_paid", "assumed": ["kind"]},
    ]
    spell = {**insured("2010-07", "2013-01", years=years), "scheme": "resident_pension", "place": "510681"}
    table = _table("resident_contribution", insurance=[insured("2009-01", "2010-01"), spell])
    assert _rows(table, *LEVELS["resident_contribution"]) == [
        (510681, 2010, 0b111111000000, 10000, 3000, 0, 0),
        (510681, 2011, 0b000001000111, 20000, None, 5000, 0),
        (510681, 2012, 0b111111111111, None, None, 0, CHOICES["resident_kind"].index("back_paid")),
    ]
    assert table.refs == ["insurance:2"] * 3
    assert table.assumed == {"resident_collective": [False, True, False], "resident_kind": [False, False, True]}


def test_a_residents_spell_without_years_covers_its_months_and_their_amounts_are_not_known() -> None:
    spell = {**insured("2023-07", None, assumed=["from"]), "scheme": "resident_pension"}
    table = _table("resident_contribution", insurance=[spell])
    assert _rows(table, "resident_year", "resident_set", "resident_contribution") == [
        (2023, 0b111111000000, None),
        (2024, 0b111111111111, None),
        (2025, 0b000000111111, None),
    ]
    assert set(table.assumed) == {"resident_year", "resident_set"}
    ahead = {**insured("2025-07", None), "scheme": "resident_pension"}
    assert _table("resident_contribution", insurance=[ahead]).refs == []


def test_a_residents_balance_is_a_record_of_its_own() -> None:
    account = {"place": "510681", "on": "2013-06-01", "balance": "9.00"}
    accounts = [
        {**account, "scheme": "employee_pension"},
        {**account, "scheme": "resident_pension", "subsidy": "2.00"},
        {**account, "scheme": "resident_pension"},
    ]
    table = _table("resident_record", accounts=accounts)
    day = date(2013, 6, 1).toordinal()
    assert _rows(table, *LEVELS["resident_record"]) == [(510681, day, 900, 200), (510681, day, 900, None)]
    assert table.refs == ["accounts:2", "accounts:3"]


def test_a_benefit_that_is_drawn_still_ends_in_the_open_month() -> None:
    benefits = [
        {"scheme": "resident_pension", "place": "510681", "from": "2020-02", "to": None, "assumed": ["from"]},
        {"scheme": "unemployment", "place": "310000", "from": "2012-01", "to": "2012-05", "monthly": "1200.00"},
    ]
    table = _table("benefit", benefits=benefits)
    assert _rows(table, *LEVELS["benefit"]) == [
        (CHOICES["scheme"].index("resident_pension"), 510681, 2020 * 12 + 1, OPEN_MONTH, None),
        (CHOICES["scheme"].index("unemployment"), 310000, 2012 * 12, 2012 * 12 + 4, 120000),
    ]
    assert (table.refs, table.assumed) == (["benefits:1", "benefits:2"], {"benefit_from": [True, False]})


def test_a_running_spell_ends_on_the_open_day() -> None:
    tables = fact_tables([read_document(WHOLE)])
    assert tables["hukou_spell"].columns["hukou_to"] == [OPEN_DAY] == [date(2200, 1, 1).toordinal()]
    assert _rows(tables["work_spell"], "work_place", "work_kind", "monthly_wage") == [(310115, 0, 350000)]


def test_months_with_one_base_and_kind_are_one_row() -> None:
    years = [
        {"year": 2009, "months": "2-12", "base": "2140.00"},
        {"year": 2010, "months": "1-3,7", "base": "2140.00"},
        {"year": 2010, "months": "8", "base": "2140.00", "kind": "back_paid"},
        {"year": 2010, "months": "9-12", "base": "2300.00"},
    ]
    table = _table("contribution", insurance=[insured("2009-02", "2011-01", years=years)])
    first, after = 2009 * 12, 2010 * 12
    assert _rows(table, "first_month", "end_month", "base", "contribution_kind") == [
        (first + 1, after + 3, 214000, 0),
        (after + 6, after + 7, 214000, 0),
        (after + 7, after + 8, 214000, CHOICES["contribution_kind"].index("back_paid")),
        (after + 8, after + 12, 230000, 0),
    ]
    assert table.columns["contribution_number"] == [1, 2, 3, 4]
    assert table.columns["relation_number"] == [1, 1, 1, 1]


def test_a_running_spell_without_years_is_paid_until_before_the_month_asked_about() -> None:
    table = _table("contribution", insurance=[insured("2024-01", None, base="5000.00", relation="temporary")])
    assert _rows(table, "first_month", "end_month", "base", "is_temporary") == [(24288, 2025 * 12 + 6, 500000, 1)]
    later = _table("contribution", insurance=[insured("2025-07", None)])
    assert later.refs == []


def test_a_relation_says_whether_it_is_the_one_kept_and_when_it_was_surrendered() -> None:
    ended = insured("2006-01", "2007-12", base="900.00", surrendered="2007-12-20")
    table = _table("contribution", insurance=[ended, insured("2024-01", "2024-07", base="5000.00", kept=True)])
    day = date(2007, 12, 20).toordinal()
    assert _rows(table, "is_kept", "surrendered_day") == [(0, day), (1, OPEN_DAY)]


def test_only_employees_pensions_are_contributions_and_the_number_is_that_of_the_item() -> None:
    medical = insured("2010-01", "2011-01", scheme="employee_medical")
    named = insured("2012-01", "2013-01", id="second-fund", place="440300")
    table = _table("contribution", insurance=[medical, insured("2010-01", "2011-01"), named])
    assert table.columns["relation_number"] == [2, 3]
    assert table.refs == ["insurance:2", "second-fund"]
    assert table.columns["base"] == [None, None]


def test_an_account_of_another_scheme_is_no_account_record() -> None:
    account = {"place": "310000", "on": "2013-06-01", "balance": "1.00"}
    accounts = [{**account, "scheme": scheme} for scheme in ("housing_fund", "employee_pension")]
    table = _table("account_record", accounts=accounts)
    assert _rows(table, "account_place", "record_balance") == [(310000, 100)]
    assert table.refs == ["accounts:2"]


def test_what_a_file_assumes_is_marked_in_its_column() -> None:
    years = [{"year": 2009, "base": "1.00"}, {"year": 2010, "base": "2.00", "assumed": ["base"]}]
    spell = insured("2009-01", "2011-01", years=years, assumed=["place"])
    assert _table("contribution", insurance=[spell]).assumed == {
        "contribution_place": [True, True],
        "base": [False, True],
    }
    all_assumed = _table("contribution", insurance=[{**spell, "assumed": ["*"]}]).assumed
    assert set(all_assumed) == set(LEVELS["contribution"]) - {"contribution_number", "relation_number"}


def test_people_follow_each_other_and_rows_point_up() -> None:
    one = about(person={"id": "a"}, hukou=[{"place": "110000", "from": "1990-01-01"}])
    none = about(person={"id": "b"})
    tables = fact_tables([read_document(each) for each in (one, none, one)])
    assert tables["person"].refs == ["a", "b", "a"]
    assert tables["hukou_spell"].above == {"person": [0, 2]}
    assert fact_tables([])["contribution"].columns["base"] == []


@given(st.lists(lives(), max_size=3))
def test_every_value_lies_inside_its_bounds_and_every_level_inside_its_size(people: list[dict[str, Any]]) -> None:
    for level, table in fact_tables([read_document(life) for life in people]).items():
        rows = next(iter(table.above.values()), range(len(people)))
        assert list(rows) == sorted(rows)
        assert all(count <= ROWS_MAX[level] for count in Counter(rows).values())
        assert list(table.columns) == list(LEVELS[level])
        for name, values in table.columns.items():
            assert len(values) == len(table.refs)
            assert all(value is None or BOUNDS[name][0] <= value <= BOUNDS[name][1] for value in values)


def _months(spells: list[dict[str, Any]]) -> Counter[tuple[int | None, ...]]:
    """Every month recorded, with its place, base, kind and relation, as often as it is recorded."""
    table = _table("contribution", insurance=spells)
    names = ("contribution_place", "base", "contribution_basis", "contribution_kind", "is_temporary")
    months: Counter[tuple[int | None, ...]] = Counter()
    for first, end, *rest in _rows(table, "first_month", "end_month", *names):
        assert first is not None and end is not None
        months.update((month, *rest) for month in range(first, end))
    return months


@given(insurance_spells("employee_pension"), st.data())
def test_cutting_an_insurance_spell_in_two_changes_no_month(spell: dict[str, Any], data: Any) -> None:
    start, end = (int(text[:4]) * 12 + int(text[5:]) - 1 for text in (spell["from"], spell["to"]))
    cut = data.draw(st.integers(start, end - 1).filter(lambda month: month > start) if end - start > 1 else st.none())
    if cut is None:
        return
    halves = [
        {**spell, "to": month_text(cut), **_years_between(spell, start, cut)},
        {**spell, "from": month_text(cut), **_years_between(spell, cut, end)},
    ]
    # A half that lists years but keeps none of them recorded nothing, so it is no spell.
    kept = [half for half in halves if "years" not in spell or half["years"]]
    assert _months(kept) == _months([spell])


def _years_between(spell: dict[str, Any], start: int, end: int) -> dict[str, Any]:
    if "years" not in spell:
        return {}
    years = []
    for year in spell["years"]:
        numbers = [int(text) for text in year["months"].split(",")]
        inside = [number for number in numbers if start <= year["year"] * 12 + number - 1 < end]
        if inside:
            years.append({**year, "months": ",".join(map(str, inside))})
    return {"years": years}


@given(st.lists(lives(), max_size=3))
def test_columns_hold_what_the_tables_hold(people: list[dict[str, Any]]) -> None:
    tables = fact_tables([read_document(life) for life in people])
    for level, (size, links, columns) in fact_columns(tables).items():
        assert size == len(tables[level].refs)
        assert {name: rows.tolist() for name, rows in links.items()} == dict(tables[level].above)
        for name, (values, unknown) in columns.items():
            assert values.dtype == np.int64
            hidden = np.zeros(size, dtype=bool) if unknown is None else unknown
            back = [None if is_hidden else value for value, is_hidden in zip(values.tolist(), hidden, strict=True)]
            assert back == list(tables[level].columns[name])
            assert ((values >= BOUNDS[name][0]) & (values <= BOUNDS[name][1])).all()


def test_a_column_that_is_known_throughout_has_no_mask() -> None:
    columns = fact_columns(fact_tables([read_document(about(person={"sex": "male"}))]))["person"].columns
    assert columns["sex"][1] is None
    assert columns["born"][1] is not None and columns["born"][1].tolist() == [True]


def test_the_open_month_is_january_2200() -> None:
    assert OPEN_MONTH == 2200 * 12
