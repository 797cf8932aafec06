"""An incident as one row of a plain table: the columns that an import reads, typed values."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from data import schema
from data.export.reports import COLUMNS as REPORT_COLUMNS
from data.export.rows import Row, Selection
from data.table.columns import PUBLIC

_EVENTS = schema.fields("events")
_REPORTS = schema.fields("reports")
Kind = str
"""A type of `schema.Field`, except that structures are text here."""


def columns(selection: Selection) -> tuple[str, ...]:
    """Name the columns: incident, what an import needs beside it, reports side by side."""
    suffixes = [
        "" if number == 1 else f"_{number}" for number in range(1, max(1, selection.most_reports) + 1)
    ]
    return (*PUBLIC, *selection.beside, *(name + suffix for suffix in suffixes for name in REPORT_COLUMNS))


def kinds(selection: Selection) -> dict[str, Kind]:
    """Give the type of every column."""
    found: dict[str, Kind] = {name: _EVENTS[name].type for name in (*PUBLIC, *selection.beside)}
    for name in columns(selection)[len(found) :]:
        base = name if name in REPORT_COLUMNS else name.rpartition("_")[0]
        found[name] = _REPORTS[REPORT_COLUMNS[base]].type
    return {name: "text" if kind == "json" else kind for name, kind in found.items()}


def values(row: Row, selection: Selection) -> list[Any]:
    """Give one row's values in the order of `columns`."""
    row = row | {name: None if row[name] is None else round(row[name], 7) for name in ("lat", "lon")}
    cells = [_value(row[name]) for name in (*PUBLIC, *selection.beside)]
    for number in range(max(1, selection.most_reports)):
        report = row["reports"][number] if number < len(row["reports"]) else {}
        cells += [_value(report.get(field)) for field in REPORT_COLUMNS.values()]
    return cells


def _value(value: Any) -> Any:
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value


def as_text(value: Any) -> str:
    """Write a value as text, "" for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return repr(value) if isinstance(value, float) else str(value)
