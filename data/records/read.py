"""Reading single records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, Text, case, cast, func, select
from sqlalchemy.sql.elements import ColumnElement

from data import schema
from data.records import dialects, tables

REPORTED = (
    "publisher",
    "url",
    "archive_url",
    "published_at",
    "title",
    "language",
    "reliability",
    "credibility",
    "quote",
    "licence",
    "independent_of",
    "retrieved_at",
    "text_sha256",
)
"""What is told of an incident's reports, in the order of an export."""


def last_seq(connection: Connection) -> int:
    """Give the number of the last committed change, 0 for a store without any."""
    number = connection.execute(
        select(tables.changes.c.seq).where(tables.changes.c.name == "events")
    ).scalar()
    return int(number or 0)


def number_of_changes(connection: Connection, after_seq: int) -> int:
    """Count the incidents changed after a change number."""
    query = select(func.count()).select_from(tables.events).where(tables.events.c.seq > after_seq)
    return int(connection.execute(query).scalar_one())


def event(connection: Connection, event_id: str) -> dict[str, Any] | None:
    """Read one incident with its reports and place mentions, all fields."""
    row = (
        connection.execute(select(tables.events).where(tables.events.c.event_id == event_id))
        .mappings()
        .first()
    )
    if row is None:
        return None
    reports = select(tables.reports).where(tables.reports.c.event_id == event_id)
    places = select(tables.places).where(tables.places.c.event_id == event_id)
    return {
        **row,
        "reports": [
            dict(r) for r in connection.execute(reports.order_by(tables.reports.c.position)).mappings()
        ],
        "places": [dict(p) for p in connection.execute(places.order_by(tables.places.c.start)).mappings()],
    }


def reports_of(connection: Connection, event_ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Read the reports of many incidents, in their order."""
    found: dict[str, list[dict[str, Any]]] = {}
    query = select(tables.reports).order_by(tables.reports.c.position)
    for row in _in_parts(connection, query, tables.reports.c.event_id, event_ids):
        found.setdefault(row["event_id"], []).append(row)
    return found


def places_of(connection: Connection, event_ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Read the place mentions of many incidents, in the order of the text."""
    found: dict[str, list[dict[str, Any]]] = {}
    query = select(tables.places).order_by(tables.places.c.start, tables.places.c.mention_id)
    for row in _in_parts(connection, query, tables.places.c.event_id, event_ids):
        found.setdefault(row["event_id"], []).append(row)
    return found


def whole_events(connection: Connection, event_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Read those of the named incidents that exist, in the order named, with their place mentions."""
    events, places = events_by_id(connection, event_ids), places_of(connection, event_ids)
    return {name: events[name] | {"places": places.get(name, [])} for name in event_ids if name in events}


def events_by_id(connection: Connection, event_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Read those of the named incidents that exist."""
    query = select(tables.events)
    return {row["event_id"]: row for row in _in_parts(connection, query, tables.events.c.event_id, event_ids)}


def _in_parts(
    connection: Connection, query: Any, column: ColumnElement[Any], values: Sequence[str], size: int = 500
) -> Iterable[dict[str, Any]]:
    for start in range(0, len(values), size):
        part = query.where(column.in_(values[start : start + size]))
        yield from (dict(row) for row in connection.execute(part).mappings())


def number_of_events(connection: Connection) -> int:
    """Count the incidents, whatever their status."""
    return int(connection.execute(select(func.count()).select_from(tables.events)).scalar_one())


def is_untouched(connection: Connection) -> bool:
    """Say whether no incident was ever saved, not even by an import that was undone since."""
    found = (connection.execute(select(table).limit(1)).first() for table in (tables.events, tables.imports))
    return all(row is None for row in found)


@dataclass(frozen=True)
class Fingerprint:
    """What an import needs to know of an incident that is there already."""

    source_hash: str | None
    unplaced: bool
    """No place was ever found for it and nobody has decided on one."""
    said: tuple[Any, ...] = ()
    """Title, earliest day and words for the place."""


def fingerprints(connection: Connection, event_ids: Sequence[str]) -> dict[str, Fingerprint]:
    """Read the fingerprints of those of the named incidents that exist."""
    events = tables.events.c
    said = (events.title, events.date_start, events.place_text)
    query = select(events.event_id, events.source_hash, events.geo_status, events.lat, *said)
    return {
        row["event_id"]: Fingerprint(
            row["source_hash"],
            row["geo_status"] == "unresolved" and row["lat"] is None,
            tuple(row[column.key] for column in said),
        )
        for row in _in_parts(connection, query, events.event_id, event_ids)
    }


def fields_of(
    connection: Connection, event_ids: Sequence[str], names: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """Read some fields of the named incidents."""
    events = tables.events.c
    query = select(events.event_id, *(events[name] for name in names))
    return {row["event_id"]: row for row in _in_parts(connection, query, events.event_id, event_ids)}


def event_columns(connection: Connection, names: Sequence[str]) -> Select[Any]:
    """Ask for columns of incidents, structures as JSON text; `reports` are an incident's reports in their order.

    A report that another one of the same incident rests on is named by its number within the incident.
    """
    events, reports = tables.events.c, tables.reports.c
    inside = events.event_id + ":r"
    origin = case(
        (
            func.substr(reports.independent_of, 1, func.length(inside)) == inside,
            func.substr(reports.independent_of, func.length(inside) + 1),
        ),
        else_=reports.independent_of,
    )
    of_event = (
        select(*(origin.label(name) if name == "independent_of" else reports[name] for name in REPORTED))
        .where(reports.event_id == events.event_id)
        .order_by(reports.position)
        .correlate(tables.events)
    )

    def column(name: str) -> ColumnElement[Any]:
        if name == "reports":
            return dialects.json_rows(connection, of_event).label(name)
        return (
            cast(events[name], Text).label(name)
            if schema.fields("events")[name].type == "json"
            else events[name]
        )

    return select(*map(column, names))


def most_reports(connection: Connection) -> int:
    """Give the largest number of reports that any incident has."""
    return int(connection.execute(select(func.max(tables.reports.c.position))).scalar() or 0)
