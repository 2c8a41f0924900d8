"""The services of a place in words for a terminal: by state, each with its office, its days, and what would open it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from wayfare.cli.telling import told_reason, told_status
from wayfare.decisions.services import Service, ServicesAnswer, State, Way
from wayfare.decisions.services.values import STATES

__all__ = ["tell_services"]

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "at": "{label} {code}", "nowhere": "No place is known. Name one with --place.",
        "none": "The rulebook has no services yet.", "office": "Where: {office}",
        "due": "If you ask now, an answer is due by {day}.", "days": "The office has {days} days once all is there.",
        "way": "What to do", "other": "Or", "step": "{say} ({who})",
        "no_days": "No text says how long that takes.", "takes": "About {days} days, {cost} yuan; then from {day}",
        "asked": "To say first: {ask}", "law": "Law",
    },
    "zh": {
        "at": "{label} {code}", "nowhere": "还不知道是哪里，请用 --place 写明。",
        "none": "还没有收录可以办理的事项。", "office": "去哪里办：{office}",
        "due": "现在申请，最迟{day}应当答复。", "days": "材料齐全以后，经办机构有{days}天。",
        "way": "怎样能办成", "other": "或者", "step": "{say}（{who}）",
        "no_days": "需要多久，没有规定。", "takes": "大约{days}天，{cost}元；{day}起能办",
        "asked": "先请说明：{ask}", "law": "依据版本",
    },
}  # fmt: skip
WHO: dict[str, dict[str, str]] = {
    "en": {"person": "you", "employer": "your employer", "landlord": "your landlord"},
    "zh": {"person": "您自己", "employer": "用人单位", "landlord": "房东"},
}
FACTS_MOST = 3
Line = Callable[[str], None]


def tell_services(answer: ServicesAnswer, line: Line, language: str) -> None:
    """Tells the services of a place, line by line, those that are open first."""
    words = WORDS[language]
    line(f"{answer.say[language]}  ({answer.question}, {answer.on})")
    line(_place(answer, language))
    if not answer.services:
        line(words["none"])
    for state, services in groupby(answer.services, key=lambda s: s.state):
        line(f"\n{STATES[state][language]}:")
        for service in services:
            for text in _service(service, language):
                line(text)
    line(f"\n{words['law']}: {answer.law}")


def _place(answer: ServicesAnswer, language: str) -> str:
    document = answer.as_document()
    if document["place"] is None:
        return WORDS[language]["nowhere"]
    return WORDS[language]["at"].format(label=document["place_label"][language], code=document["place"])


def _service(s: Service, language: str) -> Iterator[str]:
    """A service: its question and how sure it is, then what its state calls for."""
    words = WORDS[language]
    is_told = s.state in (State.OPEN, State.AFTER, State.CLOSED) and not s.status.decides
    sure = f"  [{told_status(s.status, language)}]" if is_told else ""
    yield f"  {s.label[language]}  ({s.name}){sure}"
    yield from (f"    {text}" for text in _told(s, language))
    if s.office is not None and s.state in (State.OPEN, State.AFTER):
        yield "    " + words["office"].format(office=s.office[1][language])
    if s.state is State.OPEN and s.answer_due is not None:
        yield "    " + words["due"].format(day=s.answer_due)
    elif s.state is State.AFTER and s.open_after_days is not None:
        yield "    " + words["days"].format(days=s.open_after_days)


def _told(s: Service, language: str) -> Iterator[str]:
    words = WORDS[language]
    if s.state is State.AFTER:
        for number, way in enumerate(s.ways):
            yield from _way(way, words["other" if number else "way"], language)
    elif s.state is State.CLOSED and s.closed_by:
        yield from dict.fromkeys(told_reason(r, language, facts_most=FACTS_MOST) for r in s.closed_by)
    elif s.state is State.UNKNOWN:
        yield words["asked"].format(ask=s.why[language])
    else:
        yield s.why[language]


def _way(way: Way, head: str, language: str) -> Iterator[str]:
    words, mark = WORDS[language], "：" if language == "zh" else ":"
    yield head + mark
    for step in way.turn.steps:
        who = WHO[language].get(step["who"], step["who"])
        yield "  - " + words["step"].format(say=step["say"].get(language, step["name"]), who=who)
    takes = words["takes"] if way.open_on else words["no_days"]
    yield "  " + takes.format(days=way.turn.days, cost=way.turn.cost, day=way.open_on)
