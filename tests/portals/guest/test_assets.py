"""What the pages link to is what was built, without the crown and the typeface that only GOV.UK may use."""

from __future__ import annotations

from hashlib import sha256
from importlib import resources
from pathlib import Path

import pytest

STATIC = Path(str(resources.files("wayfare.portals"))) / "static"
AXE = Path(__file__).parent / "axe"


@pytest.mark.parametrize("folder", [STATIC, AXE], ids=["static", "axe"])
def test_a_built_file_is_as_it_was_built(folder):
    sums = [line.split() for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()]
    assert len(sums) == 2
    assert {name: sha256((folder / name).read_bytes()).hexdigest() for _, name in sums} == {n: s for s, n in sums}


def test_the_sheet_has_no_crown_no_typeface_and_fetches_nothing():
    sheet = (STATIC / "govuk-frontend.min.css").read_text(encoding="utf-8")
    assert not any(word in sheet.lower() for word in ("crown", "gds transport", "@font-face", "url(", "@import"))
    assert "#0b5a4c" in sheet


def test_the_script_names_no_other_host():
    assert "://" not in (STATIC / "pages.min.js").read_text(encoding="utf-8").replace("://www.w3.org/", "")


def test_every_file_says_where_it_comes_from():
    told = (STATIC / "SOURCES.md").read_text(encoding="utf-8")
    files = [each.name for each in STATIC.iterdir() if each.is_file() and each.suffix in (".css", ".js")]
    assert all(f"`{name}`" in told for name in files)
