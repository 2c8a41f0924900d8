"""Makes the assumed wages and benefit bases by province and year that the pack `base` fills gaps with.

Run it as `python -m wayfare.rulebook.assumptions.make_wage_panel`; it writes wage_panel.csv and base_panel.csv beside
itself from the known figures of the rulebook and of known_wages.csv, and gives the same bytes each time. The method and
its weak points stand in docs/decisions/0003-imputed-wages.md.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).parent
RULE = HERE.parent / "national" / "pension" / "monthly_pension"
FIRST, LAST = 1983, 2060  # accounts are walked from 1984, whose months some provinces compare with the wage of 1983
ON_POST_LAST = 2017  # the wage of this year is the last of the old calibre; since May 2019 the full calibre counts
FIRST_KNOWN = 1995  # the first year of the national series
GROWTH_BEFORE = Fraction(115, 100)  # a year, before the first known national figure
GROWTH_TO_2035, GROWTH_AFTER = Fraction(104, 100), Fraction(103, 100)
NATION = "000000"
HEADER = ("place", "year", "value", "from", "until", "status", "source", "article", "rank")
SOURCE = "imputed, docs/decisions/0003-imputed-wages.md"
Series = dict[int, Fraction]


def main() -> None:
    """Writes both panels."""
    wages, bases = known(RULE / "average_wage.csv"), known(RULE / "announced_benefit_base.csv")
    national = national_series()
    panel = {place: wage_series(place, wages.get(place, {}), national) for place in provinces()}
    write(HERE / "wage_panel.csv", panel, range(FIRST, LAST + 1))
    ahead = {place: base_series(panel[place], bases.get(place, {})) for place in provinces()}
    write(HERE / "base_panel.csv", ahead, range(2019, LAST + 1))


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def known(path: Path) -> dict[str, Series]:
    """Figures of the rulebook by place and year."""
    out: dict[str, Series] = {}
    for row in read(path):
        out.setdefault(row["place"], {})[int(row["year"])] = Fraction(row["value"])
    return out


def press_figures() -> dict[tuple[str, str], Series]:
    """National and provincial figures by place and series, in yuan a year."""
    out: dict[tuple[str, str], Series] = {}
    for row in read(HERE / "known_wages.csv"):
        out.setdefault((row["place"], row["series"]), {})[int(row["year"])] = Fraction(row["yuan_a_year"])
    return out


def provinces() -> list[str]:
    """The 31 provinces with figures of 2021."""
    with_series = {place for place, series in press_figures() if series == "employed_persons_nonprivate"}
    return sorted(with_series - {NATION})


def private_share() -> Fraction:
    """The share of private units in the full calibre: the mean of the provinces whose three wages of 2021 are known."""
    figures, wages = press_figures(), known(RULE / "average_wage.csv")
    shares = []
    for place in provinces():
        full, other, private = wages.get(place, {}).get(2021), *units_of_2021(figures, place)
        if full is not None:
            shares.append((other - full) / (other - private))
    return sum(shares, Fraction()) / len(shares)


def units_of_2021(figures: Mapping[tuple[str, str], Series], place: str) -> tuple[Fraction, Fraction]:
    """Wages of 2021 in non-private and in private units."""
    return figures[place, "employed_persons_nonprivate"][2021], figures[place, "employed_persons_private"][2021]


def national_series() -> tuple[Series, Series]:
    """The nation's wage in the old calibre to 2017 and in the full calibre since 2018."""
    figures = press_figures()
    old = figures[NATION, "on_post_staff_nonprivate"]
    for year in range(FIRST_KNOWN - 1, FIRST - 1, -1):
        old[year] = old[year + 1] / GROWTH_BEFORE
    share = private_share()
    other, private = figures[NATION, "employed_persons_nonprivate"], figures[NATION, "employed_persons_private"]
    full = {y: other[y] * (1 - share) + private[y] * share for y in range(ON_POST_LAST + 1, max(private) + 1)}
    for year in range(max(full) + 1, LAST + 1):
        full[year] = full[year - 1] * (GROWTH_TO_2035 if year <= 2035 else GROWTH_AFTER)
    return old, full


def wage_series(place: str, found: Series, national: tuple[Series, Series]) -> Series:
    """A province's wages: the nation's times the province's relation to it, between known years in a straight line."""
    old, full = national
    figures = press_figures()
    other, private = units_of_2021(figures, place)
    of_nation = figures[NATION, "employed_persons_nonprivate"][2021]
    share = private_share()
    to_old = {y: v / old[y] for y, v in found.items() if FIRST <= y <= ON_POST_LAST} or {2021: other / of_nation}
    to_full = {y: v / full[y] for y, v in found.items() if y > ON_POST_LAST}
    to_full = to_full or {2021: (other * (1 - share) + private * share) / full[2021]}
    return {
        y: old[y] * between(to_old, y) if y <= ON_POST_LAST else full[y] * between(to_full, y)
        for y in range(FIRST, LAST + 1)
    }


def base_series(wages: Series, found: Series) -> Series:
    """A province's benefit bases, yuan a month: the wage of the year before, times the relation in known years."""
    relation = {y: v * 12 / wages[y - 1] for y, v in found.items()} or {2025: Fraction(1)}
    return {y: wages[y - 1] / 12 * between(relation, y) for y in range(2019, LAST + 1)}


def between(points: Series, year: int) -> Fraction:
    """The value for a year: in a straight line between the known years around it, and level outside them."""
    before, after = [y for y in points if y <= year], [y for y in points if y >= year]
    if not before or not after:
        return points[min(points) if not before else max(points)]
    low, high = max(before), min(after)
    if low == high:
        return points[low]
    return points[low] + (points[high] - points[low]) * Fraction(year - low, high - low)


def write(path: Path, panel: Mapping[str, Series], years: Iterable[int]) -> None:
    """Writes a panel, every figure to whole yuan."""
    chosen = list(years)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(HEADER)
        for place, series in sorted(panel.items()):
            for year in chosen:
                yuan = f"{int(series[year] + Fraction(1, 2))}.00"
                out.writerow((place, year, yuan, "", "", "assumed", SOURCE, "", "practice"))


if __name__ == "__main__":
    main()
