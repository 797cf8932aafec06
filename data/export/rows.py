"""The rows of an export, one after the other, with their reports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data.export.reports import shown
from data.filters import Filters
from data.publication import Audience
from data.records import dialects, read

if TYPE_CHECKING:
    from data.store import Store

Row = dict[str, Any]
_BESIDE = ("reported_country", "reported_admin1", "reported_admin2", "area")
_FOR_ANALYSTS = ("embargo_until", "original")


@dataclass(frozen=True)
class Selection:
    """The rows chosen, in one unchanging state of the data."""

    version: str
    """Data version (hash) of that state."""
    most_reports: int
    """No incident has more reports than this."""
    rows: Iterator[Row]
    """Public columns, those of `beside`, and `reports`."""
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
    with streamed as (version, batches), dialects.reading(store.engine) as connection:

        def rows() -> Iterator[Row]:
            for batch in batches:
                ids = [row["event_id"] for row in batch]
                reports = read.reports_of(connection, ids)
                more = read.fields_of(connection, ids, beside)
                nothing = dict.fromkeys(beside)
                for row in batch:
                    event_id = row["event_id"]
                    found = [shown(report) for report in reports.get(event_id, [])]
                    yield row | more.get(event_id, nothing) | {"reports": found}

        yield Selection(version, read.most_reports(connection), rows(), beside)
