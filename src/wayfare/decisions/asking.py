"""A question asked of facts and law.

In mode decision only sure values count: a gap in the law that matters is an error, a fact that matters and is only
assumed is missing. In mode estimate the pack's assumptions fill the gaps, and the answer lists each one it used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wayfare.decisions.answer import ORDER, Answer, Shown, Turn
from wayfare.decisions.errors import BadQuestion
from wayfare.decisions.paths.answering import PATHS, ask_paths
from wayfare.decisions.services.answering import SERVICES, ask_services
from wayfare.decisions.world import given_levels, read_given, world_of
from wayfare.decisions.written import finding_document, missing_document, used_document
from wayfare.facts import Document, findings
from wayfare.kernel.reason import Reason
from wayfare.kernel.status import Mode, Status
from wayfare.law import Law
from wayfare.law.declared import Question
from wayfare.law.errors import GapInLaw
from wayfare.law.labels import LANGUAGES, labels_of, written_in
from wayfare.law.levers import Way, changes_of
from wayfare.law.missing import Missing, missing, ref_of, tell, told, used, written
from wayfare.law.reasons import failing, reasons
from wayfare.law.sentences import step_sentence
from wayfare.law.units import spoken_unit, write_number
from wayfare.law.ways import all_changed, what_would_change

__all__ = ["ask"]

TURNS_MOST = 3


def ask(document: Document, law: Law) -> Answer:
    """The answer to one document. Raises BadQuestion, BadGiven, BadFact, and GapInLaw in mode decision."""
    if document.question == PATHS:
        return ask_paths(document, law)
    if document.question == SERVICES:
        return ask_services(document, law, ask)
    question = law.questions.get(document.question)
    if question is None:
        raise BadQuestion(
            f"There is no question {document.question!r}.",
            next_step=f"Ask one of {', '.join(sorted({*law.questions, PATHS, SERVICES}))}.",
            field="question",
        )
    named = {question.named.get(name, name): text for name, text in document.given.items()}
    given = read_given(law, named)
    computed = [n for n in given if law.values.get(n) is None or law.values[n].kind != "fact"]
    names = question.shown
    wheres = [*question.turned, *(law.levers[n].where for n in question.levers)]
    rows_given = given_levels(law, computed, [document])
    plan = law.plan([*names, *filter(None, wheres)], given=computed, mode=document.mode, rows_given=rows_given)
    world = world_of([document], law, given)
    lives = plan.lives(world)
    goals = _rows_of(lives, question.answer)
    lacking = [m for g in goals for m in missing(lives, g)]
    if document.mode is Mode.DECISION:
        _refuse_gap(lacking, document)
    lacking += [m for name in names for g in _rows_of(lives, name) for m in missing(lives, g)]
    shown = {question.public(name): _shown(lives, name) for name in names}
    less = [*_law_ahead(law, document), *(used_document(u) for u in used(lives, goals))]
    turns, closed = _turns(law, question, plan, world, lives)
    answer = shown[question.public(question.answer)]
    return Answer(
        question=question.name, on=document.on.isoformat(),
        known_at=document.known_at.isoformat() if document.known_at else None, mode=document.mode,
        answer=answer, values=shown,
        reasons=tuple(r for name in dict.fromkeys((question.answer, question.turned[0]))
                      for g in _rows_of(lives, name) for r in reasons(lives, g)),
        assumed=tuple(less), missing=tuple(missing_document(m) for m in _once(lacking)),
        next_step=_next_step(lacking, turns), law=law.version, changes=turns, closed=closed is not None,
        closed_by=closed or (), say=question.say,
        given=dict(document.given),
        given_labels={
            name: labels_of(law, question.named.get(name, name))
            for name in document.given if question.named.get(name, name) in law.values
        },
        findings=tuple(finding_document(f) for f in findings(document)),
    )  # fmt: skip


def _law_ahead(law: Law, document: Document) -> list[dict[str, Any]]:
    """That the law at hand is taken to stay as it is, where the day asked about lies after the last day it was read."""
    last = law.last_checked
    if not last or document.on.isoformat() <= last:
        return []
    say = {
        "en": f"The law as it was read on {last} is applied to a day ahead; it may change until then.",
        "zh": f"按{last}核对过的规定推到以后的日期，届时规定可能有变化。",
    }
    label = {"en": "Law of the day asked about", "zh": "提问日期的规定"}
    out = {"name": "law_of_the_day", "status": Status.ASSUMED.value, "value": last, "unit": "day", "why": say["en"]}
    return [out | {"say": say, "label": label, "said": {"en": last, "zh": last}}]


def _rows_of(lives: Any, name: str) -> list[tuple[str, str, int]]:
    level = lives.law.values[name].level
    return [(name, level, row) for row in range(lives.size[level])]


def _once(lacking: Sequence[Missing]) -> list[Missing]:
    return list({(m.kind, m.name, m.ref, repr(m.keys)): m for m in lacking}.values())


def _refuse_gap(lacking: Sequence[Missing], document: Document) -> None:
    """A decision may not step over a gap in the law; missing facts are asked for instead."""
    gaps = [m for m in lacking if m.kind in ("gap", "not sure enough")]
    if not gaps:
        return
    first = gaps[0]
    keys = ", ".join(f"{k} {v}" for k, v in first.keys.items())
    raise GapInLaw(
        f"{first.name} has no value that a decision may rest on{f' for {keys}' if keys else ''}: {first.why}.",
        next_step="Ask about another day or place, give the value, or see whether an estimate can fill it "
        '("mode": "estimate").',
        field=f"given.{first.name}",
    )


def _shown(lives: Any, name: str) -> Shown:
    nodes = _rows_of(lives, name)
    unit = spoken_unit(lives.plan.units[name])
    status = _status([u.status for u in used(lives, nodes)])
    column = lives.v[name, nodes[0][1]] if nodes else []
    more: dict[str, Any] = {"label": labels_of(lives.law, name), "given": name in lives.plan.given}
    if lives.law.values[name].level == "person":
        value = _value(lives, name, column[0])
        if value is not None and lives.plan.units[name] in lives.law.choices:
            more["said"] = {to: written_in(lives.law, lives.plan.units[name], value, to) for to in LANGUAGES}
        return Shown(value, unit, status, **more)
    key = lives.law.levels[nodes[0][1]].maker if nodes else None
    rows = tuple({**_of(lives, key, node), "value": _value(lives, name, column[node[2]])} for node in nodes)
    return Shown(rows[0]["value"] if len(rows) == 1 else None, unit, status, rows, **more)


def _of(lives: Any, key: str | None, node: tuple[str, str, int]) -> dict[str, Any]:
    """What a row stands for: the key that made it, of a table's row its first column, or the fact it is.

    A member of a choice is also named in each language, as `label`.
    """
    if key is not None and lives.law.values[key].kind == "expand":
        key = next(iter(lives.law.values[key].declared.columns.values()), key)
    if key is not None and (key, node[1]) in lives.v and lives.v[key, node[1]][node[2]] is not None:
        of, unit = told(lives, (key, node[1], node[2])), lives.plan.units[key]
        label = {to: written_in(lives.law, unit, of, to) for to in LANGUAGES} if unit in lives.law.choices else None
        return {"of": of} | ({"label": label} if label else {})
    return {"of": ref_of(lives, node) or str(node[2] + 1)}


def _value(lives: Any, name: str, x: Any) -> str | None:
    return None if x is None else tell(lives, name, x)


def _status(found: Sequence[Status]) -> Status:
    return max(found, key=ORDER.index, default=Status.VERIFIED)


def _turns(
    law: Law, question: Question, plan: Any, world: Any, lives: Any
) -> tuple[tuple[Turn, ...], tuple[Reason, ...] | None]:
    """Ways to another answer from the levers of the question; where none was found, what nobody can change."""
    levers = {n: law.levers[n] for n in question.levers}
    open_goals = [name for name in question.turned if _is_to_turn(lives, name)]
    if not levers or not open_goals:
        return (), None
    changes = [c for c in changes_of(lives, levers) if law.values[c.fact].name not in plan.given]
    for goal in open_goals:
        tried = law.plan(tuple({goal, question.answer}), given=plan.given, mode=plan.mode, rows_given=plan.rows_given)
        ways = what_would_change(tried, world, goal, changes, most=2, answer=question.answer) if changes else []
        if ways:
            return tuple(_turn(lives, question, goal, way) for way in ways[:TURNS_MOST]), None
    first = open_goals[0]
    if plan.units[first] != "truth":
        return (), () if changes else None
    return (), failing(all_changed(plan, world, changes), (first, "person", 0))


def _is_to_turn(lives: Any, name: str) -> bool:
    """Whether a value of the person is known, and not already the yes that it could be."""
    known = lives.v[name, "person"][0] if (name, "person") in lives.v else None
    return known is not None and not (lives.plan.units[name] == "truth" and known)


def _turn(lives: Any, question: Question, goal: str, way: Way) -> Turn:
    steps, cost = tuple(_step(lives, c) for c in way.changes), write_number(way.cost, "fen")
    return Turn(steps, tell(lives, question.answer, way.answer), way.days, cost, question.public(goal))


def _step(lives: Any, c: Any) -> dict[str, Any]:
    """One change as people are told it, with the value that the fact then has."""
    unit = lives.law.values[c.fact].declared.unit
    becomes = written(lives.law, unit, c.becomes)
    by = {"by": write_number(c.by, unit)} if c.by is not None else {"to": becomes}
    return {
        "fact": c.ref or c.fact, "name": c.fact, **by, "becomes": becomes, "unit": spoken_unit(unit), "who": c.who,
        "say": step_sentence(lives, c),
    }  # fmt: skip


def _next_step(lacking: Sequence[Missing], turns: Sequence[Turn]) -> Mapping[str, str] | None:
    """What to do next: answer the first open question, else the first way to another answer."""
    for m in lacking:
        if m.ask:
            return dict(m.ask)
    for m in lacking:
        (en, zh), why = (m.label["en"], m.label["zh"]), m.say.get("zh", m.why)
        if m.kind in ("gap", "not sure enough"):
            return {
                "en": f"No rule at hand gives {en} ({m.name}): {m.why}. Ask about another day or place, or give it.",
                "zh": f"现有规定没有给出{zh}（{why}）。请换一个日期或地方再问，或直接给出这个数值。",
            }
        return {"en": f"State or give {en} ({m.name}): {m.why}.", "zh": f"请补充{zh}：{why}。"}
    for turn in turns:
        for step in turn.steps:
            if step["say"]:
                return dict(step["say"])
    return None
