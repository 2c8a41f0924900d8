"""What an answer used that is not sure, and why an answer is not known: facts to ask for, and gaps in the law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from wayfare.kernel.status import Mode, Status
from wayfare.law.labels import LANGUAGES, labels_of, written_in
from wayfare.law.relevance import Node, inputs_of, text_of, walk
from wayfare.law.units import write_number
from wayfare.law.words import first_day

if TYPE_CHECKING:
    from wayfare.law.ints import Lives
    from wayfare.law.law import Law

__all__ = ["Missing", "Used", "missing", "used"]


@dataclass(frozen=True)
class Used:
    """A value that an answer rests on and that is less than verified: a row, a text of law, or a fact of the file.

    `why` is for English readers; `say` gives it in each language, `label` what the value is called, and `said` the
    value, or all values of the rows that one item of the document became.
    """

    name: str
    status: Status
    value: str
    unit: str
    why: str
    ref: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    say: Mapping[str, str] = field(default_factory=dict)
    label: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Missing:
    """Something that an answer needs: a fact to ask for (`ask`), or a gap in the law with its reason (`why`, `say`)."""

    name: str
    kind: str  # "fact", "assumed fact", "gap", "not sure enough"
    why: str
    ref: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    ask: Mapping[str, str] = field(default_factory=dict)
    say: Mapping[str, str] = field(default_factory=dict)
    label: Mapping[str, str] = field(default_factory=dict)


NOT_STATED = {"en": "nobody has stated it", "zh": "还没有人说明"}
ONLY_ASSUMED = {"en": "the document only assumes it", "zh": "材料里只是假设"}
ASSUMED_THERE = {"en": "assumed in the document", "zh": "材料里的假设"}
NO_ROW = {"en": "no row fits", "zh": "没有对应的规定"}
ONLY = {
    Status.RECALLED: {"en": "the figure at hand is only recalled", "zh": "手头的数字只凭记忆，尚未核实"},
    Status.DERIVED: {"en": "the figure at hand is only derived", "zh": "手头的数字是推算的"},
    Status.ASSUMED: {"en": "the figure at hand is only assumed", "zh": "手头的数字是假设的"},
    Status.HYPOTHETICAL: {"en": "the figure at hand is only hypothetical", "zh": "手头的数字是假想的"},
}


def told(lives: Lives, node: Node) -> str:
    """A value as people write it: codes of places, names of choices, numbers in their unit."""
    name, level, row = node
    return tell(lives, name, lives.v[name, level][row])


def tell(lives: Lives, name: str, x: Any) -> str:
    """A number of a value as people write it."""
    return "unknown" if x is None else written(lives.law, lives.plan.units[name], int(x))


def written(law: Law, unit: str, x: int) -> str:
    """A number in its unit as documents write it: the code of a place, the name of a choice, else by the unit."""
    if unit == "place":
        return f"{law.tree.code(x):06}"
    if unit in law.choices:
        members = law.choices[unit]
        return members[x] if 0 <= x < len(members) else str(x)
    return write_number(x, unit)


def ref_of(lives: Lives, node: Node) -> str:
    """Which fact of the document a row of a fact's level is."""
    rows = lives.world.get(node[1])
    return rows.refs[node[2]] if rows is not None and node[2] < len(rows.refs) else ""


def keys_of(lives: Lives, node: Node) -> dict[str, str]:
    """The keys of a look-up or of a clause's text, written out."""
    finder = lives.plan.finders.get(node[0])
    if finder is None:
        return {}
    level = lives.law.values[node[0]].declared.within if lives.law.values[node[0]].kind == "expand" else node[1]
    return {k: told(lives, (k, level, node[2])) for k in finder.names if (k, level) in lives.v}


def is_assumed(lives: Lives, node: Node) -> bool:
    """Whether the document marks this fact as its own assumption."""
    rows = lives.world.get(node[1])
    marks = rows.assumed.get(node[0]) if rows is not None else None
    return bool(marks is not None and marks[node[2]])


def used(lives: Lives, goals: list[Node]) -> list[Used]:
    """Each value that the goals rest on and that no decision may rest on, once."""
    out: dict[tuple[Any, ...], list[Used]] = {}
    for node, _ in walk(lives, goals):
        found = _used(lives, node)
        if found is not None:
            out.setdefault((found.name, found.status, found.ref, tuple(found.keys.items())), []).append(found)
    return [_joined(lives.law, same) for same in out.values()]


