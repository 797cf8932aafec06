"""Which column of a file gives which field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data import schema
from data.errors import FileProblem, InputError
from data.readers.table import OWN

_NEEDED = ("title", "summary", "place_text", "date_start", "lat")


@dataclass(frozen=True)
class Mapped:
    """The columns of a file by the field they give."""

    events: Mapping[str, int]
    """Field of an incident -> number of the column."""
    reports: Mapping[int, Mapping[str, int]]
    """For the first, second ... report: field of a report -> number of the column."""
    unused: Sequence[str]
    """Columns that are not read."""

    @property
    def fields(self) -> dict[str, int]:
        """Field -> number of its column, reports included: `url_2` is the second report's."""
        fields = dict(self.events)
        for number, report in self.reports.items():
            suffix = "" if number == 1 else f"_{number}"
            fields |= {field + suffix: column for field, column in report.items()}
        return fields

    def described(self, header: Sequence[str]) -> dict[str, str]:
        """Say in plain words which field comes from which column."""
        return {field: header[column] for field, column in self.fields.items()}

    def choices(self, header: Sequence[str]) -> dict[str, str]:
        """Say the same as `Options.columns` would: without the fields that a file of ours gives by its layout."""
        return {field: column for field, column in self.described(header).items() if field not in OWN}


def map_columns(
    header: Sequence[str],
    given: Mapping[str, str] | None = None,
    meant: frozenset[str] = frozenset(),
    *,
    guess: bool = True,
) -> Mapped:
    """Map columns by their names, `given` (field -> column) first; `meant` says which of `OWN` mean what they say.

    Without `guess` only what is `given` is read. Raise `InputError` for a field or column that does not exist,
    `FileProblem` when nothing useful is found.
    """
    mapped = guessed(header, given, meant, guess=guess)
    if not any(field in mapped.events for field in _NEEDED):
        raise FileProblem(
            f"no column gives a place, a date or a title (columns: {', '.join(header)[:120]}); "
            "name them on the first line, or say which is which with --map place_text=COLUMN"
        )
    return mapped


def guessed(
    header: Sequence[str],
    given: Mapping[str, str] | None = None,
    meant: frozenset[str] = frozenset(),
    *,
    guess: bool = True,
) -> Mapped:
    """Map columns as `map_columns` does, even where nothing useful comes of it."""
    chosen: dict[tuple[str, str, int], tuple[int, int]] = {}
    for field, column in (given or {}).items():
        chosen[_target(field)] = (-1, _index(header, column))
    if {"geo_status", "reported_country"} <= set(header):
        meant = frozenset(OWN)
    for index, name in enumerate(header):
        if name in meant and ("events", name, 1) not in chosen:
            chosen[("events", name, 1)] = (-1, index)
    taken = {index for _rank, index in chosen.values()}
    ranks = {name: rank for rank, name in enumerate(schema.column_names())}
    for index, name in enumerate(header if guess else ()):
        if index in taken or not name or name.startswith("_"):
            continue
        found = _known(name)
        if found is None:
            continue
        target, plain = found
        if target not in chosen or ranks[plain] < chosen[target][0]:
            chosen[target] = (ranks[plain], index)
    events = {field: index for (table, field, _n), (_rank, index) in chosen.items() if table == "events"}
    numbers = sorted({n for table, _field, n in chosen if table == "reports"})
    reports = {
        number: {f: i for (table, f, n), (_rank, i) in chosen.items() if table == "reports" and n == number}
        for number in numbers
    }
    used = {index for _rank, index in chosen.values()}
    return Mapped(events, reports, [name for i, name in enumerate(header) if i not in used and name])


def _known(name: str) -> tuple[tuple[str, str, int], str] | None:
    """Find the field a column name means, and the plain name that said so."""
    names = schema.column_names()
    plain = schema.plain(name)
    if plain in names:
        table, _, field = names[plain].partition(".")
        return (table, field, 1), plain
    match = re.fullmatch(r"(.+?)_(\d{1,2})", plain)
    if match and int(match[2]) >= 1 and names.get(match[1], "").startswith("reports."):
        return ("reports", names[match[1]].partition(".")[2], int(match[2])), match[1]
    return None


def _target(field: str) -> tuple[str, str, int]:
    match = re.fullmatch(r"(.+?)_([2-9]|\d\d)", field)
    base, number = (match[1], match[2]) if match else (field, "1")
    for name, n in ((field, 1), (base, int(number))):
        for table in ("events", "reports"):
            options = schema.importable()[table]
            if name in options and (n == 1 or table == "reports"):
                return table, name, n
            if table == "events" and f"reported_{name}" in options:
                return table, f"reported_{name}", 1
    known = ", ".join((*schema.importable()["events"], *schema.importable()["reports"]))
    raise InputError(column="--map", value=field, problem="is not a field", expected=f"use one of {known}")


def _index(header: Sequence[str], column: str) -> int:
    if column in header:
        return header.index(column)
    for index, name in enumerate(header):
        if schema.plain(name) == schema.plain(column):
            return index
    raise InputError(
        column="--map",
        value=column,
        problem="is not a column of the file",
        expected=f"it has {', '.join(header)[:200]}",
    )
