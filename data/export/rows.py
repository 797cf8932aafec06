"""The rows of an export with their reports, a batch at a time: as columns, or one after the other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import ColumnElement, Connection, Select, Text, cast
from sqlalchemy import select as sql_select

from data import schema
from data.export.reports import COLUMNS as REPORT_COLUMNS
from data.export.reports import within
from data.filters import Filters
from data.publication import Audience
from data.records import dialects, read, tables
from data.table.columns import ARROW_TYPES

if TYPE_CHECKING:
    from data.store import Store

Row = dict[str, Any]
_BESIDE = ("reported_country", "reported_admin1", "reported_admin2", "area")
_FOR_ANALYSTS = ("embargo_until", "original")
_REPORTS = tuple(REPORT_COLUMNS.values())
_TYPES = ARROW_TYPES | {"json": pa.string()}
_REPORT_SCHEMA = pa.schema(
    [
        ("event_id", pa.string()),
        ("position", pa.int64()),
        *((name, _TYPES[schema.fields("reports")[name].type]) for name in _REPORTS),
    ]
)


@dataclass(frozen=True)
class Selection:
    """The rows chosen, in one unchanging state of the data. They can be read once, in either form."""

    version: str
    """Data version (hash) of that state."""
    most_reports: int
    """No incident has more reports than this."""
    batches: Iterator[pa.Table]
    """Public columns, those of `beside` (structures as JSON text), and `reports`, a list of structures."""
    rows: Iterator[Row]
    """The same as plain values."""
    beside: tuple[str, ...] = ()
    """Fields that are not on the screen and without which reading the file again would lose something."""


@contextmanager
def select(
    store: Store,
    filters: Filters,
    *,
    audience: Audience = "public",
    order_by: str = "date",
    limit: int | None = None,
    offset: int = 0,
) -> Iterator[Selection]:
    """Open the rows that filters choose; memory does not grow with their number."""
    beside = _BESIDE + (_FOR_ANALYSTS if audience == "analyst" else ())
    streamed = store.events.stream(filters, order_by=order_by, limit=limit, offset=offset, audience=audience)
    with streamed as (version, chosen), store.engine.connect() as connection:
        batches = (_joined(connection, pa.Table.from_batches([batch]), beside) for batch in chosen)
        yield Selection(version, read.most_reports(connection), batches, _rows(batches, beside), beside)


def _joined(connection: Connection, chosen: pa.Table, beside: tuple[str, ...]) -> pa.Table:
    """Put what the records hold of the chosen incidents beside them."""
    ids = chosen["event_id"].combine_chunks()
    texts = ids.to_pylist()
    more = _fields(connection, texts, beside)
    found = more.take(pc.index_in(ids, value_set=more["event_id"].combine_chunks()))
    for name in beside:
        chosen = chosen.append_column(name, found[name])
    return chosen.append_column("reports", _lists(ids, _reports(connection, texts)))


def _lists(ids: pa.Array, reports: pa.Table) -> pa.Array:
    """Gather reports by incident, in their order, as `data.export.reports.shown` gives them."""
    reports = reports.append_column("at", pc.index_in(reports["event_id"], value_set=ids))
    reports = reports.sort_by([("at", "ascending"), ("position", "ascending")])
    counts = np.bincount(reports["at"].to_numpy(), minlength=len(ids))
    offsets = pa.array(np.concatenate([[0], np.cumsum(counts)]), pa.int32())
    columns = {name: reports[name].combine_chunks() for name in _REPORTS}
    origins = zip(columns["independent_of"].to_pylist(), reports["event_id"].to_pylist(), strict=True)
    columns["independent_of"] = pa.array(
        [origin and within(origin, id_) for origin, id_ in origins], pa.string()
    )
    return pa.ListArray.from_arrays(offsets, pa.StructArray.from_arrays(columns.values(), list(columns)))


def _fields(connection: Connection, ids: list[str], names: tuple[str, ...]) -> pa.Table:
    fields, columns = schema.fields("events"), tables.events.c
    chosen = [cast(columns[n], Text).label(n) if fields[n].type == "json" else columns[n] for n in names]
    kinds = pa.schema([("event_id", pa.string()), *((name, _TYPES[fields[name].type]) for name in names)])
    return _found(connection, sql_select(columns.event_id, *chosen), columns.event_id, ids, kinds)


def _reports(connection: Connection, ids: list[str]) -> pa.Table:
    columns = tables.reports.c
    query = sql_select(*(columns[name] for name in _REPORT_SCHEMA.names))
    return _found(connection, query, columns.event_id, ids, _REPORT_SCHEMA)


def _found(
    connection: Connection, query: Select[Any], column: ColumnElement[str], ids: list[str], kinds: pa.Schema
) -> pa.Table:
    query = query.where(dialects.is_among(connection, column, ids))
    return pa.Table.from_batches(dialects.arrow_batches(connection, query, kinds), kinds)


def _rows(batches: Iterator[pa.Table], beside: tuple[str, ...]) -> Iterator[Row]:
    structures = [name for name in beside if schema.fields("events")[name].type == "json"]
    for batch in batches:
        for row in batch.to_pylist():
            for name in structures:
                row[name] = None if row[name] is None else json.loads(row[name])
            yield row
