"""What an analyst changes in an incident or a proposal, checked like any other value before anything is written."""

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any, NoReturn

import pandas as pd

from data import schema
from data.dates import parse, widened
from data.errors import InputError
from pages.shared.words import as_day

Fields = Mapping[str, Any]
COUNTS = ("min", "best", "max")
HEADINGS = dict(zip(COUNTS, ("Low", "Best", "High"), strict=True))
WHO = "People"
WHEN, PRECISION = "when", "precision"
"""The days as one text, and how closely they are known, beside the names of fields."""
_UNKNOWN = "unknown"
_FORMS = "write 2025-04-08, 2025-04, 2025 or 2025-03-09 to 2025-04-08"


def period(fields: Fields) -> str:
    """Write the days of an incident as they can be edited: 2025-04-08, 2025-04, 2025-03-09 to 2025-04-08."""
    start, end = as_day(fields.get("date_start")), as_day(fields.get("date_end"))
    if start is None or end is None:
        return ""
    precision = fields.get("date_precision")
    if precision in ("month", "year") and widened(start, precision) == (start, end):
        return f"{start:%Y-%m}" if precision == "month" else f"{start:%Y}"
    return f"{start}" if start == end else f"{start} to {end}"


def people(fields: Fields) -> pd.DataFrame:
    """Return the numbers of people as a table to edit, one row for each category."""
    rows = [
        {WHO: group.capitalize(), **{HEADINGS[n]: fields.get(f"{group}_{n}") for n in COUNTS}}
        for group in schema.PEOPLE
    ]
    return pd.DataFrame(rows).astype(dict.fromkeys(HEADINGS.values(), "Int64"))


def edited(fields: Fields, words: Mapping[str, Any], table: pd.DataFrame) -> dict[str, Any]:
    """Return the fields with what was edited; raise `InputError` for what no incident may say."""
    said = {name: " ".join(v.split()) or None if isinstance(v, str) else v for name, v in words.items()}
    when, precision = str(said.pop(WHEN) or ""), str(said.pop(PRECISION))
    if isinstance(words.get("summary"), str):
        said["summary"] = words["summary"].strip() or None
    for name in ("title", "place_text"):
        if name in said and not said[name]:
            _refuse(schema.fields("events")[name].label, "", "is empty", "say it in one line")
    made = {**fields, **said, **_counted(table), **_dated(fields, when, precision)}
    made["event_subtype"] = _subtype(fields, made)
    return made


def changed(before: Fields, after: Fields) -> dict[str, Any]:
    """Return the fields that differ, an empty text being none."""
    return {
        name: value
        for name, value in after.items()
        if _compared(name, value) != _compared(name, before.get(name))
    }


def _compared(name: str, value: Any) -> Any:
    """Let a day be a day, whether it comes from the records or from a form, and nothing be nothing."""
    return as_day(value) if name in ("date_start", "date_end") else None if value == "" else value


def in_words(text: str) -> str:
    """Call the fields in a sentence about a fault by their labels; leave out an option of the command line."""
    known = schema.fields("events")
    text = re.sub(r" \(--[a-z-]+\)", "", text)
    return re.sub(r"\b[a-z]+_[a-z0-9_]+\b", lambda m: known[m[0]].label if m[0] in known else m[0], text)


def _subtype(fields: Fields, made: Fields) -> str | None:
    """Keep a subtype that fits; one that was left alone goes with the type it belonged to."""
    subtype: str | None = made.get("event_subtype")
    belongs = schema.codes("event_subtype")[subtype].more["event_type"] if subtype else None
    if belongs == made["event_type"]:
        return subtype
    if subtype and subtype != fields.get("event_subtype"):
        _refuse(
            "Subtype",
            schema.label("event_subtype", subtype),
            f"belongs to the type “{schema.label('event_type', belongs)}”",
            "choose that type too, or another subtype",
        )
    return None


def _dated(fields: Fields, when: str, precision: str) -> dict[str, Any]:
    before = fields.get("date_precision") or _UNKNOWN
    if when == period(fields) and precision == before:
        return {}
    if not when:
        if precision not in (_UNKNOWN, before):
            _refuse("When", "", f"is empty, though its precision is “{_precision(precision)}”", _FORMS)
        return {"date_start": None, "date_end": None, "date_precision": _UNKNOWN, "date_basis": None}
    try:
        dated = parse(when)
    except ValueError as problem:
        _refuse("When", when, str(problem), _FORMS)
    chosen = dated.precision if precision == before else precision
    start, end = dated.start, dated.end
    if chosen == _UNKNOWN:
        _refuse("Date precision", _precision(chosen), "does not fit a date", "empty “When” or choose another")
    if start == end:
        start, end = widened(start, chosen)
    elif chosen in ("day", "exact_time"):
        _refuse("Date precision", _precision(chosen), f"does not fit {start} to {end}", "give one day")
    return {"date_start": start, "date_end": end, "date_precision": chosen, "date_basis": "stated"}


def _precision(code: str) -> str:
    return schema.label("date_precision", code)


def _counted(table: pd.DataFrame) -> dict[str, int | None]:
    counts: dict[str, int | None] = {}
    for group, (_index, row) in zip(schema.PEOPLE, table.iterrows(), strict=True):
        given = {name: None if pd.isna(row[h]) else int(row[h]) for name, h in HEADINGS.items()}
        known = [(HEADINGS[name], count) for name, count in given.items() if count is not None]
        for (low, less), (high, more) in pairwise(known):
            if less > more:
                advice = "give low, best and high in rising order"
                _refuse(
                    f"{group.capitalize()}, {low.lower()}",
                    less,
                    f"is above the {high.lower()}, {more}",
                    advice,
                )
        counts |= {f"{group}_{name}": count for name, count in given.items()}
    return counts


def _refuse(what: str, value: object, problem: str, expected: str) -> NoReturn:
    raise InputError(column=what, value=value, problem=problem, expected=expected)
