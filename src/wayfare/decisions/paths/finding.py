"""The paths of one person: five directions projected to retirement, put to the same law and compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wayfare.decisions.errors import BadOutlook
from wayfare.decisions.paths.asking_law import AskedLaw, with_growth
from wayfare.decisions.paths.courses import PER_WHOLE, Course, course, needs
from wayfare.decisions.paths.documents import Writer
from wayfare.decisions.paths.outcomes import MOVED, Outcome, Prices, money, outcomes, with_accounts
from wayfare.decisions.paths.sentences import say
from wayfare.decisions.paths.settings import Outlook, declared_settings, read_settings
from wayfare.decisions.paths.start import CHOICES, Retirement, Start, average_wages, held, retirement, start
from wayfare.decisions.paths.values import Direction, Loss, Path, Paths, Turning
from wayfare.decisions.paths.warnings import warned
from wayfare.decisions.world import read_given
from wayfare.decisions.written import missing_document
from wayfare.facts import Document
from wayfare.kernel import Money, Month
from wayfare.law import Law
from wayfare.law.missing import used
from wayfare.law.reasons import reasons

__all__ = ["Found", "find", "find_paths"]

RESTS_ON = ("place_of_benefit", "counted_months", "minimum_months", "pension")
ORDER = tuple(Direction)


@dataclass(frozen=True)
class Found:
    """The paths, what they rest on that is not sure, and what nobody has stated."""

    paths: Paths
    used: tuple[Any, ...]
    missing: tuple[Mapping[str, Any], ...]
    law: str


@dataclass(frozen=True)
class _Question:
    """Everything that one person's courses share."""

    asked: AskedLaw
    start: Start
    retirement: Retirement
    outlook: Outlook
    writer: Writer
    prices: Prices

    def run(self, courses: Sequence[Course]) -> list[Outcome]:
        return outcomes(courses, self.writer, self.asked)[0] if courses else []


def find_paths(document: Document, law: Law) -> Paths:
    """The five paths of a document's person. Raises what `find` raises."""
    return find(document, law).paths


def find(document: Document, law: Law) -> Found:
    """The paths with what they rest on.

    Raises BadGiven and BadOutlook for a setting that cannot be, and OutlookTooFar for a retirement past the figures.
    """
    settings = {n: x for n, x in document.given.items() if n in declared_settings()}
    chosen = {n: x for n, x in document.given.items() if n in CHOICES}
    others = {n: x for n, x in document.given.items() if n not in settings and n not in chosen}
    asked = AskedLaw(_grown(law, settings, document), read_given(law, others))
    wages = average_wages(asked)
    begins = start(document, wages)
    outlook = read_settings(settings, begins.derived)
    prices = Prices(document.on.year, outlook.number("inflation"))
    when = retirement(asked, document, chosen)
    if not isinstance(when, Retirement):
        return _unknown(prices, outlook, when, asked.law)
    _check_choice(when)
    lacking = _lacking(outlook)
    directions = [d for d in ORDER if not set(needs(d)) & lacking.keys()]
    if not set(needs(Direction.SETTLE)) & lacking.keys() and when.award < begins.first:
        directions = [Direction.SETTLE]
    ratio = held(outlook.numbers.get("wage_ratio", 0), asked, document.on)
    writer = Writer(document, begins.first, begins.basis, wages, ratio, others)
    question = _Question(asked, begins, when, outlook, writer, prices)
    return _found(question, directions, lacking)


def _grown(law: Law, settings: Mapping[str, str], document: Document) -> Law:
    if "wage_growth" not in settings:
        return law
    growth = declared_settings()["wage_growth"].read(settings["wage_growth"])
    return with_growth(law, growth, document.on.year)


def _check_choice(when: Retirement) -> None:
    if when.is_chosen and not when.earliest <= when.award <= when.latest:
        raise BadOutlook(
            f"Retirement in {Month.at(when.award)} is not open; the law allows {Month.at(when.earliest)} to "
            f"{Month.at(when.latest)}.",
            next_step="Choose a month between these two, or none.",
            field="given.chosen_month",
        )


