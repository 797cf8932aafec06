"""Tables with a row of HXL hashtags, which say what the columns are whatever they are called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice

from data import schema
from data.errors import FileProblem
from data.importing.table_file import Row
from data.readers.table import OWN, Table, columns_of, translated

NAME = "hxl"
MARKS = ("#event",)
_TAG = re.compile(r"#[a-z][a-z0-9_]*(\s*\+[a-z][a-z0-9_]*)*\s*", re.IGNORECASE)
_SEARCHED = 25
"""Rows in which the hashtags must stand."""


def recognises(table: Table) -> bool:
    """Know it by a row, or a header, in which nearly every filled cell is a hashtag."""
    return _found(table) is not None


def read(table: Table) -> Table:
    """Read the rows below the hashtags; rows between header and hashtags are explanations and are left out."""
    found = _found(table)
    if found is None:
        raise FileProblem(f"{table.path.name} has no row of HXL hashtags; leave out --format")
    number, tags = found
    fields = {index: field for index, tag in enumerate(tags) if (field := field_of(tag))}
    if not fields:
        raise FileProblem(f"{table.path.name} has HXL hashtags, but none that an incident has")
    columns = columns_of(*dict.fromkeys(name for name in fields.values() if name != "original"))

    def rows() -> Iterator[Row]:
        return (row for row in table.rows() if row.number > number)

    header = tuple(name or f"column {index}" for index, name in enumerate(table.header, start=1))
    below = Table(table.path, table.sha256, NAME, header, rows, note=table.note)
    wanted = {schema.plain(header[index]): field for index, field in reversed(fields.items())}
    return _with_own(translated(below, NAME, columns, lambda cells: _row(cells, wanted)))


def _row(cells: Mapping[str, str], wanted: Mapping[str, str]) -> dict[str, str]:
    return {field: cells[name] for name, field in wanted.items() if cells.get(name)}


def _with_own(table: Table) -> Table:
    return Table(
        table.path,
        table.sha256,
        NAME,
        table.header,
        table.read,
        frozenset(table.header) & frozenset(OWN),
        table.note,
    )


def _found(table: Table) -> tuple[int, tuple[str, ...]] | None:
    if _are_tags(table.header):
        return 0, table.header
    for row in islice(table.rows(), _SEARCHED):
        if not row.problem and _are_tags(row.cells):
            return row.number, row.cells
    return None


def _are_tags(cells: tuple[str, ...]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    tags = sum(_TAG.fullmatch(cell) is not None for cell in filled)
    return tags > 0 and tags >= 0.8 * len(filled)


def _key(tag: str) -> tuple[str, frozenset[str]]:
    name, *attributes = re.split(r"\s*\+\s*", tag.strip().casefold())
    return name, frozenset(attributes)


@cache
def _known() -> dict[tuple[str, frozenset[str]], str]:
    return {
        _key(tag): field
        for _table, fields in schema.hxl().items()
        for field, tags in fields.items()
        for tag in tags
    }


def field_of(tag: str) -> str | None:
    """Find the column of ours that a hashtag means, with the number of a further report; None for none.

    >>> field_of("#geo +lat"), field_of("#meta+r2+source"), field_of("#indicator+num")
    ('lat', 'publisher_2', None)
    """
    name, attributes = _key(tag)
    numbers = {a for a in attributes if re.fullmatch(r"r\d+", a)}
    languages = {a for a in attributes if re.fullmatch(r"i_[a-z]+", a)}
    found = _known().get((name, attributes - numbers - languages))
    return found + "".join(f"_{n[1:]}" for n in numbers) if found else None


def tag_of(column: str) -> str:
    """Give the hashtag to write above a column, "" when it has none.

    >>> tag_of("lat"), tag_of("publisher_2")
    ('#geo+lat', '#meta+source+r2')
    """
    match = re.fullmatch(r"(.+?)(?:_(\d+))?", column)
    base, number = (match[1], match[2]) if match else (column, None)
    for fields in schema.hxl().values():
        if column in fields:
            return fields[column][0]
        if number and base in fields:
            return f"{fields[base][0]}+r{number}"
    return ""
