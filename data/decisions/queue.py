"""What waits for a person: places in doubt or not found, possible duplicates, texts to look at, rows not taken."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, select

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
    "reject": "Rows not taken",
}
"""Kind of thing that waits -> what it is called."""
_ALIVE = ("draft", "in_review", "verified", "published", "disputed")
_PLACES = ("ambiguous", "unresolved")
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


def left(store: Store, audience: Audience = "analyst") -> dict[str, int]:
    """Count what waits, by kind; kinds of which nothing waits are left out. The public sees places in doubt only."""
    with dialects.reading(store.engine) as connection:
        decided = _decided(connection)
        rejects = connection.execute(select(func.count()).select_from(tables.rejects)).scalar_one()
    counts = {
        kind: store.events.counts(_filters(kind), audience=audience).matching - len(decided[kind])
        for kind in _PLACES
    }
    if audience == "public":
        return {kind: count for kind, count in counts.items() if count > 0}
    counts["duplicate"] = len(_pairs(store))
    counts["text"] = store.events.counts(_filters("text"), audience="analyst").matching
    counts["reject"] = rejects
    return {kind: count for kind, count in counts.items() if count > 0}


def next_of(
    store: Store,
    kind: str,
    skipped: Collection[str] = (),
    first: str = "",
    audience: Audience = "analyst",
) -> Waiting | None:
    """Give what waits next, the latest incident first; `first` names an incident to be shown before all others."""
    if kind == "duplicate":
        return next((pair for pair in _pairs(store) if pair.key not in skipped), None)
    if kind == "reject":
        return _reject(store, skipped)
    passed: set[str] = set()
    if kind in _PLACES:
        with dialects.reading(store.engine) as connection:
            passed = _decided(connection)[kind]
    passed |= {key.split(":", 1)[1].removesuffix("::") for key in skipped if key.startswith(f"{kind}:")}
    order, filters = "-date", _filters(kind)
    if first and first not in passed and _waits(store, kind, first):
        return Waiting(kind, first)
    rows = store.events.frame(filters, order_by=order, limit=len(passed) + 1, audience=audience)
    return next((Waiting(kind, str(name)) for name in rows["event_id"] if name not in passed), None)


def _waits(store: Store, kind: str, event_id: str) -> bool:
    event = store.event(event_id, audience="analyst")
    if event is None:
        return False
    return bool(event["geo_status"] == kind if kind in _PLACES else event["status"] == "in_review")


def _filters(kind: str) -> Filters:
    if kind == "text":
        return Filters(statuses=("in_review",))
    return Filters(place_statuses=(kind,), statuses=_ALIVE)


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


def _pairs(store: Store) -> list[Waiting]:
    """List pairs that may be one incident, on which nobody has decided."""
    row = tables.decisions.c
    with dialects.reading(store.engine) as connection:
        query = select(row.what, row.after).where(row.kind == "duplicate", log.STANDING)
        decided = {frozenset((what, after["into"])) for what, after in connection.execute(query)}
    return [
        Waiting("duplicate", pair.event_id, pair.other_id, pair.reasons)
        for pair in store.duplicates(limit=_MOST_PAIRS)
        if frozenset((pair.event_id, pair.other_id)) not in decided
    ]


def _reject(store: Store, skipped: Collection[str]) -> Waiting | None:
    rejects = tables.rejects.c
    query = (
        select(tables.rejects, tables.imports.c.file_name)
        .join(tables.imports, tables.imports.c.import_id == rejects.import_id)
        .order_by(tables.imports.c.seq.desc(), rejects.row)
        .limit(len(skipped) + 1)
    )
    with dialects.reading(store.engine) as connection:
        rows = [Waiting("reject", reject=dict(found)) for found in connection.execute(query).mappings()]
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
