"""What the commands about pensions in payment say, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from wayfare.cli.funds.month_words import MonthWords

__all__ = ["BenefitWords"]

_SAY: Final = {
    # pay-benefits
    "run_before": (
        "The payroll of {month} was run before: nothing changed.", "{month}的养老金以前已经发放，没有变化。",
    ),
    "due_none": ("{fund}, {month}: no pension is due.", "{fund}，{month}：没有应发的养老金。"),
    "due": (
        "{fund}, {month}: {count:,} pension{count:|s} {count:is|are} due.", "{fund}，{month}：应发养老金{count:,}人。",
    ),
    "sources": (
        "From accounts {account} yuan, from the pool {pool} yuan.", "个人账户支付{account}元，统筹基金支付{pool}元。",
    ),
    "of_that": (
        "Of that for earlier months: {late} yuan. Kept back: {kept} yuan.", "其中补发以前月份{late}元；抵扣{kept}元。",
    ),
    "payable": ("The bank is to pay {amount} yuan.", "应由银行实发{amount}元。"),
    "lacking": (
        "The pool lacks {amount} yuan: government pays what is lacking (article 13).",
        "统筹基金缺{amount}元，由政府补贴（社会保险法第十三条）。",
    ),
    "overpaid": (
        "{member} was paid {amount} yuan too much: wayfare fund benefit recover {member}",
        "{member}多发了{amount}元，请用wayfare fund benefit recover {member}追回",
    ),
    "elsewhere": (
        "{member} draws a pension from {fund} too: ask which goes on, and suspend the other",
        "{member}同时在{fund}领取养老金，请确认保留哪一份，另一份暂停发放",
    ),
    "more": ("--json lists all of them.", "--json列出全部。"),
    "ask_payroll": ("Post the payroll of {month} to {fund}?", "在{fund}记{month}的养老金发放吗？"),
    "posted": ("Posted as batch {number} of {fund}, {key}.", "已记账：{fund}第{number}批，{key}。"),
    "posted_before": (
        "It was posted before: nothing changed. It is batch {number} of {fund}, {key}.",
        "以前已记账，没有变化：{fund}第{number}批，{key}。",
    ),
    "not_posted": ("Nothing was posted.", "没有记账。"),
    # benefit
    "before": ("It was recorded before: {said}", "以前已登记：{said}"),
    "started": (
        "{member} draws a pension from {fund} since {month}, by decision {decision}.",
        "{member}自{month}起在{fund}领取养老金，依据决定{decision}。",
    ),
    "adjusted": (
        "The pension of {member} is adjusted by decision {decision}.", "{member}的养老金已按决定{decision}调整。",
    ),
    "died": (
        "{member} died on {on}; {month} is the last month that is paid.", "{member}于{on}去世，养老金发到{month}为止。",
    ),
    "alive": (
        "{member} is alive; what is lacking since {month} comes with the next payroll.",
        "{member}健在，自{month}起少发的，下次一并补发。",
    ),
    "suspended": ("The pension of {member} is suspended from {month} on.", "{member}的养老金自{month}起暂停发放。"),
    "resumed": ("The pension of {member} is paid again from {month} on.", "{member}的养老金自{month}起恢复发放。"),
    "owes_monthly": (
        "{member} owes {amount} yuan by plan {number}: {monthly} yuan a month are kept back.",
        "{member}应退回{amount}元，第{number}号还款计划：每月抵扣{monthly}元。",
    ),
    "owes": (
        "{member} owes {amount} yuan by plan {number}: it is to be paid in.",
        "{member}应退回{amount}元，第{number}号还款计划：缴回基金账户。",
    ),
    "nothing_left": (
        "The account is empty and the decision gives nothing: nothing was posted.",
        "个人账户没有余额，决定也没有给付，没有记账。",
    ),
    "show_heads": (
        "from|what|pension, yuan|rests on|recorded by", "起始月份|事项|养老金，元|依据|登记人",
    ),
    "award": ("award", "核定"),
    "adjustment": ("adjustment", "调整"),
    "death": ("death", "死亡"),
    "death_withdrawn": ("death withdrawn", "撤销死亡登记"),
    "suspension": ("suspension", "暂停"),
    "resumption": ("resumption", "恢复"),
    "plan_monthly": (
        "plan {number}: {amount} yuan, {monthly} a month from {month} ({document})",
        "第{number}号还款计划：{amount}元，自{month}起每月{monthly}元（{document}）",
    ),
    "plan": (
        "plan {number}: {amount} yuan, to be paid in ({document})",
        "第{number}号还款计划：{amount}元，缴回（{document}）",
    ),
    "owed": ("Still owed: {amount} yuan.", "尚欠{amount}元。"),
    # import
    "awards": ("awards", "待遇核定"),
    "adjustments": ("adjustments", "待遇调整"),
    "deaths": ("deaths", "死亡信息"),
}


class BenefitWords(MonthWords):
    """The sentences in one language, with those of an import."""

    SENTENCES: ClassVar[Mapping[str, tuple[str, str]]] = {**MonthWords.SENTENCES, **_SAY}
