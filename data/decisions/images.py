"""Before and after: what changed of an incident, its reports and its places, as plain values for the log.

An image is `{"event": {field: value}, "reports": {report_id: row}, "places": {mention_id: row}}`; a part that did not
change is left out, and a row that does not exist is None.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, update

from data import schema
from data.records import tables

Image = dict[str, dict[str, Any]]
Row = Mapping[str, Any]
SYSTEM = frozenset({"event_id", "seq", "version", "content_hash", "created_at", "updated_at"})
"""Fields that every change sets anew; they are no part of an image."""
_KEYS = {"reports": "report_id", "places": "mention_id"}
_READ = {"date": date.fromisoformat, "datetime": datetime.fromisoformat}


def plain(value: Any) -> Any:
    """Give a value as JSON can hold it."""
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def typed(table: str, row: Row) -> dict[str, Any]:
    """Give plain values the types of their columns."""
    fields = schema.fields(table)
    return {
        name: _READ[fields[name].type](value)
        if value is not None and fields[name].type in _READ and isinstance(value, str)
        else value
        for name, value in row.items()
    }


def changed_fields(before: Row, after: Row) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the fields of an incident that differ, as they were and as they are."""
    names = [name for name in after if name not in SYSTEM and before.get(name) != after[name]]
    return {n: plain(before.get(n)) for n in names}, {n: plain(after[n]) for n in names}


def changed_rows(
    table: str, before: Iterable[Row], after: Iterable[Row]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the rows that differ: changed ones by the fields that differ, new and lost ones whole."""
    key = _KEYS[table]
    old, new = ({row[key]: row for row in rows} for rows in (before, after))
    was: dict[str, Any] = {}
    now: dict[str, Any] = {}
    for name in dict.fromkeys((*old, *new)):
        if name in old and name in new:
            differing = [f for f in new[name] if old[name].get(f) != new[name][f]]
            if differing:
                was[name] = {f: plain(old[name].get(f)) for f in differing}
                now[name] = {f: plain(new[name][f]) for f in differing}
        else:
            was[name] = {f: plain(v) for f, v in old[name].items()} if name in old else None
            now[name] = {f: plain(v) for f, v in new[name].items()} if name in new else None
    return was, now


def write_rows(connection: Connection, table: str, rows: Mapping[str, Row | None]) -> None:
    """Bring rows into the state of an image: None removes, a whole row is added or replaced, parts are changed.

    Only a whole row holds its key; it has no fields that the records got later.
    """
    target, key = tables.metadata.tables[table], _KEYS[table]
    empty = dict.fromkeys(schema.fields(table))
    gone = [name for name, row in rows.items() if row is None or key in row]
    for start in range(0, len(gone), 500):
        connection.execute(delete(target).where(target.c[key].in_(gone[start : start + 500])))
    whole = [empty | typed(table, row) for row in rows.values() if row is not None and key in row]
    if whole:
        connection.execute(insert(target), whole)
    for name, row in rows.items():
        if row is not None and key not in row:
            connection.execute(update(target).where(target.c[key] == name).values(typed(table, row)))


def write_events(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Write whole incidents that exist already."""
    if not rows:
        return
    names = [name for name in schema.fields("events") if name not in ("event_id", "created_at")]
    connection.execute(
        update(tables.events)
        .where(tables.events.c.event_id == bindparam("of"))
        .values({name: bindparam(f"to_{name}") for name in names}),
        [{"of": row["event_id"], **{f"to_{name}": row[name] for name in names}} for row in rows],
    )
