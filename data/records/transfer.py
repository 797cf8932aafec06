"""Move a store from one database to another, and prove that it arrived."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, insert, select

from data.errors import StoreProblem
from data.progress import Progress, Step, silent
from data.records import dialects, migrate, tables, write

_BATCH = 1_000


@dataclass(frozen=True)
class Moved:
    """One table, counted and hashed on both sides, which are equal."""

    table: str
    rows: int
    sha256: str
    """Hash of all its rows, whatever their order."""


class _Digest:
    """A hash of rows that does not depend on their order: databases sort texts each in their own way."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    def add(self, row: tuple[Any, ...]) -> None:
        self.rows += 1
        self._sum += int(write.digest(row, 64), 16)

    def hexdigest(self) -> str:
        return hashlib.sha256(f"{self.rows}:{self._sum}".encode()).hexdigest()


def copy(from_url: str, to_url: str, progress: Progress | None = None) -> list[Moved]:
    """Copy every table into an empty store, in one transaction, in constant memory; read it back before it counts.

    A copy that was killed leaves the target empty: run it again. Raise `StoreProblem` when the target holds anything
    already, and when what arrived is not what was sent.
    """
    tell = progress or silent
    source, target = dialects.engine_for(from_url), dialects.engine_for(to_url)
    try:
        if source.url == target.url:
            raise StoreProblem("source and target are the same store; nothing was copied")
        _require_a_store(source)
        migrate.upgrade(source)
        migrate.upgrade(target)
        with dialects.reading(source) as here, dialects.writing(target) as there:
            _refuse_unless_empty(there)
            sent = {t.name: _send(here, there, t, tell) for t in tables.metadata.sorted_tables}
            for table in tables.metadata.sorted_tables:
                _prove(sent[table.name], _digest(there, table, tell), table)
    finally:
        source.dispose()
        target.dispose()
    return [Moved(name, digest.rows, digest.hexdigest()) for name, digest in sent.items()]


def _require_a_store(engine: Engine) -> None:
    there = engine.dialect.name != "sqlite" or dialects.sqlite_path(engine.url).exists()
    if not there or migrate.revision(engine) is None:
        raise StoreProblem(f"there is no store at {engine.url}; nothing was copied")


def _refuse_unless_empty(connection: Connection) -> None:
    for table in tables.metadata.sorted_tables:
        rows = connection.execute(select(func.count()).select_from(table)).scalar_one()
        if rows:
            raise StoreProblem(
                f"the target holds {rows:,} {table.name} already; nothing was copied: give an empty database"
            )


def _send(here: Connection, there: Connection, table: Table, tell: Progress) -> _Digest:
    digest = _Digest()
    names = [column.name for column in table.columns]
    rows = _rows(here, table)
    while part := list(islice(rows, _BATCH)):
        there.execute(insert(table), [dict(zip(names, row, strict=True)) for row in part])
        for row in part:
            digest.add(row)
        tell(Step(f"copying {table.name}", digest.rows))
    return digest


def _digest(connection: Connection, table: Table, tell: Progress) -> _Digest:
    digest = _Digest()
    for row in _rows(connection, table):
        digest.add(row)
        if digest.rows % _BATCH == 0:
            tell(Step(f"reading {table.name} back", digest.rows))
    return digest


def _rows(connection: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    streaming = {"stream_results": True, "yield_per": _BATCH}
    for row in connection.execute(select(table), execution_options=streaming):
        yield tuple(row)


def _prove(sent: _Digest, arrived: _Digest, table: Table) -> None:
    if (sent.rows, sent.hexdigest()) != (arrived.rows, arrived.hexdigest()):
        raise StoreProblem(
            f"{table.name} did not arrive as sent ({sent.rows:,} rows sent, {arrived.rows:,} arrived, hashes "
            f"{sent.hexdigest()[:12]} and {arrived.hexdigest()[:12]}); nothing was kept"
        )
