"""Where the law can be read in two ways, the other reading is a replaced row, and it changes the answer."""

from __future__ import annotations

from rulebook.lives import Life, law
from wayfare.law import row


def other(name: str, value: int, **where: int) -> object:
    return law().replaced(parameters={name: [row(value, since="1998-01-01", **where)]})


def test_interest_by_the_yearly_formula_differs_by_its_rounded_mean_time():
    """9600.00 x (1 + 3.97 % x 1.083 / 2), against 800.00 x 78 x 3.97 % / 12 by months."""
    run = {"scheme": "employee_pension", "place": "440300", "basis": "employee", "from": "2023-01", "to": "2024-01",
           "base": "10000.00"}  # fmt: skip
    document = {"on": "2024-01-01", "facts": {"person": {"born": "1985-03-02", "sex": "male"}, "insurance": [run]}}
    assert Life(document, law()).ask(["account_balance"]) == {"account_balance": "9806.44"}
    yearly = other("interest_by_month", 0)
    assert Life(document, yearly).ask(["account_balance"]) == {"account_balance": "9806.38"}


def test_keeping_each_places_own_index_changes_the_index_of_who_moved():
    """3896.00 against Shanghai's 42792 / 12 of 2009 or Beijing's 48444 / 12; 4201.00 against 50415 / 12 of 2010."""
    insurance = [
        {"scheme": "employee_pension", "place": place, "basis": "employee", "from": f"{year}-01",
         "to": f"{year + 1}-01", "base": base}
        for place, year, base in (("310000", 2010, "3896.00"), ("110000", 2011, "4201.00"))
    ]  # fmt: skip
    facts = {
        "person": {"born": "1957-03-02", "sex": "male"},
        "hukou": [{"place": "110105", "from": "1957-03-02", "to": None}],
        "insurance": insurance,
    }
    document = {"on": "2018-01-01", "mode": "estimate", "facts": facts}
    assert Life(document, law()).ask(["average_index"]) == {"average_index": "0.9825"}
    own = other("index_by_benefit_place", 0)
    assert Life(document, own).ask(["average_index"]) == {"average_index": "1.0462"}
