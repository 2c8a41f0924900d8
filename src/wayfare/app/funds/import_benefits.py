"""Take a CSV file of awards, adjustments or deaths in: good lines are recorded, each bad one is told by its line.

The files follow the contract of a fund's other imports. Awards and adjustments name decisions that are kept already;
deaths come from the civil registry or the police. A file that comes again adds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from wayfare.app.funds.importing import Imported
from wayfare.app.sessions import at_work
from wayfare.funds.month import KINDS, Kind, Problem, Record, read_records
from wayfare.funds.month.errors import ImportFileWrong
from wayfare.kernel.errors import WayfareError
from wayfare.ledger import check_fund
from wayfare.storage import Database, Role
from wayfare.storage.benefit_store import BenefitStore

__all__ = ["BENEFIT_KINDS", "import_benefits"]

_NAME, _MONTH = KINDS["wages"].columns["member"], KINDS["wages"].columns["month"]
_DAY, _TEXT = KINDS["payments"].columns["on"], KINDS["rules"].columns["value"]
_TABLE = "office.benefit_record"

BENEFIT_KINDS: Final[Mapping[str, Kind]] = {
    "awards": Kind("awards", _TABLE, ("member",), ("from_month", "decision"),
                   {"member": _NAME, "decision": _TEXT, "from": _MONTH}),
    "adjustments": Kind("adjustments", _TABLE, ("member", "decision"), (), {"member": _NAME, "decision": _TEXT}),
    "deaths": Kind("deaths", _TABLE, ("member",), ("on_day", "paper"),
                   {"member": _NAME, "on": _DAY, "paper": _TEXT}),
}  # fmt: skip
"""The kinds of files, with their columns."""


def import_benefits(
    database: Database, fund: str, kind: str, path: Path, *, progress: Callable[[int], None] = lambda _: None
) -> Imported:
    """Record what a file says; `progress` is told how many lines were read. Raises ImportFileWrong and AccountWrong."""
    check_fund(fund)
    out = Imported(kind, fund)
    try:
        lines = path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")
    except OSError as fault:
        raise ImportFileWrong(f"{path} cannot be read: {fault.strerror}.", next_step="Check the name.") from fault
    with lines, at_work(database, Role.OFFICER, f"import {kind}") as session:
        store = BenefitStore(session.connection)
        for found in read_records(BENEFIT_KINDS[kind], lines):
            _take(store, fund, kind, found, out)
            progress(out.lines)
    return out


def _take(store: BenefitStore, fund: str, kind: str, found: Record | Problem, out: Imported) -> None:
    if isinstance(found, Problem):
        out.problems.append(found)
        return
    try:
        fresh = _recorded(store, fund, kind, *found.key, *found.content)
    except WayfareError as fault:
        out.problems.append(Problem(found.line, fault))
        return
    out.added += fresh
    out.repeated += not fresh


def _recorded(store: BenefitStore, fund: str, kind: str, member: str, *rest: Any) -> bool:
    if kind == "deaths":
        return store.died(fund, member, on=rest[0], paper=rest[1])
    if kind == "adjustments":
        return store.adjust(fund, member, decision=rest[0])
    return store.award(fund, member, first_month=rest[0], decision=rest[1])
