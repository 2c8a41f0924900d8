"""(c) Papers with alternatives: what a school asks of a family, each requirement met by one of several sets of papers.

A city's requirements for a day become rows, each with alternatives, each with papers; a paper is found among those the
family holds. A paper that nobody has asked about is unknown and counts only where it decides.
"""

from __future__ import annotations

from law.packs import kit
from law.packs.kit import Draw, Pack, World, rows
from law.packs.oracles import papers as oracle
from wayfare.law.declare import clause, expand, fact, find, level, lever, total
from wayfare.law.law import Law
from wayfare.law.tables import parameter, row

SHAPE = "enrolment rules, shape only"

city = fact("person", "place", 0, kit.LAST)
asked_day = fact("person", "day", 657_000, 767_000)
months_insured = fact("person", "months", 0, 240, absent=0)
document = level("document", most=8)
kind = fact("document", "paper", 0, 9)
held = fact("document", "truth", 0, 1)
can_get = fact("document", "truth", 0, 1, absent=1)

requirement_row = expand(
    "requirement", within="person", table="requirements", at="asked_day", where="city",
    columns={"requirement": "requirement_number"},
)  # fmt: skip
alternative_row = expand(
    "alternative", within="requirement", table="alternatives", by={"requirement": "requirement_number"},
    columns={"alternative": "alternative_number"}, at="asked_day",
)  # fmt: skip
paper_row = expand(
    "paper", within="alternative", table="papers", by={"alternative": "alternative_number"}, where="city",
    columns={"paper": "paper_kind"},
)  # fmt: skip
is_held = find("held", of="document", key="kind", by="paper_kind", level="paper", none=0)
alternative_met = total("is_held", level="alternative", how="all")
requirement_met = total("alternative_met", level="requirement", how="any")
papers_met = total("requirement_met", level="person", how="all")
requirements_asked = total(level="person", of="requirement", how="count")
requirements_missing = total(level="person", of="requirement", where="requirement_open", how="count")
share_met = total("requirement_met", level="person", how="share")


@clause(SHAPE, article="2", level="requirement")
def requirement_open(requirement_met):
    return requirement_met == 0


@clause(SHAPE, article="3", level="person", at="asked_day", where="city")
def may_enrol(papers_met, months_insured, months_asked):
    return papers_met & (months_insured >= months_asked)


get_paper = lever("held", to=1, days=20, cost=5_000, where="can_get")
stay_insured = lever("months_insured", by=(3, 6, 12, 24), days_each=30)

TABLES = [
    parameter("requirements", "count", [
        row(0, columns=(1,)), row(0, columns=(2,)), row(0, place=440000, columns=(1,)),
        row(0, place=440000, columns=(3,)), row(0, place=440000, since="2015-09-01", columns=(4,)),
        row(0, place=440300, since="2014-01-01", until="2018-01-01", columns=(2,)),
        row(0, place=440300, since="2014-01-01", until="2018-01-01", columns=(5,)),
        row(0, place=341225, columns=(3,), status="recalled"), row(0, place=510100, since="2012-01-01", columns=(2,)),
    ], columns={"requirement": "requirement"}),
    parameter("alternatives", "count", [
        row(0, key=1, columns=(11,)), row(0, key=2, columns=(21,)), row(0, key=2, columns=(22,)),
        row(0, key=3, columns=(31,)), row(0, key=3, columns=(32,)),
        row(0, key=3, since="2016-03-01", columns=(33,)), row(0, key=4, columns=(21,)), row(0, key=4, columns=(31,)),
        row(0, key=5, columns=(33,), until="2016-01-01"), row(0, key=5, columns=(11,), since="2016-01-01"),
        row(0, key=5, columns=(22,), since="2016-01-01"),
    ], by="requirement", columns={"alternative": "alternative"}),
    parameter("papers", "count", [
        row(0, key=11, columns=(0,)), row(0, key=21, columns=(1,)), row(0, key=22, columns=(2,)),
        row(0, key=22, columns=(3,)), row(0, key=31, columns=(4,)), row(0, key=31, columns=(5,)),
        row(0, key=32, columns=(6,)), row(0, key=33, columns=(7,)), row(0, key=33, columns=(1,)),
        row(0, key=22, place=440000, columns=(3,)), row(0, key=11, place=510000, columns=(0,)),
        row(0, key=11, place=510000, columns=(8,)), row(0, key=32, place=440300, columns=(9,)),
    ], by="alternative", columns={"paper": "paper"}),
    parameter("months_asked", "months", [
        row(6), row(36, place=440000, since="2013-01-01"), row(12, place=440300, since="2013-01-01"),
        row(24, place=510000, status="recalled"),
    ]),
]  # fmt: skip


def draw(draw: Draw, n: int) -> World:
    """Families with some papers, in any city on any day."""
    kept = [(i, k) for i in range(n) for k in draw.sample(range(10), draw.randint(0, 8))]
    return {
        "person": rows(
            city=[draw.maybe(draw.place()) for _ in range(n)],
            asked_day=[draw.maybe(draw.day("2011-06-01", "2021-01-01")) for _ in range(n)],
            months_insured=[draw.maybe(draw.randint(0, 40)) for _ in range(n)],
        ),
        "document": rows(
            {"person": [i for i, _ in kept]},
            kind=[draw.maybe(k, 0.2) for _, k in kept],
            held=[draw.maybe(int(draw.random() < 0.85)) for _ in kept],
        ),
    }


PACK = Pack(
    "papers", Law.of(globals(), parameters=TABLES, tree=kit.TREE),
    ("papers_met", "requirements_asked", "requirements_missing", "share_met", "may_enrol"), draw, oracle.answers,
)  # fmt: skip
