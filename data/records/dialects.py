"""Everything that differs between SQLite and a server database stands here and nowhere else."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa
from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    Select,
    Table,
    Text,
    cast,
    create_engine,
    event,
    func,
    literal,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from data.errors import StoreProblem
from data.records import staged

BUSY_TIMEOUT_MS = 60_000
_BUSY_PAUSE_S = 0.01
_ROWS_PER_BATCH = 1_024
"""Rows are iterators while they are turned into columns; with more of them Python's garbage collector works longer."""
_WRITTEN = 4_096
"""So many structures are kept as written."""
_CACHE_KIB = 65_536
"""Pages that SQLite keeps: with its own 2 MB the indexes of a million rows are read again and again."""
_PAGE_BYTES = 16_384
"""Of a new SQLite file, one that is there keeps its own: with fewer and longer pages an import logs and copies less."""
_WRITERS = 41_710
"""Number of the lock that a server's writers queue for (SQLite has one of its own)."""


def engine_for(url: str) -> Engine:
    """Make an engine; a SQLite file is made if absent, in WAL mode, with foreign keys on."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreProblem(
            f"{url!r} is not a database address; give one like sqlite:///records.sqlite"
        ) from error
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() != "sqlite":
        return _server_engine(parsed)
    path = sqlite_path(parsed)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreProblem(f"{path.parent} cannot be made: {error.strerror}") from error
    engine = create_engine(parsed, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _server_engine(url: URL) -> Engine:
    if url.get_backend_name() != "postgresql":
        raise StoreProblem(f"records are kept in SQLite or PostgreSQL, not in {url.get_backend_name()}")
    try:
        return create_engine(url, pool_pre_ping=True)
    except (NoSuchModuleError, ImportError) as error:
        raise StoreProblem(
            f"{url.drivername} cannot be used here: {error}; pip install 'dateline[postgresql]'"
        ) from error


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
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        connection.execute(f"PRAGMA page_size={_PAGE_BYTES}")
        _use_wal(connection)
        for pragma in ("foreign_keys=ON", "synchronous=NORMAL", f"cache_size=-{_CACHE_KIB}"):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.DatabaseError as error:
        raise StoreProblem(
            f"the records file cannot be opened: {error}; move it away or restore a copy"
        ) from error


def _use_wal(connection: Any) -> None:
    """Switch a file to WAL mode, waiting for others that open it: SQLite itself refuses this at once when busy."""
    last = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > last:
                raise
            time.sleep(_BUSY_PAUSE_S)


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("dateline_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that reads one unchanging state; raise `StoreProblem` when the database does not answer."""
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield connection
    except DBAPIError as error:
        raise _problem(engine, f"the records cannot be read: {_reason(error)}") from error


@contextmanager
def writing(engine: Engine, beside: Sequence[Path] = ()) -> Iterator[Connection]:
    """Open the one transaction that may write; a second writer waits here until the first is done.

    `beside` names files from which rows can be added by `insert_staged`.
    """
    try:
        with (
            engine.connect().execution_options(dateline_writing=True) as connection,
            _attached(connection, beside),
            connection.begin(),
        ):
            if engine.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_WRITERS})"))
            yield connection
    except DBAPIError as error:
        raise _problem(
            engine, f"the records cannot be written, nothing was changed: {_reason(error)}"
        ) from error


@contextmanager
def _attached(connection: Connection, files: Sequence[Path]) -> Iterator[None]:
    """Let SQLite read files beside its own."""
    if connection.dialect.name != "sqlite" or not files:
        yield
        return
    driver: Any = connection.connection.driver_connection
    staged.attach(driver, files)
    try:
        yield
    finally:
        for number in range(len(files)):
            driver.execute(f"DETACH staged_{number}")


def _reason(error: DBAPIError) -> str:
    """Give the database's own words, their first line."""
    return str(error.orig).strip().partition("\n")[0]


def _problem(engine: Engine, what: str) -> StoreProblem:
    server = f"is the database at {engine.url.host} running, and is this its address?"
    return StoreProblem(
        f"{what}; {'restore a copy of the file' if engine.dialect.name == 'sqlite' else server}"
    )


def insert_or_ignore(connection: Connection, table: Table) -> Any:
    """Give an insert that leaves a row with the same key alone."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def insert_rows(connection: Connection, table: Table, rows: Sequence[Sequence[Any]]) -> None:
    """Add whole rows, values in the order of the table's columns, without building parameters row by row."""
    if not rows:
        return
    names, quote = table.columns.keys(), connection.dialect.identifier_preparer
    columns = ", ".join(map(quote.quote, names))
    marks = ", ".join(["?" if connection.dialect.name == "sqlite" else "%s"] * len(names))
    values = ready(connection.dialect, table, dict(zip(names, zip(*rows, strict=True), strict=True)))
    connection.exec_driver_sql(
        f"INSERT INTO {quote.format_table(table)} ({columns}) VALUES ({marks})",
        list(zip(*values.values(), strict=True)),
    )


