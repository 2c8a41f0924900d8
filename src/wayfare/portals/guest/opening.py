"""Opening a life that was kept: a file or a pasted text, read strictly, its faults told by line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from wayfare.facts import Document, read_document
from wayfare.facts.errors import FactsError
from wayfare.portals.guest.fields import Fault
from wayfare.portals.guest.visit import Visit, fault_of

__all__ = ["file_page", "opened"]

FAULTS_MOST: Final = 10
_STEP: Final = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def opened(visit: Visit, text: str) -> Document | str:
    """The life that a text holds, or the page with the text and what is wrong in it."""
    if not text.strip():
        visit.form.faults.append(Fault("paste", "", found=visit.words.say("guest.file.empty")))
        return file_page(visit, "")
    try:
        return read_document(text)
    except FactsError as error:
        visit.form.faults += list(_faults(error, text, visit))
        return file_page(visit, text)


def file_page(visit: Visit, text: str) -> str:
    """The page that opens a life, with what was pasted."""
    words = visit.words
    return visit.page(
        "file", "file", title=words.say("guest.file.title"), why=words.say("guest.file.lead"), document=None,
        step="file", next_at=visit.at("file"), back_at=None, back_link=visit.at(""), pasted=text, faults=visit.faults(),
    )  # fmt: skip


def _faults(error: FactsError, text: str, visit: Visit) -> Iterator[Fault]:
    words = visit.words
    for each in error.all()[:FAULTS_MOST]:
        line = each.line or line_of(text, each.field) or _line_said(each.found)
        where = words.say("guest.lines.line", line=line) if line else ""
        where += words.say("guest.lines.where", where=each.field) if each.field else ""
        yield fault_of(each, "paste", words, where)
    rest = len(error.all()) - FAULTS_MOST
    if rest > 0:
        yield Fault("paste", "", found=words.say("fault.more", count=rest))


def _line_said(found: str) -> int | None:
    """The line that a message about the form of the text names itself."""
    said = re.search(r"\bline (\d+)", found)
    return int(said[1]) if said else None


def line_of(text: str, path: str | None) -> int | None:
    """The line in which the fact of a path stands, work[2].from; None when it stands nowhere."""
    if not path:
        return None
    steps: list[str | int] = [int(index) if index else name for name, index in _STEP.findall(path)]
    at, found = 0, 0
    decoder = json.JSONDecoder()
    for step in steps:
        at = _after(text, at, step, decoder)
        if at < 0:
            break
        found = at
    return text.count("\n", 0, found) + 1 if found else None


def _after(text: str, at: int, step: str | int, decoder: json.JSONDecoder) -> int:
    """Where the value of a field, or an item of a list, begins; -1 when it is not there."""
    if isinstance(step, str):
        named = re.compile(rf'"{re.escape(step)}"\s*:\s*').search(text, at)
        return named.end() if named else -1
    opened = text.find("[", at)
    if opened < 0:
        return -1
    at = opened + 1
    for _ in range(step):
        at = _skipped(text, at)
        try:
            _, at = decoder.raw_decode(text, at)
        except ValueError:
            return -1
        at = text.find(",", at) + 1
    return _skipped(text, at)


def _skipped(text: str, at: int) -> int:
    found = re.compile(r"\s*").match(text, at)
    return found.end() if found else at
