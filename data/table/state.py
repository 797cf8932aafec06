"""One state of the copy: a generation file, opened read-only, and in memory what changed since."""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from itertools import count
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa

from data.table import words
from data.table.columns import ARROW_SCHEMA, derived, stored, table
from data.table.engine import Generation

MEMORY = os.environ.get("DATELINE_TABLE_MEMORY", "1GB")
"""So much at most is held in memory; what is more goes through the disk."""
_KEPT_SEARCHES = 128
_numbers = count()


class State:
    """A DuckDB of its own; safe to share between threads.

    Tables: `base.events` (the file), `gone` (numbers of its rows that no longer hold), `delta` (rows that do instead,
    with numbers below zero); `events` is what follows from the three.
    """

    def __init__(self, base: Path | None = None, at: str = ":memory:") -> None:
        self.base = base
        self._duck = duckdb.connect(at)
        spill = Path(tempfile.gettempdir()) / f"dateline-{os.getpid()}-{next(_numbers)}"
        self._duck.execute(f"SET memory_limit = '{MEMORY}'; SET temp_directory = '{spill}'")
        self._duck.register("incoming", pa.Table.from_batches([], ARROW_SCHEMA))
        self._duck.execute(f"CREATE TABLE delta AS SELECT 0::BIGINT AS n, * FROM ({_derived()})")
        self._duck.unregister("incoming")
        self._duck.execute("CREATE TABLE gone (n BIGINT)")
        self.changed = 0
        self._found: OrderedDict[str, pa.Table] = OrderedDict()
        self._lock = threading.Lock()
        seq = 0
        if base is not None:
            quoted = str(base).replace("'", "''")
            self._duck.execute(f"ATTACH '{quoted}' AS base (READ_ONLY)")
            ((seq,),) = self._duck.execute("SELECT seq FROM base.about").fetchall()
        _define(self._duck, base is not None, changed=False)
        self.generation = _described(self._duck, seq)

    def apply(self, rows: pa.RecordBatchReader, seq: int) -> None:
        """Take over changed rows, new or not, up to a change number."""
        with self._duck.cursor() as cursor:
            cursor.register("incoming", rows)
            cursor.execute(
                "CREATE TEMP TABLE fresh AS SELECT "
                f"(-{self.changed} - row_number() OVER ())::BIGINT AS n, * FROM ({_derived()})"
            )
            cursor.unregister("incoming")
            ((fresh, newest),) = cursor.execute(
                "SELECT count(*), coalesce(max(seq), 0) FROM fresh"
            ).fetchall()
            cursor.execute("BEGIN")
            self._drop(cursor, "event_id IN (SELECT event_id FROM fresh)")
            cursor.execute("INSERT INTO delta SELECT * FROM fresh")
            self.changed += fresh
            _define(cursor, self.base is not None, changed=self.changed > 0)
            cursor.execute("COMMIT")
            cursor.execute("DROP TABLE fresh")
            self._settle(cursor, max(seq, newest))

    def keep_only(self, event_ids: pa.Table) -> None:
        """Drop the rows that are in the records no longer."""
        with self._duck.cursor() as cursor:
            cursor.register("kept", event_ids)
            cursor.execute("BEGIN")
            self._drop(cursor, "event_id NOT IN (SELECT event_id FROM kept)")
            self.changed += 1
            _define(cursor, self.base is not None, changed=True)
            cursor.execute("COMMIT")
            self._settle(cursor, self.generation.seq)

    def _drop(self, cursor: duckdb.DuckDBPyConnection, which: str) -> None:
        if self.base is not None:
            cursor.execute(
                f"INSERT INTO gone SELECT n FROM base.events WHERE {which} AND n NOT IN (SELECT n FROM gone)"
            )
        cursor.execute(f"DELETE FROM delta WHERE {which}")

    def _settle(self, cursor: duckdb.DuckDBPyConnection, seq: int) -> None:
        generation = _described(cursor, seq)
        with self._lock:
            self._found.clear()
            self.generation = generation

    def total(self) -> int:
        """Count the rows."""
        with self._duck.cursor() as cursor:
            return int(cursor.execute("SELECT count(*) FROM events").fetchall()[0][0])

    @contextmanager
    def cursor(self, text: str | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open a cursor on one unchanging state; the table `found` in it holds the rows with the text."""
        with self._duck.cursor() as cursor:
            cursor.execute("BEGIN")
            if text:
                cursor.register("found", self._rows_with(text))
            yield cursor

    def _rows_with(self, text: str) -> pa.Table:
        with self._lock:
            if text in self._found:
                self._found.move_to_end(text)
                return self._found[text]
            before = self.generation
        with self._duck.cursor() as cursor:
            rows = words.rows_with(cursor, text, indexed=self.base is not None)
        with self._lock:
            if self.generation is before:
                self._found[text] = rows
                while len(self._found) > _KEPT_SEARCHES:
                    self._found.popitem(last=False)
        return rows

    def version(self, cursor: duckdb.DuckDBPyConnection) -> str:
        """Hash what a cursor sees."""
        return _described(cursor, 0).version

    def close(self) -> None:
        """Give the memory back."""
        self._duck.close()


def _define(cursor: duckdb.DuckDBPyConnection, based: bool, *, changed: bool) -> None:
    base = "SELECT * FROM base.events" + (" ANTI JOIN gone USING (n)" if changed else "")
    parts = ([base] if based else []) + (["SELECT * FROM delta"] if changed or not based else [])
    cursor.execute(f"CREATE OR REPLACE VIEW events AS {' UNION ALL '.join(parts)}")


def _described(cursor: duckdb.DuckDBPyConnection, seq: int) -> Generation:
    content = cursor.execute(
        "SELECT count(*), coalesce(sum(content_hash::HUGEINT), 0)::VARCHAR, coalesce(bit_xor(content_hash), 0) "
        "FROM events"
    ).fetchall()
    moments: list[tuple[datetime]] = cursor.execute(
        "SELECT DISTINCT embargo_until FROM events WHERE embargo_until IS NOT NULL ORDER BY 1"
    ).fetchall()
    version = hashlib.sha256(repr(content).encode()).hexdigest()[:16]
    return Generation(seq, version, tuple(moment for (moment,) in moments))


@cache
def _derived() -> str:
    rows = derived(stored())
    columns = [name for name in table().columns if name != "n"]
    return str(ibis.to_sql(rows.select(*columns), dialect="duckdb", pretty=False))
