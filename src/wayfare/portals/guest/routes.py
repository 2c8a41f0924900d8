"""The addresses of the guest's pages. Whatever a page needs comes with the request, and goes with the response.

A page that asks is posted to the next one; there is no session, no cookie and no redirect but the first. The work is
done in a thread, for the law takes the processor.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from wayfare.app.examples import example_lives
from wayfare.app.working import work_out
from wayfare.decisions.errors import BadOutlook
from wayfare.facts.errors import FactsError
from wayfare.law import Law
from wayfare.law.errors import BadFact, BadGiven
from wayfare.portals.guest.fields import Fault, Form
from wayfare.portals.guest.front import examples_page, start_page
from wayfare.portals.guest.opening import file_page, opened
from wayfare.portals.guest.results import TABS, Kept, answers_file, document_file, result, statement_file
from wayfare.portals.guest.steps import STEPS, tell
from wayfare.portals.guest.visit import Visit, fault_of
from wayfare.portals.language import Language

__all__ = ["router", "today"]

router = APIRouter(include_in_schema=False)
KEPT: dict[str, Callable[[Visit], Kept]] = {
    "life.json": document_file, "answers.json": answers_file, "statement.html": statement_file,
}  # fmt: skip
FIELDS_MOST = 200
T = TypeVar("T")


def today() -> date:
    """The day on which a life is told; a dependency, so that a test can stand on its own day."""
    return date.today()


async def visit_of(request: Request, language: str, day: Annotated[date, Depends(today)]) -> Visit:
    """What the request brings: the fields of its form or its query, files as text."""
    if language not in list(Language):
        raise HTTPException(404)
    law: Law = request.app.state.law
    fields: dict[str, str] = dict(request.query_params.items())
    if request.method == "POST":
        async with request.form(max_fields=FIELDS_MOST, max_part_size=4_000_000) as form:
            for name, value in form.items():
                fields[name] = (await _text(value)) if isinstance(value, UploadFile) else value
    return Visit(Language(language), law, day, Form(fields))


async def _text(upload: UploadFile) -> str:
    """A file as text; what is not UTF-8 is left for the reader to refuse."""
    return (await upload.read()).decode("utf-8", errors="surrogateescape")


Visiting = Annotated[Visit, Depends(visit_of)]


@router.get("/")
async def first(request: Request) -> Response:
    """To the language that the browser asks for first."""
    asked = request.headers.get("accept-language", "").lower().replace(" ", "")
    places = {name: at for name in ("zh", "en") if (at := f",{asked}".find(f",{name}")) >= 0}
    language = min(places, key=lambda name: places[name], default="en")
    return RedirectResponse(f"/{language}", 303, {"Vary": "Accept-Language"})


@router.get("/{language}")
async def start(visit: Visiting) -> Response:
    """What do you want to know?"""
    return HTMLResponse(start_page(visit))


@router.get("/{language}/examples")
async def examples(visit: Visiting) -> Response:
    """The example lives."""
    return HTMLResponse(await work_out(examples_page, visit))


@router.get("/{language}/examples/{name}")
async def example(visit: Visiting, name: str) -> Response:
    """An example life, opened."""
    if name not in example_lives():
        raise HTTPException(404)
    visit.form = Form({"document": example_lives()[name].as_json()})
    return await _answered(visit, lambda: result(visit, "life"))


@router.api_route("/{language}/tell/{step}", methods=["GET", "POST"])
async def ask(visit: Visiting, step: str) -> Response:
    """A page that asks."""
    if step not in STEPS:
        raise HTTPException(404)
    return await _answered(visit, lambda: tell(visit, step))


@router.api_route("/{language}/file", methods=["GET", "POST"])
async def open_file(request: Request, visit: Visiting) -> Response:
    """A life that was kept, opened again."""
    text = visit.form.fields.get("upload") or visit.form.fields.get("paste", "")
    if request.method == "GET" or visit.go == "language":
        return HTMLResponse(file_page(visit, text))
    found = opened(visit, text)
    if isinstance(found, str):
        return HTMLResponse(found)
    visit.form = Form({"document": found.as_json()})
    return await _answered(visit, lambda: result(visit, "life"))


@router.post("/{language}/life/{name}")
async def answers(visit: Visiting, name: str) -> Response:
    """A page of a life, or a file of it to keep."""
    if name in KEPT:
        return await _answered(visit, lambda: KEPT[name](visit))
    if name not in TABS:
        raise HTTPException(404)
    return await _answered(visit, lambda: result(visit, name))


@router.post("/{language}/life")
async def life(visit: Visiting) -> Response:
    """The line of life."""
    return await _answered(visit, lambda: result(visit, "life"))


@router.get("/{language}/life")
@router.get("/{language}/life/{name}")
async def no_life(visit: Visiting, name: str = "") -> Response:
    """There is no life at an address; it travels in the page, so the address alone begins a new one."""
    return RedirectResponse(visit.at(""), 303)


async def _answered(visit: Visit, work: Callable[[], str | Kept]) -> Response:
    """The page or the file; when the life in the form cannot be read, the page that opens one, with what was sent."""
    try:
        found: Any = await work_out(work)
    except FactsError:
        visit.form.faults = [Fault("paste", "life_lost")]
        return HTMLResponse(file_page(visit, visit.sent))
    except (BadGiven, BadFact, BadOutlook) as error:
        visit.form.faults = [fault_of(error, "paste", visit.words)]
        return HTMLResponse(file_page(visit, visit.sent))
    if isinstance(found, str):
        return HTMLResponse(found)
    headers = {"Content-Disposition": f'attachment; filename="{found.name}"'}
    return Response(found.content, 200, headers, f"{found.media_type}; charset=utf-8")
