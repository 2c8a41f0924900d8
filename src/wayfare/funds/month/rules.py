"""Figures that an office lays down by its own notices: they fill gaps of the rulebook and replace nothing.

Any rule but `due_day` names a parameter, and counts in the months for which the rulebook has no sure figure for the
place of the fund.
"""

from __future__ import annotations

from collections.abc import Mapping

from wayfare.decisions.world import read_given
from wayfare.funds.month.errors import LineWrong
from wayfare.funds.month.records import DUE_DAY
from wayfare.kernel import Mode, Month
from wayfare.law import Law, Rows
from wayfare.law.units import outside, write_number

__all__ = ["check_rule", "figures_of"]

def figures_of(law: Law, fund: str, month: Month, rules: Mapping[str, str]) -> dict[str, int]:
    """The rules that count in a month, in small units: those that fill a gap."""
    figures = {name: value for name, value in rules.items() if name != DUE_DAY}
    return {
        name: x for name, x in read_given(law, figures).items() if _sure_figure(law, fund, month, name) is None
    }  # fmt: skip


def check_rule(law: Law, fund: str, month: Month, name: str, value: str) -> None:
    """Raise LineWrong or BadGiven unless the rule names a figure that the rulebook lacks and gives one that can be."""
    if name == DUE_DAY:
        return
    if name not in law.parameters:
        raise _wrong(f"{name} is no figure of the law.", "See the names in docs/reference/pension.md.", "name")
    x, unit, bounds = read_given(law, {name: value})[name], law.parameters[name].unit, law.parameters[name].bounds
    if bounds is not None and not bounds[0] <= x <= bounds[1]:
        raise _wrong(outside(name, x, bounds, unit), "Correct the value.", "value")
    known = _sure_figure(law, fund, month, name)
    if known is not None:
        raise _wrong(
            f"The rulebook has a sure figure for {name} in {month}: {write_number(known, unit)}.",
            "Leave the rule out; where the rulebook is wrong, correct it there.",
            "name",
        )


def _sure_figure(law: Law, fund: str, month: Month, name: str) -> int | None:
    """What the rulebook gives for the place of the fund in mode decision; 0 stands for none announced."""
    values = law.stands_for(name)
    plan = law.plan(values, given=["paying_place"], mode=Mode.DECISION)
    one = {"asked_day": [month.last_day.toordinal()], "asked_month": [month.index]}
    lives = plan.lives({"person": Rows(1, {**one, "paying_place": [law.tree.number(fund[:6])]})})
    found = [lives.value(value)[0] for value in values if law.values[value].level == "person"]
    return next((x for x in found if x), None)


def _wrong(found: str, next_step: str, field: str) -> LineWrong:
    return LineWrong(found, next_step=next_step, field=field)
