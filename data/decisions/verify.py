"""Prove that the log explains the records: what stands there follows from it, and undoing all of it leaves nothing.

What a file said when it first brought an incident is in the records alone, not in the log: of fields that nothing has
changed since, the hash of the incident is compared, which shows what was written past the program.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from data.decisions import log, merging
from data.decisions.images import plain
from data.decisions.undo import Undoing
from data.errors import DecisionRefused
from data.progress import Clock, Progress, silent
from data.records import dialects, read, tables, transfer, write

_BATCH = 500
_KEYS = {"reports": "report_id", "places": "mention_id"}
_SETTLED = frozenset({"event_id", "position"})
"""Where a report stands follows from what is merged, not from any single effect."""


@dataclass(frozen=True)
class Difference:
    """An incident that is not as the log says."""

    event_id: str
    what: str


def differences(engine: Engine, progress: Progress = silent) -> Iterator[Difference]:
    """Replay what stands in the log over every incident and give those that are otherwise."""
    with dialects.reading(engine) as connection:
        ids = iter(connection.execute(select(tables.events.c.event_id)).scalars().all())
        total = connection.execute(select(func.count()).select_from(tables.events)).scalar_one()
        clock, done = Clock(progress, "replaying", total, "incidents"), 0
        while part := list(islice(ids, _BATCH)):
            events = read.events_by_id(connection, part)
            effects = log.standing_effects(connection, part)
            children = {
                "reports": _reports(connection, part),
                "places": read.places_of(connection, part),
            }
            for event_id in part:
                rows = {name: found.get(event_id, []) for name, found in children.items()}
                for what in _differs(events[event_id], rows, effects.get(event_id, [])):
                    yield Difference(event_id, what)
            yield from _counted(connection, part, events)
            clock.tell(done := done + len(part))


def undone_leaves(url: str, progress: Progress = silent) -> list[str]:
    """Copy a store, undo everything on the copy, newest first, and say what is left over."""
    with tempfile.TemporaryDirectory(prefix="dateline-verify-") as folder:
        copied = f"sqlite:///{Path(folder) / 'copy.sqlite'}"
        transfer.copy(url, copied, progress)
        engine = dialects.engine_for(copied)
        try:
            with dialects.writing(engine) as connection:
                return [*_undo_all(connection, progress), *_left(connection)]
        finally:
            engine.dispose()


def _undo_all(connection: Connection, progress: Progress) -> Iterator[str]:
    row = tables.decisions.c
    standing = select(row.decision_id).where(log.STANDING)
    ids = connection.execute(standing.order_by(row.seq.desc(), row.at.desc())).scalars().all()
    for decision_id in Clock(progress, "undoing", len(ids), "decisions").over(ids, 1):
        try:
            Undoing(connection, "verify", None).undo(decision_id)
        except DecisionRefused as refused:
            yield str(refused)


def _left(connection: Connection) -> Iterator[str]:
    for table in (tables.events, tables.reports, tables.places, tables.rejects):
        count = connection.execute(select(func.count()).select_from(table)).scalar_one()
        if count:
            yield f"{count:,} {table.name} are left though everything was undone"


def _reports(connection: Connection, event_ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Read reports by the incident with which they came, wherever merging has put them."""
    found: dict[str, list[dict[str, Any]]] = {}
    trees = {root for event_id in event_ids if (root := merging.root_of(connection, event_id))}
    for rows in read.reports_of(connection, sorted(trees)).values():
        for row in rows:
            found.setdefault(row["report_id"].rpartition(":r")[0], []).append(row)
    return found


def _differs(
    event: Mapping[str, Any],
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    effects: Sequence[Mapping[str, Any]],
) -> Iterator[str]:
    if not any(effect["after"] is None for effect in effects):
        yield "no import that stands has brought it"
    for name, value in _replayed(effects).items():
        if plain(event[name]) != value:
            yield f"{name} is {plain(event[name])!r}, and {value!r} in the log"
    for part, key in _KEYS.items():
        present = {row[key]: row for row in rows[part]}
        for row_id, fields in _rows(effects, part).items():
            yield from _row_differs(row_id, present.get(row_id), fields)
    if event["content_hash"] != write.content_hash(event):
        yield "its hash is not that of what it says: something was written past the log"


def _replayed(effects: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Give the fields that were changed as they must be now: corrections lie over imports, else the last one counts."""
    values: dict[str, Any] = {}
    corrected: set[str] = set()
    for effect in effects:
        said = (effect["after"] or {}).get("event", {})
        if effect["kind"] == "import":
            said = {name: value for name, value in said.items() if name not in corrected}
        elif effect["kind"] != "place":
            corrected |= set(said)
        values |= said
    return values


def _rows(effects: Sequence[Mapping[str, Any]], part: str) -> dict[str, dict[str, Any] | None]:
    """Give the rows that were changed as they must be now, None for one that must not be there."""
    rows: dict[str, dict[str, Any] | None] = {}
    for effect in effects:
        for row_id, row in (effect["after"] or {}).get(part, {}).items():
            rows[row_id] = None if row is None else {**(rows.get(row_id) or {}), **row}
    return rows


def _row_differs(
    row_id: str, present: Mapping[str, Any] | None, said: Mapping[str, Any] | None
) -> Iterator[str]:
    if present is None or said is None:
        if (present is None) != (said is None):
            yield f"{row_id} is {'missing' if present is None else 'there, and taken away in the log'}"
        return
    for name, value in said.items():
        if name not in _SETTLED and plain(present[name]) != value:
            yield f"{name} of {row_id} is not as in the log"


def _counted(
    connection: Connection, event_ids: Sequence[str], events: Mapping[str, Mapping[str, Any]]
) -> Iterator[Difference]:
    """Compare what is counted of the reports of incidents that were merged with the reports."""
    reports = read.reports_of(connection, list(event_ids))
    for event_id in merging.involved(connection, event_ids):
        found = reports.get(event_id, [])
        if found and merging.summed_up(found, event_id)["source_count"] != events[event_id]["source_count"]:
            yield Difference(event_id, "its sources are not counted as its reports say")
