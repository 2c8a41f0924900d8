"""The life that the pages are tried on: five provinces, every mark of the line of life, and sums from the ledger."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import Any

from wayfare.facts import Document, read_document
from wayfare.kernel import Mode, Money, Month, Place, Rank, Reason, Shortfall
from wayfare.portals import BothLanguages, Change, MoneyMoved, Origin, PaidOut, Statement, answer, statement

TODAY = Month("2026-11")
KNOWN_ON = date(2026, 11, 21)

FACTS: dict[str, Any] = {
    "person": {
        "id": "guilan",
        "name": {"en": "Guilan", "zh": "桂兰"},
        "sex": "female",
        "born": "1976-05-12",
        "retirement_group": "female_50",
        "source": "Told by herself",
    },
    "hukou": [{"place": "341225", "kind": "agricultural", "from": "1976-05-12", "to": None, "standing": "proved"}],
    "residence": [
        {"place": "341225", "from": "1976-05-12", "to": "1993-03-01", "basis": "family"},
        {"place": "441900", "from": "1993-03-01", "to": "2002-02-01", "basis": "employer"},
        {"place": "341225", "from": "2002-02-01", "to": "2004-03-01", "basis": "own"},
        {"place": "330200", "from": "2004-03-01", "to": "2009-02-01", "basis": "rent", "lease_in_own_name": False},
        {"place": "310115", "from": "2009-02-01", "to": "2019-01-01", "basis": "rent"},
        {"place": "320583", "from": "2019-01-01", "to": None, "basis": "rent", "lease_in_own_name": True},
    ],
    "work": [
        {
            "place": "441900",
            "from": "1993-03-10",
            "to": "1999-01-01",
            "kind": "employee",
            "contract": {"kind": "none"},
            "trade": "toys",
            "monthly_wage": "600.00",
            "assumed": ["monthly_wage"],
        },
        {"place": "441900", "from": "1999-01-01", "to": "2002-02-01", "kind": "employee", "trade": "shoes"},
        {"place": "341225", "from": "2002-02-01", "to": "2004-03-01", "kind": "self_employed", "trade": "farming"},
        {"place": "330200", "from": "2004-03-01", "to": "2009-01-01", "kind": "employee", "trade": "garments"},
        {"place": "310115", "from": "2009-03-01", "to": "2013-07-01", "kind": "employee", "trade": "electronics"},
        {"place": "310115", "from": "2013-07-01", "to": "2014-09-01", "kind": "informal", "trade": "odd <jobs> & more"},
        {"place": "310115", "from": "2014-09-01", "to": "2019-01-01", "kind": "employee", "trade": "catering"},
        {"place": "320583", "from": "2019-03-01", "to": None, "kind": "employee", "monthly_wage": "5200.00"},
    ],
    "insurance": [
        {"scheme": "employee_pension", "place": "440000", "from": "1999-03", "to": "2002-02", "base": "610.00"},
        {"scheme": "employee_pension", "place": "330000", "from": "2005-01", "to": "2009-01", "base": "1400.00"},
        {
            "scheme": "employee_pension",
            "place": "310000",
            "basis": "employee",
            "from": "2009-03",
            "to": "2013-07",
            "years": [
                {"year": 2009, "months": "3-12", "base": "2140.00", "kind": "actual"},
                {"year": 2010, "base": "2338.00"},
                {"year": 2011, "base": "2338.00"},
                {"year": 2012, "base": "2599.00", "kind": "back_paid"},
                {"year": 2013, "months": "1-6", "base": "2815.00"},
            ],
        },
        {"scheme": "employee_pension", "place": "310000", "from": "2014-09", "to": "2019-01", "base": "3500.00"},
        {
            "scheme": "resident_pension",
            "place": "341200",
            "basis": "resident",
            "from": "2012-01",
            "to": "2015-01",
            "years": [
                {"year": 2012, "contribution": "100.00", "subsidy": "30.00"},
                {"year": 2013, "contribution": "110.00", "subsidy": "35.00"},
                {"year": 2014, "contribution": "200.00", "subsidy": "45.00"},
            ],
        },
        {
            "scheme": "employee_pension",
            "place": "320000",
            "relation": "temporary",
            "from": "2019-03",
            "to": None,
            "base": "4250.00",
        },
        {"scheme": "rural_medical", "place": "341225", "basis": "resident", "from": "2004-01", "to": "2009-01"},
        {"scheme": "employee_medical", "place": "310000", "from": "2009-03", "to": "2013-07"},
        {"scheme": "employee_medical", "place": "310000", "from": "2014-09", "to": "2019-01"},
        {"scheme": "employee_medical", "place": "320583", "from": "2019-03", "to": None},
    ],
    "accounts": [
        {"scheme": "employee_pension", "place": "310000", "on": "2025-12-31", "balance": "51386.20"},
        {"scheme": "employee_pension", "place": "320000", "on": "2025-12-31", "balance": "37940.75"},
        {"scheme": "resident_pension", "place": "341200", "on": "2025-12-31", "balance": "812.50"},
    ],
}

MOVED = (
    MoneyMoved(
        "employee_pension",
        Place("330000"),
        Place("310000"),
        Month("2011-05"),
        Money.yuan("13796.15"),
        account=Money.yuan("6020.15"),
    ),
    MoneyMoved("employee_medical", Place("310000"), Place("320583"), Month("2019-05"), Money.yuan("1208.60")),
)
PAID_OUT = (PaidOut("employee_pension", Place("440000"), Month("2002-02"), Money.yuan("1864.30")),)


def document(**sections: Any) -> Document:
    """Guilan's document, with some sections of her facts replaced."""
    facts = copy.deepcopy(FACTS) | sections
    whole = {"question": "pension.place", "on": "2026-11-21", "mode": "estimate", "facts": facts}
    return read_document(json.dumps(whole))


