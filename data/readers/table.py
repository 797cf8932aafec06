"""A file found to be a table: named columns and numbered rows of text, whatever it was written in."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from data import schema
from data.errors import FileProblem, InputError
from data.importing.table_file import Row
from data.importing.values import neutralised

OWN = (
    "place_relation",
    "geo_status",
    "geo_method",
    "gazetteer_id",
    "area",
    "country",
    "admin1",
    "admin2",
    "original",
)
"""Fields that only a file of ours or a reader gives: in any other file these names mean something else."""
MOST_REPORTS = 8


@dataclass(frozen=True)
class Table:
    """Rows that can be read any number of times, always the same, in constant memory."""

    path: Path
    sha256: str
    kind: str
    """Name of the reader that understood the file."""
    header: tuple[str, ...]
    read: Callable[[], Iterator[Row]]
    meant: frozenset[str] = frozenset()
    """Those of `OWN` that the columns of that name give."""
    note: Mapping[str, str] = field(default_factory=dict)
    """How the file was read, for the record of the import: encoding, sheet, layer."""
    lines: int = 0
    """How many rows there are about, where that is known without reading them."""

    def rows(self) -> Iterator[Row]:
        """Read the data rows one after the other."""
        return self.read()


def sha256_of(path: Path) -> str:
    """Hash a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def as_text(value: Any, *, spreadsheet: bool = False) -> str:
    """Write a typed value as the cell of a plain table; a `spreadsheet` keeps its own marks against formulas."""
    if value is None or (isinstance(value, (float, Decimal)) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value if spreadsheet else neutralised(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        bare = value.time() == time(0) and value.tzinfo is None
        return value.date().isoformat() if bare else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (dict, list, tuple)):
        return json.dumps(value, ensure_ascii=False, default=str) if value else ""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return ""
    return str(value)


def columns_of(*names: str, reports: int = 0, fields: Sequence[str] = ()) -> tuple[str, ...]:
    """Name the columns of a layout: the incident's, those of so many reports, and the original row."""
    suffixes = ["" if number == 1 else f"_{number}" for number in range(1, reports + 1)]
    return (*names, *(name + suffix for suffix in suffixes for name in fields), "original")


def reports_of(reports: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Lay reports side by side as columns, the second one's ending in `_2`; at most `MOST_REPORTS`."""
    cells: dict[str, str] = {}
    for number, report in enumerate(reports[:MOST_REPORTS], start=1):
        suffix = "" if number == 1 else f"_{number}"
        cells |= {name + suffix: text for name, text in report.items()}
    return cells


def of_collection(
    reports: Sequence[Mapping[str, str]], name: str, entry: str, licence: str
) -> list[Mapping[str, str]]:
    """Name the collection as the last report: it repeats the first one and is no source of its own beside it."""
    listed = {"publisher": name, "source_title": f"entry {entry}", "licence": licence}
    kept = list(reports[: MOST_REPORTS - 1])
    return [*kept, listed | ({"independent_of": "1"} if kept else {})]


def crossed(walk: str, value: str, column: str) -> str:
    """Turn another data set's code into ours; an unknown one makes the row's problem, an empty one stays empty."""
    if not value:
        return ""
    inverse = schema.crosswalks()[walk].inverse
    if value not in inverse:
        raise InputError(
            column=column,
            value=value,
            problem="is no code of " + schema.crosswalks()[walk].their_field,
            expected=f"use one of {', '.join(inverse)}",
        )
    return inverse[value]


def has(table: Table, names: Sequence[str]) -> bool:
    """Say whether a table has all these columns, however they are capitalised."""
    return {schema.plain(name) for name in names} <= {schema.plain(name) for name in table.header}


def translated(
    table: Table,
    kind: str,
    columns: tuple[str, ...],
    row: Callable[[Mapping[str, str]], Mapping[str, str]],
    *,
    never_kept: frozenset[str] = frozenset(),
) -> Table:
    """Read a table whose layout is known: `row` gets the cells by plain column name and gives ours.

    All filled cells are kept as `original`, except columns `never_kept` (names and addresses of private persons).
    """
    names = [schema.plain(name) for name in table.header]

    def rows() -> Iterator[Row]:
        for source in table.rows():
            if source.problem:
                yield Row(source.number, ("",) * len(columns), source.problem)
                continue
            cells = {name: cell.strip() for name, cell in zip(names, source.cells, strict=True)}
            try:
                given = dict(row(cells))
                problem = None
            except InputError as error:
                given, problem = {}, str(error)
            kept = {
                name: cell.strip()
                for name, cell in zip(table.header, source.cells, strict=True)
                if cell.strip() and schema.plain(name) not in never_kept
            }
            given["original"] = json.dumps(kept, ensure_ascii=False)
            yield Row(source.number, tuple(given.get(name, "") for name in columns), problem)

    meant = frozenset(columns) & frozenset(OWN)
    return replace(table, kind=kind, header=columns, read=rows, meant=meant)


def missing_columns(table: Table, kind: str, marks: Sequence[str]) -> FileProblem:
    """Say that a file asked to be read as some layout does not have its columns."""
    there = {schema.plain(name) for name in table.header}
    missing = [name for name in marks if schema.plain(name) not in there]
    return FileProblem(
        f"{table.path.name} is no {kind} file: it has no column {', '.join(missing)}; leave out --format "
        "or name the columns with --map"
    )