def _joined(law: Law, same: list[Used]) -> Used:
    """One entry for the rows that one item of the document became."""
    first, values = same[0], list(dict.fromkeys(u.value for u in same))
    said = {to: _together([written_in(law, first.unit, x, to) for x in values], to) for to in LANGUAGES}
    return replace(first, value=_together(values, "en"), said=said, label=labels_of(law, first.name))


def _together(values: list[str], language: str) -> str:
    """One value, or the first and the last with their number."""
    count = f"（{len(values)}个值）" if language == "zh" else f" ({len(values)} values)"
    return values[0] if len(values) == 1 else f"{values[0]} ... {values[-1]}{count}"


def _used(lives: Lives, node: Node) -> Used | None:
    value = lives.law.values[node[0]]
    if value.level != node[1]:
        return None
    shown, unit = value.shown, lives.plan.units[node[0]]
    if lives.v[node[0], node[1]][node[2]] is None:
        return None  # what is not known was not used
    if lives.plan.is_put_in(value):
        if is_assumed(lives, node):
            say, ref = ASSUMED_THERE, ref_of(lives, node)
            return Used(shown, Status.ASSUMED, told(lives, node), unit, say["en"], ref, say=say)
        return None
    if value.kind == "look_up":
        cell = lives.which[node[0]][node[2]]
        finder = lives.plan.finders[node[0]]
        if cell is None or finder.row[cell] < 0:
            return None
        row = finder.cells.rows[int(finder.row[cell])]
        if row.status.decides:
            return None
        why = {"en": row.note or row.source.text, "zh": row.source.text}
        name, keys = value.declared.table, keys_of(lives, node)
        return Used(name, row.status, told(lives, node), unit, why["en"], "", keys, why)
    if value.kind in ("clause", "scan"):
        text = text_of(lives, node) if value.kind == "clause" else None
        source = text.clause.source if text else value.declared.source if value.kind == "scan" else None
        if source is not None and not source.status.decides:
            cited = f"{source.text} {source.article}".strip()
            return Used(shown, source.status, told(lives, node), unit, cited, say={"en": cited, "zh": cited})
    return None


def missing(lives: Lives, goal: Node) -> list[Missing]:
    """Why a goal is not known: the facts and the gaps behind it, each once."""
    if lives.v[goal[0], goal[1]][goal[2]] is not None:
        return []
    out: dict[tuple[str, str, str], Missing] = {}
    seen, stack = {goal}, [goal]
    while stack:
        node = stack.pop()
        leaves, below = _why_unknown(lives, node)
        for leaf in leaves:
            out.setdefault((leaf.kind, leaf.name, leaf.ref + repr(leaf.keys)), leaf)
        for n in below:
            if n not in seen and _unknown(lives, n):
                seen.add(n)
                stack.append(n)
    named = [replace(m, label=labels_of(lives.law, m.name)) for m in out.values()]
    return sorted(named, key=lambda m: (m.kind, m.name, m.ref, repr(m.keys)))


def _unknown(lives: Lives, node: Node) -> bool:
    column = lives.v.get((node[0], node[1]))
    return column is not None and column[node[2]] is None


def _why_unknown(lives: Lives, node: Node) -> tuple[list[Missing], list[Node]]:
    value = lives.law.values[node[0]]
    if value.level != node[1]:
        return [], inputs_of(lives, node)
    if lives.plan.is_put_in(value):
        return [_fact(lives, node, value)], []
    below = inputs_of(lives, node)
    if any(_unknown(lives, n) for n in below):
        return [], below
    if value.kind in ("look_up", "clause", "expand") and node[0] in lives.plan.finders:
        return [_gap(lives, node, value)], []
    gaps, keys = _behind_lists(lives, node, value)
    return gaps, [*keys, *_behind_rows(lives, node, value)]


def _fact(lives: Lives, node: Node, value: Any) -> Missing:
    ask, ref = getattr(value.declared, "ask", {}), ref_of(lives, node)
    if lives.plan.mode is Mode.DECISION and is_assumed(lives, node):
        return Missing(value.shown, "assumed fact", ONLY_ASSUMED["en"], ref, ask=ask, say=ONLY_ASSUMED)
    return Missing(value.shown, "fact", NOT_STATED["en"], ref, ask=ask, say=NOT_STATED)


