"""The chart of accounts: which accounts a fund of an insurance keeps, what each is for, and how low it may fall.

An account is named after its purpose and, where one purpose has many accounts, after who stands on the other side:
`pooled_fund`, `claims_payable:510000:employee_medical`, `contribution_clearing:employer:E-7`. Names of older books stay
valid, but no fund opens them any more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from wayfare.ledger.errors import AccountWrong

__all__ = ["FUND_NAME", "INSURANCES", "ChartLine", "chart_line", "chart_of", "is_account_name", "line_of"]

FUND_NAME: Final = re.compile(r"\d{6}:[a-z][a-z_]*")
"""The name of a fund: a place code and an insurance."""

INSURANCES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({
    "employee_pension": {"en": "employees’ pension", "zh": "职工基本养老保险"},
    "resident_pension": {"en": "residents’ pension", "zh": "城乡居民基本养老保险"},
    "employee_medical": {"en": "employees’ medical insurance", "zh": "职工基本医疗保险"},
    "resident_medical": {"en": "residents’ medical insurance", "zh": "城乡居民基本医疗保险"},
    "injury": {"en": "work injury insurance", "zh": "工伤保险"},
    "unemployment": {"en": "unemployment insurance", "zh": "失业保险"},
    "maternity": {"en": "maternity insurance", "zh": "生育保险"},
    "housing_fund": {"en": "housing provident fund", "zh": "住房公积金"},
})  # fmt: skip
"""The insurances whose funds keep books here, with their names."""

_ALL = frozenset(INSURANCES)
_WITH_ACCOUNTS = frozenset({"employee_pension", "resident_pension", "employee_medical", "housing_fund"})
_OF_EMPLOYERS = _ALL - {"resident_pension", "resident_medical"}
_OF_PERSONS = _ALL - {"injury", "maternity"}
_THAT_MOVE = _ALL - {"injury", "maternity"}
_WITH_CLAIMS = frozenset({"employee_medical", "resident_medical", "injury", "maternity"})


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One purpose of the chart; `pattern` shows how its accounts are named, `floor` is in fen, None for no floor.

    `insurances` are those whose funds keep such accounts. A balance is credits less debits.
    """

    pattern: str
    floor: int | None
    insurances: frozenset[str]
    label: Mapping[str, str]
    meaning: Mapping[str, str]

    @property
    def purpose(self) -> str:
        """The part of the name before the counterpart."""
        return self.pattern.partition(":<")[0]


def _line(
    pattern: str, en: str, zh: str, meaning_en: str, meaning_zh: str, *, floor: int | None = None,
    of: frozenset[str] = _ALL,
) -> ChartLine:  # fmt: skip
    return ChartLine(pattern, floor, of, {"en": en, "zh": zh}, {"en": meaning_en, "zh": meaning_zh})


CHART: Final = (
    _line("pooled_fund", "Pooled fund", "统筹基金",
          "money of all members together", "属于全体参保人的基金", floor=0),
    _line("reserve", "Reserve", "储备金", "money kept back for bad years", "留作备用的基金", floor=0),
    _line("account:<member>", "Individual account", "个人账户",
          "a member’s own part", "参保人自己的部分", floor=0, of=_WITH_ACCOUNTS),
    _line("contribution_clearing:employer:<employer>", "Contributions of an employer", "单位缴费结算",
          "negative while the employer owes", "为负数时单位欠缴", of=_OF_EMPLOYERS),
    _line("contribution_clearing:person", "Contributions of persons", "个人缴费结算",
          "negative while persons owe", "为负数时个人欠缴", of=_OF_PERSONS),
    _line("contribution_clearing:government", "Public money", "财政补贴结算",
          "negative while government owes", "为负数时财政应补未补", of=_ALL - {"housing_fund"}),
    _line("bank:<account>", "Bank account", "银行存款",
          "the bank’s balance with its sign turned", "与银行余额符号相反"),
    _line("benefits_payable:<kind>", "Benefits to be paid", "应付待遇",
          "granted, and not paid out yet", "已核定、尚未支付"),
    _line("claims_payable:<fund>", "Claims owed to a fund", "应付异地结算款",
          "bills of our members that the other fund advanced", "外地基金为本地参保人垫付的费用", of=_WITH_CLAIMS),
    _line("claims_receivable:<fund>", "Claims owed by a fund", "应收异地结算款",
          "bills that we advanced for the other fund, negative while it owes",
          "为外地参保人垫付的费用，为负数时对方未付", of=_WITH_CLAIMS),
    _line("prepaid:<fund>", "Prepaid by a fund", "预付金",
          "money another fund paid ahead for its members’ bills", "外地基金预先拨付的周转金", of=_WITH_CLAIMS),
    _line("in_transit_out:<fund>", "Sent to a fund", "转出在途",
          "left here, and belongs to the fund it goes to", "已从本基金转出", of=_THAT_MOVE),
    _line("in_transit_in:<fund>", "Received from a fund", "转入在途",
          "came from there, negative as the other side of what arrived", "来自对方基金，为负数", of=_THAT_MOVE),
    _line("recovery:<member>", "To be paid back by a member", "应追回待遇",
          "paid too much, negative while it is owed", "多付的待遇，为负数时尚未退回"),
    _line("suspense", "Not yet explained", "暂收待查",
          "money whose payer or purpose is not known yet", "来源或用途待查的款项"),
    _line("rounding", "Rounding", "尾差", "what rounding each member leaves", "逐人取整留下的差额"),
)  # fmt: skip
"""Every purpose, in the order a trial balance shows them."""

_EARLIER = re.compile(r"prepaid|(contribution_clearing|in_transit|payable|receivable|outside):[^\s:][^\s]*")
_COUNTERPARTS = {"<fund>": FUND_NAME.pattern}
_OTHER = r"[^\s:][^\s]*"


def _expression(pattern: str) -> str:
    head, mark, counterpart = pattern.partition("<")
    return re.escape(head) + (_COUNTERPARTS.get(mark + counterpart, _OTHER) if mark else "")


_EXPRESSIONS = tuple((re.compile(_expression(line.pattern)), line) for line in CHART)
_NAME = re.compile("|".join([_EARLIER.pattern, *(f"(?:{each.pattern})" for each, _ in _EXPRESSIONS)]))


def is_account_name(name: str) -> bool:
    """Whether a name is of the chart, or of the chart of older books."""
    return _NAME.fullmatch(name) is not None


def line_of(name: str) -> ChartLine | None:
    """The line of the chart an account belongs to; None for the name of an older book."""
    return next((line for expression, line in _EXPRESSIONS if expression.fullmatch(name)), None)


def chart_line(purpose: str) -> ChartLine:
    """The line of a purpose, `pooled_fund` or `claims_payable`. Raises AccountWrong for one outside the chart."""
    for line in CHART:
        if line.purpose == purpose:
            return line
    raise AccountWrong(f"{purpose!r} is no purpose of the chart.", next_step="See `wayfare fund chart`.")


def chart_of(insurance: str) -> tuple[ChartLine, ...]:
    """The accounts that a fund of an insurance keeps. Raises AccountWrong for an insurance without a chart."""
    if insurance not in INSURANCES:
        raise AccountWrong(
            f"There is no chart of accounts for {insurance!r}.", next_step=f"One of: {', '.join(INSURANCES)}."
        )
    return tuple(line for line in CHART if insurance in line.insurances)
