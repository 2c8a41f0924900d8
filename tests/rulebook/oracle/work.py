"""Pay, endings and work without a contract, computed with fractions and days; knows nothing of the engine or its rules.

One job, its records of pay, and figures of Shanghai and Sichuan typed in again from the fact base. A value that the
texts and figures leave open is None.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from rulebook.oracle.numbers import half_up as whole

LEAST = {"31": [("2021-07-01", 2590), ("2023-07-01", 2690), ("2025-07-01", 2740)], "51": [("2023-10-01", 1870)]}
EXACT = {"31": LEAST["31"], "51": []}
MOST = {
    "31": [("1995-01-01", 2590), ("2023-07-01", 2690), ("2025-07-01", 2740)],
    "51": [("1995-01-01", 2100), ("2023-11-01", 2740)],
}
ANYWHERE = [("1995-01-01", 2690), ("2023-10-01", 2740)]
ARBITRATION, CONTRACT_RULES = date(2008, 5, 1), date(2008, 9, 18)  # the days from which these two texts hold
WITH_SEVERANCE = {
    "for_cause", "agreed_on_employers_offer", "dismissed_with_notice", "redundancy", "expiry", "task_done",
    "employer_closed",
}  # fmt: skip


def half_up(yuan: Fraction) -> Fraction:
    """An amount to the fen, a half going up."""
    return Fraction(whole(yuan * 100), 100)


def pay(job: Mapping[str, Any], record: Mapping[str, Any] | None, asked: date) -> dict[str, Any]:
    """The pay of a month in yuan: of the record, or of the job where there is none."""
    wage, month = job["wage"], record["month"] if record else asked.replace(day=1)
    hours = {kind: (record or {}).get(kind) for kind in ("workday", "rest_day", "holiday")}
    if record and hours["rest_day"] is not None:
        hours["rest_day"] = max(hours["rest_day"] - record["made_good"], Fraction(0))
    rates = {"workday": Fraction(3, 2), "rest_day": Fraction(2), "holiday": Fraction(3)}
    owed = {k: _times(wage, hours[k], rates[k] / 174) for k in rates}
    in_all = None if None in owed.values() else sum(owed.values())
    paid_extra = record["extra"] if record else None
    short = None if in_all is None or paid_extra is None else max(in_all - paid_extra, Fraction(0))
    over = None if None in hours.values() else max(sum(hours.values()) - 36, Fraction(0))
    below, missing = _below(job["place"], month, record["paid"] if record else wage, record is None or record["full"])
    return {
        "day_wage": _times(wage, Fraction(8), Fraction(1, 174)),
        "hour_wage": _times(wage, Fraction(1), Fraction(1, 174)),
        "overtime_pay": owed["workday"], "overtime_pay_rest_day": owed["rest_day"],
        "overtime_pay_holiday": owed["holiday"], "overtime_pay_total": in_all, "overtime_shortfall": short,
        "overtime_hours_over": over, "is_below_minimum": below, "minimum_wage_shortfall": missing,
    }  # fmt: skip


def _times(wage: Fraction | None, hours: Fraction | None, rate: Fraction) -> Fraction | None:
    return None if wage is None or hours is None else half_up(wage * hours * rate)


def _below(place: str, month: date, paid: Fraction | None, is_full: bool) -> tuple[bool | None, Fraction | None]:
    """Whether the month was paid below the minimum wage, and by how much; None where the class decides."""
    if not is_full:
        return False, Fraction(0)
    if paid is None:
        return None, None
    exact = at(EXACT[place[:2]], month)
    least, most = at(LEAST[place[:2]], month), at(MOST[place[:2]], month)
    if exact is not None:
        return paid < exact, max(exact - paid, Fraction(0))
    if paid >= at(ANYWHERE, month) or (most is not None and paid >= most):
        return False, Fraction(0)
    return (True, None) if least is not None and paid < least else (None, None)


def at(rows: list[tuple[str, int | None]], day: date) -> int | None:
    """The last row that began by a day."""
    found = [value for since, value in rows if date.fromisoformat(since) <= day]
    return found[-1] if found else None


def after(day: date, months: int) -> date:
    """The same day so many months later, or the first day after a month that is too short for it."""
    index = day.year * 12 + day.month - 1 + months
    try:
        return date(index // 12, index % 12 + 1, day.day)
    except ValueError:
        return date((index + 1) // 12, (index + 1) % 12 + 1, 1)


def complete(start: date, end: date) -> int:
    """Months that are over by a day, one after the other."""
    months = 0
    while after(start, months + 1) <= end:
        months += 1
    return months


def ending(job: Mapping[str, Any], records: list[Mapping[str, Any]], area: Fraction | None) -> dict[str, Any]:
    """What an ending brings, in yuan."""
    start, end, how = job["from"], job["end"], job["how"]
    months = complete(start, end)
    years, rest = divmod(months, 12)
    has_rest = rest > 0 or after(start, months) < end
    share = years + (1 if rest >= 6 else Fraction(1, 2) if has_rest else 0)
    mean = _mean(job, records)
    wage, is_high = _wage(job, mean, area, end - timedelta(days=1))
    capped = min(share, Fraction(12)) if is_high else share
    severance = None if wage is None else half_up(capped * wage)
    unlawful = None if wage is None else half_up(capped * wage * 2)
    due = {"severance": _gives(how, job), "unlawful": None if how is None else how == "unlawful",
           "notice": _no_notice(how, job["notice"])}  # fmt: skip
    amounts = {"severance": severance, "unlawful": unlawful, "notice": job["wage"]}
    parts = [Fraction(0) if due[k] is False else amounts[k] if due[k] else None for k in due]
    return {
        "severance_months": share, "ending_wage": mean, "severance_wage": wage, "is_high_earner": is_high,
        "severance": severance, "unlawful_ending_pay": unlawful, "notice_pay": job["wage"],
        "severance_is_due": due["severance"], "notice_pay_is_due": due["notice"],
        "ending_pay": None if None in parts else sum(parts, Fraction(0)),
        "papers_due": end + timedelta(days=14), "claim_until": after(end, 12) if end > ARBITRATION else None,
    }  # fmt: skip


def _gives(how: str | None, job: Mapping[str, Any]) -> bool | None:
    if how == "contract_refused":
        return bool(job["end"] > after(job["from"], 1))
    if how is None or (how == "task_done" and job["end"] <= CONTRACT_RULES):
        return None
    return how in WITH_SEVERANCE


def _no_notice(how: str | None, notice: bool | None) -> bool | None:
    if how is not None and how != "dismissed_with_notice":
        return False
    if notice is not None and (notice or how is not None):
        return not notice
    return None


def _mean(job: Mapping[str, Any], records: list[Mapping[str, Any]]) -> Fraction | None:
    """The mean of the last twelve months where all are recorded, else the wage of the job."""
    first, last = job["from"].replace(day=1), job["end"].replace(day=1)
    asked = min((last.year - first.year) * 12 + last.month - first.month, 12)
    months = {_back(last, k) for k in range(1, asked + 1)}
    found = [r for r in records if r["month"] in months]
    if asked == 0 or len(found) != asked:
        return job["wage"]
    if any(r["paid"] is None or r["extra"] is None for r in found):
        return None
    return half_up(sum(r["paid"] + r["extra"] for r in found) / asked)


def _back(month: date, months: int) -> date:
    index = month.year * 12 + month.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)


def _wage(
    job: Mapping[str, Any], mean: Fraction | None, area: Fraction | None, day: date
) -> tuple[Fraction | None, bool | None]:
    """The wage that counts, and whether it is capped."""
    if mean is None:
        return None, None
    place = job["place"][:2]
    least, most, exact = at(LEAST[place], day), at(MOST[place], day), at(EXACT[place], day)
    is_high = None if area is None else mean > 3 * area
    if least is not None and mean <= 3 * least:
        is_high = False
    if is_high is None:
        return None, None
    if is_high:
        return 3 * area, True
    if mean >= at(ANYWHERE, day) or (most is not None and mean >= most):
        return mean, False
    return (None, False) if exact is None else (max(mean, Fraction(exact)), False)


def without_contract(job: Mapping[str, Any]) -> dict[str, Any]:
    """The second wage: from the end of the first month to the signing, the end, or a full year."""
    start, year = after(job["from"], 1), after(job["from"], 12)
    if job["contract"] is None:
        return dict.fromkeys(("double_wage_months", "double_wage", "double_wage_days", "is_deemed_open_ended"))
    signed = job["end"] if job["contract"] == "none" else min(job["signed"], job["end"])
    until = max(min(signed, year), start)
    months = min(complete(start, until), 11)
    return {
        "double_wage_months": months, "double_wage_days": (until - after(start, months)).days,
        "double_wage": None if job["wage"] is None else job["wage"] * months, "is_deemed_open_ended": signed > year,
    }  # fmt: skip