def no_other_place() -> Reason:
    """Why Anhui pays: a reason with a met, a missed and an open part below it."""
    source, rank = "国办发〔2009〕66号", Rank.RULE
    return Reason(
        "place_of_benefit",
        True,
        sentence={"en": "No place outside Anhui has ten of your years.", "zh": "除安徽外没有一个地方满10年。"},
        source=source,
        article="6",
        rank=rank,
        children=(
            Reason("record_at_home", False, facts=("hukou:1",), source=source, article="6(1)", rank=rank),
            Reason(
                "ten_years_where_the_record_is",
                False,
                facts=("insurance:3", "insurance:4"),
                sentence={"en": "Ten years in Shanghai.", "zh": "在上海满10年。"},
                source=source,
                article="6(2)",
                shortfall=Shortfall(16, "months", found=104, asked=120),
            ),
            Reason("ten_years_earlier", None, sentence={"en": "Ten years elsewhere.", "zh": "别处满10年。"}),
        ),
    )


def answers() -> tuple[Any, ...]:
    """The three answers of a statement, one of each kind of certainty."""
    place = answer(
        "pension.place",
        {"place_of_benefit": "340000"},
        mode=Mode.ESTIMATE,
        reasons=(no_other_place(),),
        assumed=(BothLanguages("You go on paying in Kunshan.", "您在昆山继续缴费。"),),
        changes=(
            Change(
                BothLanguages("Pay 16 more months in Shanghai", "在上海再缴16个月"),
                BothLanguages("Shanghai pays", "由上海发放"),
                takes=BothLanguages("A job in Shanghai", "在上海的工作"),
                who=BothLanguages("You and an employer", "您和用人单位"),
            ),
        ),
        warnings=(BothLanguages("Do not move the record yet.", "关系先别转。"),),
        law="2026-11-21",
    )
    retirement = answer(
        "pension.retirement",
        {"retirement_month": "2028-03", "retirement_age_months": "622"},
        mode=Mode.DECISION,
        next_step=BothLanguages("You may choose an earlier month.", "可以选择更早的月份。"),
    )
    monthly = answer("pension.monthly", {"pension": "1702.35"}, mode=Mode.ESTIMATE)
    return place, retirement, monthly


def guilan() -> Statement:
    """Her whole statement."""
    return statement(
        document(),
        known_on=KNOWN_ON,
        today=TODAY,
        answers=answers(),
        moved=MOVED,
        paid_out=PAID_OUT,
        minimum_months=180,
        origin=Origin.EXAMPLE,
    )
