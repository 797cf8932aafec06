"""Filters on single fields of an incident, under the fields' own names: `event_subtype=armed_clash`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

import ibis.expr.types as ir

from data import schema
from data.errors import InputError

Properties = tuple[tuple[str, tuple[str, ...]], ...]
"""Field and the values that it may have, as texts; ordered by field."""

_ELSEWHERE = ("country", "status", "title", "summary", "embargo_until")
"""Fields that have a filter of their own or are free text, which `q` searches."""
_SEVERAL = ("actors", "tags", "sources")
"""Fields that hold several values between semicolons; one of them is asked for."""
FIELDS: Mapping[str, schema.Field] = {
    name: field
    for name, field in schema.fields("events").items()
    if field.public and field.type in ("text", "int", "bool", "date") and name not in _ELSEWHERE
}
"""The fields that can be asked for."""


def checked(properties: Iterable[tuple[str, Iterable[str]]]) -> Properties:
    """Accept fields and values in one order, each once; raise `InputError` for what the field cannot have."""
    found: dict[str, set[str]] = {}
    for name, values in properties:
        if name not in FIELDS:
            expected = f"use {', '.join(FIELDS)}"
            raise InputError(column=name, value="", problem="is no field to filter by", expected=expected)
        found.setdefault(name, set()).update(_value(FIELDS[name], value) for value in values)
        if len(found[name]) > 1 and is_text(FIELDS[name]):
            _refuse(FIELDS[name], " ".join(sorted(found[name])), "give it once")
    return tuple((name, tuple(sorted(found[name]))) for name in sorted(found) if found[name])


def split(name: str, values: Iterable[str]) -> tuple[str, ...]:
    """Take parameters apart at commas, except a text, in which a comma is a comma."""
    if is_text(FIELDS[name]):
        return tuple(values)
    return tuple(part for value in values for part in value.split(",") if part)


def is_text(field: schema.Field) -> bool:
    """Say whether a field holds free words, of which only the whole can be asked for."""
    return field.type == "text" and not field.codes


def predicate(properties: Properties, table: ir.Table) -> list[ir.BooleanValue]:
    """Say the properties as expressions over a table of incidents."""
    return [_among(table[name], FIELDS[name], values) for name, values in properties]


def said(properties: Properties) -> list[str]:
    """Put the properties into words, each with the label of its field."""
    return [
        f"{FIELDS[name].label} {' or '.join(_word(FIELDS[name], v) for v in vs)}" for name, vs in properties
    ]


def _word(field: schema.Field, value: str) -> str:
    if field.codes:
        return schema.label(field.codes, value).lower()
    return f"“{value}”" if field.type == "text" else value


def _value(field: schema.Field, text: str) -> str:
    if field.codes:
        if text not in schema.codes(field.codes):
            _refuse(field, text, f"use {', '.join(schema.codes(field.codes))}")
    elif field.type == "int":
        if not re.fullmatch(r"[0-9]{1,12}", text):
            _refuse(field, text, "give a whole number")
        return str(int(text))
    elif field.type == "bool":
        if text not in ("true", "false"):
            _refuse(field, text, "use true or false")
    elif field.type == "date":
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            _refuse(field, text, "give a day like 2023-03-01")
    elif not text.strip() or "\0" in text:
        _refuse(field, text, "give the text that the field has")
    return text


def _refuse(field: schema.Field, text: str, expected: str) -> None:
    raise InputError(column=field.name, value=text, problem="is not what this field has", expected=expected)


def _among(column: Any, field: schema.Field, values: tuple[str, ...]) -> ir.BooleanValue:
    if field.name in _SEVERAL:
        within = ";" + column.replace("; ", ";") + ";"
        return reduce(or_, (within.contains(f";{value};") for value in values))
    typed: list[Any] = list(values)
    if field.type == "int":
        typed = [int(value) for value in values]
    elif field.type == "bool":
        typed = [value == "true" for value in values]
    elif field.type == "date":
        typed = [date.fromisoformat(value) for value in values]
    return column.isin(typed)
