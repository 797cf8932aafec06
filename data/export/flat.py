"""An incident as one row of a plain table: the columns that an import reads, typed values."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import numpy as np
import pyarrow as pa

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


def by_column(batch: pa.Table, selection: Selection) -> list[list[Any]]:
    """Give what `values` gives of many rows, column by column: many times as fast."""
    cells = []
    for name in (*PUBLIC, *selection.beside):
        column = batch[name].to_pylist()
        if name in ("lat", "lon"):
            column = [None if degrees is None else round(degrees, 7) for degrees in column]
        elif _EVENTS[name].type == "json":
            column = each(column, lambda text: _value(json.loads(text)))
        cells.append(column)
    reports = batch["reports"].combine_chunks()
    offsets = reports.offsets.to_numpy()
    first, counts = offsets[:-1], np.diff(offsets)
    for number in range(max(1, selection.most_reports)):
        at = pa.array(first + number, mask=counts <= number)
        cells += [reports.values.field(field).take(at).to_pylist() for field in REPORT_COLUMNS.values()]
    return cells


def each(column: list[Any], make: Callable[[Any], Any]) -> list[Any]:
    """Make something of every value of a column, of equal ones once; none stays none."""
    made = {value: make(value) for value in set(column) if value is not None}
    return list(map(made.get, column))


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
