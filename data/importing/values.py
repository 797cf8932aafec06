"""One cell: text in, typed value out, or a problem said in words."""

from __future__ import annotations

import json
import math
import re
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from data import schema
from data.dates import Order, parse
from data.errors import InputError
from data.geometry import checked_area

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ID = re.compile(r"[^\s/?#%\\](?:[^/?#%\\\x00-\x1f]{0,126}[^\s/?#%\\])?")
_NUMBER = r"(\d+(?:[ ,\u00a0]\d{3})*)"
_APART = re.compile(
    rf"(?:between\s+|from\s+|від\s+|от\s+)?{_NUMBER}\s*(?:-|–|—|to|and|до)\s*{_NUMBER}", re.IGNORECASE
)
_TOLD = (
    (
        re.compile(
            rf"(?:at least|over|more than|min\.?|≥|>=|>|не менше|понад|не менее|более)\s*{_NUMBER}",
            re.IGNORECASE,
        ),
        0,
    ),
    (re.compile(rf"{_NUMBER}\s*(?:\+|or more)", re.IGNORECASE), 0),
    (
        re.compile(
            rf"(?:about|around|approx\.?|approximately|circa|ca?\.|some|~|≈|близько|около)\s*{_NUMBER}",
            re.IGNORECASE,
        ),
        1,
    ),
    (re.compile(rf"(?:up to|at most|less than|fewer than|max\.?|≤|<=|<|до)\s*{_NUMBER}", re.IGNORECASE), 2),
)
"""How less than a number of people is told, and whether it is the low, best or high one."""
_YES, _NO = {"yes", "y", "true", "1", "так", "да", "x"}, {"no", "n", "false", "0", "ні", "нет"}


def text_of(cell: str) -> str:
    """Trim a cell and take off the apostrophe that keeps spreadsheets from running it as a formula."""
    cell = cell.strip().strip("\ufeff")
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell


def neutralised(text: str) -> str:
    """Keep a spreadsheet from running a text as a formula; `text_of` gives it back exactly."""
    if _FORMULA.match(text) and not re.fullmatch(r"[-+]?\d+([.,]\d+)?", text):
        return f"'{text}"
    return text


def value_of(field: schema.Field, text: str, column: str, order: Order | None = None) -> Any:
    """Read a cell that is not empty as what the field needs; raise `InputError`."""
    if field.codes:
        code = schema.code_of(field.codes, text)
        if code is None and field.name == "event_type":
            code = schema.code_of("event_subtype", text)  # which `rules.types` puts where it belongs
        if code is None:
            known = ", ".join(schema.codes(field.codes))
            _refuse(column, text, "is not a known code", f"use one of {known}")
        return code
    if field.type == "int":
        return (
            _whole(column, text)
            if text.isdecimal() or not field.name.endswith("_best")
            else _count(column, text)
        )
    if field.type == "float":
        return number(column, text)
    if field.type == "bool":
        if text.casefold() not in _YES | _NO:
            _refuse(column, text, "is neither yes nor no", "write yes or no")
        return text.casefold() in _YES
    if field.type == "date":
        return day(column, text, order)
    if field.type == "datetime":
        return _moment(column, text)
    if field.type == "json":
        return _structure(field, column, text)
    if field.name in ("url", "archive_url", "source_url"):
        return link(column, text)
    if field.name == "event_id" and not _ID.fullmatch(text):
        _refuse(column, text, "cannot be an id", "use up to 128 letters, digits, dots, colons, dashes")
    if field.max_length and len(text) > field.max_length:
        _refuse(column, text, f"has {len(text)} characters", f"shorten it to {field.max_length}")
    return text


def _structure(field: schema.Field, column: str, text: str) -> Any:
    try:
        value = json.loads(text)
        return checked_area(value) if field.name == "area" else value
    except (ValueError, RecursionError) as problem:
        said = (
            str(problem)
            if field.name == "area" and not isinstance(problem, json.JSONDecodeError)
            else "is not JSON"
        )
        return _refuse(column, text, said, "leave it empty or export the file again")


def number(column: str, text: str) -> float:
    """Read a number with a decimal point or comma."""
    try:
        value = float(text)
    except ValueError:
        value = _odd_number(text)
    if not math.isfinite(value) or "_" in text:
        _refuse(column, text, "is not a number", "write it like 48.7194")
    return value


def _odd_number(text: str) -> float:
    plain = text.replace("\u2212", "-").replace("\u00a0", "").removesuffix("°")
    if re.fullmatch(r"[-+]?\d+,\d+", plain):
        plain = plain.replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return math.nan


class Span(NamedTuple):
    """A number of people as far as it is told: "3-5", "at least 10"."""

    min: int | None
    best: int | None
    max: int | None


def _count(column: str, text: str) -> int | Span:
    """Read a number of people, or what is known of it."""
    said = _APART.fullmatch(text)
    if said:
        return Span(_whole(column, said[1]), None, _whole(column, said[2]))
    for pattern, place in _TOLD:
        if told := pattern.fullmatch(text):
            number = _whole(column, told[1])
            return Span(*(number if at == place else None for at in range(3)))
    return _whole(column, text)


def _whole(column: str, text: str) -> int:
    plain = re.sub(r"(?<=\d)[ ,\u00a0](?=\d{3}(?!\d))", "", text)
    if not re.fullmatch(r"\d{1,12}(\.0+)?", plain):
        _refuse(
            column, text, "is not a whole number", "write digits only; low and high have columns of their own"
        )
    return int(plain.split(".")[0])


def day(column: str, text: str, order: Order | None) -> date:
    """Read a date that must be one day."""
    try:
        dated = parse(text, order)
    except ValueError as problem:
        raise _date_error(column, text, problem) from None
    if dated.start != dated.end:
        _refuse(column, text, "is not one day", "write a day like 2023-06-05 or leave it empty")
    return dated.start


def _date_error(column: str, text: str, problem: ValueError) -> InputError:
    from data.dates import AmbiguousOrder

    advice = "write it like 2023-06-05"
    if isinstance(problem, AmbiguousOrder):
        advice += ", or say --dates dmy or --dates mdy for the whole file"
    return InputError(column=column, value=text, problem=str(problem), expected=advice)


def date_error(column: str, text: str, problem: ValueError) -> InputError:
    """Turn a date's problem into an error that says what to do."""
    return _date_error(column, text, problem)


def _moment(column: str, text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        _refuse(column, text, "is not a date and time", "write it like 2023-06-05T12:00:00Z")
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def link(column: str, text: str) -> str:
    """Accept a web address; anything but http and https is refused."""
    advice = "give one address that begins with https:// or leave it empty"
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        host = None
    if host is None or parts.scheme not in ("http", "https") or re.search(r"[\s<>\"]", text):
        _refuse(column, text, "is not a web address", advice)
    return text


def _refuse(column: str, text: str, problem: str, expected: str) -> Any:
    raise InputError(column=column, value=text, problem=problem, expected=expected)
