"""The rows of an export, one after the other, with their reports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data.filters import Filters
from data.publication import Audience
from data.records import read

if TYPE_CHECKING:
    from data.store import Store

Row = dict[str, Any]


@dataclass(frozen=True)
class Selection:
    """The rows chosen, in one unchanging state of the data."""

    version: str
    """Data version (hash) of that state."""
    most_reports: int
    """No incident has more reports than this."""
    rows: Iterator[Row]
    """Public columns, and `area` and `reports` beside them."""


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
    streamed = store.events.stream(filters, order_by=order_by, limit=limit, offset=offset, audience=audience)
    with streamed as (version, batches), store.engine.connect() as connection:

        def rows() -> Iterator[Row]:
            for batch in batches:
                ids = [row["event_id"] for row in batch]
                reports, areas = read.reports_of(connection, ids), read.areas_of(connection, ids)
                for row in batch:
                    yield row | {
                        "area": areas.get(row["event_id"]),
                        "reports": reports.get(row["event_id"], []),
                    }

        yield Selection(version, read.most_reports(connection), rows())