def _unknown(prices: Prices, outlook: Outlook, lacking: Any, law: Law) -> Found:
    paths = tuple(Path(d, _label(d, outlook), missing=tuple(map(missing_document, lacking))) for d in ORDER)
    return Found(Paths(prices.year, paths, outlook.settings), (), tuple(map(missing_document, lacking)), law.version)


def _lacking(outlook: Outlook) -> dict[str, Mapping[str, Any]]:
    """The settings that neither the document nor its facts give, as things to ask for."""
    pays = outlook.numbers.get("insured_share") or outlook.numbers.get("home_insured_share")
    return {
        name: {"name": name, "kind": "setting", "why": "neither given nor on record", "ask": dict(each.ask)}
        for name, each in declared_settings().items()
        if each.ask and name not in outlook.numbers and (name != "wage_ratio" or pays)
    }


def _found(q: _Question, directions: Sequence[Direction], lacking: Mapping[str, Mapping[str, Any]]) -> Found:
    if "wage_ratio" in lacking:
        directions = []
    courses = with_accounts([course(d, q.start, q.retirement, q.outlook) for d in directions], q.writer, q.asked)
    alike = {c.direction: next(o for o in courses if o.pays_as(c)) for c in courses}
    own = [c for c in courses if alike[c.direction] is c]
    results, lives = outcomes(own, q.writer, q.asked) if own else ([], None)
    best = _best(results, q.prices)
    warnings = warned(results, q.run, q.prices, q.outlook.number("near_months"))
    whole = {
        o.course.direction: replace(_path(q, o, best, lives), warnings=warns, changes=turns)
        for o, warns, turns in zip(results, warnings, _turnings(q, results), strict=True)
    }
    paths = {c.direction: _path_of(q, c, alike[c.direction], whole) for c in courses}
    is_over = q.retirement.award < q.start.first
    shown = [paths.get(d) or _open(d, q.outlook, lacking) for d in ORDER if d in paths or not is_over]
    nodes = [(name, "person", o.row) for o in results for name in (*RESTS_ON, *MOVED)]
    asked_for = {repr(m): m for p in shown for m in p.missing}
    first = best.course.direction if best else None
    return Found(
        Paths(q.prices.year, tuple(shown), q.outlook.settings, first, _range(shown), tuple(_notes(q))),
        tuple(used(lives, nodes)) if lives is not None else (), tuple(asked_for.values()), q.asked.law.version,
    )  # fmt: skip


def _path_of(q: _Question, c: Course, alike: Course, whole: Mapping[Direction, Path]) -> Path:
    """A course's path, or that of an earlier course that pays the same months in the same provinces."""
    found = whole[alike.direction]
    if alike is c:
        return found
    return replace(
        found, name=c.direction, label=_label(c.direction, q.outlook), same_as=alike.direction, stays=c.stays(),
        document=q.writer.write(c),
    )  # fmt: skip


def _range(shown: Sequence[Path]) -> tuple[Money, Money] | None:
    pensions = sorted((p.pension for p in shown if p.pension is not None), key=lambda m: m.amount_fen)
    return (pensions[0], pensions[-1]) if pensions else None


def _open(direction: Direction, outlook: Outlook, lacking: Mapping[str, Mapping[str, Any]]) -> Path:
    """A direction that waits for something that nobody has given."""
    names = [n for n in (*needs(direction), "wage_ratio") if n in lacking]
    return Path(direction, _label(direction, outlook), missing=tuple(lacking[n] for n in names))


def _label(direction: Direction, outlook: Outlook) -> Mapping[str, str]:
    slots: dict[str, object] = {
        "stay": outlook.number("stay_months"), "round_here": outlook.number("round_here_months"),
        "round_home": outlook.number("round_home_months"),
    }  # fmt: skip
    for slot in ("here", "home", "next"):
        slots[slot] = outlook.place(f"{slot}_place") or "?"
    return say("directions", direction.value, **slots)