class Written:
    """Structures as they are written: one that comes again as the very same object is not written again."""

    def __init__(self) -> None:
        self._known: dict[Any, tuple[Any, Any]] = {}

    def of(self, value: Any, write: Callable[[Any], Any]) -> Any:
        """Write a structure, unless it was written before."""
        key = (
            id(value) if value else type(value)
        )  # an object that is kept keeps its id; all empty ones are alike
        if key not in self._known:
            if len(self._known) >= _WRITTEN:
                self._known.clear()
            self._known[key] = value, write(value)
        return self._known[key][1]


def ready(
    dialect: Dialect, table: Table, columns: Mapping[str, Sequence[Any]], written: Written | None = None
) -> dict[str, Sequence[Any]]:
    """Turn the values of some columns of a table into what the driver takes."""
    made, written = dict(columns), written or Written()
    for name, bind in _readying(dialect, table, columns):
        values = columns[name]
        if values.count(None) == len(values):
            continue
        if isinstance(table.columns[name].type, JSON):
            made[name] = [None if value is None else written.of(value, bind) for value in values]
        else:
            known = {value: bind(value) for value in set(values)}
            made[name] = [known[value] for value in values]
    return made


def insert_staged(
    connection: Connection, table: Table, waiting: staged.Staged, same: Mapping[str, Any]
) -> None:
    """Add rows that wait in files; `same` gives further columns that are the same in every row."""
    quote = connection.dialect.identifier_preparer
    columns = ", ".join(quote.quote(name) for name in (*waiting.names, *same))
    target = f"{quote.format_table(table)} ({columns})"
    if connection.dialect.name == "sqlite":
        literals = [_literal(connection, table, name, value) for name, value in same.items()]
        for question in waiting.questions(*literals):
            connection.exec_driver_sql(f"INSERT INTO main.{target} {question}")
        return
    driver: Any = connection.connection.driver_connection
    with (
        closing(sqlite3.connect(":memory:")) as files,
        driver.cursor() as cursor,
        cursor.copy(f"COPY {target} FROM STDIN") as copy,
    ):
        staged.attach(files, waiting.files)
        for row in chain.from_iterable(map(files.execute, waiting.questions())):
            copy.write_row((*row, *same.values()))


def _literal(connection: Connection, table: Table, name: str, value: Any) -> str:
    written = literal(value, table.columns[name].type)
    return str(written.compile(connection, compile_kwargs={"literal_binds": True}))


def _readying(
    dialect: Dialect, table: Table, names: Iterable[str]
) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    """Give the columns whose values the driver does not take as they are, and what makes them ready."""
    for name in names:
        bind = table.columns[name].type.dialect_impl(dialect).bind_processor(dialect)
        if bind is not None:
            yield name, bind


def json_rows(connection: Connection, query: Select[Any]) -> ColumnElement[str]:
    """Give the rows of a query as the text of a JSON list of objects, in one value of an outer query."""
    named = [part for column in query.selected_columns for part in (literal(column.key, Text), column)]
    if connection.dialect.name == "sqlite":
        row = query.with_only_columns(func.json_object(*named).label("row")).subquery()
        every: ColumnElement[str] = func.json_group_array(func.json(row.c.row))
    else:
        row = query.with_only_columns(func.json_build_object(*named).label("row")).subquery()
        every = cast(func.json_agg(row.c.row), Text)
    return func.coalesce(select(every).scalar_subquery(), "[]")


def arrow_rows(connection: Connection, query: Select[Any], schema: pa.Schema) -> pa.RecordBatchReader:
    """Stream the rows of a query as Arrow with the given column types, in constant memory.

    SQLite is read with Python's own driver on purpose: a second copy of the SQLite library in one process (ADBC, a
    DuckDB extension) breaks the file locks of the first, seen as bus errors here and a way to corrupt the file.
    """
    return pa.RecordBatchReader.from_batches(schema, arrow_batches(connection, query, schema))


def arrow_batches(connection: Connection, query: Select[Any], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Give the rows of a query as Arrow, batch by batch."""
    if connection.dialect.name == "sqlite":
        yield from _sqlite_batches(connection, query, schema)
        return
    streaming = {"stream_results": True, "yield_per": _ROWS_PER_BATCH}
    for rows in connection.execute(query, execution_options=streaming).partitions(_ROWS_PER_BATCH):
        yield _batch([tuple(row) for row in rows], schema)


def _sqlite_batches(
    connection: Connection, query: Select[Any], schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    """Take the driver's plain values (days are texts there) and let Arrow convert whole columns."""
    sql = query.compile(connection, compile_kwargs={"literal_binds": True})
    cursor = connection.exec_driver_sql(str(sql)).cursor
    while rows := cursor.fetchmany(_ROWS_PER_BATCH) if cursor is not None else []:
        yield _batch(rows, schema)


def _batch(rows: Sequence[Sequence[Any]], schema: pa.Schema) -> pa.RecordBatch:
    columns = []
    for field, values in zip(schema, zip(*rows, strict=True), strict=True):
        known = next((value for value in values if value is not None), None)
        is_text = isinstance(known, str)
        array = pa.array(values, pa.string() if is_text else None if isinstance(known, int) else field.type)
        columns.append(array.cast(field.type))
    return pa.record_batch(columns, schema=schema)
