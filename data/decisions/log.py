"""The log of decisions: rows are added, never taken away; a decision that was undone names the one that undid it."""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Text, cast, func, insert, select, union_all, update

from data.decisions.images import plain
from data.errors import DecisionRefused
from data.records import tables, write

_LOG, _EFFECTS = tables.decisions.c, tables.effects.c
STANDING = _LOG.reverted_by.is_(None) & _LOG.undoes.is_(None)
"""Condition: the decision holds; it was not undone and is no undoing itself."""
_MENDS = _LOG.after["mends"].as_string()
ROW_KEY = tables.rejects.c.file_sha256 + ":" + cast(tables.rejects.c.row, Text)
"""Column: a row that was not taken, named as `row_key` does."""
ROWS_SETTLED = union_all(
    select(_LOG.what).where(_LOG.kind == "row", STANDING),
    select(_MENDS).where(_LOG.kind == "import", STANDING, _MENDS.is_not(None)),
)
"""Question: which rows that were not taken need nobody any more, because they were dismissed or mended."""
_PART = 500


def who(user: str) -> str:
    """Check the name of the person who decides."""
    name = " ".join(user.split())[:100]
    if not name:
        raise DecisionRefused("say who decides: a decision without a name is not recorded")
    return name


def login() -> str:
    """Name the person at this machine, for the command line."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "command line"


def append(connection: Connection, seq: int, effects: Sequence[dict[str, Any]], **row: Any) -> str:
    """Add a decision and what it changed; give its id."""
    decision_id = row.setdefault("decision_id", f"{row['kind']}:{seq}")
    connection.execute(insert(tables.decisions), {"seq": seq, "at": write.now(), **row})
    add_effects(connection, effects)
    return str(decision_id)


def add_effects(connection: Connection, effects: Sequence[dict[str, Any]]) -> None:
    """Add what a decision changed."""
    if effects:
        connection.execute(insert(tables.effects), list(effects))


def get(connection: Connection, decision_id: str) -> dict[str, Any]:
    """Read one decision; raise `DecisionRefused` when there is none."""
    found = (
        connection.execute(select(tables.decisions).where(_LOG.decision_id == decision_id)).mappings().first()
    )
    if found is None:
        raise DecisionRefused(f"there is no decision {decision_id!r}; `python -m data history` lists them")
    return dict(found)


def mark_undone(connection: Connection, decision_id: str, by: str) -> None:
    """Let a decision name the one that undid it."""
    connection.execute(update(tables.decisions).where(_LOG.decision_id == decision_id).values(reverted_by=by))


def effects_of(
    connection: Connection, seq: int, *, made: bool | None = None
) -> Iterator[list[dict[str, Any]]]:
    """Read what a decision changed, in parts; `made` asks only for incidents that it made, or only for the others."""
    query = select(tables.effects).where(_EFFECTS.seq == seq)
    if made is not None:
        query = query.where(_EFFECTS.after.is_(None) if made else _EFFECTS.after.is_not(None))
    last = ""
    while (
        rows := connection.execute(
            query.where(_EFFECTS.event_id > last).order_by(_EFFECTS.event_id).limit(_PART)
        )
        .mappings()
        .all()
    ):
        yield [dict(row) for row in rows]
        last = rows[-1]["event_id"]


def standing_effects(
    connection: Connection, event_ids: Sequence[str], *, after: int = 0
) -> dict[str, list[dict[str, Any]]]:
    """Read, for incidents, what decisions and imports that still stand changed, oldest first, each with its kind."""
    found: dict[str, list[dict[str, Any]]] = {}
    query = (
        select(tables.effects, _LOG.kind, _LOG.decision_id, _LOG.user, _LOG.at, _LOG.what)
        .join(tables.decisions, _LOG.seq == _EFFECTS.seq)
        .where(STANDING, _EFFECTS.seq > after)
        .order_by(_EFFECTS.seq)
    )
    for start in range(0, len(event_ids), _PART):
        part = query.where(_EFFECTS.event_id.in_(event_ids[start : start + _PART]))
        for row in connection.execute(part).mappings():
            found.setdefault(row["event_id"], []).append(dict(row))
    return found


def effects_on(connection: Connection, seq: int, event_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Read what one decision changed of some incidents."""
    query = select(tables.effects).where(_EFFECTS.seq == seq, _EFFECTS.event_id.in_(event_ids))
    return {row["event_id"]: dict(row) for row in connection.execute(query).mappings()}


