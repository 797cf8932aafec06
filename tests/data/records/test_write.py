"""Hashes do not depend on how fast they are made, and rows added in bulk are what one by one would be."""

import hashlib
import json
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, select

from data.records import dialects, tables, write
from data.store import Store

PLAIN = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(), st.dates(), st.datetimes()
)
NESTED = st.recursive(PLAIN, lambda part: st.lists(part) | st.dictionaries(st.text(), part), max_leaves=12)


@given(NESTED)
@example(["\ud800", 1 << 70, 1e-5, 1e16, 5000.0, -0.0, "\x7f\x00\u2028", True])
@example([{"lat": 0.00001}, [{"a": [1e22]}]])
def test_a_hash_is_that_of_the_standard_librarys_text(content: Any) -> None:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str, separators=(",", ":"))
    expected = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    assert write.digest(content, 64) == expected


def event(name: str, **more: Any) -> dict[str, Any]:
    now = datetime(2026, 1, 2, 3, 4, 5)
    stated = {column.name: None for column in tables.events.columns} | {
        "event_id": name, "title": "Made up \u2028 'quoted' \U0001f600", "event_type": "other", "modality": "reported",
        "date_start": date(2022, 2, 28), "date_precision": "day", "place_text": "Nowhere",
        "place_relation": "at", "lat": 48.5, "lon": 38, "geo_precision": "settlement", "geo_status": "auto",
        "area": {"type": "Polygon", "coordinates": [[[1.5, 2], [3, 4], [5, 6], [1.5, 2]]]}, "status": "published",
        "sensitivity": "public", "protected_persons": True, "embargo_until": now, "flags": [{"kind": "name"}],
        "content_hash": (1 << 60) - 1, "seq": 1, "created_at": now, "updated_at": now, "version": 1,
    }  # fmt: skip
    return stated | more


ODD: tuple[dict[str, Any], ...] = (
    {},
    {"lat": 0.00001},
    {"radius_m": 10**16},
    {"title": "\ud800"},
    {"area": None},
)


def test_incidents_are_hashed_together_as_they_are_alone() -> None:
    events = [event(str(number), **more) for number, more in enumerate(ODD)]
    columns = {name: [row[name] for row in events] for name in events[0]}
    assert write.content_hashes(columns) == [write.content_hash(row) for row in events]


def added_both_ways(engine: Engine) -> tuple[Any, Any]:
    single, bulk = event("single"), event("bulk")
    with dialects.writing(engine) as connection:
        connection.execute(insert(tables.events), single)
        dialects.insert_rows(connection, tables.events, [tuple(bulk.values())])
        dialects.insert_rows(connection, tables.events, [])
    with dialects.reading(engine) as connection:
        found = connection.execute(select(tables.events).order_by(tables.events.c.event_id)).mappings().all()
    return dict(found[1]) | {"event_id": ""}, dict(found[0]) | {"event_id": ""}


def test_rows_added_in_bulk_are_what_one_by_one_would_be(empty: Store) -> None:
    one, other = added_both_ways(empty.engine)
    assert one == other
    assert one["area"]["coordinates"][0][0] == [1.5, 2]


@pytest.mark.usefixtures("postgresql")
def test_rows_added_in_bulk_are_the_same_on_a_server(postgresql: Any) -> None:
    with Store(postgresql.database()) as store:
        one, other = added_both_ways(store.engine)
    assert one == other
