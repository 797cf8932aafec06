"""What an import writes of some rows; what of it changes incidents that are there already is noted for its undoing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from data.decisions import log
from data.decisions.images import changed_rows
from data.records import read


@dataclass
class Writes:
    """Rows of one batch, by table."""

    new: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    reports: list[dict[str, Any]] = field(default_factory=list)
    places: list[dict[str, Any]] = field(default_factory=list)
    replaced_reports: list[str] = field(default_factory=list)
    replaced_places: list[str] = field(default_factory=list)
    changes: dict[str, tuple[dict[str, Any], dict[str, Any]]] = field(default_factory=dict)
    """Fields of changed incidents as the sources said and say."""


def note_changes(connection: Connection, writes: Writes, seq: int) -> None:
    """Log what changes of incidents that are there already, so that the import can be undone."""
    if not writes.changes:
        return
    ids = list(writes.changes)
    reports, places = read.reports_of(connection, ids), read.places_of(connection, ids)
    new_reports, new_places = _by_event(writes.reports), _by_event(writes.places)
    replaced = set(writes.replaced_places)
    changes = []
    for event_id, (was, now) in writes.changes.items():
        before: dict[str, Any] = {"event": was}
        after: dict[str, Any] = {"event": now}
        own = [r for r in reports.get(event_id, ()) if r["report_id"].startswith(f"{event_id}:r")]
        parts = {"reports": (own, new_reports.get(event_id, []))}
        if event_id in replaced:
            parts["places"] = (places.get(event_id, []), new_places.get(event_id, []))
        for part, (old, new) in parts.items():
            differing = changed_rows(part, old, new)
            if differing[0]:
                before[part], after[part] = differing
        changes.append((event_id, before, after))
    log.add_effects(connection, log.image_rows(changes, seq))


def _by_event(rows: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["event_id"], []).append(row)
    return found
