"""`wayfare statement` as its users call it: which files it writes, what is on them, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.calling import as_program, called

ROOT = Path(__file__).parents[2]
LIFE = ROOT / "examples" / "lives" / "woman-from-anhui-in-hangzhou.json"


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def statement(*arguments: str, given: str = "", call=called) -> tuple[int, str, str]:
    """The exit code of the command, and what it printed on stdout and stderr."""
    done = call("statement", *arguments, given=given)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_both_languages_are_written_beside_each_other_and_lead_to_each_other(tmp_path: Path) -> None:
    code, out, err = statement(str(LIFE), call=as_program)
    names = ["statement-woman-from-anhui-in-hangzhou.en.html", "statement-woman-from-anhui-in-hangzhou.zh-Hans.html"]
    assert code == 0, err
    assert sorted(out.split()) == names == sorted(path.name for path in tmp_path.iterdir())
    for name, other in (names, reversed(names)):
        assert f'href="{other}"' in (tmp_path / name).read_text(encoding="utf-8")


def test_one_language_is_written_to_the_file_named_and_leads_nowhere(tmp_path: Path) -> None:
    code, _, _ = statement(str(LIFE), "--lang", "zh", "-o", "me.html")
    page = (tmp_path / "me.html").read_text(encoding="utf-8")
    assert code == 0 and [path.name for path in tmp_path.iterdir()] == ["me.html"]
    assert '<html lang="zh-Hans"' in page and "hreflang" not in page


def test_the_file_of_two_languages_gets_the_language_before_its_ending(tmp_path: Path) -> None:
    statement(str(LIFE), "-o", "me.html")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["me.en.html", "me.zh-Hans.html"]


def test_a_dash_prints_one_page_and_writes_no_file(tmp_path: Path) -> None:
    code, out, _ = statement("--lang", "en", "-o", "-", given=LIFE.read_text(encoding="utf-8"))
    assert code == 0 and out.startswith("\n<!DOCTYPE html>") | out.startswith("<!DOCTYPE")
    assert not list(tmp_path.iterdir())


def test_two_pages_do_not_fit_on_stdout(tmp_path: Path) -> None:
    code, _, err = statement(str(LIFE), "-o", "-")
    assert code == 2 and "--lang" in err


def test_the_day_and_the_mode_can_be_set(tmp_path: Path) -> None:
    statement(str(LIFE), "--lang", "en", "--on", "2030-06-01", "--mode", "decision", "-o", "me.html")
    page = (tmp_path / "me.html").read_text(encoding="utf-8").replace("\u00a0", " ")
    assert "What the law says on 1 June 2030" in page and "Mode: decision." in page


def test_a_document_that_cannot_be_read_is_a_wrong_call_and_leaves_no_page(tmp_path: Path) -> None:
    broken = tmp_path / "life.json"
    broken.write_text(json.dumps({"question": "pension.place", "on": "2026-13-01"}), encoding="utf-8")
    code, _, err = statement(str(broken))
    assert code == 2 and "WF-FAC" in err
    assert [path.name for path in tmp_path.iterdir()] == ["life.json"]


def test_a_document_that_tells_of_nothing_says_what_to_add(tmp_path: Path) -> None:
    code, _, err = statement("-", given='{"question": "pension.place", "on": "2026-11-01"}')
    assert code == 2 and "WF-POR-005" in err and "Add a registration" in err


def test_a_person_and_a_file_are_a_wrong_call(tmp_path: Path) -> None:
    code, _, err = statement(str(LIFE), "--person", "cuihua")
    assert code == 2 and "not both" in err
