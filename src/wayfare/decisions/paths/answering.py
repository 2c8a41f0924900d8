"""`pension.paths` as an answer like every other: values by path, what was assumed, what is missing, what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from wayfare.decisions.answer import Answer, Shown
from wayfare.decisions.paths.finding import RESTS_ON, Found, find
from wayfare.decisions.paths.values import FundShare, Path, Paths, Turning, Warned
from wayfare.decisions.written import finding_document, used_document
from wayfare.facts import Document, findings
from wayfare.kernel.status import Mode, Status
from wayfare.law import Law, Question

__all__ = ["PATHS", "SAY", "PathsAnswer", "ask_paths", "with_paths"]

PATHS = "pension.paths"
SAY = {"en": "What will my pension come to, wherever I go?", "zh": "往不同的方向走，我的养老金各是多少？"}

SHOWN: Mapping[str, tuple[str, Callable[[Path], Any]]] = {
    "place_of_benefit": ("place", lambda p: p.place_of_benefit),
    "counted_months": ("months", lambda p: p.counted_months),
    "contribution_years": ("years", lambda p: p.contribution_years),
    "award_month": ("month", lambda p: p.award_month),
    "missing_months": ("months", lambda p: p.missing_months),
    "pension": ("yuan/month", lambda p: p.pension),
    "pension_then": ("yuan/month", lambda p: p.pension_then),
    "lost_value": ("yuan", lambda p: p.lost_value),
    "warnings": ("codes", lambda p: ", ".join(w.code for w in p.warnings) if p.pension is not None else None),
}
"""The values of a path by their public names, each with its unit as people read it."""


def with_paths(law: Law) -> Law:
    """The law with `pension.paths` among its questions, for lists of what can be asked."""
    question = Question(PATHS, "pension", RESTS_ON, SAY)
    return replace(law, questions={**law.questions, PATHS: question})


@dataclass(frozen=True)
class PathsAnswer(Answer):
    """The answer to `pension.paths`; its value is the path that pays most, its rows are the paths."""

    paths: Paths | None = None

    def as_document(self) -> dict[str, Any]:
        """The answer object of the public interface, with each path whole under `paths`."""
        assert self.paths is not None
        return super().as_document() | {
            "price_year": self.paths.price_year, "notes": [dict(n) for n in self.paths.notes],
            "paths": [_path_document(p) for p in self.paths.paths],
        }  # fmt: skip


def ask_paths(document: Document, law: Law) -> PathsAnswer:
    """The answer about paths, always an estimate. Raises what `find` raises."""
    found = find(document, law)
    values = {name: _shown(found.paths, unit, read) for name, (unit, read) in SHOWN.items()}
    best = Shown(found.paths.best.value if found.paths.best else None, "direction", Status.ASSUMED)
    return PathsAnswer(
        question=PATHS, on=document.on.isoformat(),
        known_at=document.known_at.isoformat() if document.known_at else None, mode=Mode.ESTIMATE, answer=best,
        values=values, reasons=(), assumed=_assumed(found), missing=found.missing, next_step=_next_step(found),
        law=found.law, say=SAY, findings=tuple(finding_document(f) for f in findings(document)),
        given=dict(document.given), paths=found.paths,
    )  # fmt: skip


def _shown(paths: Paths, unit: str, read: Callable[[Path], Any]) -> Shown:
    rows = tuple({"of": p.name.value, "value": _text(read(p))} for p in paths.paths)
    return Shown(rows[0]["value"] if len(rows) == 1 else None, unit, Status.ASSUMED, rows)


def _text(x: Any) -> str | None:
    return None if x is None else str(x)


def _assumed(found: Found) -> tuple[Mapping[str, Any], ...]:
    """The settings first, then each value of the law and each fact that is less than verified."""
    return (*(s.as_document() for s in found.paths.settings), *(used_document(u) for u in found.used))


def _next_step(found: Found) -> Mapping[str, str] | None:
    """The first thing to answer, else the first thing to beware of on the path of now."""
    for m in found.missing:
        if m.get("ask"):
            return dict(m["ask"])
    warnings = [w for p in reversed(found.paths.paths) for w in p.warnings]
    return dict(warnings[0].say) if warnings else None


def _path_document(p: Path) -> dict[str, Any]:
    loss = p.loss
    return {
        "name": p.name.value, "label": dict(p.label), "same_as": p.same_as.value if p.same_as else None,
        **{name: _text(read(p)) for name, (_, read) in SHOWN.items() if name != "warnings"},
        "minimum_months": _text(p.minimum_months), "basic_pension": _text(p.basic_pension),
        "account_pension": _text(p.account_pension), "transitional_pension": _text(p.transitional_pension),
        "payout_months": p.payout_months, "account_balance_then": _text(p.account_balance_then),
        "lost_parts": {} if loss is None else {
            "basic": str(loss.basic), "account": str(loss.account), "transitional": str(loss.transitional),
            "account_paid_once": str(loss.account_paid_once),
        },
        "stays": [
            {"place": s.place.code, "from": str(s.start), "to": str(s.end), "insured_months": str(s.insured_months),
             "relation": "temporary" if s.is_temporary else "ordinary"} for s in p.stays
        ],
        "funds": [_fund_document(f) for f in p.funds], "warnings": [_warning_document(w) for w in p.warnings],
        "changes": [_turning_document(t) for t in p.changes],
        "reasons": [r.as_document() for r in p.reasons], "missing": [dict(m) for m in p.missing],
        "document": p.document.as_document() if p.document else None,
    }  # fmt: skip


def _fund_document(f: FundShare) -> dict[str, Any]:
    return {
        "place": f.place.code, "months": str(f.months), "can_pay": "yes" if f.can_pay else "no",
        "account_then": str(f.account_then), "account_passed_then": str(f.account_passed_then),
        "pooled_passed_then": str(f.pooled_passed_then),
    }  # fmt: skip


def _warning_document(w: Warned) -> dict[str, Any]:
    return {
        "code": w.code, "say": dict(w.say), "place": w.place.code, "month": str(w.month), "loss": str(w.loss),
        "pays_with": w.pays_with.code if w.pays_with else None,
        "pays_without": w.pays_without.code if w.pays_without else None, "without": w.without.as_document(),
    }  # fmt: skip


def _turning_document(t: Turning) -> dict[str, Any]:
    return {
        "code": t.code, "say": dict(t.say), "pension": str(t.pension), "place_of_benefit": t.place_of_benefit.code,
        "difference": str(t.difference),
    }  # fmt: skip

