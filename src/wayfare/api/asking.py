"""POST /api/v1/ask: one document and its answer, or JSON lines with an answer or an error for each line.

The body is read whole and within bounds before the first line is answered, so a client may write all and then read.
What is printed is what `wayfare ask --json` prints for the same text.
"""

from __future__ import annotations

import io
import logging
from collections.abc import AsyncIterator
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse

from wayfare.api.errors import Fault, TooManyLines, WrongMediaType
from wayfare.api.examples import ASKED
from wayfare.api.headers import request_id
from wayfare.api.models import Error
from wayfare.api.problems import error_object, problem
from wayfare.app.asking import answered, read_one, written
from wayfare.app.working import work_out
from wayfare.facts import read_lines
from wayfare.kernel import WayfareError
from wayfare.law import Law

__all__ = ["LINES", "LINES_MOST", "router"]

router = APIRouter(tags=["ask"])
LINES: Final = ("application/x-ndjson", "application/jsonl")
LINES_MOST: Final = 2000
_log = logging.getLogger("wayfare.api")
_DOCUMENT: Final = {"$ref": "#/components/schemas/Document"}
_ANSWERS: Final = "An answer or an error for each line, in order, one JSON object a line."


@router.post(
    "/ask",
    operation_id="ask",
    summary="Ask the law a question of a person's facts",
    response_class=Response,
    responses={
        200: {
            "description": "The answer; for JSON lines an answer or an error for each line, in order.",
            "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/Answer"}},
                LINES[0]: {"schema": {"type": "string", "description": _ANSWERS}},
            },
        },
        400: {"model": Error, "description": "The body is not JSON, or not UTF-8."},
        413: {"model": Error, "description": "The body, or the number of lines, is more than is read at once."},
        415: {"model": Error, "description": "The body is neither JSON nor JSON lines."},
        422: {"model": Error, "description": "The document is refused: a field, a date, a question, a gap in the law."},
    },
    openapi_extra={
        "x-summary-zh": "按一个人的情况问规定",
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": _DOCUMENT, "examples": ASKED},
                LINES[0]: {"schema": {"type": "string", "description": "One document on each line."}},
            },
        },
    },
)
async def ask(request: Request) -> Response:
    """One facts document (`application/json`), or one on each line (`application/x-ndjson`, at most 2,000).

    The answer is the object that `wayfare ask --json` prints: the value, its reasons down to the article, what was
    assumed, what is missing, and what would change it. Nothing is stored.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    law: Law = request.app.state.law
    if kind == "application/json":
        return await _one(request, law)
    if kind in LINES:
        return await _lines(request, law)
    raise WrongMediaType(
        f"A body of the kind {kind or 'unknown'} is not read here.",
        next_step="Send application/json for one document, or application/x-ndjson for one on each line.",
    )


async def _one(request: Request, law: Law) -> Response:
    body = await request.body()
    result = await work_out(lambda: answered(read_one(body), law))
    if isinstance(result, WayfareError):
        return problem(result, request.scope)
    return Response(written(result.as_document(), is_line=False), media_type="application/json")


async def _lines(request: Request, law: Law) -> Response:
    body = await request.body()
    count = body.count(b"\n") + (not body.endswith(b"\n"))
    if count > LINES_MOST:
        raise TooManyLines(f"{count:,} lines were sent; the most is {LINES_MOST:,}.", next_step="Send fewer at a time.")
    return StreamingResponse(_answers(body, law, request_id(request.scope)), media_type=LINES[0])


async def _answers(body: bytes, law: Law, number: str) -> AsyncIterator[str]:
    """Each line's answer or error; whatever happens, a line is never left without one."""
    for line, found in read_lines(io.BytesIO(body)):
        try:
            result = await work_out(answered, found, law, line=line)
        except WayfareError as fault:
            fault.line, result = line, fault
        except Exception as fault:
            _log.error("request %s, line %s: %s", number, line, type(fault).__name__)
            told = f"This is our fault, not yours: {type(fault).__name__} in request {number}."
            result = Fault(told, next_step="Please report that number; what you sent was not kept.", line=line)
        yield _line(result, number)


def _line(result: Any, number: str) -> str:
    document = error_object(result, number) if isinstance(result, WayfareError) else result.as_document()
    return written(document, is_line=True) + "\n"

