"""A place code tells its level and what it lies in."""

from __future__ import annotations

import pytest

from wayfare.kernel import NATION, NotAPlace, Place, PlaceLevel, regions


def test_a_county_lies_in_a_prefecture_a_province_and_the_nation():
    place = Place("440305")
    assert place.lineage == (place, Place("440300"), Place("440000"), NATION)
    assert (place.prefecture, place.province, place.parent) == (Place("440300"), Place("440000"), Place("440300"))
    assert place.lies_in(Place("440000"))
    assert not place.lies_in(Place("440100"))


@pytest.mark.parametrize("code", ["310115", "429004", "460001", "659012"])
def test_a_county_directly_under_a_province_has_no_prefecture(code):
    place = Place(code)
    assert place.prefecture is None
    assert place.lineage == (place, place.province, NATION)


def test_the_levels_go_by_the_zeros():
    levels = [Place(code).level for code in ("000000", "440000", "440300", "440305")]
    assert levels == [PlaceLevel.NATION, PlaceLevel.PROVINCE, PlaceLevel.PREFECTURE, PlaceLevel.COUNTY]


def test_the_nation_lies_in_itself_alone():
    assert (NATION.lineage, NATION.parent, NATION.province, NATION.prefecture) == ((NATION,), None, NATION, None)


def test_the_digits_give_the_same_parent_and_level_as_the_registry():
    assert [region for place, region in regions().items() if region.parent != place.parent] == []
    assert [region for place, region in regions().items() if region.level != place.level] == []


def test_a_place_is_read_back_from_its_number():
    assert Place.numbered(Place("440305").number) == Place("440305")
    assert Place.numbered(0) == NATION
    assert str(Place("440305")) == "440305"


NOT_CODES = ["44030", "4403055", "44030x", "", "040305", "000001", "４４０３０５", 440305, None, "440305\n"]


@pytest.mark.parametrize("code", NOT_CODES)
def test_other_text_is_not_a_place_code(code):
    with pytest.raises(NotAPlace) as refused:
        Place(code)
    assert str(refused.value) == (
        f"WF-KRN-008  {code!r} is not a place code.\n"
        '            Give the six digits of GB/T 2260 as text, such as "440305" or "440000" for a province.'
    )


@pytest.mark.parametrize("number", [-1, 1_000_000, 40_305])
def test_a_number_that_is_no_code_is_refused(number):
    with pytest.raises(NotAPlace):
        Place.numbered(number)
