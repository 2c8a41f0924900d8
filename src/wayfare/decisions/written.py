"""Parts of an answer as documents of the public interface: what it used, what is missing, what the record shows."""

from __future__ import annotations

from typing import Any

from wayfare.facts import FINDINGS, Finding
from wayfare.law.missing import Missing, Used
from wayfare.law.units import spoken_unit

__all__ = ["finding_document", "missing_document", "used_document"]


def used_document(u: Used) -> dict[str, Any]:
    """A value that is less than verified, with the fact or the keys that it is of."""
    out = {"name": u.name, "status": u.status.value, "value": u.value, "unit": spoken_unit(u.unit), "why": u.why}
    extra = {"fact": u.ref, "for": dict(u.keys), "say": dict(u.say), "label": dict(u.label), "said": dict(u.said)}
    return out | {k: v for k, v in extra.items() if v}


def missing_document(m: Missing) -> dict[str, Any]:
    """Something that an answer needs, with the question to ask for it."""
    out: dict[str, Any] = {"name": m.name, "kind": m.kind, "why": m.why}
    extra = {"fact": m.ref, "for": dict(m.keys), "ask": dict(m.ask), "say": dict(m.say), "label": dict(m.label)}
    return out | {k: v for k, v in extra.items() if v}


def finding_document(f: Finding) -> dict[str, Any]:
    """Something worth knowing about the record."""
    months = [f"{m.start} to {m.last_month or 'now'}" for m in f.months]
    return {"code": f.code, "say": dict(FINDINGS[f.code]), "months": months, "facts": list(f.items)}
