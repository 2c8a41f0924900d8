"""A reference page of the rulebook: each rule of a programme with its texts, clauses, figures, gaps and open questions.

It is made from the loaded law and the law.md of each folder, so a rule, a row or a gap that is not on the page is not
in the law. Long tables stand as the years that they cover beside a link to the file with every number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any

from reference_coverage import anchor, coverage_lines, place_name

from wayfare.kernel.status import Mode, Rank
from wayfare.law import Law, Parameter, Row, Source
from wayfare.law.labels import label_of, member_of
from wayfare.law.load import read_yaml
from wayfare.law.tables import FOR_EVER, FROM_EVER
from wayfare.law.units import write_number
from wayfare.rulebook import FOLDER
from wayfare.rulebook.coverage import programme_of
from wayfare.rulebook.reading import law_text, open_questions, purpose_of, title_of

__all__ = ["reference_page"]

HEAD = """\
Made from the rulebook by docs/make.py: change a rule's folder, not this page. It holds what the law in the program
says, with the text that each rule and figure rests on and how sure we are of it. *Official* and *verified* figures
decide; *recalled*, *derived* and *assumed* ones are for estimates."""
SHARED = ("life", "residents")  # what every rule about pensions reads
ABOVE = "../../src/wayfare/rulebook"  # from docs/reference/
RANKS = [rank.value for rank in Rank]
ASSUMED_MOST = 12  # rows of a pack that a page still prints one by one


def reference_page(law: Law, programme: str, title: str) -> str:
    """The page of a programme's rule folders; that of pensions begins with the record that all of them share."""
    told = (*SHARED, programme) if programme == "pension" else (programme,)
    homes = sorted({home for home in law.homes.values() if programme_of(home) in told})
    lines = [f"# {title}", "", *_head(law, homes)]
    for home in homes:
        lines += ["", *_rule(law, home)]
    lines += ["", "## Coverage by place", "", *coverage_lines(law, programme)]
    return "\n".join(line for line, before in zip(lines, ["", *lines], strict=False) if line or before) + "\n"


def _head(law: Law, homes: Sequence[str]) -> Iterator[str]:
    yield from HEAD.splitlines()
    yield ""
    yield "## Contents"
    yield ""
    for home in homes:
        asked = ", ".join(f"`{q.name}` {q.say.get('zh', '')}" for q in _questions(law, home))
        left = len(open_questions(law, home))
        told = f" ({left} open question{'s' if left > 1 else ''})" if left else ""
        yield f"- [{title_of(home)}](#{_anchor(home)})" + (f": {asked}" if asked else "") + told
    yield "- [Coverage by place](#coverage-by-place)"


def _anchor(home: str) -> str:
    return f"rule-{home.rpartition('/')[2].replace('_', '-')}"


def _questions(law: Law, home: str) -> list[Any]:
    """The questions whose answer a folder gives."""
    return [q for q in law.questions.values() if law.homes.get(q.answer) == home]


# ---- one rule
def _rule(law: Law, home: str) -> Iterator[str]:
    yield f'<a id="{_anchor(home)}"></a>'
    yield ""
    yield f"## {title_of(home)}"
    yield ""
    yield from _asked(law, home)
    yield f"Folder: [{home}]({ABOVE}/{home}/)."
    sections = [
        ("Texts", _texts(law, home)), ("What the texts say, and how we read them", _law_text(home)),
        ("Clauses and values", _values(law, home)), ("Figures", _figures(law, home)),
        ("Declared gaps", _gaps(law, home)), ("Open questions", _questions_left(law, home)),
    ]  # fmt: skip
    for heading, found in sections:
        lines = list(found)
        if lines:
            yield from ("", f"### {heading}", "", *lines)


def _asked(law: Law, home: str) -> Iterator[str]:
    yield from purpose_of(home).splitlines()
    yield ""
    for q in _questions(law, home):
        yield f"**`{q.name}`** {q.say.get('en', '')} {q.say.get('zh', '')}"
        yield ""
        for name in q.shown:
            yield f"- {_named(law, name)}"
        yield ""


def _named(law: Law, name: str) -> str:
    """A value with its labels, where it has any."""
    labels = [label for language in ("en", "zh") if (label := label_of(law, name, language)) != name]
    return f"`{name}`" + (f" {' '.join(labels)}" if labels else "")


def _law_text(home: str) -> Iterator[str]:
    """The law.md of the folder without its title and its open questions, which have their own place."""
    text = law_text(home).partition("\n")[2]
    kept = [part for part in text.strip().split("\n\n") if part and not part.startswith("open question:")]
    for part in kept:
        yield from ("#" * 2 + part if part.startswith("#") else part).splitlines()
        yield ""


