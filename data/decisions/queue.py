"""What waits for a person: places in doubt or not found, possible duplicates, texts, drafts, rows not taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, func, select

from data.decisions import log
from data.filters import Filters
from data.publication import Audience
from data.records import dialects, tables

if TYPE_CHECKING:
    from data.store import Store

KINDS = {
    "ambiguous": "Places in doubt",
    "unresolved": "Places not found",
    "duplicate": "Possible duplicates",
    "text": "Texts to look at",
    "draft": "Drafts",
    "reject": "Rows not taken",
}
"""Kind of thing that waits -> what it is called."""
_ALIVE = ("draft", "in_review", "verified", "published", "disputed")
_PLACES = ("ambiguous", "unresolved")
_STATUSES = {"text": "in_review", "draft": "draft"}
_MOST_PAIRS = 500


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for a person."""

    kind: str
    event_id: str = ""
    other_id: str = ""
    """The other incident of a possible duplicate."""
    why: tuple[str, ...] = ()
    reject: dict[str, Any] | None = None
    """The row that was not taken: file, row, column, value, problem, original."""

    @property
    def key(self) -> str:
        """Name it, so that it can be skipped."""
        row = f"{self.reject['file_sha256']}:{self.reject['row']}" if self.reject else ""
        return f"{self.kind}:{self.event_id}:{self.other_id}:{row}"


def left(store: Store, audience: Audience = "analyst", import_id: str | None = None) -> dict[str, int]:
    """Count what waits, by kind, in the whole store or of what one import brought; kinds without any are left out.

    The public sees places in doubt only.
    """
    with dialects.reading(store.engine) as connection:
        decided = _decided(connection)
        if import_id is not None:
            counts = {kind: len(ids) for kind, ids in _brought(connection, import_id, decided).items()}
        counts_rejects = _rejects(import_id).with_only_columns(func.count()).order_by(None)
        rejects = connection.execute(counts_rejects).scalar_one()
    if import_id is None:
        shown = _PLACES if audience == "public" else (*_PLACES, *_STATUSES)
        counts = {
            kind: store.events.counts(_filters(kind), audience=audience).matching - len(decided.get(kind, ()))
            for kind in shown
        }
    if audience == "analyst":
        counts |= {"duplicate": len(_pairs(store, import_id)), "reject": rejects}
    return {kind: counts[kind] for kind in KINDS if counts.get(kind, 0) > 0}


def next_of(
    store: Store,
    kind: str,
    skipped: Collection[str] = (),
    first: str = "",
    audience: Audience = "analyst",
    import_id: str | None = None,
) -> Waiting | None:
    """Give what waits next, the latest incident first; `first` names an incident to be shown before all others."""
    if kind == "duplicate":
        return next((pair for pair in _pairs(store, import_id) if pair.key not in skipped), None)
    if kind == "reject":
        return _reject(store, skipped, import_id)
    passed = {key.split(":", 1)[1].removesuffix("::") for key in skipped if key.startswith(f"{kind}:")}
    with dialects.reading(store.engine) as connection:
        decided = _decided(connection)
        waiting = _brought(connection, import_id, decided)[kind] if import_id is not None else None
    passed |= decided.get(kind, set())
    if first and first not in passed and _waits(store, kind, first):
        return Waiting(kind, first)
    if waiting is None:
        rows = store.events.frame(_filters(kind), order_by="-date", limit=len(passed) + 1, audience=audience)
        waiting = rows["event_id"].tolist()
    return next((Waiting(kind, str(name)) for name in waiting if name not in passed), None)


def _waits(store: Store, kind: str, event_id: str) -> bool:
    event = store.event(event_id, audience="analyst")
    if event is None:
        return False
    return bool(event["geo_status"] == kind if kind in _PLACES else event["status"] == _STATUSES[kind])


def _filters(kind: str) -> Filters:
    if kind in _STATUSES:
        return Filters(statuses=(_STATUSES[kind],))
    return Filters(place_statuses=(kind,), statuses=_ALIVE)


def _brought(
    connection: Connection, import_id: str, decided: Mapping[str, Collection[str]]
) -> dict[str, list[str]]:
    """Name, by kind, the incidents that an import made or changed and that wait, the latest first."""
    events, effects, imports = tables.events.c, tables.effects.c, tables.imports.c
    query = (
        select(events.event_id, events.geo_status, events.status)
        .join(tables.effects, effects.event_id == events.event_id)
        .join(tables.imports, imports.seq == effects.seq)
        .where(imports.import_id == import_id, events.status.in_(_ALIVE))
        .where(events.geo_status.in_(_PLACES) | events.status.in_(_STATUSES.values()))
        .order_by(events.date_start.desc().nulls_last(), events.event_id)
    )
    found: dict[str, list[str]] = {kind: [] for kind in (*_PLACES, *_STATUSES)}
    kinds = {status: kind for kind, status in _STATUSES.items()}
    for event_id, place, status in connection.execute(query):
        if place in _PLACES and event_id not in decided[place]:
            found[place].append(event_id)
        if status in kinds:
            found[kinds[status]].append(event_id)
    return found


