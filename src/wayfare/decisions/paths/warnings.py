"""Warnings before a step that loses something: the law is asked with the step and without it, and the two compared.

Which steps are looked at follows from the law's own limits (ten years, the ages of temporary accounts, the minimum
months); whether one loses anything is never a rule of thumb but the difference of two answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wayfare.decisions.paths.courses import Course
from wayfare.decisions.paths.outcomes import Outcome, Prices, money
from wayfare.decisions.paths.sentences import say, sentences
from wayfare.decisions.paths.values import Warned
from wayfare.kernel import Money, Month, Place
from wayfare.law.words import MONTHS_A_YEAR

__all__ = ["Probe", "crossings", "probes", "warned"]

Run = Callable[[Sequence[Course]], list[Outcome]]


@dataclass(frozen=True)
class Probe:
    """A path without one of its steps: the course to ask about, and what the warning says of the step."""

    code: str
    place: Place
    month: int
    without: Course
    slots: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""  # the sentence, where it is not called as the code


def warned(found: Sequence[Outcome], run: Run, prices: Prices, near_months: int) -> list[tuple[Warned, ...]]:
    """The warnings of each outcome. `run` asks the law about courses."""
    known = [o for o in found if o.is_known]
    crossed = [(o, p) for o in known for p in crossings(o)]
    elsewhere = run([p.without for _, p in crossed])
    asked = [(o, p) for o in known for p in probes(o, near_months)]
    asked += [(o, _paid_there(o, p, other)) for (o, p), other in zip(crossed, elsewhere, strict=True)
              if other.pays not in (None, o.pays)]  # fmt: skip
    answers = run([p.without for _, p in asked])
    out = {id(o): [] for o in found}  # type: dict[int, list[Warned]]
    for (o, probe), other in zip(asked, answers, strict=True):
        if _is_worse(o, other, prices):
            out[id(o)].append(_warning(o, probe, other, prices))
    return [tuple(_once(out[id(o)])) for o in found]


def _is_worse(o: Outcome, other: Outcome, prices: Prices) -> bool:
    gain = _surely(other, prices)
    return gain is not None and gain.amount_fen > o.today("pension", prices).amount_fen


def _surely(other: Outcome, prices: Prices) -> Money | None:
    """The pension, or its basic part where the account part is not known, as for an age without payout months."""
    known = next((name for name in ("pension", "basic_pension") if other.values[name] is not None), None)
    return None if known is None or other.pays is None else other.today(known, prices)


def _once(found: Sequence[Warned]) -> list[Warned]:
    """One warning of a kind for each place, the one that loses most; in order of time."""
    best: dict[tuple[str, Place], Warned] = {}
    for each in found:
        key = each.code, each.place
        if key not in best or each.loss.amount_fen > best[key].loss.amount_fen:
            best[key] = each
    order = list(sentences()["warnings"])
    return sorted(best.values(), key=lambda w: (w.month, order.index(w.code)))


def _warning(o: Outcome, probe: Probe, other: Outcome, prices: Prices) -> Warned:
    gain = _surely(other, prices)
    assert gain is not None  # else nothing was found worse
    loss = gain - o.today("pension", prices)
    slots = {**probe.slots, "place": probe.place, "month": Month.at(probe.month), "loss": loss, "other": other.pays}
    text = probe.text or probe.code
    if not other.is_known:
        text = f"{probe.code}_at_least"
    elif probe.code == "account_paid_out":
        slots["worth"] = money(sum(other.worth(prices)[:3], start=prices.today(0, prices.year)))
    if probe.code == "account_paid_out":
        slots["paid"] = o.today("account_balance", prices)
    if probe.code == "minimum_rises":
        slots["minimum"] = other.number("minimum_months")
    return Warned(
        probe.code, probe.place, Month.at(probe.month), loss, o.pays, other.pays, say("warnings", text, **slots),
        other.document,
    )  # fmt: skip


# ---- (a) the ten years
def crossings(o: Outcome) -> Iterator[Probe]:
    """Where months ahead fill the ten years of the province that pays: the same path with one month fewer there."""
    for fund in o.funds:
        limit, ahead = o.number("benefit_place_months"), o.course.paid_in(fund.place)
        step = limit - (fund.months - len(ahead))
        if fund.place == o.pays and 1 <= step <= len(ahead) and fund.place not in o.course.temporary:
            month = ahead[step - 1]
            dropped = frozenset(ahead[step - 1 :])
            without = o.course.without(lambda m, _, dropped=dropped: m in dropped)  # type: ignore[misc]
            yield Probe("tenth_year_elsewhere", fund.place, month, without, {"limit": limit})


def _paid_there(o: Outcome, crossing: Probe, other: Outcome) -> Probe:
    """The months from the tenth year's last on, paid in the province that would pay without them."""
    assert other.pays is not None
    moved = [m for m in o.course.paid_in(crossing.place) if m >= crossing.month]
    return replace(crossing, without=o.course.with_place(moved, other.pays))