def _texts(law: Law, home: str) -> Iterator[str]:
    """Every document that a clause or a figure of the folder rests on, once, with what it gives."""
    found: dict[tuple[str, str], list[tuple[Source, int, int, str]]] = {}
    for source, since, until, place in _cited(law, home):
        found.setdefault((source.text, source.rank.value), []).append((source, since, until, place))
    if not found:
        return
    yield "| document | rank | articles | in force here | place |"
    yield "| --- | --- | --- | --- | --- |"
    for (text, rank), each in sorted(found.items(), key=lambda pair: (RANKS.index(pair[0][1]), pair[0])):
        articles = ", ".join(sorted({source.article for source, _, _, _ in each if source.article}))
        days = _days(min(since for _, since, _, _ in each), max(until for _, _, until, _ in each))
        places = sorted({place for _, _, _, place in each if place})
        where = ", ".join(places[:3]) + (f" and {len(places) - 3} more" if len(places) > 3 else "")
        yield f"| {_cell(text)} | {rank} | {articles} | {days} | {where or 'nation'} |"


def _cited(law: Law, home: str) -> Iterator[tuple[Source, int, int, str]]:
    """Each citation of the folder: the source, the first day, the first day after, the place."""
    for name in _names(law, home):
        value = law.values.get(name)
        for text in value.texts if value else ():
            clause = text.clause
            days = (clause.since or date.min).toordinal(), (clause.until or date.max).toordinal()
            yield clause.source, *days, "–".join(place_name(int(p)) for p in clause.place)
        source = getattr(value.declared, "source", None) if value else None
        if source is not None:
            yield source, FROM_EVER, FOR_EVER, ""
        for row in law.parameters[name].rows if name in law.parameters and not _file(home, name) else ():
            yield row.source, row.since, row.until, _place(row.places)


def _names(law: Law, home: str) -> list[str]:
    return [name for name, where in law.homes.items() if where == home]


def _days(since: int, until: int) -> str:
    begins = f"from {date.fromordinal(since).isoformat()}" if since > FROM_EVER else "from ever"
    return begins + (f" until {date.fromordinal(until).isoformat()}" if until < FOR_EVER else "")


def _place(places: Sequence[int]) -> str:
    return "–".join(map(place_name, places))


def _cell(text: str) -> str:
    return " ".join(str(text).split()).replace("|", "\\|")


# ---- clauses and values
def _values(law: Law, home: str) -> Iterator[str]:
    names = [n for n in _names(law, home) if n in law.values]
    if not names:
        return
    units = law.plan(law.values, mode=Mode.ESTIMATE).units  # one plan for all rules: making a plan takes a while
    yield "| value | how it is found | unit | for each | in force | text |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name in names:
        value = law.values[name]
        for found, days, cited in _ways(value):
            yield f"| {_named(law, name)} | {_cell(found)} | {units[name]} | {value.level} | {days} | {_cell(cited)} |"


def _ways(value: Any) -> Iterator[tuple[str, str, str]]:
    """How a value is found, from when, and by which text: a line for each text of a clause."""
    for text in value.texts:
        clause = text.clause
        days = _days((clause.since or date.min).toordinal(), (clause.until or date.max).toordinal())
        where = f", {'–'.join(place_name(int(p)) for p in clause.place)}" if clause.place else ""
        yield _first_paragraph(clause.step), days + where, _citation(clause.source)
    if not value.texts:
        declared = value.declared[0] if isinstance(value.declared, tuple) else value.declared
        source = getattr(declared, "source", None)
        yield _move(value, declared), "", _citation(source) if source else ""


def _first_paragraph(step: Any) -> str:
    return " ".join((step.__doc__ or "").strip().partition("\n\n")[0].split())


def _citation(source: Source) -> str:
    article = f", {source.article}" if source.article else ""
    return f"{source.text}{article} ({source.rank.value}, {source.status.value})"


def _move(value: Any, x: Any) -> str:
    """A move in words."""
    if value.kind == "fact":
        asked = " ".join(filter(None, [", ".join(x.choices), x.ask.get("en"), x.ask.get("zh")]))
        return f"a fact that people state{f': {asked}' if asked else ''}"
    if value.kind == "look_up":
        return f"looked up in `{x.table}`"
    if value.kind == "total":
        counted = f" of `{x.value}`" if x.value else f" of the rows of {x.of}"
        return f"{x.how}{counted}{f' where `{x.where}`' if x.where else ''}"
    if value.kind == "pick":
        return f"the {'first' if x.first else 'last'} `{x.value}`{f' where `{x.where}`' if x.where else ''}"
    if value.kind == "find":
        return f"`{x.value}` of the {x.of} whose `{x.key}` is `{x.by}`"
    if value.kind in ("scan", "scan_end"):
        return f"a walk over each {x.level} of a {x.within}: {_first_paragraph(x.step)}"
    return f"rows: {value.kind.replace('_', ' ')}"


# ---- figures
def _figures(law: Law, home: str) -> Iterator[str]:
    for name in _names(law, home):
        if name in law.parameters:
            yield from _figure(law, home, law.parameters[name])


