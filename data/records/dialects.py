"""Everything that differs between SQLite and a server database stands here and nowhere else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyarrow as pa
from sqlalchemy import Connection, Engine, Select, Table, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError

from data.errors import StoreProblem

BUSY_TIMEOUT_MS = 60_000
_ROWS_PER_BATCH = 65_536


def engine_for(url: str) -> Engine:
    """Make an engine; a SQLite file is made if absent, in WAL mode, with foreign keys on."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreProblem(
            f"{url!r} is not a database address; give one like sqlite:///records.sqlite"
        ) from error
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    path = sqlite_path(parsed)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreProblem(f"{path.parent} cannot be made: {error.strerror}") from error
    engine = create_engine(parsed, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def sqlite_path(url: URL) -> Path:
    """Give the file of a SQLite address; in-memory stores cannot be shared and are refused."""
    if not url.database or url.database == ":memory:":
        raise StoreProblem(
            "a store in memory cannot be shared by its readers; give a file, sqlite:///records.sqlite"
        )
    return Path(url.database).absolute()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    try:
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "journal_mode=WAL",
            "foreign_keys=ON",
            "synchronous=NORMAL",
        ):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.DatabaseError as error:
        raise StoreProblem(
            f"the records file cannot be opened: {error}; move it away or restore a copy"
        ) from error


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("dateline_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open the one transaction that may write; a second writer waits here until the first is done."""
    try:
        with engine.connect().execution_options(dateline_writing=True) as connection, connection.begin():
            yield connection
    except DatabaseError as error:
        raise StoreProblem(f"the records cannot be written: {error.orig}") from error


def lock_schema(connection: Connection) -> None:
    """Let only one process migrate at a time (SQLite: the write transaction already does)."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(41710)"))


def insert_or_ignore(connection: Connection, table: Table) -> Any:
    """Give an insert that leaves a row with the same key alone."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


@contextmanager
def arrow_rows(engine: Engine, query: Select[Any], schema: pa.Schema) -> Iterator[pa.RecordBatchReader]:
    """Stream the rows of a query as Arrow with the given column types."""
    if engine.dialect.name == "sqlite":
        with _sqlite_rows(engine, query, schema) as reader:
            yield reader
        return
    with engine.connect().execution_options(stream_results=True, yield_per=_ROWS_PER_BATCH) as connection:
        result = connection.execute(query)
        batches = (
            pa.RecordBatch.from_pylist([dict(row) for row in rows], schema=schema)
            for rows in result.mappings().partitions(_ROWS_PER_BATCH)
        )
        yield pa.RecordBatchReader.from_batches(schema, batches)


_PROTOTYPES = {"int": "0", "float": "0.0", "text": "''"}


@contextmanager
def _sqlite_rows(engine: Engine, query: Select[Any], schema: pa.Schema) -> Iterator[pa.RecordBatchReader]:
    """Read through ADBC, which takes each column's type from the first rows: a prototype row leads, then is cut."""
    import adbc_driver_sqlite.dbapi as adbc
    from adbc_driver_sqlite import StatementOptions

    kinds = ["float" if pa.types.is_floating(f.type) else "int" if _whole(f.type) else "text" for f in schema]
    names = ", ".join(
        f'{_PROTOTYPES[kind]} AS "{field.name}"' for kind, field in zip(kinds, schema, strict=True)
    )
    sql = query.compile(engine, compile_kwargs={"literal_binds": True})
    path = sqlite_path(engine.url)
    with adbc.connect(f"file:{quote(str(path))}?mode=ro") as connection, connection.cursor() as cursor:
        cursor.adbc_statement.set_options(**{StatementOptions.BATCH_ROWS.value: str(_ROWS_PER_BATCH)})
        cursor.execute(f"SELECT {names} UNION ALL SELECT * FROM ({sql})")
        yield _without_first(cursor.fetch_record_batch(), schema)


def _whole(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_boolean(kind))


def _without_first(reader: pa.RecordBatchReader, schema: pa.Schema) -> pa.RecordBatchReader:
    def batches() -> Iterator[pa.RecordBatch]:
        first = True
        for batch in reader:
            rows = batch.slice(1) if first else batch
            first = False
            yield rows.cast(schema)

    return pa.RecordBatchReader.from_batches(schema, batches())
