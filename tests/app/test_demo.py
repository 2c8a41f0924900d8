"""The demonstration from end to end, on a few people: it ends, it closes, a second run adds nothing."""

from __future__ import annotations

import json
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from portals.html_reading import Page
from wayfare.app import demo
from wayfare.app.demo import EXAMPLE_LIVES, Stage, run_demo
from wayfare.app.demo_place import claim_place, demo_database
from wayfare.app.demo_summary import Book, sums_of
from wayfare.app.errors import BooksDoNotClose, DemoDiffers
from wayfare.app.sessions import at_work
from wayfare.app.stored import stored_document
from wayfare.facts import read_document
from wayfare.kernel import Money
from wayfare.portals.demo_pages import demo_pages
from wayfare.storage import Role, open_database
from wayfare.storage.decision_store import load
from wayfare.storage.errors import PersonNotInView

PEOPLE = 25


def without_new(summary):
    return replace(summary, new_people=0, new_batches=0, new_decisions=0, folder=None)


@pytest.fixture
def lives(tmp_path):
    """Three of the documented lives, two of whom moved."""
    for name in ("cook-from-rural-sichuan-in-chengdu", "woman-from-anhui-in-hangzhou", "worker-from-wuhan-in-shanghai"):
        (tmp_path / f"{name}.json").write_bytes((EXAMPLE_LIVES / f"{name}.json").read_bytes())
    return tmp_path


def test_a_run_ends_with_closed_books_and_its_pages_and_a_second_changes_nothing(own_settings, lives):
    seen: dict[Stage, tuple[int, int]] = {}
    first = run_demo(
        own_settings(), people=PEOPLE, lives=lives, pages=demo_pages,
        progress=lambda stage, done, total: seen.update({stage: (done, total)}),
    )  # fmt: skip
    assert set(seen) == set(Stage) and all(done == total for done, total in seen.values())
    assert (first.people, first.new_people, first.documented) == (PEOPLE + 3, PEOPLE + 3, 3)
    assert first.new_batches == first.batches > 0 and first.decisions == first.new_decisions == 12 + 2
    assert first.books_sum == first.in_transit == Money.ZERO and first.chains_verified == first.funds
    assert first.relations_moved > 0 and first.account_moved > Money.ZERO
    assert {"index.en.html", "statement-cuihua.zh-Hans.html", "book-310000.en.html"} <= set(first.pages)
    assert all((first.folder / page).read_text(encoding="utf-8").startswith("<!") for page in first.pages)
    second = run_demo(own_settings(), people=PEOPLE, lives=lives, pages=demo_pages)
    assert (second.new_people, second.new_batches, second.new_decisions) == (0, 0, 0)
    assert without_new(second) == without_new(first)
    assert second.as_document()["pensions"].keys() == {place.code for place in first.pensions}


def test_what_moves_for_a_documented_life_rests_on_a_decision_that_says_the_same_amounts(prepared_settings, lives):
    settings, told = prepared_settings(), []
    run_demo(settings, people=2, lives=lives, pages=lambda all_of_it: told.append(all_of_it) or {})
    (woman,) = [each for each in told[0].lives if each.document.facts.person.id == "cuihua"]
    assert {move.decision for move in woman.moves} == {"demo:pension.transfer:cuihua:2025"}
    with (
        open_database(settings, name=demo_database(settings)) as database,
        at_work(database, Role.OFFICER, "a test") as session,
    ):
        values = load(session, "demo:pension.transfer:cuihua:2025").document["values"]
    assert str(Money.total(move.pooled for move in woman.moves)) == values["pooled_transfer"]["value"]
    assert str(Money.total(move.account for move in woman.moves)) == values["account_transfer"]["value"]


def test_every_page_is_sound_and_the_index_leads_to_each(prepared_settings, lives):
    found = run_demo(prepared_settings(), people=2, lives=lives, pages=demo_pages)
    for name in found.pages:
        page = Page((found.folder / name).read_text(encoding="utf-8"))
        assert page.faults == [], name
    for tag in ("en", "zh-Hans"):
        index = Page((found.folder / f"index.{tag}.html").read_text(encoding="utf-8"))
        reached = {address for _, address in index.addresses}
        assert {name for name in found.pages if f".{tag}." in name and not name.startswith("index")} <= reached


