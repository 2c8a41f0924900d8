"""GET /api/v1/...: the law to be read. Questions, rules, values, figures, what changes, and what is covered.

All of it is public and changes only with the program, so it may be kept for a few minutes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BeforeValidator
from starlette.responses import JSONResponse, Response

from wayfare.api import models
from wayfare.api.errors import BadParameter
from wayfare.api.headers import FOR_A_WHILE
from wayfare.app import covered, figures, lawbook
from wayfare.app.working import work_out
from wayfare.facts import schema
from wayfare.law import Law

__all__ = ["Day", "router"]

_WRITTEN_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NAME: Final = r"^[a-z][a-z0-9_.]{0,79}$"


def _day(text: Any) -> Any:
    """Days are written in full; a number of seconds, which the framework would take too, is none."""
    if isinstance(text, str) and not _WRITTEN_DAY.fullmatch(text):
        raise ValueError("write the day as 2024-06-01")
    return text


Day = Annotated[date, BeforeValidator(_day)]
Code = Annotated[str, Query(pattern="^[0-9]{6}$", description="A place by its six digits, 310000.")]
On = Annotated[Day | None, Query(description="Keep what is in force on this day.", examples=["2024-06-01"])]
Before = Annotated[Day, Query(description="A day.", examples=["2024-12-31"])]
After = Annotated[Day, Query(description="A later day.", examples=["2025-01-01"])]


def _law(request: Request) -> Law:
    law: Law = request.app.state.law
    return law


TheLaw = Annotated[Law, Depends(_law)]
REFUSED: dict[int | str, dict[str, Any]] = {422: {"model": models.Error, "description": "A parameter is refused."}}
MISSING: dict[int | str, dict[str, Any]] = {404: {"model": models.Error, "description": "There is none of that name."}}
router = APIRouter(tags=["law"], responses={429: {"model": models.Error, "description": "Too many are waiting."}})


def _get(path: str, shape: Any, summary: str, zh: str, more: Any = None, name: str = "") -> Callable[[Any], Any]:
    """A route that reads the law: its address, what it gives, what it is for in both languages."""
    return router.get(
        path, summary=summary, response_class=JSONResponse, responses={200: {"model": shape}, **(more or {})},
        operation_id=name or path.strip("/").partition("/{")[0].replace("-", "_").replace("/", "_"),
        openapi_extra={"x-summary-zh": zh},
    )  # fmt: skip


async def _told(function: Callable[..., Any], *args: Any, **named: Any) -> Response:
    found = await work_out(function, *args, **named)
    return JSONResponse(found, headers={"Cache-Control": FOR_A_WHILE})


@_get("/law", models.Law, "Which law this is, and how much it holds", "这是哪一版规定，有多少内容")
async def read_law(law: TheLaw) -> Response:
    """The version of the rulebook, the last day it was held against its sources, and counts."""
    return await _told(lawbook.law_document, law)


@_get("/questions", list[models.Question], "Every question that can be asked", "可以问的全部问题")
async def read_questions(law: TheLaw) -> Response:
    """Each with its sentence in both languages, the value that answers it and the values shown beside it."""
    return await _told(lawbook.questions_document, law)


@_get(
    "/questions/{name}", models.QuestionInFull, "One question with every value behind it", "一个问题背后的全部数值",
    MISSING | REFUSED, "question",
)  # fmt: skip
async def read_question(law: TheLaw, name: Annotated[str, Path(pattern=NAME, examples=["pension.place"])]) -> Response:
    """As `wayfare law show`: values with unit, level, clause, dates and status, and the smallest document."""
    return await _told(lawbook.question_document, law, name)


@_get("/facts/schema", dict[str, Any], "The JSON Schema of the facts document", "事实文件的格式")
async def read_schema() -> Response:
    """Draft 2020-12, as `wayfare facts schema` prints it."""
    return await _told(schema)


@_get("/law/rules", list[models.RuleHead], "Every rule folder", "全部规则目录")
async def read_rules(law: TheLaw) -> Response:
    """Each with its title, the questions it answers, its figures and how many questions it leaves open."""
    return await _told(lawbook.rules_document, law)


@_get("/law/rules/{rule:path}", models.Rule, "One rule folder with all it holds", "一个规则目录的全部内容",
      MISSING | REFUSED, "rule")  # fmt: skip
async def read_rule(
    law: TheLaw, rule: Annotated[str, Path(pattern=r"^[a-z0-9_/]{1,120}$", examples=["national/pension/retirement"])],
    on: On = None,
) -> Response:  # fmt: skip
    """law.md, values with their texts and formulas, declared gaps, open questions, worked cases."""
    return await _told(lawbook.rule_document, law, rule, on=on)


@_get("/law/values/{name}", models.Value, "One value and each of its texts", "一个数值及其各条规定",
      MISSING | REFUSED, "value")  # fmt: skip
async def read_value(
    law: TheLaw, name: Annotated[str, Path(pattern=NAME, examples=["delay_months"])], on: On = None
) -> Response:
    """What it is called, its sentence for people, the clauses that give it, and what it rests on."""
    return await _told(lawbook.value_document, law, name, on=on)


@_get("/law/figures", list[models.FigureHead], "Every figure that a lawmaker chose", "立法者定的全部数字")
async def read_figures(law: TheLaw) -> Response:
    """Tables of figures without their rows."""
    return await _told(figures.figures_document, law)


@_get("/law/figures/{name}", models.Figure, "One figure with its dated, placed and cited rows",
      "一个数字的各行：日期、地方、出处", MISSING | REFUSED, "figure")  # fmt: skip
async def read_figure(
    law: TheLaw, name: Annotated[str, Path(pattern=NAME, examples=["delay_step"])], on: On = None,
    place: Code | None = None,
) -> Response:  # fmt: skip
    """Each row has an `id` to cite it by. Gaps are told with their reasons."""
    return await _told(figures.figure_document, law, name, on=on, place=place)


@_get("/law/open-questions", list[models.OpenQuestion], "What the law at hand does not settle",
      "现有规定没有说清的问题")  # fmt: skip
async def read_open_questions(law: TheLaw) -> Response:
    """Each with our reading and what would settle it."""
    return await _told(lawbook.open_questions_document, law)


@_get("/law/changes", list[models.Change], "What begins and ends between two days", "两个日期之间规定的变化",
      REFUSED)  # fmt: skip
async def read_changes(law: TheLaw, before: Before, after: After) -> Response:
    """Figures and texts in force on one day and not on the other, as `wayfare law diff`."""
    if after < before:
        told = f"{after} lies before {before}."
        raise BadParameter(told, next_step="Name the earlier day first.", field="query.after")
    return await _told(lawbook.changes_document, law, before, after)


@_get("/coverage", list[models.Coverage], "What is covered: place by place, year by year, how surely",
      "收录了什么：各地、各年、把握多大", MISSING | REFUSED)  # fmt: skip
async def read_coverage(
    law: TheLaw, programme: Annotated[str | None, Query(pattern="^[a-z_]{1,40}$", examples=["pension"])] = None,
    place: Code | None = None,
) -> Response:  # fmt: skip
    """What is not covered is told as plainly as what is, with the reason of the gap."""
    return await _told(
        lambda: covered.coverage_document(law, covered.covered(law, programme=programme, place=place))
    )
