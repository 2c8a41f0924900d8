"""How one service stands to a person: its own question is asked, and the answer read as a state.

Yes is open; no with a way to a yes is open after the steps of that way; no without one is closed, by the clauses that
fail whatever anybody does. What is not known is either a fact to ask for or a gap that the rulebook declares.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from wayfare.decisions.answer import Answer, Turn
from wayfare.decisions.services.values import Label, Paper, Service, State, Way
from wayfare.decisions.world import given_levels, read_given, world_of
from wayfare.decisions.written import missing_document
from wayfare.facts import Document
from wayfare.kernel.reason import Reason
from wayfare.kernel.status import Status
from wayfare.law import Law
from wayfare.law.declared import Question
from wayfare.law.errors import GapInLaw
from wayfare.law.labels import LANGUAGES, member_of
from wayfare.law.missing import missing
from wayfare.law.reasons import failing

__all__ = ["ELIGIBLE", "Ask", "service_of"]

Ask = Callable[[Document, Law], Answer]
ELIGIBLE = "is_eligible"
"""The public name by which a question says whether a service is open; a question that has it is a service."""

GAPS = ("gap", "not sure enough")
PAPERS = "papers:"
NO_WAY: Label = {
    "en": "As things are this is not open to you, and no step that we know of would open it.",
    "zh": "按目前的情况还办不了，也没有已知的办法可以办成。",
}
OPEN_NOW: Label = {"en": "You meet what is asked.", "zh": "您符合要求。"}
NO_RULE: Label = {"en": "No rule at hand covers this.", "zh": "没有收录相应的规定。"}
STEPS: Label = {"en": "There is a way to open it.", "zh": "有办法办成。"}
ASKED: Label = {"en": "Something is still to be said.", "zh": "还需要补充情况。"}


def service_of(question: Question, document: Document, law: Law, ask: Ask) -> Service:
    """The state of one service on the facts of a document. Raises what `ask` raises, but for a gap in the law."""
    asked = document.model_copy(update={"question": question.name})
    try:
        whole = ask(asked, law)
    except GapInLaw:
        lacking = _lacking((question.answer, question.named[ELIGIBLE]), question, asked, law)
        return _not_covered(question, [m for m in lacking if m["kind"] in GAPS])
    eligible = whole.values[ELIGIBLE].value
    if eligible is None:
        return _not_known(question, whole, _lacking((question.named[ELIGIBLE],), question, asked, law))
    if eligible == "yes":
        return _service(question, whole, State.OPEN, _said(whole.reasons, OPEN_NOW))
    ways = tuple(_way(t, document, law) for t in whole.changes if t.turns == ELIGIBLE)
    if ways:
        return _service(question, whole, State.AFTER, _first_step(ways[0]), ways=ways)
    closed_by = whole.closed_by or failing(*_node(question, asked, law))
    return _service(question, whole, State.CLOSED, _said(closed_by, NO_WAY), closed_by=closed_by)


def _way(turn: Turn, document: Document, law: Law) -> Way:
    """A way with the day on which it would be open; a step without days takes as long as it takes."""
    open_on = document.on + timedelta(days=turn.days) if turn.days else None
    return Way(turn, open_on, _papers(turn, law))


def _service(question: Question, whole: Answer, state: State, why: Label, **more: Any) -> Service:
    """A service with what its answer says about the office and its days."""
    shown = whole.values
    office, due, days = (shown.get(name) for name in ("office", "answer_due", "open_after_days"))
    told = (office.value, office.said or office.label) if office is not None and office.value is not None else None
    return Service(
        question.name, question.say, state, shown[ELIGIBLE].status, why, office=told,
        answer_due=date.fromisoformat(due.value) if due is not None and due.value is not None else None,
        open_after_days=int(days.value) if days is not None and days.value is not None else None, whole=whole, **more,
    )  # fmt: skip


def _not_known(question: Question, whole: Answer, lacking: Sequence[Mapping[str, Any]]) -> Service:
    """A service whose answer is open: because of facts to ask for, or else because of a gap."""
    asks = [m for m in lacking if m["kind"] not in GAPS]
    gaps = [m for m in lacking if m["kind"] in GAPS]
    if gaps and not asks:
        return _not_covered(question, gaps, whole)
    why = next((m["ask"] for m in asks if m.get("ask")), None) or next((_to_state(m["label"]) for m in asks), ASKED)
    return _service(question, whole, State.UNKNOWN, why, missing=tuple(asks))


def _to_state(label: Label) -> Label:
    return {"en": f"Still to be stated: {label['en']}.", "zh": f"还需要说明：{label['zh']}。"}


def _not_covered(question: Question, gaps: Sequence[Mapping[str, Any]], whole: Answer | None = None) -> Service:
    """A service that the rulebook does not cover here, with the reason that it declares."""
    why = next((m["say"] for m in gaps if m.get("say")), NO_RULE)
    status = whole.values[ELIGIBLE].status if whole else Status.VERIFIED
    return Service(question.name, question.say, State.NOT_COVERED, status, why, missing=tuple(gaps), whole=whole)


def _lacking(names: Sequence[str], question: Question, document: Document, law: Law) -> list[dict[str, Any]]:
    """What values lack, with the reasons: a decision that meets a gap is refused before it can tell them."""
    lives = _lives(names, question, document, law)
    levels = {name: law.values[name].level for name in names}
    nodes = [(name, level, row) for name, level in levels.items() for row in range(lives.size[level])]
    return [missing_document(m) for node in nodes for m in missing(lives, node)]


def _node(question: Question, document: Document, law: Law) -> tuple[Any, tuple[str, str, int]]:
    """The truth whether a service is open, worked out, for the clauses at which it fails."""
    name = question.named[ELIGIBLE]
    return _lives((name,), question, document, law), (name, "person", 0)


def _lives(names: Sequence[str], question: Question, document: Document, law: Law) -> Any:
    given = read_given(law, {question.named.get(name, name): text for name, text in document.given.items()})
    computed = [n for n in given if law.values[n].kind != "fact"]
    rows_given = given_levels(law, computed, [document])
    plan = law.plan(tuple(dict.fromkeys(names)), given=computed, mode=document.mode, rows_given=rows_given)
    return plan.lives(world_of([document], law, given))


def _said(reasons: Sequence[Reason], otherwise: Label) -> Label:
    """The sentence of the first reason that has one in each language."""
    said = (r.sentence for each in reasons for r in each.walk())
    return next((s for s in said if all(s.get(to) for to in LANGUAGES)), otherwise)


def _first_step(way: Way) -> Label:
    """What the first step of a way says."""
    return next((dict(s["say"]) for s in way.turn.steps if s["say"]), STEPS)


def _papers(turn: Turn, law: Law) -> dict[str, Paper]:
    """The papers that a way asks for, by the fact of the step that gets each."""
    facts = dict.fromkeys(s["fact"] for s in turn.steps if s["fact"].startswith(PAPERS))
    kinds = {fact: fact.removeprefix(PAPERS) for fact in facts}
    return {
        fact: Paper(kind, {to: member_of(law, "paper_kind", kind, to) for to in LANGUAGES})
        for fact, kind in kinds.items()
    }
