"""The documented lives: each is sound, says where it comes from, and marks what its source does not say."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from wayfare.facts import Document, findings, read_document, schema
from wayfare.facts.checks import items_of
from wayfare.facts.items import ContributionYear
from wayfare.kernel import Mode

FOLDER = Path(__file__).parents[2] / "examples" / "lives"
FILES = sorted(FOLDER.glob("*.json"))


def _life(file: Path) -> Document:
    return read_document(file.read_bytes())


def test_there_are_at_least_twelve_and_the_readme_lists_each() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert len(FILES) >= 12
    assert [file.name for file in FILES if f"({file.name})" not in readme] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_life_is_read_fits_the_schema_and_comes_back_the_same(file: Path) -> None:
    life = _life(file)
    Draft202012Validator(schema()).validate(life.as_document())
    assert read_document(life.as_json()) == life
    assert life.mode is Mode.ESTIMATE
    assert life.about is not None


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_item_names_its_seed_and_every_record_of_contributions_is_assumed(file: Path) -> None:
    life = _life(file)
    items = [(path, item) for path, item in items_of(life.facts) if not isinstance(item, ContributionYear)]
    assert [path for path, item in items if "eed 00" not in (item.source or "")] == []
    assert life.facts.person.assumes("name") and life.facts.person.assumes("born")
    assert all(spell.assumes("years") and spell.assumes("base") for spell in life.facts.insurance if spell.years)
    assert all(account.assumes("balance") for account in life.facts.accounts)


def test_together_they_show_overlaps_temporary_accounts_deemed_and_back_paid_months() -> None:
    lives = [_life(file) for file in FILES]
    spells = [spell for life in lives for spell in life.facts.insurance]
    codes = {each.code for life in lives for each in findings(life)}
    assert {"two_funds", "two_schemes", "worked_not_insured"} <= codes
    assert {"ordinary", "temporary"} == {spell.relation for spell in spells}
    assert {"deemed", "back_paid"} <= {year.kind for spell in spells for year in spell.years}
    assert {life.question for life in lives} == {"pension.place", "pension.monthly", "pension.retirement"}