def _figure(law: Law, home: str, table: Parameter) -> Iterator[str]:
    yield f"#### `{table.name}`: {table.label['en']} {table.label['zh']}"
    yield ""
    by = f", by {', '.join(table.by)}" if table.by else ""
    steps = f" ({', '.join(sorted(table.steps))}: from this one on)" if table.steps else ""
    yield f"Unit: {table.unit}{by}{steps}."
    yield ""
    file = _file(home, table.name)
    if file:
        yield f"{len(table.rows)} rows: [{file}]({ABOVE}/{home}/{file}), by [place and years](#{anchor(table.name)})."
        yield ""
    elif table.rows:
        yield "| from | until | place | value | status | source | note |"
        yield "| --- | --- | --- | --- | --- | --- | --- |"
        yield from (_row_line(law, table, list(rows)) for _, rows in groupby(table.rows, key=_beside))
        yield ""
    else:
        yield "No figure decides: none is at hand."
        yield ""
    yield from _assumed(law, table)


def _beside(row: Row) -> tuple[Any, ...]:
    """What rows of one line share: all but key and value."""
    return row.since, row.until, row.places, row.source, row.note, bool(row.columns)


def _row_line(law: Law, table: Parameter, rows: list[Row]) -> str:
    first = rows[0]
    since = date.fromordinal(first.since).isoformat() if first.since > FROM_EVER else ""
    until = date.fromordinal(first.until).isoformat() if first.until < FOR_EVER else ""
    cited = f"{first.source.text} {first.source.article}".strip()
    told = _numbers(law, table, rows)
    place = _place(first.places) or "nation"
    return f"| {since} | {until} | {place} | {told} | {first.status.value} | {_cell(cited)} | {_cell(first.note)} |"


def _numbers(law: Law, table: Parameter, rows: list[Row]) -> str:
    """The numbers of a line, each after its key; runs of the last key stand together."""
    if len(rows) == 1 and not rows[0].key:
        return _number(law, table, rows[0])
    if len(table.by) == 2:
        runs = groupby(rows, key=lambda row: row.key[0])
        return "<br>".join(
            f"{_key(law, table, 0, k)}: {', '.join(_number(law, table, r) for r in run)}" for k, run in runs
        )
    told = (
        f"{' '.join(_key(law, table, i, k) for i, k in enumerate(row.key))}: {_number(law, table, row)}".lstrip(": ")
        for row in rows
    )
    return ", ".join(told)


def _key(law: Law, table: Parameter, i: int, key: int) -> str:
    members = law.choices.get(table.by[i], ())
    return members[key] if key < len(members) else str(key)


def _number(law: Law, table: Parameter, row: Row) -> str:
    told = [_told(law, row.value, table.unit)] if not row.columns else []
    told += [
        f"{name} {_told(law, x, unit)}" for (name, unit), x in zip(table.columns, row.columns, strict=bool(row.columns))
    ]
    return " ".join(told)


def _told(law: Law, x: int, unit: str) -> str:
    if unit == "place":
        return place_name(law.tree.code(x))
    members = law.choices.get(unit, ())
    return member_of(law, unit, members[x], "en") if members else write_number(x, unit)


def _file(home: str, name: str) -> str:
    """The file that a table's rows come from, if they come from one."""
    return str(_specs(home).get(name, {}).get("rows_from", ""))


@cache
def _specs(home: str) -> dict[str, Any]:
    path = FOLDER / home / "parameters.yaml"
    return dict(read_yaml(path) or {}) if path.exists() else {}


def _assumed(law: Law, table: Parameter) -> Iterator[str]:
    """What the assumption pack puts into the gaps of a table."""
    if not table.pack:
        return
    if len(table.pack) > ASSUMED_MOST:
        whys = dict.fromkeys(row.note for row in table.pack if row.note)
        yield f"Estimates fill gaps with {len(table.pack)} assumed rows ([assumptions]({ABOVE}/assumptions/))."
        yield from (f"- {_cell(why)}" for why in whys)
    else:
        yield "Estimates fill gaps with:"
        yield ""
        yield "| from | until | place | value | status | source | note |"
        yield "| --- | --- | --- | --- | --- | --- | --- |"
        yield from (_row_line(law, table, list(rows)) for _, rows in groupby(table.pack, key=_beside))
    yield ""


# ---- what is not known
def _gaps(law: Law, home: str) -> Iterator[str]:
    for name in _names(law, home):
        for gap in law.parameters[name].gaps if name in law.parameters else ():
            days = "" if (gap.since, gap.until) == (FROM_EVER, FOR_EVER) else f" {_days(gap.since, gap.until)}"
            where = f" in {_place(gap.places)}" if gap.places else ""
            chinese = f" {gap.say['zh']}" if "zh" in gap.say else ""
            yield f"- `{name}`{days}{where}: {_cell(gap.reason)}{chinese}"


def _questions_left(law: Law, home: str) -> Iterator[str]:
    return (f"- {text}" for text in open_questions(law, home))
