"""How a file is to be read, and what was chosen for earlier files with the same columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, insert, select

from data import schema
from data.dates import Order
from data.readers import open_file
from data.readers.table import Table
from data.records import dialects, tables, write


@dataclass(frozen=True)
class Options:
    """How to read a file; what is not given is found out."""

    columns: Mapping[str, str] | None = None
    """Field -> column, from --map or the screen."""
    country: str | None = None
    """Country of rows that name none."""
    dates: Order | None = None
    """Order of day and month in dates like 05/06/2023."""
    format: str | None = None
    """One of `data.readers.FORMATS`; found out from the content when not given."""
    guess: bool = True
    """Whether columns that `columns` does not name are found by their names."""
    remembered: bool = True
    """Whether what was chosen for earlier files with the same columns counts where nothing is given."""

    @property
    def chosen(self) -> bool:
        """Whether a person chose anything worth remembering."""
        return bool(self.columns or self.country or self.dates)


@dataclass(frozen=True)
class Remembered:
    """What was chosen for an earlier file with the same columns."""

    columns: Mapping[str, str] | None
    """All that is read of such a file; None where columns were left to their names."""
    dates: Order | None
    country: str | None
    file_name: str
    at: datetime

    def under(self, given: Options) -> Options:
        """Fill up what is not given; a field given now takes its column away from what is remembered."""
        options = replace(given, country=given.country or self.country, dates=given.dates or self.dates)
        if self.columns is None or not given.guess:
            return options
        now = given.columns or {}
        free = {field: column for field, column in self.columns.items() if column not in now.values()}
        return replace(options, columns={**free, **now}, guess=False)


def signature(table: Table) -> str:
    """Tell files apart by their layout and the names of their columns, in any order."""
    return write.digest([table.kind, sorted(schema.plain(name) for name in table.header)])


def recall(connection: Connection, table: Table) -> Remembered | None:
    """Find what was chosen for files like this one."""
    query = select(tables.mappings).where(tables.mappings.c.signature == signature(table))
    row = connection.execute(query).mappings().first()
    return (
        None
        if row is None
        else Remembered(row["columns"], row["dates"], row["country"], row["file_name"], row["at"])
    )


def remember(
    connection: Connection, table: Table, options: Options, columns: Mapping[str, str], user: str
) -> None:
    """Keep what a person chose for files like this one; `columns` is all that is read of it."""
    chosen = {
        "columns": dict(columns) if options.columns is not None else None,
        "dates": options.dates,
        "country": options.country,
    }
    before = recall(connection, table)
    if before is not None and all(getattr(before, name) == value for name, value in chosen.items()):
        return
    forget(connection, table)
    who = {"file_name": table.path.name, "user": user, "at": write.now()}
    connection.execute(insert(tables.mappings), {"signature": signature(table), **chosen, **who})


def forget(connection: Connection, table: Table) -> bool:
    """Forget what was chosen for files like this one; say whether there was anything."""
    gone = connection.execute(delete(tables.mappings).where(tables.mappings.c.signature == signature(table)))
    return bool(gone.rowcount)


def opened(engine: Engine, path: Path, options: Options) -> tuple[Table, Options, Remembered | None]:
    """Open a file, and complete the options by what was chosen for earlier files with the same columns."""
    table = open_file(path, options.format)
    if not options.remembered:
        return table, options, None
    with dialects.reading(engine) as connection:
        remembered = recall(connection, table)
    return table, remembered.under(options) if remembered else options, remembered
