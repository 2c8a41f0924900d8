"""What paths, warnings and turnings say to people, English and Chinese; each language is written for itself."""

from __future__ import annotations

from collections.abc import Mapping

from wayfare.decisions.paths.values import Direction
from wayfare.kernel import Money, Month, Place, PlaceLevel, region

__all__ = ["DIRECTIONS", "NOTES", "TURNINGS", "WARNINGS", "place_name", "said"]

Label = Mapping[str, str]

DIRECTIONS: Mapping[Direction, Label] = {
    Direction.SETTLE: {"en": "Settle in {here}", "zh": "留在{here}定居"},
    Direction.MOVE_ON: {
        "en": "Work in {here} for {stay} months more, then move on to {next}", "zh": "在{here}再工作{stay}个月，然后去{next}"
    },
    Direction.RETURN_HOME: {
        "en": "Work in {here} for {stay} months more, then go home to {home}", "zh": "在{here}再工作{stay}个月，然后回{home}老家"
    },
    Direction.CIRCULATE: {
        "en": "Come and go: {round_here} months in {here}, {round_home} at home in {home}, year after year",
        "zh": "来回往返：每轮在{here}{round_here}个月，在{home}老家{round_home}个月",
    },
    Direction.UNDECIDED: {"en": "Undecided: stay in {here} as now until you decide", "zh": "还没决定：先照现在这样留在{here}"},
}  # fmt: skip

WARNINGS: Mapping[str, Label] = {
    "tenth_year_elsewhere": {
        "en": "With {month} you have {limit} months in {place}, and {place} will pay instead of {other}. If you pay from "
        "that month on in {other}, your pension is {loss} yuan a month higher. Settle it before {month}.",
        "zh": "到{month}您在{place}缴满{limit}个月，养老金就改由{place}发放，不再由{other}发放。从这个月起改在{other}缴费，"
        "养老金每月多{loss}元。请在{month}之前安排好。",
    },
    "leaving_before_ten_years": {
        "en": "After {month} you leave {place} with {months} months, {short} short of the {limit} that make {place} pay. "
        "Stay {short} months more and {place} pays instead of {other}: {loss} yuan a month more.",
        "zh": "{month}之后您离开{place}时缴了{months}个月，离由{place}发放所需的{limit}个月还差{short}个月。再留{short}个月，"
        "养老金就由{place}而不是{other}发放，每月多{loss}元。",
    },
    "temporary_account": {
        "en": "When you first pay in {place} in {month} you are past the age limit ({age} years), so the account there is "
        "temporary and its months cannot make {place} pay. With an ordinary account {other} would pay {loss} yuan a "
        "month more. To get one, be insured there before {limit_month} or move your registration there.",
        "zh": "{month}您到{place}参保时已过年龄界限（{age}周岁），只能建立临时账户，缴的月数不能让{place}成为待遇领取地。"
        "若是一般账户，由{other}发放，每月多{loss}元。要建一般账户，须在{limit_month}之前到那里参保，或把户口迁去。",
    },
    "short_of_minimum": {
        "en": "If you retire in {month} you have {months} of the {minimum} months asked for, {short} too few, and get no "
        "monthly pension. Pay {short} months more and {other} pays {loss} yuan a month.",
        "zh": "{month}退休时您有{months}个月，最低要{minimum}个月，差{short}个月，不能按月领养老金。再缴{short}个月，"
        "就由{other}每月发{loss}元。",
    },
    "minimum_rises": {
        "en": "The months asked for rise each year. Retire in {month} and you need only {minimum}, which you then have: "
        "{other} pays {loss} yuan a month. Later you are too few months short to get any.",
        "zh": "最低缴费月数逐年提高。选择{month}退休只要{minimum}个月，您那时已缴够，由{other}每月发{loss}元；"
        "再晚就差几个月，不能按月领。",
    },
    "account_paid_out": {
        "en": "If you then end the relation, you are paid your account of {paid} yuan once and your {months} months are "
        "gone. {short} months more bring {loss} yuan a month, {worth} yuan over the payout months.",
        "zh": "如果那时终止养老保险关系，只能一次领回个人账户{paid}元，{months}个月的缴费年限全部作废。再缴{short}个月，"
        "每月可领{loss}元，按计发月数合计{worth}元。",
    },
    "more_months_less_pension": {
        "en": "The {months} months you pay in {place} from {month} on lower your pension: without them {other} pays {loss} "
        "yuan a month more.",
        "zh": "从{month}起在{place}缴的{months}个月反而使养老金变少：不缴这些月，由{other}发放，每月多{loss}元。",
    },
}

TURNINGS: Mapping[str, Label] = {
    "registration_moves": {"en": "Your registration moves to {place} before you retire.", "zh": "退休前户口迁到{place}。"},
    "retire_latest": {"en": "You work on and retire in {month}, the latest month.", "zh": "弹性延迟到最晚的{month}退休。"},
    "retire_earliest": {"en": "You retire in {month}, the earliest month.", "zh": "弹性提前到最早的{month}退休。"},
    "insured_throughout": {"en": "You are insured in every month from now on.", "zh": "从现在起每个月都参保。"},
}

NOTES: Mapping[str, Label] = {
    "retired": {
        "en": "You reached your month of retirement, {month}; nothing lies ahead that a move could change.",
        "zh": "您在{month}已到退休时间，去哪里都不再改变结果。",
    },
    "not_insured": {
        "en": "You do not pay into the employees' pension now, so no path adds to it. Give insured_share to see what "
        "paying would bring.",
        "zh": "您现在没有缴职工养老保险，所以哪条路都不会增加。给出 insured_share 就能看到缴费后的结果。",
    },
    "resident": {
        "en": "What the residents' scheme pays is not in these figures; ask pension.resident.",
        "zh": "这里不含城乡居民养老保险的待遇；请问 pension.resident。",
    },
}


def said(text: Label, **slots: object) -> Label:
    """A text with its slots filled in each language: places by their names, months and money as people write them."""
    return {
        language: pattern.format(**{name: _word(x, language) for name, x in slots.items()})
        for language, pattern in text.items()
    }


def place_name(place: Place, language: str) -> str:
    """The name of a place; a county with its province, for few know all counties."""
    of, province = region(place), region(place.province)
    is_county = place.level is PlaceLevel.COUNTY
    if language == "zh":
        return f"{province.name_zh}{of.name_zh}" if is_county else of.name_zh
    return f"{of.name_en} ({province.name_en})" if is_county else of.name_en


def _word(x: object, language: str) -> str:
    if isinstance(x, Place):
        return place_name(x, language)
    if isinstance(x, Month):
        return f"{x.year}年{x.number}月" if language == "zh" else str(x)
    return f"{x}" if isinstance(x, Money) else str(x)
