"""Who pays what in a month, from Guofa [1997] 26, Guofa [2005] 38 and Guobanfa [2019] 13."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from rulebook.oracle.asked import Asked, once
from rulebook.oracle.numbers import NotKnown, half_up
from rulebook.oracle.place import last_report, registration_place
from rulebook.oracle.record import Paid, fen

UNIFIED, FINAL_RATE, NEW_FORMULA, CHOICE = date(1997, 7, 16), date(2004, 1, 1), date(2006, 1, 1), date(2019, 5, 1)


@once
def running(asked: Asked) -> Paid | None:
    """The latest month of the relation that goes on: of its months one is the month asked about or the one before.

    Deemed months, months paid back and those paid in one sum do not go on.
    """
    now = asked.record.asked
    return last_report([p for p in asked.record.reported if p.month in (now - 1, now) and p.kind == "actual"])


@once
def work(asked: Asked) -> Mapping[str, Any] | None:
    """The work on the day asked about; of several the one begun last."""
    day = asked.record.document["on"]
    found = [w for w in asked.record.facts.get("work", ()) if w["from"] <= day < (w.get("to") or "9999")]
    return max(found, key=lambda w: (w["from"], w["place"]), default=None)


@once
def paying_place(asked: Asked) -> str:
    relation, job = running(asked), work(asked)
    if relation is not None:
        return str(relation.place)
    return registration_place(asked) if job is None else str(job["place"])


def pays_as_employee(asked: Asked) -> bool:
    relation, job = running(asked), work(asked)
    if relation is not None:
        return bool(relation.basis == "employee")
    return job is not None and job["kind"] == "employee"


def pays_alone(asked: Asked) -> bool:
    relation, job = running(asked), work(asked)
    if relation is not None:
        return bool(relation.basis == "flexible")
    return job is not None and job["kind"] in ("flexible", "self_employed")


@once
def reference_wage(asked: Asked) -> int:
    """Of the year before the base year, yuan a year."""
    month = asked.record.asked - int(asked.figure("base_year_offset", place=paying_place))
    return int(asked.figure("average_wage", month // 12 - 1, place=paying_place))


def limit(asked: Asked, end: str) -> int:
    """What the place announced, else its share of a twelfth of the reference wage."""
    announced = asked.figure(f"announced_base_{end}", place=paying_place)
    if announced > 0:
        return int(announced)
    return half_up(Fraction(reference_wage(asked), 12) * asked.figure(f"base_{end}_share"))


@once
def base_floor(asked: Asked) -> int:
    return limit(asked, "floor")


@once
def base_ceiling(asked: Asked) -> int:
    return limit(asked, "ceiling")


def held(asked: Asked, amount: int) -> int:
    """Between floor and ceiling."""
    return min(max(amount, base_floor(asked)), base_ceiling(asked))


@once
def last_year_wage(asked: Asked) -> int:
    """The wage of the work on the day asked about stands for that of the year before."""
    job = work(asked)
    if job is None or job.get("monthly_wage") is None:
        raise NotKnown
    return fen(job["monthly_wage"])


@once
def chosen_base(asked: Asked) -> int:
    raise NotKnown


@once
def contribution_base(asked: Asked) -> int:
    """As a fund recorded it; else the wage, or the choice of who pays alone, until 2019 the average wage, held."""
    relation = running(asked)
    if relation is not None and relation.base is not None:
        return int(relation.base)
    if not pays_alone(asked):
        return held(asked, last_year_wage(asked))
    if asked.record.asked_day < NEW_FORMULA:
        raise NotKnown
    if asked.record.asked_day < CHOICE:
        return half_up(Fraction(reference_wage(asked), 12))
    return held(asked, chosen_base(asked))


def employee_contribution(asked: Asked) -> int:
    if pays_alone(asked):
        return 0
    early = asked.record.asked_day < FINAL_RATE
    rate = asked.figure("early_employee_rate" if early else "employee_rate", place=paying_place)
    return half_up(contribution_base(asked) * rate)


def employer_contribution(asked: Asked) -> int:
    if asked.record.asked_day < UNIFIED:
        raise NotKnown
    if pays_alone(asked):
        return 0
    return half_up(contribution_base(asked) * asked.figure("employer_rate", place=paying_place))


def flexible_contribution(asked: Asked) -> int:
    if asked.record.asked_day < NEW_FORMULA:
        raise NotKnown
    if pays_as_employee(asked):
        return 0
    return half_up(contribution_base(asked) * asked.figure("flexible_rate"))


def account_credit(asked: Asked) -> int:
    """Until 2005 what the employer adds is in it; since then it is the own contribution and nothing else."""
    if asked.record.asked_day < UNIFIED:
        raise NotKnown
    old = asked.record.asked_day < NEW_FORMULA
    rate = asked.figure("account_credit_rate", place=paying_place) if old else asked.figure("employee_rate")
    return half_up(contribution_base(asked) * rate)


def employer_to_account(asked: Asked) -> int:
    if asked.record.asked_day < UNIFIED:
        raise NotKnown
    return 0 if pays_alone(asked) else max(account_credit(asked) - employee_contribution(asked), 0)


def flexible_to_pool(asked: Asked) -> int:
    """The rest after the account, so that the parts add up."""
    if asked.record.asked_day < NEW_FORMULA:
        raise NotKnown
    return 0 if pays_as_employee(asked) else flexible_contribution(asked) - account_credit(asked)


def deemed_months(asked: Asked) -> int:
    return len([p for p in asked.record.kept if p.kind == "deemed"])


def back_paid_months(asked: Asked) -> int:
    return len([p for p in asked.record.kept if p.kind == "back_paid"])