def changed_again(connection: Connection, seq: int) -> list[str]:
    """Name the incidents that a decision changed and later ones, which still stand, changed too."""
    mine = tables.effects.alias("mine")
    query = (
        select(mine.c.event_id)
        .distinct()
        .join(tables.effects, (_EFFECTS.event_id == mine.c.event_id) & (_EFFECTS.seq > mine.c.seq))
        .join(tables.decisions, _LOG.seq == _EFFECTS.seq)
        .where(mine.c.seq == seq, STANDING)
        .order_by(mine.c.event_id)
    )
    return list(connection.execute(query).scalars())


def row_key(file_sha256: str, row: int) -> str:
    """Name a row that was not taken, for the log."""
    return f"{file_sha256}:{row}"


def refuse_settled(connection: Connection, key: str, name: str) -> None:
    """Raise `DecisionRefused` where a row that was not taken was dismissed or mended already."""
    standing = select(tables.decisions).where(STANDING)
    mended = standing.where(_LOG.kind == "import", key == _MENDS)
    for query, what in (
        (standing.where(_LOG.kind == "row", _LOG.what == key), "dismissed"),
        (mended, "taken in"),
    ):
        if by := connection.execute(query).mappings().first():
            raise DecisionRefused(f"{name} was {what} already by {by['user']} ({by['decision_id']})")


def mends_of(connection: Connection, import_id: str) -> list[dict[str, Any]]:
    """Read the standing imports that mended rows of another one, each with the rows as `on`."""
    query = (
        select(tables.decisions, tables.rejects.c.row)
        .join(tables.rejects, ROW_KEY == _MENDS)
        .where(_LOG.kind == "import", STANDING, tables.rejects.c.import_id == import_id)
    )
    return [{**found, "on": [f"row {found['row']}"]} for found in connection.execute(query).mappings()]


def last_change(connection: Connection, event_id: str) -> dict[str, Any] | None:
    """Read the last decision, import or undoing that touched an incident."""
    touched = select(_EFFECTS.seq).where(_EFFECTS.event_id == event_id)
    first = select(_LOG.decision_id).where(_LOG.seq.in_(touched))
    query = (
        select(tables.decisions)
        .where(_LOG.seq.in_(touched) | _LOG.undoes.in_(first))
        .order_by(_LOG.seq.desc())
        .limit(1)
    )
    found = connection.execute(query).mappings().first()
    return dict(found) if found else None


def history(
    connection: Connection, event_id: str | None = None, limit: int | None = None
) -> list[dict[str, Any]]:
    """Read the log as plain values, latest first: of one incident, or all of it.

    Imports come with their file's name (`file_name`), decisions on an incident with what it is called now (`title`).
    """
    imports, events = tables.imports.c, tables.events.c
    query = (
        select(tables.decisions, imports.file_name, events.title)
        .join(tables.imports, (imports.import_id == _LOG.what) & (_LOG.kind == "import"), isouter=True)
        .join(tables.events, events.event_id == _LOG.what, isouter=True)
    )
    query = query.order_by(func.coalesce(_LOG.seq, 0).desc(), _LOG.at.desc(), _LOG.decision_id.desc())
    if event_id is not None:
        touched = select(_EFFECTS.seq).where(_EFFECTS.event_id == event_id)
        first = select(_LOG.decision_id).where(_LOG.seq.in_(touched))
        query = query.where(_LOG.seq.in_(touched) | _LOG.undoes.in_(first))
    rows = connection.execute(query.limit(limit) if limit else query).mappings()
    return [{name: plain(value) for name, value in row.items()} for row in rows]


def image_rows(
    changes: Iterable[tuple[str, dict[str, Any], dict[str, Any]]], seq: int
) -> list[dict[str, Any]]:
    """Give the rows of `effects` for (incident, before, after)."""
    return [
        {"seq": seq, "event_id": event_id, "before": before, "after": after}
        for event_id, before, after in changes
    ]