def test_a_run_that_was_cut_off_is_completed_by_the_next(prepared_settings, lives, monkeypatch):
    whole = run_demo(prepared_settings("whole"), people=PEOPLE, lives=lives)
    settings, carried = prepared_settings("cut"), []

    def cut_off(database, year, members):
        carried.append(year.year)
        if year.year == 2016:
            raise KeyboardInterrupt
        return carry_out(database, year, members)

    carry_out = demo.carry_out_year
    with monkeypatch.context() as cut:
        cut.setattr(demo, "carry_out_year", cut_off)
        with pytest.raises(KeyboardInterrupt):
            run_demo(settings, people=PEOPLE, lives=lives)
    assert carried[-1] == 2016
    completed = run_demo(settings, people=PEOPLE, lives=lives)
    assert 0 < completed.new_batches < completed.batches
    assert without_new(completed) == without_new(whole)


def test_a_server_killed_in_between_is_started_again_and_nothing_is_lost_or_doubled(
    prepared_settings, lives, monkeypatch
):
    settings = prepared_settings()
    carry_out, killed = demo.carry_out_year, []

    def kill_once(database, year, members):
        if year.year == 2014 and not killed:
            data = Path(json.loads((settings.state / "plan.json").read_text())["data"])
            killed.append(int((data / "postmaster.pid").read_text().split()[0]))
            os.kill(killed[0], signal.SIGKILL)
        return carry_out(database, year, members)

    monkeypatch.setattr(demo, "carry_out_year", kill_once)
    found = run_demo(settings, people=PEOPLE, lives=lives)
    assert killed and found.books_sum == Money.ZERO and found.chains_verified == found.funds
    assert found.new_batches == found.batches


def test_another_demonstration_stands_beside_the_first_and_the_first_is_found_again(prepared_settings, lives):
    settings = prepared_settings()
    first = run_demo(settings, people=2, lives=lives)
    other = run_demo(settings, people=3, lives=lives)
    assert other.new_people == other.people == first.people + 1
    assert run_demo(settings, people=2, lives=lives).new_people == 0
    asked = {"question": "pension.place", "on": "2026-01-01", "mode": "estimate"}
    person = next(iter(read_document(p.read_bytes()).facts.person.id for p in lives.glob("*.json")))
    found = stored_document(person, asked, settings=settings)
    assert found.is_demonstration and found.document.facts.person.id == person
    with pytest.raises(PersonNotInView):
        stored_document("nobody-at-all", asked, settings=settings)


def test_the_only_database_is_not_given_to_another_demonstration(own_settings):
    settings = own_settings(database="host=nowhere")
    claim_place(settings, "a" * 64)
    assert claim_place(settings, "a" * 64)[0] == "demo_aaaaaaaaaaaaaaaa"
    with pytest.raises(DemoDiffers) as refusal:
        claim_place(settings, "b" * 64)
    assert str(refusal.value).startswith("WF-APP-002") and "export WAYFARE_STATE=" in str(refusal.value)


def test_without_a_demonstration_only_the_records_are_asked(own_settings):
    assert demo_database(own_settings("empty")) is None
    assert demo_database(own_settings("elsewhere", database="host=nowhere")) is None


def book(fund: str, **accounts: int) -> Book:
    return Book(fund, {name.replace("__", ":"): Money.fen(fen) for name, fen in accounts.items()}, ())


def test_a_book_that_does_not_sum_to_zero_is_refused():
    with pytest.raises(BooksDoNotClose) as refusal:
        sums_of([book("310000:employee_pension", pooled_fund=100, outside__employers=-99)])
    assert str(refusal.value) == (
        "WF-APP-003  The accounts of 310000:employee_pension add up to 0.01 yuan, not to zero.\n"
        "            Stop posting to this fund and compare with the last backup."
    )


def test_money_that_left_and_did_not_arrive_is_refused():
    left = book("310000:employee_pension", pooled_fund=-100, in_transit__410000=100)
    arrived = book("410000:employee_pension", pooled_fund=100, in_transit__310000=-100)
    assert sums_of([left, arrived])["in_transit"] == Money.ZERO
    with pytest.raises(BooksDoNotClose, match=r"1\.00 yuan left a fund"):
        sums_of([left])
