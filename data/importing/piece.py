"""Some rows as they wait to be saved, written down so that waiting, and passing between processes, costs little."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Dialect, Table

from data import schema
from data.decisions.merging import summed_up
from data.importing.prepared import Prepared
from data.importing.tally import Tally
from data.records import dialects, read, tables, write

Known = Mapping[str, read.Fingerprint]
WHEN_SAVED = ("import_id", "seq", "created_at", "updated_at", "version")
"""Fields of a new incident that are known only when it is saved, the same for all of an import."""
_EVENT = tuple(name for name in schema.fields("events") if name not in WHEN_SAVED)
_REPORT, _PLACE = tuple(schema.fields("reports")), tuple(schema.fields("places"))
COLUMNS: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (tables.events, _EVENT),
    (tables.reports, _REPORT),
    (tables.places, _PLACE),
)
"""What new incidents bring: tables, in the order in which they are filled, and the columns given. Keys come first."""
Values = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Piece:
    """Rows in a row; `ready` only where every incident is new."""

    ids: tuple[str, ...]
    tally: Tally
    packed: bytes
    ready: bytes | None

    def rows(self) -> list[Prepared]:
        """Read the rows themselves."""
        prepared: list[Prepared] = pickle.loads(self.packed)[0]
        return prepared

    def known(self) -> Known:
        """Read what was known of their incidents when they were checked."""
        known: Known = pickle.loads(self.packed)[1]
        return known

    def values(self) -> list[Values]:
        """Read what goes into the tables of `COLUMNS` as the database takes it."""
        assert self.ready is not None
        values: list[Values] = pickle.loads(self.ready)
        return values


def piece_of(rows: Sequence[Prepared], known: Known, tally: Tally, dialect: Dialect) -> Piece:
    """Write rows down."""
    packed = pickle.dumps((list(rows), dict(known)), pickle.HIGHEST_PROTOCOL)
    is_new = not known and all(row.place is not None for row in rows) and not tally.repeated
    ready = pickle.dumps(_values(rows, dialect), pickle.HIGHEST_PROTOCOL) if is_new else None
    return Piece(tuple(row.event["event_id"] for row in rows), tally, packed, ready)


def new_event(prepared: Prepared) -> dict[str, Any]:
    """Give an incident that is not there yet, but for what is known only when it is saved."""
    assert prepared.place is not None
    event: dict[str, Any] = {
        **prepared.event,
        **prepared.place.fields,
        **summed_up(prepared.reports, prepared.event["event_id"]),
        "source_hash": prepared.source_hash,
        "import_row": prepared.number,
    }
    event["content_hash"] = write.content_hash(event)
    return event


def report_rows(prepared: Prepared) -> Values:
    """Give the reports of an incident as whole rows."""
    event_id = prepared.event["event_id"]
    return [
        tuple(
            map(
                (report | {"report_id": f"{event_id}:r{n}", "event_id": event_id, "position": n}).get, _REPORT
            )
        )
        for n, report in enumerate(prepared.reports, start=1)
    ]


def place_rows(prepared: Prepared) -> Values:
    """Give the places that an incident names as whole rows."""
    event_id = prepared.event["event_id"]
    return [
        tuple(map((dict(mention) | {"mention_id": f"{event_id}:p{n}", "event_id": event_id}).get, _PLACE))
        for n, mention in enumerate(prepared.place.mentions if prepared.place else (), start=1)
    ]


def _values(rows: Sequence[Prepared], dialect: Dialect) -> list[Values]:
    given: tuple[Values, ...] = (
        [tuple(map(new_event(row).get, _EVENT)) for row in rows],
        [report for row in rows for report in report_rows(row)],
        [place for row in rows for place in place_rows(row)],
    )
    return [
        dialects.ready(dialect, table, names, values)
        for (table, names), values in zip(COLUMNS, given, strict=True)
    ]
