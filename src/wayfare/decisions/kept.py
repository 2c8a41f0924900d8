"""Decisions that are kept: the document, the answer and the law's version; replayed and compared later.

A decision never changes. A changed answer is a new decision that points at the one it replaces.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wayfare.decisions.asking import ask
from wayfare.decisions.errors import OtherLaw
from wayfare.facts import read_document
from wayfare.kernel import AsOf
from wayfare.law import Law

__all__ = ["Decision", "Difference", "compare", "decide", "replay"]


@dataclass(frozen=True)
class Decision:
    """A question's document and its answer as they were given, by which law, as of when."""

    document: str
    answer: Mapping[str, Any]
    as_of: AsOf
    law: str
    person: str | None = None
    replaces: str | None = None


@dataclass(frozen=True)
class Difference:
    """One place where two answers differ."""

    name: str
    before: Any
    after: Any


def decide(document: Any, law: Law, as_of: AsOf, *, replaces: str | None = None) -> Decision:
    """Asks and makes the decision that is to be kept; raises what `ask` raises."""
    answer = ask(document, law).as_document()
    return Decision(document.as_json(), answer, as_of, law.version, document.facts.person.id, replaces)


def replay(decision: Decision, law: Law) -> list[Difference]:
    """Asks the kept document again under the same law; the differences, none when the answer stands.

    Raises OtherLaw when the law is not of the version that decided.
    """
    if law.version != decision.law:
        raise OtherLaw(
            f"The decision was made by the law of version {decision.law}; this is {law.version}.",
            next_step="Install the version that decided, or ask anew and compare.",
        )
    again = json.loads(json.dumps(ask(read_document(decision.document), law).as_document()))
    return compare(json.loads(json.dumps(decision.answer)), again)


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Where two answers differ: the answer, each value, what was assumed and missing, and which clauses hold."""
    out = []
    for name in ("question", "on", "mode", "law"):
        out += _differ(name, before.get(name), after.get(name))
    out += _differ("answer", before["answer"], after["answer"])
    for name in dict.fromkeys([*before["values"], *after["values"]]):
        if name in before["values"] or name in after["values"]:
            out += _differ(name, before["values"].get(name), after["values"].get(name))
    out += _differ("assumed", before["assumed"], after["assumed"])
    out += _differ("missing", before["missing"], after["missing"])
    held = [_held(a["reasons"]) for a in (before, after)]
    for key in dict.fromkeys([*held[0], *held[1]]):
        out += _differ(f"reason {key[0]}", held[0].get(key), held[1].get(key))
    return out


def _differ(name: str, before: Any, after: Any) -> list[Difference]:
    return [] if before == after else [Difference(name, before, after)]


def _held(reasons: Any) -> dict[tuple[str, str], Any]:
    """For each clause and the facts under it whether it holds."""
    return {(r["clause"], json.dumps(r.get("facts"))): r["holds"] for r in _each(reasons)}


def _each(reasons: Any) -> Any:
    for r in reasons:
        yield r
        yield from _each(r.get("children") or ())
