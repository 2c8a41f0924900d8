"""The place that pays in random lives, with moves, temporary accounts and overlaps, against the oracle."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from rulebook.lives import Life, law
from rulebook.place_oracle import Stay, paying_province

PLACES = {"440300": "440000", "310115": "310000", "510100": "510000", "340100": "340000"}


@st.composite
def movers(draw):
    """A man, his registrations, up to five stays in four provinces, and the day asked about."""
    born = date(draw(st.integers(1955, 1985)), draw(st.integers(1, 12)), draw(st.integers(1, 28)))
    asked = date(draw(st.integers(2012, 2035)), draw(st.integers(1, 12)), draw(st.integers(1, 28)))
    places = [draw(st.sampled_from(sorted(PLACES))) for _ in range(draw(st.integers(1, 3)))]
    moved = sorted({date(draw(st.integers(2005, 2034)), draw(st.integers(1, 12)), 15) for _ in places[1:]})
    hukou = list(zip(places, [born, *moved], strict=False))
    found: list[tuple[str, int, int, bool]] = []
    for _ in range(draw(st.integers(0, 5))):
        first = draw(st.integers(1998 * 12, 2011 * 12))
        end = first + draw(st.sampled_from([1, 40, 84, 119, 120, 121, 160]))
        place, temporary = draw(st.sampled_from(sorted(PLACES))), draw(st.booleans())
        end = min(end, asked.year * 12 + asked.month - 1)
        if first < end and all(place != p or end <= a or b <= first for p, a, b, _ in found):
            found.append((place, first, end, temporary))
    return born, asked, hukou, found


def month(index: int) -> str:
    return f"{index // 12}-{index % 12 + 1:02}"


@settings(max_examples=150)
@given(movers())
def test_the_place_that_pays_equals_the_oracle_on_ints_and_columns(mover):
    born, asked, hukou, found = mover
    spells = [
        {"place": place, "from": since.isoformat(), "to": until}
        for (place, since), until in zip(hukou, [*(d.isoformat() for _, d in hukou[1:]), None], strict=True)
    ]
    insurance = [
        {"scheme": "employee_pension", "place": place, "basis": "employee", "from": month(first), "to": month(end),
         "base": "3000.00", "relation": "temporary" if temporary else "ordinary"}
        for place, first, end, temporary in found
    ]  # fmt: skip
    person = {"born": born.isoformat(), "sex": "male"}
    facts = {"person": person, "hukou": spells, "insurance": insurance}
    life = Life({"on": asked.isoformat(), "facts": facts}, law())
    stays = [Stay(PLACES[place], first, end, temporary) for place, first, end, temporary in found]
    expected = paying_province(stays, [(PLACES[place], day) for place, day in hukou], born, asked)
    assert life.ask(["place_of_benefit"]) == {"place_of_benefit": expected}
    assert life.ask(["place_of_benefit"], columns=True) == {"place_of_benefit": expected}
