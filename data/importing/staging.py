"""New incidents as the tables take them, in files without an index that the processes write which judge them.

The transaction adds them from there in the order of keys: no row passes between processes, and none is bound again.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite

from data.importing.piece import COLUMNS, new_event, new_places, new_reports
from data.importing.prepared import Prepared
from data.importing.waiting import Waiting
from data.records import dialects, tables, write

PER_ROW = 1 << 16
"""Numbers kept for what one row of a file makes of one table; more reports or places no row has."""
_PREFIX, _LOCK = "dateline-import-", "lock"
_DIALECT = sqlite.dialect()


class Stage:
    """The file of one process, its own until it is closed or the process ends."""

    def __init__(self, folder: Path) -> None:
        path = folder / f"{os.getpid()}.sqlite"
        self._written = dialects.Written()
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA page_size=65536")  # a row is long, and all are written and read in order
        self._db.execute("PRAGMA journal_mode=OFF")
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
        for table, names in COLUMNS:
            columns = ", ".join(f'"{name}"' for name in names)
            self._db.execute(f"CREATE TABLE {table.name} (n INTEGER PRIMARY KEY, {columns})")

    def add(self, rows: Sequence[Prepared]) -> None:
        """Add new incidents, all placed."""
        self._db.execute("BEGIN")
        for (table, names), made in zip(COLUMNS, (_events, new_reports, new_places), strict=True):
            of_rows = [made(row) for row in rows]
            records = list(chain.from_iterable(of_rows))
            if not records:
                continue
            values = zip(*map(dict.values, records), strict=True)
            columns: dict[str, Sequence[Any]] = dict(zip(names, values, strict=True))
            if table is tables.events:
                columns["content_hash"] = write.content_hashes(columns)
            numbers = [
                row.number * PER_ROW + n
                for row, own in zip(rows, of_rows, strict=True)
                for n in range(len(own))
            ]
            self._insert(table, {"n": numbers, **dialects.ready(_DIALECT, table, columns, self._written)})
        self._db.execute("COMMIT")

    def _insert(self, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
        """Insert columns; each value bound costs time, so those of nothing are left out."""
        given = {name: values for name, values in columns.items() if values.count(None) < len(values)}
        names = ", ".join(f'"{name}"' for name in given)
        marks = ", ".join("?" * len(given))
        rows = zip(*given.values(), strict=True)
        self._db.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", rows)

    def close(self) -> None:
        """Close the file; it stays where it is."""
        self._db.close()


class Staging:
    """The folder of one plan, gone when closed; what a killed process left is removed by the next one."""

    def __init__(self, seq: int) -> None:
        self.seq = seq
        """Number of the last change of the records before any row was judged."""
        _tidy()
        self.folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._lock = _held(self.folder)
        self.waiting = Waiting(self.folder / "rows")
        """The rows of the file, where several processes judge them."""

    @property
    def files(self) -> list[Path]:
        """Name the files that processes have written."""
        return sorted(self.folder.glob("*.sqlite"))

    def close(self) -> None:
        """Give the room back."""
        self.waiting.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._lock is not None:
            self._lock.close()


def _events(prepared: Prepared) -> list[dict[str, Any]]:
    return [new_event(prepared)]


def _held(folder: Path) -> IO[str] | None:
    """Show others that the process lives whose folder this is."""
    if sys.platform == "win32":
        return None
    lock = (folder / "opening").open("w")
    _lock(lock)
    os.replace(folder / "opening", folder / _LOCK)  # seen only once it is locked
    return lock


def _tidy() -> None:
    if sys.platform == "win32":
        return
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*/{_LOCK}"):
        with suppress(OSError), path.open("r+") as lock:
            _lock(lock)
            shutil.rmtree(path.parent, ignore_errors=True)


def _lock(file: IO[str]) -> None:
    """Lock a file until it is closed; raise `OSError` when another process has it."""
    import fcntl

    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
