"""The registry knows every region that is or was."""

from __future__ import annotations

from collections import Counter

import pytest

from wayfare.kernel import (
    NATION,
    DatedName,
    Month,
    Place,
    PlaceLevel,
    UnknownPlace,
    ever_known,
    province_iso_letters,
    province_short_name,
    region,
    regions,
)
from wayfare.kernel.regions import codes_ever


def test_the_current_registry_has_its_three_levels():
    assert Counter(held.level.value for held in regions().values()) == {
        "province": 34,
        "prefecture": 333,
        "county": 2847,
    }


def test_every_parent_in_the_registry_stands_in_it():
    assert {held.parent for held in regions().values()} - regions().keys() == {NATION}


def test_a_region_has_its_names_in_both_languages():
    named = {code: (region(code).name_zh, region(code).name_en) for code in ("440000", "440300", "440305", "610102")}
    assert named == {
        "440000": ("广东省", "Guangdong"),
        "440300": ("深圳市", "Shenzhen"),
        "440305": ("南山区", "Nanshan District"),
        "610102": ("新城区", "Xincheng District"),
    }


@pytest.mark.parametrize(
    ("code", "english"),
    [("140400", "Changzhi"), ("211300", "Chaoyang"), ("540300", "Changdu"), ("360925", "Jing'an County"),
     ("130321", "Qinglongmanzu Autonomous County"), ("460300", "Sansha"), ("341225", "Funan County")],
)  # fmt: skip
def test_names_in_letters_are_read_as_they_are_spoken(code, english):
    assert region(code).name_en == english


def test_every_current_region_has_a_name_in_letters():
    assert [held for held in regions().values() if not held.name_en.isascii() or not held.name_en[:1].isupper()] == []


def test_an_abolished_code_keeps_its_last_name_and_its_parent_by_its_digits():
    held = region("460001")
    assert (held.name_zh, held.is_current, held.parent) == ("五指山市", False, Place("460000"))
    assert held.names == (
        DatedName("通什市", Month("1988-12"), Month("2000-12")),
        DatedName("五指山市", Month("2001-12"), Month("2001-12")),
    )
    assert region("332121").parent == Place("332100")


def test_the_last_name_is_the_one_last_seen_even_when_it_was_seen_first():
    assert [name.name_zh for name in region("232303").names] == ["海伦市", "肇东市"]
    assert region("232303").name_zh == "肇东市"
    assert [held for held in regions().values() if held.names[-1].name_zh != held.name_zh] == []


def test_every_code_ever_used_can_be_looked_up():
    assert len(codes_ever()) == 7110
    assert all(region(code).names for code in codes_ever())
    assert codes_ever() >= {place.code for place in regions()}


def test_the_nation_is_a_region_outside_the_list():
    assert (region(NATION).name_en, region("000000").level) == ("China", PlaceLevel.NATION)
    assert NATION not in regions()


def test_a_code_that_never_was_is_unknown():
    with pytest.raises(UnknownPlace) as refused:
        region("990000")
    assert str(refused.value) == (
        "WF-KRN-009  No region has had the code 990000 since 1980.\n"
        "            Check the six digits; the current codes are in wayfare/kernel/data/regions.csv."
    )


@pytest.mark.parametrize("code", ["990000", "", None, 440305, b"440305", "４４０３０５", [], "440399"])
def test_anything_else_was_never_known(code):
    assert not ever_known(code)


def test_codes_and_places_ever_used_are_known():
    assert ever_known("440305")
    assert ever_known(Place("332121"))


def test_a_place_goes_by_the_character_and_the_letters_of_its_province():
    assert (province_short_name(Place("310115")), province_iso_letters(Place("310115"))) == ("沪", "SH")
    assert (province_short_name(Place("440305")), province_iso_letters(Place("440305"))) == ("粤", "GD")


def test_each_province_has_a_character_and_letters_of_its_own():
    provinces = [place for place, held in regions().items() if held.level is PlaceLevel.PROVINCE]
    assert len({province_short_name(place) for place in provinces}) == 34
    assert len({province_iso_letters(place) for place in provinces}) == 34


def test_the_nation_lies_in_no_province():
    with pytest.raises(UnknownPlace) as refused:
        province_short_name(NATION)
    assert str(refused.value).startswith("WF-KRN-009  000000 lies in no province.\n")
