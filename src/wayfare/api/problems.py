"""Every refusal as one error object, with the status that says whose turn it is; on a page, in words.

The framework's own refusals (an unknown address, a parameter of the wrong form) are told in the same object as those of
the law and the facts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

from wayfare.api import errors
from wayfare.api.headers import request_id
from wayfare.app.asking import error_document
from wayfare.app.errors import Busy
from wayfare.facts import errors as facts_errors
from wayfare.kernel import WayfareError
from wayfare.law.errors import BadRulebook, UnknownValue
from wayfare.portals.errors import AssetMissing, BookUnbalanced, LifeUndrawable, NotAnAnswer, SlotEmpty, TextMissing
from wayfare.portals.problem_page import problem_page

__all__ = ["error_object", "handle_problems", "problem", "status_of"]

_STATUS: Final[Mapping[type[WayfareError], int]] = {
    errors.NoSuchAddress: 404, UnknownValue: 404, errors.MethodRefused: 405, errors.BodyTooLarge: 413,
    errors.TooManyLines: 413, facts_errors.TooLarge: 413, errors.WrongMediaType: 415, Busy: 429, errors.Fault: 500,
    facts_errors.NotJson: 400, facts_errors.WrongEncoding: 400,
}  # fmt: skip
_OURS: Final = (SlotEmpty, TextMissing, AssetMissing, LifeUndrawable, NotAnAnswer, BookUnbalanced, BadRulebook)
"""What nobody outside can have done: a page without its words, a rulebook that does not fit."""
_NOT_ACCEPTED: Final = 422
_RETRY_AFTER_SECONDS: Final = "2"
_PAGES: Final = ("/en/", "/zh/")


def status_of(fault: WayfareError) -> int:
    """The status of a refusal; what is not listed was read and is not right in itself."""
    return next((status for kind, status in _STATUS.items() if isinstance(fault, kind)), _NOT_ACCEPTED)


def error_object(fault: WayfareError, number: str) -> dict[str, Any]:
    """The body of a refusal."""
    return {"error": error_document(fault) | {"request_id": number}}


def problem(fault: WayfareError, scope: Scope, headers: Mapping[str, str] | None = None) -> Response:
    """The response to a request that is refused: an object, or on an address of pages a page."""
    status = status_of(fault)
    more = dict(headers or {}) | ({"Retry-After": _RETRY_AFTER_SECONDS} if isinstance(fault, Busy) else {})
    if f"{scope['path']}/".startswith(_PAGES):
        page = problem_page(scope["path"][1:3], status=status, told=fault, number=request_id(scope))
        return HTMLResponse(page, status, more)
    text = json.dumps(error_object(fault, request_id(scope)), ensure_ascii=False)
    return Response(text, status, more, "application/json")


def handle_problems(app: FastAPI) -> None:
    """Has the framework tell its refusals as ours."""
    app.add_exception_handler(WayfareError, _of_ours)
    app.add_exception_handler(HTTPException, _of_the_framework)
    app.add_exception_handler(RequestValidationError, _of_parameters)


async def _of_ours(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, WayfareError)
    if isinstance(fault, _OURS):
        raise fault  # to where faults of ours are logged and told
    return problem(fault, request.scope)


async def _of_the_framework(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    path, see = request.url.path, "See the list of addresses at /en/api."
    told: WayfareError
    if fault.status_code == 405:
        told = errors.MethodRefused(f"{path} does not answer to {request.method}.", next_step=see)
    elif fault.status_code == 404:
        told = errors.NoSuchAddress(f"There is nothing at {path}.", next_step=see)
    else:
        told = errors.BadParameter(f"The request cannot be read: {fault.detail}.", next_step=see)
    return problem(told, request.scope, fault.headers)


async def _of_parameters(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, RequestValidationError)
    found = [_of_one(each) for each in fault.errors()]
    first, *rest = found
    first.others = tuple(rest)  # type: ignore[attr-defined]
    return problem(first, request.scope)


def _of_one(each: Mapping[str, Any]) -> WayfareError:
    where = ".".join(map(str, each["loc"]))
    told = each["msg"].removeprefix("Value error, ")
    return errors.BadParameter(
        f"{where}: {told}.", next_step="Correct it; /en/api shows the form.", field=where
    )
