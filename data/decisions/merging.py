"""Merging: a duplicate's reports are shown and counted under the incident it was merged into.

Where a report stands follows from `merged_into` alone, so unmerging puts every report back where it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select, update

from data.records import read, tables, write
from data.sources import independent_count

_EVENTS = tables.events.c


def summed_up(reports: Sequence[Mapping[str, Any]], event_id: str) -> dict[str, Any]:
    """Sum up an incident's reports in the columns that stand beside it in a table."""
    urls = [url for report in reports if (url := report.get("url"))]
    return {
        "sources": "; ".join(dict.fromkeys([report["publisher"] for report in reports])) or None,
        "source_count": independent_count(reports, event_id),
        "source_url": urls[0] if urls else None,
    }


def root_of(connection: Connection, event_id: str) -> str:
    """Follow an incident to the one it was merged into, itself when it was not."""
    seen = {event_id}
    while into := connection.execute(
        select(_EVENTS.merged_into).where(_EVENTS.event_id == event_id)
    ).scalar():
        if into in seen:
            break
        seen.add(into)
        event_id = into
    return event_id


def tree_of(connection: Connection, root: str) -> list[str]:
    """Name an incident and all that were merged into it, directly or through others."""
    tree, level = [root], [root]
    while level:
        query = select(_EVENTS.event_id).where(_EVENTS.merged_into.in_(level)).order_by(_EVENTS.event_id)
        level = [event_id for event_id in connection.execute(query).scalars() if event_id not in tree]
        tree += level
    return tree


def involved(connection: Connection, event_ids: Sequence[str]) -> set[str]:
    """Name those of the incidents that were merged or had others merged into them."""
    found: set[str] = set()
    for start in range(0, len(event_ids), 500):
        part = event_ids[start : start + 500]
        query = select(_EVENTS.event_id, _EVENTS.merged_into).where(_EVENTS.merged_into.is_not(None))
        merged = connection.execute(query.where(_EVENTS.event_id.in_(part) | _EVENTS.merged_into.in_(part)))
        for event_id, into in merged:
            found |= {event_id, into} & set(part)
    return found


def settle(connection: Connection, event_ids: Iterable[str], seq: int) -> None:
    """Put the reports of incidents, and of those they were merged with, where they belong, and count them anew."""
    trees: dict[str, list[str]] = {}
    for event_id in event_ids:
        root = root_of(connection, event_id)
        trees.setdefault(root, tree_of(connection, root))
    for root, tree in trees.items():
        _gather(connection, root, tree, seq)


def _gather(connection: Connection, root: str, tree: list[str], seq: int) -> None:
    owner = {event_id: place for place, event_id in enumerate(tree)}
    reports = [report for found in read.reports_of(connection, tree).values() for report in found]
    reports.sort(key=lambda r: (owner.get(_origin(r), 0), _number(r), r["report_id"]))
    for position, report in enumerate(reports, start=1):
        if (report["event_id"], report["position"]) != (root, position):
            connection.execute(
                update(tables.reports)
                .where(tables.reports.c.report_id == report["report_id"])
                .values(event_id=root, position=position)
            )
            report |= {"event_id": root, "position": position}
    before = read.events_by_id(connection, [root])[root]
    values: dict[str, Any] = {"seq": seq}  # its reports may be others though they count the same
    counted = summed_up(reports, root)
    if any(before[name] != value for name, value in counted.items()):
        values |= counted | {"content_hash": write.content_hash(before | counted)}
    connection.execute(update(tables.events).where(_EVENTS.event_id == root).values(values))


def take_back(connection: Connection, loser: str, former_root: str) -> None:
    """After `merged_into` of the loser was emptied: give it the reports that came with it."""
    tree = tree_of(connection, loser)
    mine = [r for r in read.reports_of(connection, [former_root]).get(former_root, []) if _origin(r) in tree]
    for report in mine:
        connection.execute(
            update(tables.reports)
            .where(tables.reports.c.report_id == report["report_id"])
            .values(event_id=loser)
        )


def _origin(report: Mapping[str, Any]) -> str:
    """Name the incident with which a report came; it stands in the report's id."""
    return str(report["report_id"]).rpartition(":r")[0]


def _number(report: Mapping[str, Any]) -> int:
    number = str(report["report_id"]).rpartition(":r")[2]
    return int(number) if number.isdigit() else 0
