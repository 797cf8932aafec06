"""DuckDB in this process, holding a copy of the public columns of the records."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa
from sqlalchemy import Engine, select

from data.records import dialects, read, tables
from data.table.columns import ARROW_SCHEMA, STORED

_WORLD = 1 << 30
_EARTH_M = 40_075_016.686
_LAT = "least(greatest(lat, -85.051128), 85.051128)"
_MERCATOR = f"""
    least({_WORLD - 1}, floor((lon + 180) / 360 * {_WORLD}))::BIGINT AS mx,
    least({_WORLD - 1}, greatest(0, floor(
        (0.5 - ln(tan(pi() / 4 + radians({_LAT}) / 2)) / (2 * pi())) * {_WORLD}
    )))::BIGINT AS my,
    ceil(coalesce(radius_m, 0) / {_EARTH_M} * {_WORLD} / cos(radians({_LAT})))::BIGINT AS mr
"""


@dataclass(frozen=True)
class Generation:
    """One state of the copy."""

    seq: int
    """Number of the last change it holds."""
    version: str
    """Hash of the content: two stores with the same incidents have the same version."""
    embargoes: tuple[datetime, ...]
    """The moments at which something becomes public, in order."""


class Copy:
    """The copy itself: filled and refreshed from the records, asked by any number of threads."""

    dialect = "duckdb"

    def __init__(self, records: Engine) -> None:
        self._records = records
        self._lock = threading.Lock()
        self._duck = duckdb.connect(":memory:")
        self._duck.execute("SET preserve_insertion_order = false")
        empty = pa.Table.from_batches([], ARROW_SCHEMA)
        self._duck.register("incoming", empty)
        self._duck.execute(f"CREATE TABLE events AS SELECT * EXCLUDE (seq), {_MERCATOR} FROM incoming")
        self._duck.unregister("incoming")
        self.generation = Generation(0, _version(self._duck), ())

    def refresh(self) -> bool:
        """Take over what changed in the records since last time, by whatever process; say whether anything did."""
        with dialects.reading(self._records) as connection:
            last = read.last_seq(connection)
        if last == self.generation.seq:
            return False
        with self._lock:
            if last <= self.generation.seq:
                return False
            self._take_over(last)
        return True

    def _take_over(self, last: int) -> None:
        stored = tables.events.c
        changed = select(*(stored[name] for name in (*STORED, "seq"))).where(stored.seq > self.generation.seq)
        with self._duck.cursor() as cursor:
            with dialects.arrow_rows(self._records, changed, ARROW_SCHEMA) as rows:
                cursor.register("incoming", rows)
                cursor.execute(f"CREATE TEMP TABLE delta AS SELECT *, {_MERCATOR} FROM incoming")
                cursor.unregister("incoming")
            removed = self._removed()
            cursor.execute("BEGIN")
            if removed:
                cursor.register("removed", pa.table({"event_id": removed}))
                cursor.execute("DELETE FROM events WHERE event_id IN (SELECT event_id FROM removed)")
                cursor.unregister("removed")
            if self.generation.seq:
                cursor.execute("DELETE FROM events WHERE event_id IN (SELECT event_id FROM delta)")
            cursor.execute("INSERT INTO events SELECT * EXCLUDE (seq) FROM delta")
            cursor.execute("COMMIT")
            ((newest,),) = cursor.execute("SELECT coalesce(max(seq), 0) FROM delta").fetchall()
            cursor.execute("DROP TABLE delta")
            self.generation = Generation(max(last, newest), _version(cursor), _embargoes(cursor))

    def _removed(self) -> list[str]:
        """Name the incidents that undone imports took out since last time; asked after the changed ones."""
        if not self.generation.seq:
            return []
        with dialects.reading(self._records) as connection:
            return read.removed_since(connection, self.generation.seq)

    def ask(self, question: ir.Table) -> pa.Table:
        """Answer an Ibis expression."""
        return self.run(str(ibis.to_sql(question, dialect=self.dialect, pretty=False)))

    def run(self, sql: str) -> pa.Table:
        """Answer a compiled question; every call has a cursor of its own."""
        with self._duck.cursor() as cursor:
            return cursor.sql(sql).to_arrow_table()

    @contextmanager
    def stream(self, question: ir.Table, rows: int) -> Iterator[tuple[str, pa.RecordBatchReader]]:
        """Answer in batches from one unchanging state, whose version comes first."""
        sql = str(ibis.to_sql(question, dialect=self.dialect, pretty=False))
        with self._duck.cursor() as cursor:
            cursor.execute("BEGIN")
            version = _version(cursor)
            yield version, cursor.sql(sql).to_arrow_reader(rows)

    def close(self) -> None:
        """Give the memory back."""
        self._duck.close()


def _version(connection: duckdb.DuckDBPyConnection) -> str:
    content = connection.execute(
        "SELECT count(*), coalesce(sum(content_hash::HUGEINT), 0)::VARCHAR, coalesce(bit_xor(content_hash), 0) "
        "FROM events"
    ).fetchall()
    return hashlib.sha256(repr(content).encode()).hexdigest()[:16]


def _embargoes(connection: duckdb.DuckDBPyConnection) -> tuple[datetime, ...]:
    moments = connection.execute(
        "SELECT DISTINCT embargo_until FROM events WHERE embargo_until IS NOT NULL ORDER BY 1"
    ).fetchall()
    return tuple(moment for (moment,) in moments)
