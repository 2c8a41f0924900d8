"""The two questions of collection, asked for one employer: the late fee, and what is due for an undeclared month."""

from __future__ import annotations

from datetime import date

from wayfare.kernel import Mode
from wayfare.law import Law, Rows
from wayfare.law.errors import GapInLaw
from wayfare.law.missing import missing

__all__ = ["late_fee", "undeclared_due"]


def late_fee(law: Law, fen: int, days: int, *, on: date) -> int:
    """The late fee in fen on an amount paid so many days late (Social Insurance Law, article 86). Raises GapInLaw."""
    return _asked(law, "late_fee", on, overdue_amount=fen, overdue_days=days)


def undeclared_due(law: Law, fen: int, *, on: date) -> int:
    """What is due, in fen, for a month without a declaration, from that of the month before (article 62).

    Raises GapInLaw.
    """
    return _asked(law, "undeclared_due", on, due_last_month=fen)


def _asked(law: Law, name: str, on: date, **facts: int) -> int:
    plan = law.plan([name], mode=Mode.DECISION)
    columns = {each: [x] for each, x in facts.items()}
    lives = plan.lives({"person": Rows(1, {"asked_day": [on.toordinal()], **columns})})
    found = lives.value(name)[0]
    if found is None:
        why = "; ".join(f"{each.name}: {each.why}" for each in missing(lives, (name, "person", 0)))
        raise GapInLaw(f"{name} is not known for {on}: {why}.", next_step="Ask about a later day.")
    return int(found)
