"""Our own exports read again: nothing is lost, doubt least of all."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from data import Filters, Options, Store, open_store
from data.export import FORMATS, to_file
from data.records import read
from geo import Gazetteer
from tests.data.conftest import Write

FAITHFUL = ("csv", "geojson", "parquet", "xlsx", "kml", "gpkg")
SYSTEM = {
    "import_id",
    "import_row",
    "source_hash",
    "seq",
    "created_at",
    "updated_at",
    "version",
    "event_id",
    "places",
}
AREA = {"type": "Polygon", "coordinates": [[[37.0, 48.0], [38.5, 48.0], [38.5, 49.0], [37.0, 48.0]]]}


def content(store: Store) -> dict[str, Any]:
    """Everything the records say, without what belongs to the store itself."""
    ids = list(store.events.frame(audience="analyst").event_id)
    with store.engine.connect() as connection:
        events = {event_id: read.event(connection, event_id) or {} for event_id in ids}
    return {key: {n: v for n, v in event.items() if n not in SYSTEM} for key, event in events.items()}


def again(store: Store, folder: Path, kind: str, **options: Any) -> tuple[Store, Any]:
    path = folder / f"out.{kind}"
    to_file(store, Filters(), path, audience="analyst", **options)
    copy = open_store(f"sqlite:///{folder / f'{kind}.sqlite'}", sample=False)
    return copy, copy.import_file(path, Options(), geocode=False)


@pytest.fixture
def doubtful(filled: Store, table_file: Write) -> Store:
    """The store with every kind of doubt, embargo, dependence and left-over column."""
    rows = [
        {"event_id": "d1", "title": "In doubt", "place_text": "Tarasivka", "lat": 48.5, "lon": 37.9, "radius_m": 9000.5,
         "geo_precision": "near", "geo_status": "ambiguous", "geo_method": "gazetteer", "place_relation": "near",
         "area": json.dumps(AREA), "country": "UA", "admin1": "Donetsk Oblast", "reported_country": "Ukraine",
         "reported_admin1": "Donetsk region", "date": "2023-05", "publisher": "Paper", "publisher_2": "Wire",
         "independent_of_2": "1", "colour": "red", "embargo_until": "2020-01-01T12:30:00", "killed_min": 1},
        {"event_id": "d2", "title": "'=quoted, and -dashed", "place_text": "=Somewhere", "geo_precision": "unlocated",
         "geo_status": "ambiguous", "geo_method": "gazetteer", "place_relation": "at", "reported_country": "Narnia",
         "country": "", "actors": "+A; @B", "date": "", "summary": 'A "quote";\nand a second line'},
        {"event_id": "d3", "title": "By a person", "place_text": "Lyman", "lat": 48.98, "lon": 37.8, "radius_m": 800,
         "geo_precision": "settlement", "geo_status": "confirmed", "geo_method": "map_click", "gazetteer_id": "x:1",
         "place_relation": "at", "country": "UA", "admin1": "Donetsk Oblast", "reported_country": "", "date": "2023"},
        {"event_id": "d4", "title": "Country only", "place_text": "Ukraine", "geo_precision": "country",
         "geo_status": "auto", "place_relation": "within", "country": "UA", "reported_country": "UKR", "date": "2023"},
    ]  # fmt: skip
    summary = filled.import_file(table_file(rows, "doubtful.csv"), geocode=False)
    assert (summary.imported, summary.rejected) == (4, 0), summary.first_problems
    return filled


@pytest.mark.parametrize("kind", FAITHFUL)
def test_an_export_read_again_says_the_same(doubtful: Store, tmp_path: Path, kind: str) -> None:
    copy, summary = again(doubtful, tmp_path, kind)
    with copy:
        assert (summary.rejected, summary.read) == (0, 13), summary.first_problems
        assert content(copy) == content(doubtful)
        assert copy.events.version == doubtful.events.version


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_row_of_hashtags_is_no_hindrance(doubtful: Store, tmp_path: Path, kind: str) -> None:
    copy, summary = again(doubtful, tmp_path, kind, hxl=True)
    with copy:
        assert (summary.format, summary.rejected) == ("hxl", 0), summary.first_problems
        assert copy.events.version == doubtful.events.version


def test_an_export_read_into_its_own_store_changes_nothing(doubtful: Store, tmp_path: Path) -> None:
    before = doubtful.events.version
    to_file(doubtful, Filters(), tmp_path / "out.csv", audience="analyst")
    doubtful.import_file(tmp_path / "out.csv", geocode=False)
    assert doubtful.events.version == before


def test_a_place_in_doubt_stays_in_doubt_when_a_gazetteer_looks(
    empty: Store, table_file: Write, tmp_path: Path, gazetteer: Gazetteer
) -> None:
    words = "near the villages of Tarasivka and Bilohorivka in Donetsk Oblast"
    row = {"event_id": "s", "title": "Capture", "place": words, "country": "Ukraine", "date": "2025-04"}
    empty.gazetteer = gazetteer
    empty.import_file(table_file([row]))
    before = content(empty)
    assert before["s"]["geo_status"] == "ambiguous"
    to_file(empty, Filters(), tmp_path / "out.geojson", audience="analyst")
    with open_store(f"sqlite:///{tmp_path / 'c.sqlite'}", sample=False, gazetteer=gazetteer) as copy:
        copy.import_file(tmp_path / "out.geojson")
        assert content(copy) == before
        event = copy.event("s")
        assert event is not None
        assert sum(len(place["candidates"]) for place in event["places"]) >= 2


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=30)
ROWS = st.lists(
    st.fixed_dictionaries({
        "title": TEXTS, "place_text": TEXTS, "reported_country": st.sampled_from(["", "Ukraine", "UA", "Nowhere"]),
        "geo_status": st.sampled_from(["auto", "ambiguous", "confirmed"]),
        "geo_precision": st.sampled_from(["exact", "settlement", "near", "adm1"]),
        "lat": st.floats(-85, 85), "lon": st.floats(-180, 180), "radius_m": st.floats(1, 90_000),
        "date": st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(str), "country": st.sampled_from(["", "UA", "FR"]),
        "publisher": st.just("A"), "publisher_2": TEXTS, "independent_of_2": st.sampled_from(["", "1", "Wire"]),
    }), min_size=1, max_size=4,
)  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "geojson", "parquet"])
@settings(
    max_examples=8,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(rows=ROWS)
def test_whatever_came_in_comes_back(
    tmp_path_factory: pytest.TempPathFactory, kind: str, rows: list[dict[str, Any]]
) -> None:
    import csv

    folder = tmp_path_factory.mktemp("trip")
    with (folder / "in.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["event_id", *rows[0]])
        writer.writeheader()
        writer.writerows({**row, "event_id": f"e{n}"} for n, row in enumerate(rows))
    with open_store(f"sqlite:///{folder / 'a.sqlite'}", sample=False) as store:
        summary = store.import_file(folder / "in.csv", geocode=False)
        if not summary.imported:
            return
        copy, copied = again(store, folder, kind)
        with copy:
            assert copied.rejected == 0, copied.first_problems
            assert content(copy) == content(store)


def test_every_format_is_faithful() -> None:
    assert set(FAITHFUL) == set(FORMATS)
