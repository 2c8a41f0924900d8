"""What a transfer was for, as a word that the catalogue knows in both languages.

The two accounts say it: an employer's clearing account to a member's account is the share that the employer kept back
from the wage, to the pool the employer's own. Only where the accounts leave it open does the batch's key decide.
"""

from __future__ import annotations

from wayfare.funds.reports.lines import MEMBER, Line, counterpart_of, purpose_of
from wayfare.ledger import GOVERNMENT

__all__ = ["meaning_of"]

_TRANSIT = {"in_transit", "in_transit_in", "in_transit_out"}
_PAID_OUT = {"benefits_payable", "claims_payable", "payable"}
_FROM_OUTSIDE = {"employers": "employer", "members": "person", "persons": "person", "state": "government"}


def meaning_of(line: Line) -> str:
    """A key of the catalogue: `own_share`, `employer_share`, `interest`, `moved_out`, `pension_paid` ..."""
    if line.reverses is not None:
        return "taken_back"
    debit, credit = purpose_of(line.debit), purpose_of(line.credit)
    if line.key.partition(":")[0] == "opening":
        return "opening"
    if debit == "contribution_clearing" and credit == "suspense":
        return "unmatched"
    if debit in ("contribution_clearing", "outside"):
        return _charged(line, to_account=credit == MEMBER)
    if debit == "bank" or credit == "bank":
        return _through_bank(line)
    if debit in _TRANSIT or credit in _TRANSIT:
        return ("pool_" if MEMBER not in (debit, credit) else "") + ("moved_in" if debit in _TRANSIT else "moved_out")
    if credit in _PAID_OUT:
        return _paid(line, from_account=debit == MEMBER)
    if debit == "suspense" or credit == "suspense":
        return "matched" if debit == "suspense" else "unmatched"
    return _within(line, debit, credit)


def _charged(line: Line, *, to_account: bool) -> str:
    if line.key.startswith("late_fee:"):
        return "late_fee"
    head, _, name = counterpart_of(line.debit).partition(":")
    payer = head if head in ("employer", "person", "government") else _FROM_OUTSIDE.get(head or name, "employer")
    if payer == "employer":
        legacy = purpose_of(line.debit) == "outside"
        return ("employer_to_account" if legacy else "own_share") if to_account else "employer_share"
    return {"person": "own_contribution", "government": "subsidy"}[payer] + ("" if to_account else "_to_pool")


def _through_bank(line: Line) -> str:
    if purpose_of(line.debit) == "bank":
        if line.credit == GOVERNMENT:
            return "subsidy_received"
        return {"contribution_clearing": "paid_in", "suspense": "unmatched"}.get(purpose_of(line.credit), "received")
    return "paid_out"


def _paid(line: Line, *, from_account: bool) -> str:
    kind = "inheritance" if line.key.startswith("inheritance:") else counterpart_of(line.credit)
    named = kind if kind in ("pension", "death_grant", "refund", "inheritance") else "benefit"
    if purpose_of(line.credit) == "claims_payable":
        named = "claim"
    return f"{named}_from_account" if from_account else f"{named}_from_pool"


def _within(line: Line, debit: str, credit: str) -> str:
    head = line.key.partition(":")[0]
    if "recovery" in (debit, credit):
        return "recovery"
    if head == "interest":
        return "interest"
    if credit == MEMBER:
        return "correction" if head == "correction" else "from_pool"
    return "to_pool" if debit == MEMBER else "between_accounts"
