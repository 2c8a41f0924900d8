"""A place is found by what people type, in either language, and asked about when several have the name."""

from __future__ import annotations

import pytest

from wayfare.kernel import regions
from wayfare.portals.guest.places import CHOICES_MOST, find_places
from wayfare.portals.language import Language, Words

ZH = Words(Language.CHINESE)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("阜南", "341225"), ("安徽阜南县", "341225"), ("安徽省阜阳市阜南县", "341225"), ("funan", "341225"),
        ("Funan County, Anhui", "341225"), ("Anhui Funan", "341225"), ("341225", "341225"), ("３４１２２５", "341225"),
        ("北京", "110000"), ("上海市", "310000"), ("shang hai", "310000"), ("广州", "440100"), ("GUANGZHOU", "440100"),
        ("suzhou jiangsu", "320500"), ("浦东", "310115"), ("Inner Mongolia", "150000"), ("Tibet", "540000"),
        ("河南", "410000"), ("Hebei", "130000"), ("xi'an, shaanxi", "610100"),
    ],
)  # fmt: skip
def test_a_name_that_can_only_mean_one_place_finds_it(typed, code):
    assert find_places(typed).one.code == code


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("suzhou", ["江苏苏州", "安徽宿州", "甘肃酒泉肃州区"]),
        ("朝阳", ["辽宁朝阳", "北京朝阳区", "辽宁朝阳县", "吉林长春朝阳区"]),
        ("shanxi", ["山西", "陕西"]),
        ("吉林", ["吉林", "吉林吉林"]),
        ("guangzuo", ["广东广州", "河北广宗县", "福建光泽县"]),
    ],
)
def test_a_name_of_several_places_offers_them_the_wider_first(typed, names):
    found = find_places(typed)
    assert found.one is None
    assert [ZH.place(place) for place in found.choices] == names


@pytest.mark.parametrize("typed", ["", "   ", "???", "xyz", "999999", "火星"])
def test_what_names_no_place_finds_none(typed):
    assert find_places(typed) == find_places("")


def test_no_more_places_are_offered_than_a_page_can_hold_and_it_says_so():
    found = find_places("城")
    assert len(found.choices) == CHOICES_MOST
    assert found.more


@pytest.mark.parametrize("language", list(Language))
def test_the_name_that_a_page_writes_finds_the_place_again(language):
    words = Words(language)
    lost = []
    for place in list(regions())[::13]:
        found = find_places(words.place(place))
        if place not in (found.one, *found.choices):
            lost.append(place)
    assert lost == []