def _decided(connection: Connection) -> dict[str, set[str]]:
    """Name the incidents that stay in doubt because a person decided that nobody can tell."""
    events, places = tables.events.c, tables.places.c
    query = (
        select(events.event_id, events.geo_status)
        .join(tables.places, places.event_id == events.event_id)
        .where(places.decided_by.is_not(None), events.geo_status.in_(_PLACES), events.status.in_(_ALIVE))
        .distinct()
    )
    found: dict[str, set[str]] = {kind: set() for kind in _PLACES}
    for event_id, kind in connection.execute(query):
        found[kind].add(event_id)
    open_names = (
        select(places.event_id)
        .where(places.decided_by.is_(None), places.role == "event")
        .where(places.event_id.in_([event_id for ids in found.values() for event_id in ids]))
    )
    half = set(connection.execute(open_names).scalars())
    return {kind: ids - half for kind, ids in found.items()}


def _pairs(store: Store, import_id: str | None) -> list[Waiting]:
    """List pairs that may be one incident, on which nobody has decided."""
    row, effects, imports = tables.decisions.c, tables.effects.c, tables.imports.c
    found = store.duplicates(limit=_MOST_PAIRS)
    with dialects.reading(store.engine) as connection:
        query = select(row.what, row.after).where(row.kind == "duplicate", log.STANDING)
        decided = {frozenset((what, after["into"])) for what, after in connection.execute(query)}
        if import_id is not None:
            brought = (
                select(effects.event_id)
                .join(tables.imports, imports.seq == effects.seq)
                .where(imports.import_id == import_id)
                .where(effects.event_id.in_({name for p in found for name in (p.event_id, p.other_id)}))
            )
            ours = set(connection.execute(brought).scalars())
            found = [pair for pair in found if ours & {pair.event_id, pair.other_id}]
    return [
        Waiting("duplicate", pair.event_id, pair.other_id, pair.reasons)
        for pair in found
        if frozenset((pair.event_id, pair.other_id)) not in decided
    ]


def _rejects(import_id: str | None) -> Select[Any]:
    """Ask for the rows that were not taken and still wait, those of the latest import first."""
    rejects, imports = tables.rejects.c, tables.imports.c
    query = (
        select(tables.rejects, imports.file_name, imports.options)
        .join(tables.imports, imports.import_id == rejects.import_id)
        .where(log.ROW_KEY.not_in(log.ROWS_SETTLED))
        .order_by(imports.seq.desc(), rejects.row)
    )
    return query if import_id is None else query.where(rejects.import_id == import_id)


def _reject(store: Store, skipped: Collection[str], import_id: str | None) -> Waiting | None:
    with dialects.reading(store.engine) as connection:
        found = connection.execute(_rejects(import_id).limit(len(skipped) + 1)).mappings()
        rows = [Waiting("reject", reject=dict(row)) for row in found]
    return next((waiting for waiting in rows if waiting.key not in skipped), None)


def same_words(store: Store, event_id: str) -> list[dict[str, Any]]:
    """List the other incidents with the same words for the place in the same context that nobody has decided on.

    Each with `event_id`, `title`, `version`, `geo_status`.
    """
    events, places = tables.events.c, tables.places.c
    with dialects.reading(store.engine) as connection:
        one = connection.execute(select(tables.events).where(events.event_id == event_id)).mappings().first()
        if one is None:
            return []
        names = ("place_text", "reported_admin2", "reported_admin1", "reported_country")
        alike = [events[name].is_not_distinct_from(one[name]) for name in names]
        decided = (
            select(places.event_id)
            .where(places.event_id == events.event_id, places.decided_by.is_not(None))
            .exists()
        )
        query = (
            select(events.event_id, events.title, events.version, events.geo_status)
            .where(*alike, events.event_id != event_id, events.geo_status.in_(("auto", *_PLACES)), ~decided)
            .where(events.geo_method.is_distinct_from("coordinates_given"))
            .order_by(events.event_id)
        )
        return [dict(row) for row in connection.execute(query).mappings()]
