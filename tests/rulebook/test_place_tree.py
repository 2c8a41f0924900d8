"""The law's tree of places: each that ever had a code stands under its province."""

from __future__ import annotations

from wayfare.kernel.regions import codes_ever
from wayfare.rulebook import place_tree


def test_every_place_ever_stands_under_the_province_of_its_code():
    tree = place_tree()
    assert len(tree) == len(set(codes_ever()))
    provinces = {code: tree.code(int(tree.province[tree.number(code)])) for code in codes_ever()}
    assert provinces == {code: int(code) // 10_000 * 10_000 for code in codes_ever()}


def test_a_county_without_a_prefecture_stands_under_its_province():
    """Huangshan of 1983 (340901) and Shennongjia (422921) had no prefecture with a code above them."""
    tree = place_tree()
    assert [tree.code(tree.above[tree.number(code)]) for code in ("340901", "422921")] == [340000, 420000]


def test_the_numbers_of_the_provinces_come_first():
    tree = place_tree()
    assert set(tree.province.tolist()) == set(range(34))
