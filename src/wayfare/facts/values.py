"""The values a field can hold: days, months, places, money and names, from the text of the document and back.

Each type below is the kernel's own value with its reader, its writer and its entry in the published schema. A reader
that refuses names the class of the fault; `reading` gives it the path of its field.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Annotated, Any, Final

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from wayfare.facts import errors
from wayfare.facts.bounds import BOUNDS, HOSPITAL_LEVELS, STAYS, YEARLY_FEN
from wayfare.facts.errors import FactsError
from wayfare.facts.vocabulary import FIRST_DAY, FIRST_INSURED_YEAR, LAST_DAY, LAST_YEAR
from wayfare.kernel import Mode, Money, Month, Place
from wayfare.kernel.identity import check_identity_number
from wayfare.kernel.regions import ever_known, region, regions

__all__ = [
    "VALUE_NAME_SCHEMA",
    "Balance",
    "Day",
    "GivenText",
    "HospitalLevel",
    "Hours",
    "Identifier",
    "IdentityNumber",
    "InsuredMonth",
    "ModeWord",
    "Moment",
    "MonthlyAmount",
    "Months",
    "PlaceCode",
    "Question",
    "StayCount",
    "Text",
    "ValueName",
    "Year",
    "YearlyAmount",
    "months_text",
    "shown",
]

_TEXT_MAX: Final = 1000
_NAME_MAX: Final = 80
_SHOWN_MAX: Final = 60

_DAY: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_MONTH: Final = "[0-9]{4}-[0-9]{2}"
_MOMENT: Final = _DAY + "T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?Z"
_PLACE: Final = "[1-8][0-9]{5}"
_MONEY: Final = "-?[0-9]{1,16}\\.[0-9]{2}"
_HOURS: Final = "[0-9]{1,3}(\\.[0-9]{1,2})?"
_MONTHS: Final = "[0-9]{1,2}(-[0-9]{1,2})?(,[0-9]{1,2}(-[0-9]{1,2})?)*"
_IDENTIFIER: Final = "[A-Za-z0-9][A-Za-z0-9_.-]*"
_QUESTION: Final = "[a-z][a-z_]*(\\.[a-z][a-z_]*)+"
_VALUE_NAME: Final = "[a-z][a-z0-9_]*"
_TEXT: Final = "[^\\u0000-\\u001f\\u007f]+"


def shown(value: object) -> str:
    """The value as the document writes it, shortened for a message."""
    text = json.dumps(value, ensure_ascii=False, default=repr)
    return text if len(text) <= _SHOWN_MAX else text[:_SHOWN_MAX] + "..."


def refused(kind: type[FactsError], found: str, *, next_step: str) -> PydanticCustomError:
    """The refusal of a value, carried through pydantic to `reading`, which makes it an error of that kind."""
    return PydanticCustomError("facts", "{found}", {"kind": kind, "found": found, "next_step": next_step})


def _text_of(value: object, *, example: str) -> str:
    if not isinstance(value, str):
        raise refused(
            errors.WrongType,
            f"{shown(value)} is not text.",
            next_step=f'Write it in quotation marks, as in "{example}".',
        )
    return value


def _matching(value: object, *, pattern: str, kind: type[FactsError], what: str, example: str) -> str:
    text = _text_of(value, example=example)
    if re.fullmatch(pattern, text) is None:
        raise refused(kind, f"{shown(text)} is not {what}.", next_step=f'Write it like "{example}".')
    return text


def _within(value: Any, *, low: Any, high: Any, written: object) -> None:
    if not low <= value <= high:
        raise refused(
            errors.OutOfBounds,
            f"{shown(written)} lies outside {low} to {high}.",
            next_step="Check the figure; yuan and fen, or the digits of a year, are easily mixed up.",
        )


def _day(value: object) -> date:
    form = partial(_matching, kind=errors.ImpossibleDay, what="a day", example="2024-06-01")
    text = form(value, pattern=_DAY)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise refused(
            errors.ImpossibleDay,
            f"{shown(text)} is not a day of the calendar.",
            next_step="Check the month and how many days it has.",
        ) from None
    _within(day, low=FIRST_DAY, high=LAST_DAY, written=value)
    return day


def _moment(value: object) -> datetime:
    form = partial(_matching, kind=errors.ImpossibleMoment, what="a moment in UTC", example="2024-06-03T00:00:00Z")
    text = form(value, pattern=_MOMENT)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise refused(
            errors.ImpossibleMoment,
            f"{shown(text)} is not a moment of the calendar.",
            next_step="Check its day and its time.",
        ) from None
    _within(moment.date(), low=FIRST_DAY, high=LAST_DAY, written=value)
    return moment


def _moment_text(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _insured_month(value: object) -> Month:
    form = partial(_matching, kind=errors.ImpossibleMonth, what="a month", example="2024-06")
    year, number = form(value, pattern=_MONTH).split("-")
    if not 1 <= int(number) <= 12:
        raise refused(
            errors.ImpossibleMonth, f"{shown(value)} has no such month.", next_step="Months are numbered 01 to 12."
        )
    _within(int(year), low=FIRST_INSURED_YEAR, high=LAST_YEAR, written=value)
    return Month.at(int(year) * 12 + int(number) - 1)


def _whole(value: object, *, bounds: tuple[int, int], what: str, example: int) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # JSON and its schema have one kind of number: 2024.0 is 2024.
    if not isinstance(value, int) or isinstance(value, bool):
        step = f"Write it as a number, as in {example}."
        raise refused(errors.WrongType, f"{shown(value)} is not {what}.", next_step=step)
    _within(value, low=bounds[0], high=bounds[1], written=value)
    return value


def _months(value: object) -> tuple[int, ...]:
    form = partial(_matching, kind=errors.BadMonthsList, what="a list of months", example="1-3,7")
    numbers: list[int] = []
    for part in form(value, pattern=_MONTHS).split(","):
        first, _, last = part.partition("-")
        run = range(int(first), int(last or first) + 1)
        ascending = not numbers or run.start > numbers[-1]
        if not run or not 1 <= run.start <= run[-1] <= 12 or not ascending:
            raise refused(
                errors.BadMonthsList,
                f"{shown(value)} does not list months 1 to 12 in ascending order; it fails at {part}.",
                next_step='Write each month once, as in "2-12" or "1-3,7".',
            )
        numbers.extend(run)
    return tuple(numbers)


def months_text(numbers: Iterable[int]) -> str:
    """Months of a year as the document writes them: (1, 2, 3, 7) is "1-3,7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def _money(value: object, *, bounds: tuple[int, int]) -> Money:
    form = partial(_matching, kind=errors.NotANumber, what="an amount in yuan with two decimals", example="2140.00")
    amount = Money.yuan(form(value, pattern=_MONEY))
    _within(amount, low=Money.fen(bounds[0]), high=Money.fen(bounds[1]), written=value)
    return amount