def _notes(q: _Question) -> Iterable[Mapping[str, str]]:
    if q.retirement.award < q.start.first:
        yield say("notes", "retired", month=Month.at(q.retirement.award))
    elif not q.outlook.number("insured_share") and not q.outlook.number("home_insured_share"):
        yield say("notes", "not_insured")
    if any(s.scheme == "resident_pension" for s in q.writer.document.facts.insurance):
        yield say("notes", "resident")


# ---- what a path comes to
def _best(found: Sequence[Outcome], prices: Prices) -> Outcome | None:
    known = [o for o in found if o.is_known]
    best = max(known, key=lambda o: o.whole_worth(prices), default=None)
    return best if best is not None and best.whole_worth(prices) else None


def _path(q: _Question, o: Outcome, best: Outcome | None, lives: Any) -> Path:
    label = _label(o.course.direction, q.outlook)
    known = Path(
        o.course.direction, label, o.course.stays(), Month.at(o.course.award), o.pays, o.values["counted_months"],
        o.values["minimum_months"], document=o.document, funds=o.funds,
        missing=tuple(map(missing_document, o.missing)),
        reasons=reasons(lives, ("place_of_benefit", "person", o.row)),
    )  # fmt: skip
    if not o.is_known:
        return known
    loss = _loss(o, best or o, q.prices)
    return replace(
        known, contribution_years=o.written["contribution_years"], pension=o.today("pension", q.prices),
        pension_then=Money.fen(o.number("pension")), basic_pension=o.today("basic_pension", q.prices),
        account_pension=o.today("account_pension", q.prices),
        transitional_pension=o.today("transitional_pension", q.prices), payout_months=o.written["payout_months"],
        account_balance_then=Money.fen(o.number("account_balance")), loss=loss, lost_value=loss.total,
    )  # fmt: skip


def _loss(o: Outcome, best: Outcome, prices: Prices) -> Loss:
    """Part by part, what the best path gives more over the payout months."""
    parts = [money(b - x) for b, x in zip(best.worth(prices), o.worth(prices), strict=True)]
    return Loss(*parts)


# ---- what would change it
def _turnings(q: _Question, found: Sequence[Outcome]) -> list[tuple[Turning, ...]]:
    tried = [(n, code, slot, c) for n, o in enumerate(found) if o.is_known for code, slot, c in _ways(q, o.course)]
    results = q.run(with_accounts([c for *_, c in tried], q.writer, q.asked))
    out: list[list[Turning]] = [[] for _ in found]
    for (n, code, slot, _), o in zip(tried, results, strict=True):
        if o.is_known and o.values["chosen_is_allowed"] and o.pays is not None:
            pension = o.today("pension", q.prices)
            difference = pension - found[n].today("pension", q.prices)
            if difference.amount_fen or (pension.amount_fen and o.pays != found[n].pays):
                slots = {"place": slot, "month": Month.at(o.course.award)}
                out[n].append(Turning(code, say("turnings", code, **slots), pension, o.pays, difference))
    return [tuple(each) for each in out]


def _ways(q: _Question, c: Course) -> Iterable[tuple[str, Any, Course]]:
    """Other courses near one: the registration moves, retirement comes earlier or later, every month is insured."""
    last = c.months[-1][1] if c.months else None
    home = q.outlook.place("home_place")
    if last is not None and c.hukou_to is None and (home is None or home.province != last.province):
        yield "registration_moves", last, replace(c, hukou_to=last)
    if c.months and not c.retirement.is_chosen:
        for code, month in (("retire_earliest", c.retirement.earliest), ("retire_latest", c.retirement.latest)):
            if c.months[0][0] <= month < c.retirement.horizon and month != c.award:
                chosen = replace(q.retirement, award=month, is_chosen=True)
                yield code, None, course(c.direction, q.start, chosen, q.outlook)
    if "wage_ratio" in q.outlook.numbers and c.stretches and len(c.months) < c.award + 1 - c.stretches[0][1]:
        whole = {"insured_share": PER_WHOLE, "home_insured_share": PER_WHOLE}
        outlook = replace(q.outlook, numbers={**q.outlook.numbers, **whole})
        yield "insured_throughout", None, course(c.direction, q.start, q.retirement, outlook)
