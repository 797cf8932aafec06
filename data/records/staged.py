"""Rows that wait in SQLite files beside the records, as SQLite keeps them, whichever database the records are in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_CACHE_KIB = 16_384
"""Pages kept of each file: with fewer, rows that are read in the order of keys make it read pages many times."""
_SORTED_WHOLE = 20
"""Rows of no more columns are sorted as they are; of longer ones only the keys, which takes half the time."""


def attach(connection: sqlite3.Connection, files: Sequence[Path]) -> None:
    """Let a connection read files, as `staged_0`, `staged_1` and so on."""
    for number, file in enumerate(files):
        connection.execute(f"ATTACH ? AS staged_{number}", (str(file),))
        connection.execute(f"PRAGMA staged_{number}.cache_size=-{_CACHE_KIB}")


@dataclass(frozen=True)
class Staged:
    """Some rows of one table, numbered in a column `n`, in files that are attached."""

    table: str
    names: Sequence[str]
    """The columns wanted, the key first."""
    files: Sequence[Path]
    numbers: tuple[int, int]
    """The first and the last one wanted."""

    def questions(self, *more: str) -> Iterator[str]:
        """Ask for the rows in the order of their key, with further columns: of all files at once, or file by file."""
        columns = ", ".join(f'"{name}"' for name in self.names)
        wanted, key = ", ".join((columns, *more)), f'"{self.names[0]}"'
        between = "WHERE n BETWEEN {} AND {}".format(*self.numbers)
        tables = [f"staged_{number}.{self.table}" for number, _file in enumerate(self.files)]
        if len(self.names) <= _SORTED_WHOLE:
            together = " UNION ALL ".join(f"SELECT {columns} FROM {table} {between}" for table in tables)
            yield f"SELECT {wanted} FROM ({together}) ORDER BY {key}"
            return
        for table in tables:
            keys = f"SELECT n AS k FROM {table} {between} ORDER BY {key} LIMIT -1"  # without a limit it is not sorted
            yield f"SELECT {wanted} FROM ({keys}) CROSS JOIN {table} ON n = k"
