"""The copy of the records in this process: opened warm, kept up by change number, asked by any number of threads."""

from __future__ import annotations

import logging
import os
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
from sqlalchemy import Connection, Engine, select

from data.errors import StoreProblem
from data.records import dialects, read, tables
from data.table import generations
from data.table.columns import ARROW_SCHEMA, STORED
from data.table.engine import Capabilities, Generation
from data.table.state import State

log = logging.getLogger(__name__)
# Answers are small: to bind a question twice, as a relation does, takes longer than to copy them once more.
warnings.filterwarnings("ignore", "Arrow output on a DB-API result", UserWarning)

ON_DISK = 50_000
"""From so many rows on the copy is kept in a file; below, making it anew is as fast."""
IN_MEMORY = 20_000
"""So many changed rows at most wait in memory before a new file is written."""
_PATIENCE_S = 2.0
_IDS = pa.schema([("event_id", pa.string())])


class Copy:
    """Answers from DuckDB; files of earlier states lie in `place`."""

    dialect = "duckdb"
    capabilities = Capabilities(
        "DuckDB in this process",
        editable=True,
        text_index=True,
        quantiles=True,
        snapshot=True,
        at_once=(os.cpu_count() or 1) + 1,
    )

    def __init__(self, records: Engine, place: Path) -> None:
        self._records = records
        self._place = place
        self._lock = threading.Lock()
        self._writer: threading.Thread | None = None
        with dialects.reading(records) as connection:
            self._state = generations.newest(place, connection) or State()

    @property
    def generation(self) -> Generation:
        """The state that questions are answered from."""
        return self._state.generation

    def refresh(self) -> bool:
        """Take over what changed in the records since last time, by whatever process; say whether anything did.

        While another thread takes over a great many changes, answers come from the state before.
        """
        with dialects.reading(self._records) as connection:
            if read.last_seq(connection) == self.generation.seq:
                return False
        if not self._lock.acquire(timeout=_PATIENCE_S):
            return False
        try:
            with dialects.reading(self._records) as connection:
                last = read.last_seq(connection)
                if last == self.generation.seq:
                    return False
                self._take_over(connection, last)
        finally:
            self._lock.release()
        return True

    def _take_over(self, connection: Connection, last: int) -> None:
        waiting = read.number_of_changes(connection, self.generation.seq)
        if waiting > ON_DISK:
            self._state = self._rebuilt(connection, last)
            return
        self._catch_up(self._state, connection, last)
        if self._state.changed > IN_MEMORY and self._state.total() > ON_DISK and self._writer is None:
            self._writer = threading.Thread(target=self._write, daemon=True)
            self._writer.start()

    def _catch_up(self, state: State, connection: Connection, last: int) -> None:
        """Bring a state up to date; what is in the records no longer shows in the count."""
        state.apply(self._changed(connection, state.generation.seq), last)
        if state.total() != read.number_of_events(connection):
            ids = dialects.arrow_rows(connection, select(tables.events.c.event_id), _IDS)
            state.keep_only(ids.read_all())

    def _changed(self, connection: Connection, after: int) -> pa.RecordBatchReader:
        query = read.event_columns(connection, STORED).where(tables.events.c.seq > after)
        return dialects.arrow_rows(connection, query, ARROW_SCHEMA)

    def _rebuilt(self, connection: Connection, last: int) -> State:
        """Make a file from all records, or take the one that another process has just made."""
        with generations.alone(self._place):
            made = generations.newest(self._place, connection)
            if made is None or read.number_of_changes(connection, made.generation.seq) > ON_DISK:
                scratch = State(at=str(self._place / "rows.scratch"))
                scratch.apply(self._changed(connection, 0), last)
                path = generations.write(self._place, scratch)
                scratch.close()
                made = State(path)
        self._catch_up(made, connection, last)
        return made

    def _write(self) -> None:
        """Write what waits in memory into a new file, while questions are answered as before."""
        try:
            with generations.alone(self._place):
                state = State(generations.write(self._place, self._state))
            with self._lock, dialects.reading(self._records) as connection:
                self._catch_up(state, connection, read.last_seq(connection))
                self._state = state
        except (duckdb.Error, OSError, StoreProblem) as error:
            log.warning("The event table goes on in memory; no file could be written: %s", error)
        finally:
            self._writer = None

    @contextmanager
    def asking(self, text: str | None = None) -> Iterator[Callable[[str], pa.Table]]:
        """Open one unchanging state for one or more questions; `found` in them holds the rows with the text."""
        with self._state.cursor(text) as cursor:
            yield lambda sql: cursor.execute(sql).to_arrow_table()

    @contextmanager
    def stream(
        self, rows: int, text: str | None = None
    ) -> Iterator[tuple[str, Callable[[str], pa.RecordBatchReader]]]:
        """Open one unchanging state, whose version comes first, for answers in batches, one after the other."""
        state = self._state
        with state.cursor(text) as cursor:
            # a relation, unlike `execute`, does not hold the whole answer
            yield state.version(cursor), lambda sql: cursor.sql(sql).to_arrow_reader(rows)

    def close(self) -> None:
        """Give the memory back."""
        writer = self._writer
        if writer is not None:
            writer.join()
        self._state.close()
