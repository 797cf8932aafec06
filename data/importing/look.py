"""A first look at a file: what it is, and what its columns seem to mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy import Engine

from data.importing.mapping import guessed
from data.importing.options import Options, Remembered, opened
from data.readers.table import Table


@dataclass(frozen=True)
class Column:
    """A column of a file, for a person who says what it means."""

    name: str
    field: str | None
    """The field it gives as things stand; None when it is only kept with the record."""
    samples: tuple[str, ...]
    """Its first values, each once."""


@dataclass(frozen=True)
class Look:
    """A first look at a file: what it is and what its columns seem to mean."""

    table: Table
    columns: tuple[Column, ...]
    remembered: Remembered | None


def look_at(engine: Engine, path: Path, options: Options | None = None, rows: int = 50) -> Look:
    """Open a file and read its first rows. Raise `FileProblem` when it is no table."""
    table, options, remembered = opened(engine, path, options or Options())
    mapped = guessed(table.header, options.columns, table.meant, guess=options.guess)
    fields = {index: field for field, index in mapped.fields.items()}
    first = [row.cells for row in islice(table.rows(), rows)]
    columns = tuple(
        Column(name, fields.get(index), _samples(cells[index] for cells in first))
        for index, name in enumerate(table.header)
    )
    return Look(table, columns, remembered)


def _samples(cells: Iterable[str], most: int = 3, longest: int = 60) -> tuple[str, ...]:
    filled = dict.fromkeys(cell.strip()[:longest] for cell in cells if cell.strip())
    return tuple(list(filled)[:most])