def _left_early(o: Outcome, near_months: int) -> Iterator[Probe]:
    """Where the person leaves a province a little before its ten years: the next months are paid there as well."""
    for fund in o.funds:
        limit, ahead = o.number("benefit_place_months"), o.course.paid_in(fund.place)
        short = limit - fund.months
        is_open = fund.place != o.pays and fund.place not in o.course.temporary
        if ahead and is_open and 1 <= short <= min(near_months, o.course.award - ahead[-1]):
            place = dict(o.course.months)[ahead[-1]]
            without = o.course.with_place(range(ahead[-1] + 1, ahead[-1] + 1 + short), place)
            slots = {"limit": limit, "months": fund.months, "short": short}
            yield Probe("leaving_before_ten_years", fund.place, ahead[-1], without, slots)


# ---- (b) temporary accounts
def _temporary(o: Outcome) -> Iterator[Probe]:
    """Each temporary account ahead, made an ordinary one."""
    for place in o.course.temporary:
        age = o.number("temporary_account_age")
        without = replace(o.course, temporary=o.course.temporary - {place})
        limit = o.course.retirement.born + age
        slots = {"age": age // MONTHS_A_YEAR, "limit_month": Month.at(limit)}
        text = "temporary_account" if limit > o.course.first else "temporary_account_late"
        yield Probe("temporary_account", place, o.course.paid_in(place)[0], without, slots, text)


# ---- (c), (d) the minimum
def _too_few(o: Outcome) -> Iterator[Probe]:
    """A retirement with too few months: the months missing are paid, or an earlier year asks for fewer."""
    if not o.short_months or not o.number("counted_months") or o.pays is None:
        return
    slots = {"months": o.number("counted_months"), "minimum": o.number("minimum_months"), "short": o.short_months}
    paid_on = o.course.paid_on(o.short_months, o.pays)
    if paid_on.award < o.course.retirement.horizon:
        for code in ("short_of_minimum", "account_paid_out"):
            yield Probe(code, o.pays, o.course.award, paid_on, slots)
    times = o.course.retirement
    for year in range(times.earliest // MONTHS_A_YEAR, times.award // MONTHS_A_YEAR):
        december = year * MONTHS_A_YEAR + MONTHS_A_YEAR - 1
        if december >= max(times.earliest, o.course.first):
            yield Probe("minimum_rises", o.pays, december, o.course.awarded(december))


# ---- (e) more months, less pension
def _lowering(o: Outcome) -> Iterator[Probe]:
    """All months ahead in one province, left out."""
    for place in o.course.provinces:
        ahead = o.course.paid_in(place)
        without = o.course.without(lambda _, p, place=place: p.province == place)  # type: ignore[misc]
        yield Probe("more_months_less_pension", place, ahead[0], without, {"months": len(ahead)})


def probes(o: Outcome, near_months: int) -> Iterator[Probe]:
    """Each step of a path that might lose something, with the path that does without it."""
    yield from _left_early(o, near_months)
    yield from _temporary(o)
    yield from _too_few(o)
    yield from _lowering(o)

