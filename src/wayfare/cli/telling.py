"""An answer in words for a terminal: the value, how sure it is, the clauses with their facts, and what to do next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from rich.console import Console

from wayfare.decisions import Answer
from wayfare.kernel import ever_known, region
from wayfare.kernel.reason import Reason
from wayfare.kernel.status import Mode, Status

__all__ = ["tell_answer", "told_reason", "told_status"]

MARKS = {True: "✓", False: "✗", None: "?"}
WORDS: dict[str, dict[str, str]] = {
    "en": {"decided": "Decided", "estimated": "Estimated", "unknown": "Not known yet", "because": "Because",
           "facts": "facts", "short": "short by {0} {1} ({2} of the {3} asked)", "assumed": "Assumed ({0})",
           "missing": "Missing", "next": "Next", "change": "What would change it",
           "closed": "Nothing that you can do changes it.", "values": "Values", "law": "Law",
           "given": "on given values", "is_given": "given", "before": "and {0} before it",
           "more": "... and {0} more", "days": "about {0} days", "findings": "Worth knowing",
           "is": ": "},
    "zh": {"decided": "已认定", "estimated": "估算", "unknown": "还不能回答", "because": "理由",
           "facts": "事实", "short": "差{0}{1}（需要{3}，现有{2}）", "assumed": "用到的假设（{0}项）",
           "missing": "还缺", "next": "下一步", "change": "怎样会不同", "closed": "您能做的都不会改变这个结果。",
           "values": "各项数值", "law": "依据版本", "given": "按给定数值",
           "is_given": "给定", "before": "此前还有{0}项", "more": "……另有{0}项", "days": "约{0}天",
           "findings": "值得留意", "is": "："},
}  # fmt: skip
ASSUMED_MOST = 8
PLACE = re.compile(r"\d{6}")
# The units that are told beside a value; all others speak for themselves.
UNITS_ZH = {"yuan": "元", "yuan/month": "元/月", "yuan/day": "元/天", "yuan/hour": "元/小时", "months": "个月",
            "years": "年", "days": "天", "hours": "小时", "points": "分"}  # fmt: skip
STATUSES_ZH = {"official": "官方", "verified": "已核实", "recalled": "凭记忆、未核实", "derived": "推算",
               "assumed": "含假设", "hypothetical": "假想"}  # fmt: skip


def tell_answer(answer: Answer, out: Console, language: str) -> None:
    """Prints an answer, then its reasons."""
    words = WORDS.get(language, WORDS["en"])

    def line(text: str = "") -> None:
        out.print(text, markup=False)

    sure = words["decided"] if answer.mode is Mode.DECISION else words["estimated"]
    asked = answer.say.get(language, answer.question)
    line(f"{asked}  ({answer.question}, {answer.on})")
    if answer.answer.value is None:
        line(words["unknown"])
    else:
        stop = "、" if language == "zh" else ", "
        named = stop.join(_label(answer.given_labels.get(name, {}), name, language) for name in answer.given)
        on = f", {words['given']}: {named}" if answer.given else ""
        found = _with_unit(answer.answer.value, answer.answer.unit, language)
        line(f"{found}   [{sure}, {_status(answer.answer.status.value, language)}{on}]")
    others = {n: v for n, v in answer.values.items() if v is not answer.answer}
    if others:
        line(f"\n{words['values']}:")
        for name, shown in others.items():
            _value(line, name, shown, words, language)
    if answer.reasons:
        line(f"\n{words['because']}:")
        _reasons(line, answer.reasons, words, language, depth=1)
    _lists(line, answer, words, language)
    line(f"\n{words['law']}: {answer.law}")


def _with_unit(value: str, unit: str, language: str) -> str:
    if unit == "place" and ever_known(value):
        return f"{value} {region(value).name_zh if language == 'zh' else region(value).name_en}"
    if unit == "truth" and language == "zh":
        return {"yes": "是", "no": "否"}.get(value, value)
    return f"{value} {_unit(unit, language)}" if unit in UNITS_ZH else value


def _unit(unit: str, language: str) -> str:
    return UNITS_ZH.get(unit, unit) if language == "zh" else unit


def _status(status: str, language: str) -> str:
    return STATUSES_ZH.get(status, status) if language == "zh" else status


def told_status(status: Status, language: str) -> str:
    """What a status is called."""
    return _status(status.value, language)


def told_reason(reason: Reason, language: str, *, facts_most: int) -> str:
    """One reason on one line, without those below it, and with no more than its first facts."""
    first = reason.facts[:facts_most] + (("...",) if len(reason.facts) > facts_most else ())
    return _reason(replace(reason, facts=first), WORDS[language], language)


def _label(labels: Mapping[str, str], name: str, language: str) -> str:
    """What a value is called, with its name where that differs, for it is by its name that a value is given."""
    label = labels.get(language, name)
    return label if language == "zh" or label == name else f"{label} ({name})"


def _value(line: Any, name: str, shown: Any, words: Any, language: str) -> None:
    label = _label(shown.label, name, language)
    marks = [words["is_given"]] if shown.given else []
    marks += [] if shown.status.decides else [_status(shown.status.value, language)]
    mark = f"  [{', '.join(marks)}]" if marks else ""
    if shown.rows and len(shown.rows) > 1:
        for row in shown.rows:
            of = row.get("label", {}).get(language) or _with_unit(row["of"], "place", language)
            line(f"  {label} [{of}]{words['is']}{_with_unit(row['value'] or '?', shown.unit, language)}{mark}")
    elif shown.value is None:
        line(f"  {label}{words['is']}?")
    else:
        value = shown.said.get(language) or _with_unit(shown.value, shown.unit, language)
        line(f"  {label}{words['is']}{value}{mark}")


def _reasons(line: Any, found: Iterable[Reason], words: Any, language: str, depth: int) -> None:
    """Each reason with what it rests on below it; rows that say the same stand on one line with their number."""
    same: dict[str, list[Reason]] = {}
    for r in found:
        same.setdefault(_reason(r, words, language), []).append(r)
    for text, rows in same.items():
        times = f"  ×{len(rows)}" if len(rows) > 1 else ""
        before = sum(r.more for r in rows)
        line("  " * depth + text + times + (f"  ({words['before'].format(before)})" if before else ""))
        _reasons(line, [child for r in rows for child in r.children], words, language, depth + 1)


def _reason(r: Reason, words: Any, language: str) -> str:
    """One reason: whether it holds, its sentence, its article, by how much it is short, its facts."""
    text = f"{MARKS[r.holds]} {r.sentence.get(language, r.clause)}"
    cited = " ".join(filter(None, r.cited(language)))
    text += f"  ({cited})" if cited else ""
    if r.shortfall is not None:
        s = r.shortfall
        text += "  " + words["short"].format(s.short_by, _unit(s.unit, language), s.found, s.asked)
    return text + (f"  [{words['facts']}: {', '.join(r.facts)}]" if r.facts else "")


def _lists(line: Any, answer: Answer, words: Any, language: str) -> None:
    if answer.findings:
        line(f"\n{words['findings']}:")
        for f in answer.findings:
            months = ", ".join(_months(each, language) for each in f["months"])
            line(f"  {f['say'][language]} {months}  [{words['facts']}: {', '.join(f['facts'])}]")
    if answer.assumed:
        line(f"\n{words['assumed'].format(len(answer.assumed))}:")
        for a in answer.assumed[:ASSUMED_MOST]:
            line(f"  {_assumed(a, language)}")
        if len(answer.assumed) > ASSUMED_MOST:
            line("  " + words["more"].format(len(answer.assumed) - ASSUMED_MOST))
    if answer.missing:
        line(f"\n{words['missing']}:")
        for m in answer.missing:
            why = m.get("say", {}).get(language, m["why"])
            label = m["label"].get(language, m["name"])
            line(f"  {label}{words['is']}{why}  {m.get('ask', {}).get(language, '')}".rstrip())
    if answer.changes:
        line(f"\n{words['change']}:")
        for turn in answer.changes:
            steps = "; ".join(_step(s, language) for s in turn.steps)
            line(f"  {turn.answer}: {steps}, {words['days'].format(turn.days)}")
    elif answer.closed:
        line(f"\n{words['change']}: {words['closed']}")
    if answer.next_step:
        line(f"\n{words['next']}: {answer.next_step.get(language, answer.next_step.get('en', ''))}")


def _months(months: str, language: str) -> str:
    """A run of months as a finding writes it, "2010-03 to now"."""
    return months.replace(" to now", "至今").replace(" to ", "至") if language == "zh" else months


def _assumed(a: Mapping[str, Any], language: str) -> str:
    """One assumption: what, its value, how sure, for which fact or place and year, and why."""
    keys = a.get("for", {}).items()
    where = ", ".join(_with_unit(v, "place", language) if PLACE.fullmatch(v) else v for _, v in keys)
    label, why = a["label"].get(language, a["name"]), a.get("say", {}).get(language, a["why"])
    value = _with_unit(a["said"][language], a["unit"], language)
    return f"{label} = {value}  [{_status(a['status'], language)}] {where or a.get('fact', '')}  {why}"


def _step(step: Any, language: str) -> str:
    amount = f"+{step['by']} {_unit(step['unit'], language)}" if "by" in step else f"= {step['to']}"
    return f"{step['say'].get(language, step['name'])} ({amount})"
