"""The engine of the law: dated and placed clauses over integers, six moves between levels, one text for one and many.

A clause is a plain function; called with ints it decides a person with reasons, with int64 columns it runs a
population, with symbols it writes down its own tree. `declare` says what a rule file may hold, `law.Law` puts rules
together, `plan.Plan` orders a question's values, `ints` and `columns` run it.
"""

from wayfare.law.declare import (
    choice,
    clause,
    distinct,
    expand,
    fact,
    find,
    given,
    hang,
    level,
    lever,
    look_up,
    months_once,
    pick,
    question,
    scan,
    slices,
    span,
    total,
)  # fmt: skip
from wayfare.law.declared import Choice, Clause, Declaration, Fact, Lever, Question, Source
from wayfare.law.law import Law
from wayfare.law.places import PlaceTree
from wayfare.law.tables import Parameter, Row, parameter, row
from wayfare.law.unknown import Unsure
from wayfare.law.words import (
    DAYS_A_YEAR,
    EMPTY_SET,
    MONTHS_A_YEAR,
    NOT_YET,
    PER_10,
    PER_10_000,
    PER_100,
    TWO,
    ZERO_FEN,
    ZERO_MONTHS,
    Scale,
    first_day,
    first_month,
    greatest,
    half_up,
    half_up_signed,
    joined,
    least,
    month_of,
    month_weights,
    months_in,
    no,
    one_of,
    shared,
    started,
    when,
    whole,
    without,
    year_of,
)  # fmt: skip
from wayfare.law.world import Rows, World, as_columns, as_lists

__all__ = [
    "DAYS_A_YEAR", "EMPTY_SET", "MONTHS_A_YEAR", "NOT_YET", "PER_10", "PER_100", "PER_10_000", "TWO", "ZERO_FEN",
    "ZERO_MONTHS", "Choice", "Clause", "Declaration", "Fact", "Law", "Lever", "Parameter", "PlaceTree", "Question",
    "Row", "Rows", "Scale", "Source", "Unsure", "World", "as_columns", "as_lists", "choice", "clause", "distinct",
    "expand", "fact", "find", "first_day", "first_month", "given", "greatest", "half_up", "half_up_signed", "hang",
    "joined", "least", "level", "lever", "look_up", "month_of", "month_weights", "months_in", "months_once", "no",
    "one_of", "parameter", "pick", "question", "row", "scan", "shared", "slices", "span", "started", "total", "when",
    "whole", "without", "year_of",
]  # fmt: skip
