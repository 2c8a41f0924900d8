"""Faults planted in the engine, one at a time, are all caught by comparing the packs with their oracles."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from law.faults import Fault, plant
from law.packs import PACKS, claims, kit, points, severance
from law.packs.severance import HALVES_A_YEAR
from wayfare.kernel.errors import WayfareError
from wayfare.kernel.status import Status
from wayfare.law.declare import clause, scan
from wayfare.law.law import Law
from wayfare.law.words import MONTHS_A_YEAR, PER_10_000, ZERO_FEN, greatest, half_up, least, no, started, when, whole

WORLDS = 60

IN_WHAT_BOTH_SHARE = [
    Fault("a row begins a step early", "tables.DateAxis.in_force",
          "else bisect_right(self._list, r.since)", "else bisect_right(self._list, r.since) - 1", ("texts",)),
    Fault("a row ends a step early", "tables.DateAxis.in_force",
          "bisect_right(self._list, r.until))", "bisect_right(self._list, r.until) - 1)", ("interest", "texts")),
    Fault("the day of change is the old row's", "finder._date_cell", '"right"', '"left"', ("texts", "late_fee")),
    Fault("a month counts from its last day", "finder._date_cell",
          '"month": first_day', '"month": lambda m: first_day(m + 1) - 1', ("texts",)),
    Fault("no place inherits", "tables._place_axis", "while (up >= 0).any():", "while False:", ("texts",)),
    Fault("the wider place wins", "tables._fill",
          "_narrowness(p, tree))", "-_narrowness(p, tree))", ("texts", "points")),
    Fault("a pair is no narrower than its places", "tables._narrowness", "100 if", "-100 if", ("pairs",)),
    Fault("a pair is read backwards", "plan.Plan._keys",
          "*x.where[: table.places]", "*x.where[: table.places][::-1]", ("pairs",)),
    Fault("a text's pair is read backwards", "plan.Plan._chart_keys",
          "*x.where[: table.places]", "*x.where[: table.places][::-1]", ("pairs",)),
    Fault("a gap is nought", "tables.resolve",
          "gap = (base < 0) | ~counts[base]", "gap = (base >= 0) & ~counts[base]", ("texts",)),
    Fault("a decision uses what is recalled", "tables.resolve",
          "gap = (base < 0) | ~counts[base]", "gap = base < 0", ("place", "claims")),
    Fault("a pack overrules the law", "tables.resolve", "(base < 0) & (assumed >= 0)", "assumed >= 0", ("texts",)),
    Fault("a band holds its first number only", "tables._carry_steps",
          "cells[k - 1], cells[k])", "cells[k], cells[k])", ("claims",)),
    Fault("a band begins above its threshold", "tables.KeyAxis.at", '"right") - 1', '"left") - 1', ("claims", "texts")),
    Fault("bands run into the gap above them", "tables._carry_steps",
          "len(cells) - 1)", "len(cells))", ("texts", "claims")),
    Fault("rows of wider places are added", "tables.lists_in_force", "if narrow > best:", "if best < 0:", ("points",)),
    Fault("lists of rows are never unsure", "tables.lists_in_force",
          "mode is Mode.DECISION and", "False and", ("points", "papers")),
    Fault("payments of all debts cut a debt", "plan.Plan.shared", "return", "return 'person' or", ("late_fee",)),
    Fault("an unknown condition takes the other side", "unknown.solve",
          "None if condition is None else", "", ("place", "interest")),
    Fault("one unknown part hides a sure no", "unknown.solve",
          "and bool(p) == decides", "and False", ("papers", "points")),
]  # fmt: skip
IN_INTS = [
    Fault("a sum counts every row", "ints_moves._sum",
          "number if counts else 0", "number or 0", ("place", "severance")),
    Fault("a sum leaves out what is unknown", "ints_moves._sum", "return None", "continue", ("points", "months")),
    Fault("any is unknown with one unknown", "ints_moves._any",
          "True if True in held else None if None in held else False",
          "None if None in held else True in held", ("papers",)),
    Fault("a tie goes to the earlier row", "ints_moves.pick", "key >= best[up]", "key > best[up]", ("points",)),
    Fault("an unknown key is passed over", "ints_moves.pick", "unsure.add(up)", "continue", ("place", "pairs")),
    Fault("the carry comes from the group before", "ints_moves.scan",
          "zip(names, carry[link[i]], strict=True)", "zip(names, carry[link[i] - 1], strict=True)", ("claims",)),
    Fault("a walk has no order", "ints_moves.scan", "if orders else rows", "if False else rows", ("months", "claims")),
    Fault("a piece begins a month early", "ints_moves._months",
          "max(start - 12 * year, 0)", "max(start - 12 * year - 1, 0)", ("months",)),
    Fault("a paper nobody can read is no paper", "ints_moves.find", "if k is None}", "if False}", ("papers", "points")),
    Fault("the grid of years is shifted", "ints_moves.hang",
          "row.get((up, k), -1)", "row.get((up, k and k - 1), -1)", ("interest",)),
    Fault("a book has its years from the second on", "ints_moves.span",
          "since[i] <= year", "since[i] < year", ("books",)),
    Fault("unknown funds are one more fund", "ints_moves.distinct",
          "[k is None for k in keys]", "[False for k in keys]", ("months",)),
    Fault("debts are not cut where the rate changes", "ints_moves._cut", "if x.at_table:", "if False:", ("late_fee",)),
    Fault("a payment counts from the day after", "ints_moves.hang", "a <= k < b", "a < k <= b", ("late_fee",)),
    Fault("a decision uses what is assumed", "ints.Lives._put_in", "is Mode.DECISION", "is Mode.ESTIMATE", ("texts",)),
]  # fmt: skip
IN_COLUMNS = [
    Fault("a sum drops its mask", "columns_moves._sum",
          "some(people, unknown, of, level)", "None", ("points", "months")),
    Fault("a condition is not applied", "columns_moves._sum", "x if w is None else x * w", "x", ("place", "severance")),
    Fault("a tie goes to the earlier row", "columns_moves._best",
          "number if not x.first else m - 1 - number", "number if x.first else m - 1 - number", ("points", "months")),
    Fault("first is last", "columns_moves._best", "key - low if not x.first", "key - low if True", ("months",)),
    Fault("the carry starts as the first group's", "columns_scan._scan_rows",
          "part(s, link[firsts])", "part(s, link[firsts] * 0)", ("claims",)),
    Fault("the last key of the order comes first", "columns_scan._sorted",
          "zip(ranges, columns, strict", "zip(ranges[::-1], columns[::-1], strict", ("claims", "months")),
    Fault("an unknown order is some order", "columns_scan._orders",
          "(link >= 0)]] = True", "(link >= 0)]] = False", ("months", "claims")),
    Fault("the grid of years runs backwards", "columns_slices.hang",
          "(key - low) * people.size[inside]", "(high - key) * people.size[inside]", ("interest",)),
    Fault("a spell has an empty piece after its end", "columns_slices._by_year",
          "(end - 1) // 12 - first", "end // 12 - first", ("index",)),
    Fault("a piece ends a month early", "columns_slices._by_year",
          "np.minimum(end[spell] - 12 * year, 12)", "np.minimum(end[spell] - 12 * year, 11)", ("months",)),
    Fault("another text is called", "columns.People._by_text",
          "self._call(value.texts[k]", "self._call(value.texts[k - 1]", ("texts", "pairs")),
    Fault("one unknown part hides a sure no", "unknown._mask",
          'if operation in ("&", "|"):', "if False:", ("papers", "points")),
    Fault("an unknown condition takes the other side", "unknown._mask",
          "mask if condition is None else mask | condition", "mask", ("place", "interest")),
    Fault("rows of a list begin at the first", "columns_moves.expand",
          "count - first[key]", "count - first[key] * 0", ("points", "papers")),
    Fault("a paper nobody can read is no paper", "columns_moves.find",
          "people.persons(of, bad_key)", "None", ("papers", "points")),
    Fault("a share is cut off", "columns_moves._share", "hold * 10_000 + rows // 2", "hold * 10_000", ("papers",)),
    Fault("a decision uses what is assumed", "columns.People._put_in",
          "is Mode.DECISION", "is Mode.ESTIMATE", ("texts",)),
    Fault("the last of a book's years is not there", "columns_years.OwnYears.row_of",
          "number < self.count[up]", "number < self.count[up] - 1", ("books",)),
    Fault("what a book's years add up to is another book's", "columns_years.OwnYears.sums",
          "ordered[self.place]", "ordered", ("books",)),
    Fault("a walk of years starts as another book's", "columns_scan._scan_own_years",
          "part(start, years.order)", "start", ("books",)),
    Fault("years that nobody knows are none", "columns_years.span",
          "either(persons, people.persons(within, unknown))", "persons", ("books",)),
    Fault("ties go as rows happen to lie", "columns.People.ties", "to != ", "False and to != ", ("books",)),
    Fault("a payment counts from the day after", "columns_slices._piece_of",
          "(start[piece] <= key)", "(start[piece] < key)", ("late_fee",)),
]  # fmt: skip
FAULTS = [*IN_WHAT_BOTH_SHARE, *IN_INTS, *IN_COLUMNS]


def is_caught(names: tuple[str, ...]) -> bool:
    """Whether some world of these packs is answered otherwise than by the oracle."""
    for name in names:
        pack = kit.afresh(PACKS[name])
        for seed in range(WORLDS):
            try:
                kit.compare(pack, kit.drawn(pack, seed))
            except (AssertionError, IndexError, KeyError, ValueError, WayfareError):  # or the engine stumbles over it
                return True
    return False


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f"{f.where}: {f.told}")
def test_a_planted_fault_is_caught(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(fault, monkeypatch)
    assert is_caught(fault.packs)


def test_without_a_fault_the_same_worlds_agree() -> None:
    assert not is_caught(tuple(PACKS))


def test_a_recalled_figure_that_decides_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Status, "decides", property(lambda self: True))
    assert is_caught(("texts",))


# ---- a rule written wrongly is caught too


def with_rule(module: Any, **changed: Any) -> kit.Pack:
    """A pack in which some declarations are other ones."""
    law = Law.of({**vars(module), **changed}, parameters=module.TABLES, tree=kit.TREE)
    return dataclasses.replace(module.PACK, law=law)


def differs(pack: kit.Pack) -> bool:
    """Whether the pack's answers are no longer the oracle's."""
    for seed in range(WORLDS):
        try:
            kit.compare(pack, kit.drawn(pack, seed))
        except AssertionError:
            return True
    return False


def test_a_cap_taken_before_the_deductible_is_caught() -> None:
    @scan(
        "wrong", level="stay", within="claim_year", order=("admitted_day", "stay_number"),
        leaves={"paid_in_year": "paid_at_end"},
        start={"used": "used_at_start", "paid_in_year": "paid_at_start", "paid": ZERO_FEN},
    )  # fmt: skip
    def cap_first(used, paid_in_year, eligible_bill, deductible_of_stay, ratio_of_stay, cap_of_stay):
        still_own = greatest(deductible_of_stay - used, 0)
        capped = least(eligible_bill, greatest(cap_of_stay - paid_in_year, 0))
        by_fund = half_up(greatest(capped - still_own, 0) * ratio_of_stay, PER_10_000)
        return used + least(eligible_bill, still_own), paid_in_year + by_fund, by_fund

    assert differs(with_rule(claims, settle_stay=cap_first))


def test_points_that_must_exceed_the_line_are_caught() -> None:
    @clause("wrong", level="person", at="asked_day", where="city")
    def admitted(score, points_line, has_forged, convicted):
        return (score > points_line) & no(has_forged | convicted)

    assert differs(with_rule(points, admitted=admitted))


def test_half_years_that_always_count_as_whole_are_caught() -> None:
    @clause("wrong", level="person", at="job_end")
    def new_halves(new_months, new_rest, half_year):
        years = whole(new_months, MONTHS_A_YEAR) + when(new_rest == half_year, 0, started(new_rest, MONTHS_A_YEAR))
        return HALVES_A_YEAR * years

    assert differs(with_rule(severance, new_halves=new_halves))
