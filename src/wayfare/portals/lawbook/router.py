"""Where the pages of the law are: /{language}/law and below, /{language}/coverage, and /{language}/api for programs.

Nothing here carries a person's facts, so the pages may be kept for a few minutes. What is asked for in a query comes
from forms, where an empty field means that nothing was asked.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from wayfare.app import figures
from wayfare.app.working import work_out
from wayfare.decisions.composed import with_composed
from wayfare.law import Law
from wayfare.law.errors import UnknownValue
from wayfare.portals.errors import NotADay
from wayfare.portals.language import Language
from wayfare.portals.lawbook import pages
from wayfare.portals.lawbook.coverage_page import coverage_data, coverage_page, coverage_table
from wayfare.portals.lawbook.interface_page import interface_page
from wayfare.portals.lawbook.pages import Asked

__all__ = ["FOR_A_WHILE", "day_of", "html", "router"]

FOR_A_WHILE: Final = {"Cache-Control": "public, max-age=300"}
router = APIRouter(include_in_schema=False)


def day_of(text: str) -> date | None:
    """The day of a form's field; None where it was left empty. Raises NotADay."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise NotADay(f"{text[:40]!r} is not a day.", next_step="Write it as 2024-06-01.", field="on") from None


def asked(request: Request, language: Language, on: str = "") -> Asked:
    """What a page was asked for."""
    path = request.url.path.removeprefix(f"/{language}")
    query = f"?{request.url.query}" if request.url.query else ""
    return Asked(request.app.state.law, language, path + query, day_of(on))


async def html(make: Callable[..., str], *args: Any, **named: Any) -> Response:
    """A page, made in a thread."""
    return HTMLResponse(await work_out(make, *args, **named), headers=FOR_A_WHILE)


def _of_the_law(language: Language) -> APIRouter:
    """The pages of the law in one language."""
    at = APIRouter(prefix=f"/{language}")

    @at.get("/law")
    async def index(request: Request, q: str = "", on: str = "") -> Response:
        return await html(pages.index_page, asked(request, language, on), words=q)

    @at.get("/law/questions/{name}")
    async def question(request: Request, name: str, on: str = "") -> Response:
        return await html(pages.question_page, asked(request, language, on), name)

    @at.get("/law/rules/{home:path}")
    async def rule(request: Request, home: str, on: str = "") -> Response:
        return await html(pages.rule_page, asked(request, language, on), home)

    @at.get("/law/figures/{name}.csv")
    async def figure_csv(request: Request, name: str, on: str = "", place: str = "") -> Response:
        found = await _figure(request, name, on, place)
        return Response(figure_rows(found), media_type="text/csv; charset=utf-8", headers=FOR_A_WHILE)

    @at.get("/law/figures/{name}.json")
    async def figure_json(request: Request, name: str, on: str = "", place: str = "") -> Response:
        return JSONResponse(await _figure(request, name, on, place), headers=FOR_A_WHILE)

    @at.get("/law/figures/{name}")
    async def figure(request: Request, name: str, on: str = "", place: str = "") -> Response:
        return await html(pages.figure_page, asked(request, language, on), name, place=place.strip() or None)

    @at.get("/law/changes")
    async def changes(request: Request, before: str = "", after: str = "") -> Response:
        days = {"before": day_of(before), "after": day_of(after)}
        return await html(pages.changes_page, asked(request, language), **days)

    @at.get("/law/open-questions")
    async def open_questions(request: Request) -> Response:
        return await html(pages.open_page, asked(request, language))

    @at.get("/law/values/{name}")
    @at.get("/law/{name}")
    async def by_name(request: Request, name: str, on: str = "") -> Response:
        return RedirectResponse(_told_at(asked(request, language, on), name), 303)

    return at


def _beside_the_law(language: Language) -> APIRouter:
    """What is covered, and the page for programs, in one language."""
    at = APIRouter(prefix=f"/{language}")

    @at.get("/coverage.csv")
    async def coverage_csv(request: Request, programme: str = "", place: str = "") -> Response:
        found = await work_out(coverage_table, request.app.state.law, programme=programme, place=place)
        return Response(found, media_type="text/csv; charset=utf-8", headers=FOR_A_WHILE)

    @at.get("/coverage.json")
    async def coverage_json(request: Request, programme: str = "", place: str = "") -> Response:
        found = await work_out(coverage_data, request.app.state.law, programme=programme, place=place)
        return JSONResponse(found, headers=FOR_A_WHILE)

    @at.get("/coverage")
    async def coverage(request: Request, programme: str = "", place: str = "") -> Response:
        return await html(coverage_page, asked(request, language), programme=programme, place=place)

    @at.get("/api")
    async def interface(request: Request) -> Response:
        described = request.app.openapi()
        return await html(interface_page, asked(request, language), described, str(request.base_url))

    return at


async def _figure(request: Request, name: str, on: str, place: str) -> dict[str, Any]:
    law: Law = request.app.state.law
    return await work_out(figures.figure_document, law, name, on=day_of(on), place=place.strip() or None)


def figure_rows(figure: dict[str, Any]) -> str:
    """The rows of a figure as a table, those that estimates assume among them."""
    keys = list(figure["by"])
    values = figure["columns"] or ["value"]
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    cited = ("status", "text", "article", "rank")
    table.writerow(["id", "place", "from", "until", *keys, *values, "unit", *cited, "note"])
    for row in [*figure["rows"], *figure["assumed"]]:
        held = [row["columns"][name]["value"] for name in values] if figure["columns"] else [row["value"]]
        source = [row["source"][name] for name in cited]
        places = "-".join(place["code"] for place in row["places"]) or "nation"
        days = [row["from"] or "", row["until"] or ""]
        told = [row["key"][name]["value"] for name in keys]
        table.writerow([row["id"], places, *days, *told, *held, figure["unit"], *source, row["note"]])
    return out.getvalue()


def _told_at(of: Asked, name: str) -> str:
    """Where a question, a value or a figure of that name is told. Raises UnknownValue."""
    law, tell = of.law, of.telling
    if name in with_composed(law).questions:
        return tell.href(f"/law/questions/{name}")
    if name not in law.homes:
        raise UnknownValue(f"Nothing in the law is called {name!r}.", next_step="Search for it.", field="name")
    return tell.of_name(name)


for each in Language:
    router.include_router(_of_the_law(each))
    router.include_router(_beside_the_law(each))
