"""`wayfare demo`: the main job with progress bars, then what came of it, and at a terminal its pages, served."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from wayfare.cli.console import results
from wayfare.cli.serving import PORT, serve_pages
from wayfare.kernel import Money, region

if TYPE_CHECKING:
    from wayfare.app.demo import Stage
    from wayfare.app.demo_summary import DemoSummary

__all__ = ["demo_command"]

PEOPLE, SEED = 2000, 2026  # those of `run_demo`; a command that only asks does not load the demonstration
PLACES_MOST = 10


def demo_command(
    people: Annotated[int, typer.Option("--people", min=1, help="How many lives to draw.")] = PEOPLE,
    seed: Annotated[int, typer.Option("--seed", help="Draws the same lives for the same number.")] = SEED,
    serve: Annotated[
        bool | None, typer.Option("--serve/--no-serve", help="End by serving the pages; at a terminal it does.")
    ] = None,
) -> None:
    """Draw lives from the real flows, post their contributions, move their relations, decide and estimate."""
    from wayfare.app.demo import run_demo
    from wayfare.portals.demo_pages import demo_pages
    from wayfare.storage import Settings

    began = time.monotonic()
    bars = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(),
        console=Console(stderr=True), transient=False,
    )  # fmt: skip
    with bars:
        tasks = {}

        def tell(stage: Stage, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage.value, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        summary = run_demo(Settings.from_environment(), people=people, seed=seed, progress=tell, pages=demo_pages)
    _tell(summary, results(), time.monotonic() - began)
    if sys.stdin.isatty() and sys.stdout.isatty() if serve is None else serve:
        serve_pages(PORT, demonstration=summary.folder, or_any=True)


def _tell(s: DemoSummary, out: Console, seconds: float) -> None:
    table = Table(box=None, show_header=False, pad_edge=False)
    for name, found in _lines(s):
        table.add_row(name, found)
    out.print(table)
    places = Table("pensions by place", "people", "mean a month, yuan", box=None, pad_edge=False)
    ranked = sorted(s.pensions.items(), key=lambda p: -p[1].people)
    for place, pensions in ranked[:PLACES_MOST]:
        name = f"{region(place).name_en} {region(place).name_zh}"
        places.add_row(name, f"{pensions.people:,}", _money(pensions.mean))
    out.print(places)
    if len(ranked) > PLACES_MOST:
        out.print(f"... and {len(ranked) - PLACES_MOST} more places")
    if s.folder is not None:
        out.print(f"{len(s.pages)} pages: a statement for each documented life, a book for each fund. Open")
        for page in [p for p in s.pages if p.startswith("index")]:
            out.print(f"  {s.folder / page}", soft_wrap=True)
    out.print(f"{seconds:.0f} s on {os.cpu_count()} cores")


def _lines(s: DemoSummary) -> list[tuple[str, str]]:
    moved = f"{_money(s.pooled_moved)} yuan pooled, {_money(s.account_moved)} yuan of accounts"
    assumed = f"{s.assumed_in_model} in the model, {s.assumed_values:,} values behind the documented answers"
    books = f"sum to {s.books_sum} yuan over all funds, {s.in_transit} in transit; {s.chains_verified} chains verified"
    return [
        ("people", f"{s.people:,}, {s.documented} of them documented lives; {s.new_people:,} new"),
        ("months paid", f"{s.paid_months:,}"),
        ("funds", f"{s.funds}; {s.batches:,} batches with {s.transfers:,} transfers; {s.new_batches:,} new"),
        ("contributions", f"{_money(s.contributions)} yuan"),
        ("interest credited", f"{_money(s.interest)} yuan"),
        ("relations moved", f"{s.relations_moved:,}: {moved}"),
        ("decisions kept", f"{s.decisions:,}; {s.new_decisions:,} new"),
        ("assumed", f"{assumed}; {s.pensions_on_assumptions:,} pensions rest on one"),
        ("no pension", f"{s.short_of_months:,} short of the minimum months, {s.unanswered:,} not answered"),
        ("books", books),
    ]


def _money(amount: Money) -> str:
    return f"{amount.amount_fen // 100:,}.{amount.amount_fen % 100:02}"