def _hours(value: object) -> Decimal:
    form = partial(_matching, kind=errors.NotANumber, what="a number of hours in a month", example="7.5")
    hours = Decimal(form(value, pattern=_HOURS))
    low, high = (Decimal(bound).scaleb(-2) for bound in BOUNDS["pay_hours_workday"])
    _within(hours, low=low, high=high, written=value)
    return hours


def _place(value: object) -> Place:
    what = "a place code of six digits"
    code = _matching(value, pattern=_PLACE, kind=errors.UnknownPlace, what=what, example="440300")
    if not ever_known(code):
        names = ", ".join(f"{each} ({region(each).name_zh})" for each in _near_places(code))
        raise refused(
            errors.UnknownPlace,
            f"{shown(code)} is not and never was the code of a place.",
            next_step=f"Did you mean {names}?" if names else "Take the code from the list of GB/T 2260.",
        )
    return Place(code)


def _near_places(code: str) -> list[str]:
    """Up to three current codes that share the code's prefecture, or else its province, the nearest in number first."""
    current = [place.code for place in regions()]
    alike = [near for near in current if near[:4] == code[:4]] or [near for near in current if near[:2] == code[:2]]
    return sorted(alike, key=lambda near: abs(int(near) - int(code)))[:3]


def _identity_number(value: object) -> str:
    check = check_identity_number(value, today=LAST_DAY)
    if not check.is_valid:
        # The number itself is not repeated, for messages end up in logs.
        raise refused(
            errors.BadIdentityNumber,
            f"The identity number is wrong. {' '.join(check.sentences())}",
            next_step="Copy the 18 characters from the card again, as text, or leave the number out.",
        )
    return str(check.standard_form)


