"""The rows of an export with their reports, a batch at a time: as columns, or one after the other."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb
import pyarrow as pa

from data import schema
from data.export.reports import COLUMNS as REPORT_COLUMNS
from data.filters import Filters
from data.publication import Audience
from data.records import dialects, read
from data.table.columns import BESIDE, FOR_ANALYSTS, PUBLIC

if TYPE_CHECKING:
    from data.store import Store

Row = dict[str, Any]
Item = TypeVar("Item")
Made = TypeVar("Made")
_TYPES = {"text": "VARCHAR", "date": "DATE", "datetime": "TIMESTAMP"}
_REPORT = {name: _TYPES[schema.fields("reports")[name].type] for name in REPORT_COLUMNS.values()}
_TYPED = (
    f"SELECT * REPLACE (coalesce(from_json(reports, '{json.dumps([_REPORT])}'), []) AS reports) FROM chosen"
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
    beside = BESIDE + (FOR_ANALYSTS if audience == "analyst" else ())
    streamed = store.events.stream(
        filters,
        order_by=order_by,
        limit=limit,
        offset=offset,
        audience=audience,
        columns=(*PUBLIC, *beside, "reports"),
    )
    with (
        streamed as (version, chosen),
        duckdb.connect() as duck,
        closing(_ahead(_typed(duck, batch) for batch in chosen)) as batches,
    ):
        with dialects.reading(store.engine) as connection:
            most_reports = read.most_reports(connection)
        yield Selection(version, most_reports, batches, _rows(batches, beside), beside)


def _typed(duck: duckdb.DuckDBPyConnection, chosen: pa.RecordBatch) -> pa.Table:
    """Read the JSON of reports into lists of structures."""
    duck.register("chosen", chosen)
    return duck.sql(_TYPED).to_arrow_table()


def _ahead(items: Iterator[Item]) -> Generator[Item]:
    """Make the next item while the present one is used."""
    with ThreadPoolExecutor(1) as reader:
        upcoming = reader.submit(next, items, None)
        while (item := upcoming.result()) is not None:
            upcoming = reader.submit(next, items, None)
            yield item


def side_by_side(make: Callable[[Item], Made], items: Iterator[Item], threads: int = 2) -> Generator[Made]:
    """Make something of each item, several at a time, and give it in their order."""
    with ThreadPoolExecutor(threads) as makers:
        coming = deque(makers.submit(make, item) for item in islice(items, threads))
        while coming:
            made = coming.popleft().result()
            coming.extend(makers.submit(make, item) for item in islice(items, 1))
            yield made


def _rows(batches: Iterator[pa.Table], beside: tuple[str, ...]) -> Iterator[Row]:
    structures = [name for name in beside if schema.fields("events")[name].type == "json"]
    for batch in batches:
        for row in batch.to_pylist():
            for name in structures:
                row[name] = None if row[name] is None else json.loads(row[name])
            yield row
