"""Generation files: states of the event table kept on disk, so that a restart is warm.

A file is written beside its place, renamed when whole, never changed afterwards, and opened read-only by any number of
processes. A process that is killed while writing leaves a part that the next writer removes.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import duckdb
from sqlalchemy import Connection, Engine, func, select

from data.records import read, tables
from data.table import words
from data.table.columns import REGION_RANK, WIDE, table
from data.table.state import State

_LAYOUT = 5
"""One more when what a file holds is worked out in another way."""
_KEPT = 2
_LOOKED_AT = 64
_AS_ON_THE_MAP = f"precision_rank >= {REGION_RANK}, mr > {WIDE}, my >> 22, mx >> 22, date_start, event_id"
"""Rows near one another on the map lie near one another in the file, so that a view reads few of them; those that reach
far are kept apart."""


def folder(home: Path, records: Engine) -> Path:
    """Say where the files of a store lie; those of another layout lie elsewhere."""
    layout = f"{_LAYOUT} {duckdb.__version__} {table().schema()}"
    address = records.url.set(password=None).render_as_string()
    key = hashlib.sha256(f"{address}\n{layout}".encode()).hexdigest()[:16]
    return home / "table" / key


def newest(place: Path, records: Connection) -> State | None:
    """Open the newest file that is a state of these records."""
    for path in _files(place):
        try:
            state = State(path)
        except duckdb.Error:  # removed this moment, or damaged: it can be made again
            continue
        if _is_of(state, records):
            return state
        state.close()
    return None


def write(place: Path, state: State) -> Path:
    """Write a state as a file and remove older ones."""
    part = place / f"{uuid4().hex}.part"
    with state.cursor() as cursor:
        cursor.execute("COMMIT")
        cursor.execute(f"ATTACH '{_quoted(part)}' AS made (ROW_GROUP_SIZE 16384)")
        try:
            seq = state.generation.seq
            cursor.execute(f"CREATE TABLE made.events ({_columns(cursor)})")
            cursor.execute(
                "INSERT INTO made.events BY NAME SELECT row_number() OVER () - 1 AS n, * EXCLUDE (n) "
                f"FROM (SELECT * FROM events ORDER BY {_AS_ON_THE_MAP})"
            )
            words.write(cursor, "made")
            cursor.execute(f"CREATE TABLE made.about AS SELECT {seq}::BIGINT AS seq")
        finally:
            cursor.execute("DETACH made")
    path = place / f"{seq:012d}-{part.stem[:8]}.duckdb"
    os.replace(part, path)
    for old in _files(place)[_KEPT:]:
        old.unlink(missing_ok=True)
    return path


def _columns(cursor: duckdb.DuckDBPyConnection) -> str:
    """Write the columns of `events`; ids, all different, are twice as fast to read when they are not packed."""
    described = cursor.execute("DESCRIBE events").fetchall()
    packed = {"event_id": " USING COMPRESSION uncompressed"}
    return ", ".join(f'"{name}" {kind}{packed.get(name, "")}' for name, kind, *_ in described)


@contextmanager
def alone(place: Path) -> Iterator[None]:
    """Let one process at a time write files; what another left unfinished is removed."""
    place.mkdir(parents=True, exist_ok=True)
    with (place / "lock").open("w") as lock:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            _tidy(place)
            yield
        finally:
            _tidy(place)


def _tidy(place: Path) -> None:
    for unfinished in (*place.glob("*.part*"), *place.glob("*.scratch*")):
        unfinished.unlink(missing_ok=True)


def _files(place: Path) -> list[Path]:
    return sorted(place.glob("*.duckdb"), reverse=True)


def _is_of(state: State, records: Connection) -> bool:
    """Say whether the last rows a file holds are those of the records: a restored copy may have gone another way."""
    seq, last = state.generation.seq, read.last_seq(records)
    if seq > last:
        return False
    with state.cursor() as cursor:
        if (
            seq == last
        ):  # nothing has changed since, so nothing may be missing: other records at the same address
            size = cursor.execute("SELECT count(*) FROM events").fetchall()[0][0]
            if size != records.scalar(select(func.count()).select_from(tables.events)):
                return False
        held = cursor.execute(
            f"SELECT event_id, seq, content_hash FROM events ORDER BY seq DESC, event_id LIMIT {_LOOKED_AT}"
        ).fetchall()
    columns = tables.events.c
    query = select(columns.event_id, columns.seq, columns.content_hash)
    there = {
        event_id: (its_seq, content)
        for event_id, its_seq, content in records.execute(
            query.where(columns.event_id.in_([event_id for event_id, *_ in held]))
        )
    }
    same = 0
    for event_id, its_seq, content in held:
        now = there.get(event_id)
        if now == (its_seq, content):
            same += 1
        elif now is not None and now[0] <= seq:
            return False
    return same > 0


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