def _written(value: object, *, pattern: str, most: int, what: str, example: str) -> str:
    text = _matching(value, pattern=pattern, kind=errors.BadText, what=what, example=example)
    if len(text) > most:
        raise refused(
            errors.BadText, f"{shown(text)} has {len(text)} characters.", next_step=f"Write at most {most}."
        )
    return text


def _mode(value: object) -> Mode:
    text = _text_of(value, example="estimate")
    if text not in [mode.value for mode in Mode]:
        raise refused(
            errors.UnknownChoice, f"{shown(text)} is not a mode.", next_step='Write "decision" or "estimate".'
        )
    return Mode(text)


def _schema(pattern: str, most: int | None = None, **more: object) -> WithJsonSchema:
    shape: dict[str, Any] = {"type": "string", "pattern": f"^{pattern}$", **more}
    return WithJsonSchema(shape if most is None else {**shape, "maxLength": most})


def _name(pattern: str, *, what: str, example: str, most: int = _NAME_MAX) -> tuple[Any, WithJsonSchema]:
    reader = partial(_written, pattern=pattern, most=most, what=what, example=example)
    return PlainValidator(reader), _schema(pattern, most)


def _amount(bounds: tuple[int, int]) -> tuple[Any, Any, WithJsonSchema]:
    return PlainValidator(partial(_money, bounds=bounds)), _as_text, _schema(_MONEY)


def _number(bounds: tuple[int, int], *, what: str, example: int) -> tuple[Any, WithJsonSchema]:
    reader = partial(_whole, bounds=bounds, what=what, example=example)
    return PlainValidator(reader), WithJsonSchema({"type": "integer", "minimum": bounds[0], "maximum": bounds[1]})


_as_text: Final = PlainSerializer(str, return_type=str)

Day = Annotated[date, PlainValidator(_day), _as_text, _schema(_DAY, format="date")]
Moment = Annotated[
    datetime,
    PlainValidator(_moment),
    PlainSerializer(_moment_text, return_type=str),
    _schema(_MOMENT, format="date-time"),
]
InsuredMonth = Annotated[Month, PlainValidator(_insured_month), _as_text, _schema(_MONTH)]
Year = Annotated[int, *_number((FIRST_INSURED_YEAR, LAST_YEAR), what="a year", example=2024)]
HospitalLevel = Annotated[int, *_number(HOSPITAL_LEVELS, what="the level of a hospital", example=3)]
StayCount = Annotated[int, *_number(STAYS, what="a number of stays", example=1)]
Months = Annotated[
    tuple[int, ...], PlainValidator(_months), PlainSerializer(months_text, return_type=str), _schema(_MONTHS)
]
PlaceCode = Annotated[Place, PlainValidator(_place), _as_text, _schema(_PLACE)]
MonthlyAmount = Annotated[Money, *_amount(BOUNDS["base"])]
YearlyAmount = Annotated[Money, *_amount(YEARLY_FEN)]
Hours = Annotated[Decimal, PlainValidator(_hours), _as_text, _schema(_HOURS)]
"""Hours in a month, at most two decimals."""
Balance = Annotated[Money, *_amount(BOUNDS["record_balance"])]
IdentityNumber = Annotated[str, PlainValidator(_identity_number), _schema("[0-9]{17}[0-9X]")]
ModeWord = Annotated[
    Mode,
    PlainValidator(_mode),
    PlainSerializer(lambda mode: mode.value, return_type=str),
    WithJsonSchema({"type": "string", "enum": [mode.value for mode in Mode]}),
]
Identifier = Annotated[str, *_name(_IDENTIFIER, what="an identifier", example="spell-2")]
Question = Annotated[str, *_name(_QUESTION, what="the name of a question", example="pension.monthly")]
ValueName = Annotated[str, *_name(_VALUE_NAME, what="the name of a value", example="average_index")]
VALUE_NAME_SCHEMA: Final[dict[str, Any]] = {"propertyNames": {"pattern": f"^{_VALUE_NAME}$", "maxLength": _NAME_MAX}}
GivenText = Annotated[str, *_name(_TEXT, what="a given value", example="306000.00", most=_NAME_MAX)]
Text = Annotated[str, *_name(_TEXT, what="plain text on one line", example="labour contract of 2009", most=_TEXT_MAX)]
