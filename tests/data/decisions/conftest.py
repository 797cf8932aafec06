"""A store with the bundled incident whose place is in doubt, and ways to look at what a store holds."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import geo
from data import Store, open_store
from data.decisions import Choice
from data.export import to_bytes
from data.filters import Filters
from data.records import tables

SEED = {
    "id": "seed",
    "title": "Two foreign fighters taken prisoner",
    "date": "2025-04-08",
    "type": "detention_capture",
    "place": "near the villages of Tarasivka and Bilohorivka",
    "admin1": "Donetsk Oblast",
    "country": "Ukraine",
    "publisher": "Paper",
}
LUHANSK_ONE, DONETSK_ONE = "geonames:712588", "geonames:712589"
PICK = (Choice("Bilohorivka", LUHANSK_ONE), Choice("Tarasivka", None))
Look = Callable[[Store], dict[str, list[dict[str, Any]]]]


@pytest.fixture
def store(
    store_url: str, tmp_path: Path, gazetteer: geo.Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """An empty store with the default gazetteer."""
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))
    with open_store(store_url, gazetteer=gazetteer, sample=False) as made:
        yield made


@pytest.fixture
def seed(store: Store, table_file: Any) -> Store:
    """The store with one incident whose two places are in doubt, and another with the same words."""
    rows = [SEED, {**SEED, "id": "again", "title": "Another report of it", "publisher": "Agency"}]
    store.import_file(table_file(rows, "seed.csv"))
    return store


def exported(store: Store) -> bytes:
    """What the store gives an analyst as CSV, every row and column."""
    return to_bytes(store, Filters(), "csv", audience="analyst")


def content(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Everything the records say, apart from when and how often they were written."""
    with store.engine.connect() as connection:
        return {
            table.name: [
                {k: v for k, v in row.items() if k not in ("seq", "version", "updated_at")}
                for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in (tables.events, tables.reports, tables.places, tables.rejects)
        }


def event(store: Store, event_id: str) -> dict[str, Any]:
    """One incident as an analyst sees it."""
    found = store.event(event_id, audience="analyst")
    assert found is not None
    return found
