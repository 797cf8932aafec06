"""Two layers of an incident: what sources say, and over it what people decided. Imports touch only the lower one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from data.decisions import log
from data.decisions.images import typed
from data.records import tables


def covered(connection: Connection, event_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Give, for incidents with corrected fields, what the sources say in those fields."""
    below: dict[str, dict[str, Any]] = {}
    for event_id, effects in log.standing_effects(connection, event_ids).items():
        fields = source_values(effects)
        if fields:
            below[event_id] = typed("events", fields)
    return below


def source_values(effects: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Work out from standing effects, oldest first, what lies under the corrections of people."""
    fields: dict[str, Any] = {}
    for effect in effects:
        after = (effect["after"] or {}).get("event", {})
        if effect["kind"] == "import":
            fields |= {name: value for name, value in after.items() if name in fields}
        elif effect["kind"] != "place":
            before = effect["before"]["event"] if effect["before"] and "event" in effect["before"] else {}
            fields = {name: before[name] for name in after} | fields
    return fields


def decided_places(connection: Connection, event_ids: Sequence[str]) -> set[str]:
    """Name those of the incidents on whose place a person decided, be it that nobody can tell."""
    places = tables.places.c
    decided: set[str] = set()
    for start in range(0, len(event_ids), 500):
        part = select(places.event_id).where(
            places.decided_by.is_not(None), places.event_id.in_(event_ids[start : start + 500])
        )
        decided.update(connection.execute(part).scalars())
    return decided
