"""The paths of a person in words for a terminal: the answer first, a line for each path, then what to beware of."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wayfare.decisions.paths import Path, Paths, Turning, Warned
from wayfare.decisions.paths.answering import PathsAnswer
from wayfare.decisions.paths.sentences import place_name
from wayfare.kernel import Money, Month, Place

__all__ = ["tell_paths"]

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "best": "{label}: {pension} yuan a month from {month}, paid by {place}. {other}",
        "other": "No other path pays more.", "open": "Of the paths that are known, none pays more.",
        "equal": "{pension} yuan a month from {month}, paid by {place}, whichever way you go.",
        "none": "No path brings a monthly pension of the employees' scheme.",
        "unknown": "Not known yet; see what is missing.",
        "prices": "All sums are estimates at the prices of {year}; those of later years are divided by {rise} for each "
        "year.",
        "line": "{pension} yuan a month, paid by {place}; {months} months by {month}",
        "nothing": "no monthly pension: {months} of {minimum} months by {month}",
        "lost": "{lost} yuan less than the best path over the {payout} payout months (basic {basic}, account "
        "{account}, transitional {transitional}{once})",
        "once": ", account paid once {once}",
        "same": "the same as: {other}", "range": "the other paths lie between {low} and {high}",
        "asked": "not known: {missing}", "funds": "at retirement",
        "fund": "{place} {months} months, account {account}",
        "passes": ", passes on account {account} and pooled {pooled}",
        "warnings": "Before you take a step", "on": "On: {paths}", "changes": "What would change it",
        "change": "{say} {pension} yuan a month ({difference}), paid by {place}.",
        "settings": "Assumed of the years ahead (give another value to change it)",
        "figures": "Figures and facts besides that are not sure: {count}; --json lists each one.",
        "missing": "Missing", "law": "Law",
        "write": "To check a path: wayfare paths FILE --write FOLDER writes each one as a document that you can ask "
        "again.",
    },
    "zh": {
        "best": "{label}：从{month}起每月{pension}元，由{place}发放。{other}",
        "other": "没有哪条路更多。", "open": "在已知的几条路中，没有更多的。",
        "equal": "不管往哪里走，都是从{month}起每月{pension}元，由{place}发放。",
        "none": "没有哪条路能按月领到职工养老金。",
        "unknown": "还不能回答，请看还缺什么。",
        "prices": "金额都是按{year}年物价的估算；以后年份的养老金每隔一年除以{rise}。",
        "line": "每月{pension}元，由{place}发放；到{month}共{months}个月",
        "nothing": "不能按月领：到{month}有{months}个月，要{minimum}个月",
        "lost": "按{payout}个计发月合计比最好的路少{lost}元"
        "（基础{basic}，个人账户{account}，过渡{transitional}{once}）",
        "once": "，账户一次领{once}",
        "same": "与“{other}”相同", "range": "其他各条路在{low}到{high}元之间",
        "asked": "还不知道：{missing}", "funds": "退休时",
        "fund": "{place}{months}个月，个人账户{account}元", "passes": "，转出个人账户{account}元、统筹{pooled}元",
        "warnings": "走这一步之前请注意", "on": "涉及：{paths}", "changes": "怎样会不同",
        "change": "{say}每月{pension}元（{difference}），由{place}发放。",
        "settings": "对以后年份的假设（可以另给数值）", "figures": "另有{count}项不确定的数字和事实，--json 逐项列出。",
        "missing": "还缺", "law": "依据版本",
        "write": "要核对某条路：wayfare paths 文件 --write 目录，会把每条路写成可以再问的文件。",
    },
}  # fmt: skip
Line = Callable[[str], None]


def tell_paths(answer: PathsAnswer, line: Line, language: str) -> None:
    """Tells the answer about paths, line by line."""
    words, found = WORDS[language], answer.paths
    assert found is not None
    line(f"{answer.say[language]}  ({answer.question}, {answer.on})")
    line(_headline(found, words, language))
    for note in found.notes:
        line(note[language])
    line("")
    for path in found.paths:
        for text in _path(path, found, words, language):
            line(text)
    if found.best is not None:
        line("\n" + words["prices"].format(year=found.price_year, rise=_rise(found)))
    _warnings(found, line, words, language)
    _changes(found, line, words, language)
    _missing(answer, line, words, language)
    _settings(answer, found, line, words, language)
    line(f"\n{words['write']}\n{words['law']}: {answer.law}")


def _rise(found: Paths) -> str:
    return str(next(1 + float(s.value) for s in found.settings if s.name == "inflation"))


def _own(found: Paths) -> list[Path]:
    return [p for p in found.paths if p.same_as is None and p.pension is not None]


def _headline(found: Paths, words: dict[str, str], language: str) -> str:
    own = _own(found)
    if not own:
        return words["unknown"]
    best = next((p for p in own if p.name is found.best), own[0])
    if best.pension is None or not best.pension.amount_fen:
        return words["none"]
    form = "equal" if len(own) == 1 else "best"
    return words[form].format(
        label=best.label[language], pension=best.pension, month=_month(best.award_month, language),
        place=_place(best.place_of_benefit, language),
        other=words["open" if any(p.pension is None for p in found.paths) else "other"],
    )  # fmt: skip


def _path(p: Path, found: Paths, words: dict[str, str], language: str) -> Iterable[str]:
    yield f"  {p.label[language]}"
    if p.pension is None:
        yield "    " + words["asked"].format(missing=", ".join(str(m["name"]) for m in p.missing))
        return
    if p.same_as is not None:
        other = next(o for o in found.paths if o.name is p.same_as)
        yield "    " + words["same"].format(other=other.label[language])
        others = [o.pension for o in _own(found) if o.name is not p.same_as and o.pension is not None]
        if p.name.value == "undecided" and others:
            low, high = (f(others, key=lambda m: m.amount_fen) for f in (min, max))
            yield "    " + words["range"].format(low=low, high=high)
        return
    form = "line" if p.pension.amount_fen else "nothing"
    yield "    " + words[form].format(
        pension=p.pension, place=_place(p.place_of_benefit, language), months=p.counted_months,
        minimum=p.minimum_months, month=_month(p.award_month, language),
    )  # fmt: skip
    yield from _lost(p, words)
    yield from _funds(p, words, language)


def _lost(p: Path, words: dict[str, str]) -> Iterable[str]:
    if p.loss is not None and p.loss.total.amount_fen:
        once = words["once"].format(once=p.loss.account_paid_once) if p.loss.account_paid_once.amount_fen else ""
        yield "    " + words["lost"].format(
            lost=p.lost_value, payout=p.payout_months, basic=p.loss.basic, account=p.loss.account,
            transitional=p.loss.transitional, once=once,
        )  # fmt: skip


def _funds(p: Path, words: dict[str, str], language: str) -> Iterable[str]:
    parts = []
    for f in p.funds:
        text = words["fund"].format(place=_place(f.place, language), months=f.months, account=f.account_then)
        if f.account_passed_then.amount_fen or f.pooled_passed_then.amount_fen:
            text += words["passes"].format(account=f.account_passed_then, pooled=f.pooled_passed_then)
        parts.append(text)
    if parts:
        end = "；" if language == "zh" else "; "
        yield f"    {words['funds']}{'：' if language == 'zh' else ': '}{end.join(parts)}"


def _warnings(found: Paths, line: Line, words: dict[str, str], language: str) -> None:
    """Each warning once, with the paths that it concerns."""
    seen: dict[str, tuple[Warned, list[str]]] = {}
    for p in _own(found):
        for w in p.warnings:
            seen.setdefault(w.say[language], (w, []))[1].append(p.label[language])
    if seen:
        line(f"\n{words['warnings']}:")
    for text, (_, labels) in seen.items():
        line(f"  ! {text}")
        line("    " + words["on"].format(paths=("；" if language == "zh" else "; ").join(labels)))


def _changes(found: Paths, line: Line, words: dict[str, str], language: str) -> None:
    told = [(p, t) for p in _own(found) for t in p.changes]
    if told:
        line(f"\n{words['changes']}:")
    last: Path | None = None
    for p, t in told:
        if p is not last:
            line(f"  {p.label[language]}")
        last = p
        line("    " + _change(t, words, language))


def _change(t: Turning, words: dict[str, str], language: str) -> str:
    return words["change"].format(
        say=t.say[language], pension=t.pension, difference=_signed(t.difference),
        place=_place(t.place_of_benefit, language),
    )  # fmt: skip


def _signed(amount: Money) -> str:
    return f"+{amount}" if amount.amount_fen >= 0 else str(amount)


def _missing(answer: PathsAnswer, line: Line, words: dict[str, str], language: str) -> None:
    if answer.missing:
        line(f"\n{words['missing']}:")
    for m in answer.missing:
        line(f"  {m['name']}: {m.get('ask', {}).get(language, m['why'])}")


def _settings(answer: PathsAnswer, found: Paths, line: Line, words: dict[str, str], language: str) -> None:
    line(f"\n{words['settings']}:")
    for s in found.settings:
        value = f" = {_setting(s.value, s.unit, language)}" if s.value else ""
        line(f"  {s.name}{value}  {s.label[language]}{'。' if language == 'zh' else '. '}{s.why[language]}")
    count = len(answer.assumed) - len(found.settings)
    if count:
        line("  " + words["figures"].format(count=count))


def _setting(value: str, unit: str, language: str) -> str:
    return f"{value} {place_name(Place(value), language)}" if unit == "place" else value


def _place(place: Place | None, language: str) -> str:
    return "?" if place is None else place_name(place, language)


def _month(month: Month | None, language: str) -> str:
    if month is None:
        return "?"
    return f"{month.year}年{month.number}月" if language == "zh" else str(month)
