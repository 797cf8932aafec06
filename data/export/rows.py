"""The rows of an export with their reports, a batch at a time: as columns, or one after the other."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
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
_TYPES = {"text": "VARCHAR", "date": "DATE", "datetime": "TIMESTAMP"}
_REPORT = {name: _TYPES[schema.fields("reports")[name].type] for name in REPORT_COLUMNS.values()}
TYPED_REPORTS = f"coalesce(from_json(reports, '{json.dumps([_REPORT])}'), [])"
"""DuckDB's words for reports as a list of structures, from JSON text."""
AT_A_TIME = 8_192
"""Rows in a batch."""


@dataclass(frozen=True)
class Selection:
    """The rows chosen, in one unchanging state of the data. They can be read once, in one of three forms."""

    version: str
    """Data version (hash) of that state."""
    most_reports: int
    """No incident has more reports than this."""
    texts: pa.RecordBatchReader
    """Public columns, those of `beside` and `reports`; structures as JSON text."""
    batches: Iterator[pa.Table]
    """The same, with `reports` as a list of structures."""
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
    with streamed as (version, chosen), closing(ahead(chosen)) as coming:
        texts = pa.RecordBatchReader.from_batches(chosen.schema, coming)
        with closing(ahead(_typed(texts))) as batches:
            with dialects.reading(store.engine) as connection:
                most_reports = read.most_reports(connection)
            yield Selection(version, most_reports, texts, batches, _rows(batches, beside), beside)


def _typed(texts: pa.RecordBatchReader) -> Iterator[pa.Table]:
    """Read the JSON of reports into lists of structures."""
    question = f"SELECT * REPLACE ({TYPED_REPORTS} AS reports) FROM rows"
    return (pa.Table.from_batches([batch]) for batch in asked(texts, question, AT_A_TIME))


def asked(rows: pa.RecordBatchReader, question: str, at_a_time: int) -> Iterator[pa.RecordBatch]:
    """Ask DuckDB something about `rows` as they come, in their order; it is told what to do once for all of them."""
    with duckdb.connect(config={"threads": 1}) as duck:
        duck.register("rows", rows)
        yield from duck.sql(question).to_arrow_reader(at_a_time)


def ahead(items: Iterator[Item]) -> Generator[Item]:
    """Make the next item while the present one is used."""
    with ThreadPoolExecutor(1) as maker:
        upcoming = maker.submit(next, items, None)
        while (item := upcoming.result()) is not None:
            upcoming = maker.submit(next, items, None)
            yield item


def _rows(batches: Iterator[pa.Table], beside: tuple[str, ...]) -> Iterator[Row]:
    structures = [name for name in beside if schema.fields("events")[name].type == "json"]
    for batch in batches:
        for row in batch.to_pylist():
            for name in structures:
                row[name] = None if row[name] is None else json.loads(row[name])
            yield row
