"""Lives drawn from a seed: the same everywhere, along the flows of the census, inside what the assumptions say."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date
from itertools import chain, pairwise
from pathlib import Path

import pytest

import wayfare.scenarios
from wayfare.kernel import Place
from wayfare.scenarios import ASSUMPTIONS, draw_population
from wayfare.scenarios.assumptions import assumption
from wayfare.scenarios.dice import Dice
from wayfare.scenarios.flows import census_flows
from wayfare.scenarios.stays import DIRECTIONS, MOVES_MAX, draw_start, draw_stays

ON = date(2026, 1, 1)
WAGES = {(province, year): 5_000_000 for province in census_flows().persons for year in range(1980, 2030)}
PEOPLE = 400


def drawn(people: int = PEOPLE, *, seed: int = 7, chunk: int = 200):
    return list(chain.from_iterable(draw_population(people, seed=seed, wages=WAGES, on=ON, chunk=chunk)))


@pytest.fixture(scope="module")
def lives():
    return drawn()


@pytest.fixture(scope="module")
def courses():
    """Many lives as starts and stays only, which are quick to draw."""
    found = []
    for number in range(6000):
        dice = Dice(1, number)
        start = draw_start(dice, census_flows())
        found.append((start, draw_stays(dice, start, census_flows(), until=2026 * 12)))
    return found


def test_a_seed_gives_the_same_lives_however_they_are_cut_in_chunks(lives):
    assert drawn(50, chunk=7) == lives[:50]


def test_another_seed_gives_other_lives(lives):
    assert drawn(5, seed=8) != lives[:5]


def test_a_seed_gives_the_same_lives_on_every_machine(lives):
    digest = hashlib.sha256("".join(each.as_json() for each in lives[:20]).encode()).hexdigest()
    assert digest[:16] == "d6af20a2e50f5747"


def test_the_flows_are_those_of_all_provinces_without_their_own():
    flows = census_flows()
    assert len(flows.persons) == 31
    assert all(set(row) == set(flows.persons) - {origin} for origin, row in flows.persons.items())
    assert sum(flows.left.values()) == 10_230_691


def test_homes_are_drawn_as_often_as_people_left_them(courses):
    left = census_flows().left
    homes = Counter(start.home for start, _ in courses)
    for province in sorted(left, key=left.__getitem__)[-5:]:
        assert abs(homes[province] / len(courses) - left[province] / sum(left.values())) < 0.015


def test_first_destinations_follow_the_largest_flows(courses):
    persons = census_flows().persons
    first = Counter((stays[0].province, stays[1].province) for _, stays in courses if len(stays) > 1)
    flows = {(origin, to): count for origin, row in persons.items() for to, count in row.items()}
    for pair in sorted(flows, key=flows.__getitem__)[-8:]:
        assert abs(first[pair] / first.total() - flows[pair] / sum(flows.values())) < 0.01


def test_directions_are_drawn_as_often_as_the_survey_says(courses):
    found = Counter(start.direction for start, _ in courses)
    stayed = assumption("never_left").number / 10_000
    for direction, share in zip(DIRECTIONS, assumption("direction").numbers, strict=False):
        assert abs(found[direction] / len(courses) - (1 - stayed) * share / 10_000) < 0.02


def test_nobody_moves_more_than_five_times_and_every_move_is_to_another_province(courses):
    for _, stays in courses:
        assert len(stays) - 1 <= MOVES_MAX
        assert all(a.province != b.province and a.end == b.start for a, b in pairwise(stays))


def test_settlers_stay_where_they_are_and_who_returns_ends_at_home(courses):
    for start, stays in courses:
        if start.direction == "return" and stays[-1].start < 2000 * 12 and len(stays) > 2:
            assert stays[-1].province == start.home
        if start.direction == "stayed":
            assert [stay.province for stay in stays] == [start.home]


def test_a_life_is_registered_at_home_and_works_where_it_lives(lives):
    for life in lives:
        assert life.facts.hukou[0].place == life.facts.residence[0].place
        lived = {stay.place for stay in life.facts.residence}
        assert {job.place for job in life.facts.work} <= lived


def test_no_contribution_is_drawn_before_accounts_were_unified_or_below_the_floor(lives):
    spells = [spell for life in lives for spell in life.facts.insurance]
    assert len(spells) > 100
    assert min(spell.start.year for spell in spells) >= 1998
    assert min(year.base.amount_fen for spell in spells for year in spell.years) >= 5_000_000 * 6 // 10 // 12


def test_informal_workers_pay_at_home_if_they_pay(lives):
    flexible = [
        (life, spell) for life in lives for spell in life.facts.insurance if spell.basis == "flexible"
    ]
    assert flexible
    assert all(spell.place == life.facts.hukou[0].place.province for life, spell in flexible)


def test_every_assumption_with_a_number_is_used_and_each_has_a_source():
    folder = Path(wayfare.scenarios.__file__).parent
    code = "".join(path.read_text() for path in folder.glob("*.py") if path.name != "assumptions.py")
    for each in ASSUMPTIONS:
        assert each.says and each.source
        assert not each.numbers or f'assumption("{each.name}")' in code, each.name
    assert len({each.name for each in ASSUMPTIONS}) == len(ASSUMPTIONS)


def test_dice_fall_alike_for_a_life_whatever_fell_before():
    first = [Dice(3, 5).below(1000) for _ in range(2)]
    assert first[0] == first[1] and Dice(3, 6).below(10**9) != Dice(3, 5).below(10**9)


def test_weights_decide_how_often_a_place_in_the_list_is_drawn():
    dice = Dice(1, 1)
    assert {dice.which([0, 5, 0]) for _ in range(50)} == {1}
    assert Place("440000") in census_flows().persons