def _gap(lives: Lives, node: Node, value: Any) -> Missing:
    finder, keys = lives.plan.finders[node[0]], keys_of(lives, node)
    cell = finder.at_ints([lives.v[k, node[1]][node[2]] for k in finder.names]) if value.kind != "expand" else None
    name = value.declared.table if value.kind in ("look_up", "expand") else value.shown
    if cell is not None and finder.row[cell] >= 0:
        only = ONLY[finder.cells.rows[int(finder.row[cell])].status]
        return Missing(name, "not sure enough", only["en"], keys=keys, say=only)
    table = lives.law.parameters.get(name)
    gaps = [g for g in table.gaps if _covers(lives, g, node)] if table else []
    declared = [g.say or {"en": g.reason} for g in sorted(gaps, key=lambda g: -_depth(lives, g))]
    first = min((r.since for r in finder.cells.rows), default=0)
    say = declared[0] if declared else _begins(first) if first > 1 else NO_ROW
    return Missing(name, "gap", say["en"], keys=keys, say=say)


def _begins(first: int) -> dict[str, str]:
    day = date.fromordinal(first).isoformat()
    return {"en": f"its first is from {day}", "zh": f"最早的规定从{day}起"}


def _depth(lives: Lives, gap: Any) -> int:
    """How narrow the places of a gap are: its own reason of a city goes before that of a province or of the nation."""
    tree = lives.law.tree
    return max((len(tree.chain(tree.number(place))) for place in gap.places), default=0)


def _covers(lives: Lives, gap: Any, node: Node) -> bool:
    """Whether a declared gap holds for the date and the place that the look-up asks about, as far as the keys tell."""
    tree = lives.law.tree
    for key in lives.plan.finders[node[0]].names:
        unit, x = lives.plan.units[key], lives.v[key, node[1]][node[2]]
        if x is not None and unit == "place" and gap.places and not _inside(tree, x, gap.places):
            return False
        if x is not None and unit in ("day", "month", "year"):
            day = x if unit == "day" else int(first_day(x if unit == "month" else x * 12))
            if not gap.since <= day < gap.until:
                return False
    return True


def _behind_lists(lives: Lives, node: Node, value: Any) -> tuple[list[Missing], list[Node]]:
    """Where the rows read come from a table that has no list for the person: its gap, or the keys that are unknown."""
    person, level = lives.link(node[1], "person")[node[2]], _read_level(lives, value)
    gaps: list[Missing] = []
    keys: list[Node] = []
    while person in lives.taint.get(level, ()) and (maker := lives.law.levels[level].maker):
        made = lives.law.values[maker]
        if made.kind != "expand":
            break
        level, finder = made.declared.within, lives.plan.finders[maker]
        for row in (i for i, p in enumerate(lives.link(level, "person")) if p == person):
            keys += [(k, level, row) for k in finder.names]
            by = [lives.v[k, level][row] for k in finder.names]
            if None not in by and finder.ints(by) is None:
                gaps.append(_gap(lives, (maker, level, row), made))
    return gaps, keys


def _read_level(lives: Lives, value: Any) -> str:
    """The level whose rows a value goes through: that below a total or a pick, else its own."""
    if value.kind in ("total", "pick"):
        return str(lives.plan.lower(value))
    if value.kind in ("find", "scan_end"):
        return str(value.declared.of if value.kind == "find" else value.declared[0].level)
    return str(value.level)


def _inside(tree: Any, place: int, wider: Sequence[int]) -> bool:
    """Whether a place lies in one of some places, which are codes."""
    return any(tree.number(code) in tree.chain(place) for code in wider)


def _behind_rows(lives: Lives, node: Node, value: Any) -> list[Node]:
    """Rows that are in doubt: what made them is not known for this person."""
    person = lives.link(node[1], "person")[node[2]]
    levels = [x for x, persons in lives.taint.items() if person in persons]
    levels += [edge[0] for edge, persons in lives.loose.items() if person in persons]
    out: list[Node] = []
    for level in dict.fromkeys(levels):
        for name in _makers(lives, level):
            x = lives.law.values[name].declared
            of = str(getattr(x, "of", None) or getattr(x, "within", ""))
            for key in (getattr(x, part, None) for part in ("by", "start", "end", "since", "until")):
                if isinstance(key, str) and (key, of) in lives.v:
                    people = lives.link(of, "person")
                    out += [(key, of, i) for i, p in enumerate(people) if p == person]
    return out


def _makers(lives: Lives, level: str) -> list[str]:
    law = lives.law
    own = [law.levels[level].maker] if law.levels[level].maker else []
    return [*(n for n in own if n), *(n for (of, _), n in law.links.items() if of == level)]
