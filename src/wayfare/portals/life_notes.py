"""The further facts of a spell, as notes for the table: kind, contract, wage, base, and how sure they are.

The picture shows when and where; whatever else a document says about a spell is a note, so that no fact is lost. A note
is a key of the catalogue and one value; words are chosen when a page is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from wayfare.facts import HukouSpell, InsuranceSpell, Item, ResidenceSpell, WorkSpell
from wayfare.facts.items import BenefitSpell
from wayfare.portals.life_line import Note

__all__ = ["benefit_notes", "hukou_notes", "insurance_notes", "residence_notes", "work_notes"]


def hukou_notes(spell: HukouSpell) -> tuple[Note, ...]:
    """The kind of a registration, and how sure it is."""
    return (*_word("hukou", spell.kind), *_standing(spell))


def residence_notes(spell: ResidenceSpell) -> tuple[Note, ...]:
    """On what basis a person lived somewhere, and in whose name the lease was."""
    lease = {True: [Note("lease.own")], False: [Note("lease.other")], None: []}[spell.lease_in_own_name]
    return (*_word("residence", spell.basis), *lease, *_standing(spell))


def work_notes(spell: WorkSpell) -> tuple[Note, ...]:
    """The kind of work, its contract and its wage."""
    contract = spell.contract.kind if spell.contract else None
    wage = [Note("monthly_wage", spell.monthly_wage)] if spell.monthly_wage is not None else []
    return (*_word("work", spell.kind), *_word("contract", contract), *wage, *_standing(spell))


def insurance_notes(spell: InsuranceSpell) -> tuple[Note, ...]:
    """On what basis months were paid, in which kind of account, at which base."""
    base = [Note("base", spell.base)] if spell.base is not None else []
    temporary = [Note("relation.temporary")] if spell.relation == "temporary" else []
    surrendered = [Note("surrendered", spell.surrendered)] if spell.surrendered else []
    kept = [Note("kept")] if spell.kept else []
    unusual = _word("paid", spell.kind) if spell.kind != "actual" else ()
    said = (*_word("basis", spell.basis), *temporary, *unusual, *base, *kept, *surrendered)
    return (*said, *_standing(spell))


def benefit_notes(spell: BenefitSpell) -> tuple[Note, ...]:
    """From which scheme a benefit is drawn, and how much it is."""
    scheme = spell.scheme if spell.scheme.endswith("pension") else "other"
    monthly = [Note("drawn_monthly", spell.monthly)] if spell.monthly is not None else []
    return (Note(f"drawn_from.{scheme}"), *monthly, *_standing(spell))


def _word(field: str, word: str | None) -> Iterator[Note]:
    if word is not None:
        yield Note(f"{field}.{word}")


def _standing(item: Item) -> Iterator[Note]:
    if item.standing is not None:
        yield Note(f"standing.{item.standing}")
    if item.assumed:
        yield Note("assumed_all") if "*" in item.assumed else Note("assumed", tuple(item.assumed))
