"""Random lives against the oracle, on ints and on columns; splitting a run changes nothing."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from rulebook.by_month import Run, balance, kept, pooled
from rulebook.lives import Life, law

HOME, NAMES = "511300", ("account_balance", "paid_months", "account_transfer", "pooled_transfer", "account_kind")
PLACES = {"440300": "440000", "441900": "440000", "310115": "310000", "510100": "510000"}


@st.composite
def careers(draw):
    """Up to six runs between 2016 and the month asked about, anywhere, overlapping or not; and that month.

    In June 2017 the first rate of the nation is announced, that of 2016.
    """
    asked = draw(st.integers(2017 * 12 + 5, 2025 * 12 + 11))
    found = []
    for _ in range(draw(st.integers(1, 6))):
        first = draw(st.integers(2016 * 12, asked - 1))
        end = draw(st.integers(first + 1, asked))
        place, base = draw(st.sampled_from(sorted(PLACES))), draw(st.integers(1, 3_000_000))
        if all(place != other or end <= a or b <= first for other, a, b, _ in found):  # one fund takes a month once
            found.append((place, first, end, base))
    return asked, found


def point(index: int) -> tuple[int, int]:
    return index // 12, index % 12 + 1


def text(index: int) -> str:
    year, month = point(index)
    return f"{year}-{month:02}"


def life(asked: int, runs: list[tuple[str, int, int, int]]) -> Life:
    insurance = [
        {"scheme": "employee_pension", "place": place, "basis": "employee", "from": text(first), "to": text(end),
         "base": f"{base // 100}.{base % 100:02}"}
        for place, first, end, base in runs
    ]  # fmt: skip
    facts = {
        "person": {"born": "1990-01-01", "sex": "male"},
        "hukou": [{"place": HOME, "from": "1990-01-01", "to": None}],
        "insurance": insurance,
    }
    return Life({"on": date(*point(asked), 1).isoformat(), "facts": facts}, law())


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"


@settings(max_examples=60)
@given(careers())
def test_account_and_transfer_equal_the_oracle_on_ints_and_columns(career):
    asked, found = career
    runs = [Run(PLACES[place], point(first), point(end), base) for place, first, end, base in sorted(found)]
    now = PLACES[min(found, key=lambda x: (-x[2], x[0]))[0]]  # the last month paid; of two places the lower code
    others = sorted({run.province for run in runs} - {now})
    expected = {
        "account_balance": yuan(sum(balance(runs, p, point(asked)) for p in {*others, now})),
        "paid_months": str(len(kept(runs))),
        "account_transfer": yuan(sum(balance(runs, p, point(asked), in_running_year=False) for p in others)),
        "account_kind": "ordinary",
    }
    answered = life(asked, found).ask(NAMES)
    assert answered == life(asked, found).ask(NAMES, columns=True)
    assert {k: answered[k] for k in expected} == expected
    whole = sum(sum(r.base for r in kept(runs).values() if r.province == p) for p in others) * 12
    assert answered["pooled_transfer"] == yuan((whole + 50) // 100)
    assert len(others) > 1 or answered["pooled_transfer"] == yuan(sum(pooled(runs, p) for p in others))


@settings(max_examples=40)
@given(careers(), st.data())
def test_the_order_of_the_items_changes_nothing(career, data):
    asked, found = career
    names = (*NAMES, "place_of_benefit")
    assert life(asked, data.draw(st.permutations(found))).ask(names) == life(asked, found).ask(names)


@settings(max_examples=40)
@given(careers(), st.data())
def test_splitting_a_run_changes_nothing(career, data):
    asked, found = career
    which = data.draw(st.integers(0, len(found) - 1))
    place, first, end, base = found[which]
    cut = data.draw(st.integers(first, end))
    parts = [(place, a, b, base) for a, b in ((first, cut), (cut, end)) if a < b]
    names = (*NAMES, "counted_months", "place_of_benefit", "can_be_benefit_place")
    assert life(asked, [*found[:which], *parts, *found[which + 1 :]]).ask(names) == life(asked, found).ask(names)
