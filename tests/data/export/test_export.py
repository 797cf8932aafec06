"""Exports: equal to the screen, safe to open, honest about places."""

import csv
import io
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import Filters, InputError, Options, Store, open_store
from data.areas import circle, split
from data.export import FORMATS, to_bytes, to_file
from data.export.geojson import feature
from data.export.rows import select
from data.importing.values import neutralised, text_of
from tests.data.conftest import Write

CLASHES = Filters(types=("battle",))


def positions(geometry: dict[str, Any]) -> list[list[float]]:
    if geometry["type"] == "Point":
        return [geometry["coordinates"]]
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [position for part in parts for ring in part for position in ring]


@pytest.mark.parametrize("filters", [Filters(), CLASHES, Filters(q="bakhmut"), Filters(q="nothing at all")])
@pytest.mark.parametrize("audience", ["public", "analyst"])
def test_the_rows_of_an_export_are_the_rows_on_the_screen(
    filled: Store, filters: Filters, audience: Any
) -> None:
    screen = list(filled.events.frame(filters, audience=audience).event_id)
    rows = list(csv.DictReader(io.StringIO(to_bytes(filled, filters, "csv", audience=audience).decode())))
    collection = json.loads(to_bytes(filled, filters, "geojson", audience=audience))
    assert [row["event_id"] for row in rows] == screen
    assert [item["id"] for item in collection["features"]] == screen
    assert collection["rows"] == len(screen)


def test_a_file_says_what_it_holds(filled: Store, tmp_path: Path) -> None:
    done = to_file(filled, CLASHES, tmp_path / "a.csv")
    note = json.loads((tmp_path / "a.csv.meta.json").read_text(encoding="utf-8"))
    collection = json.loads(to_bytes(filled, CLASHES, "geojson"))
    for said in (note, collection):
        assert said["title"] == "2 of 7 incidents, battle" == done.sentence
        assert said["filters"] == {"type": "battle"}
        assert (said["rows"], said["data_version"]) == (2, filled.events.version)
        assert {"exported_at", "method", "licence", "rounding"} <= set(said)


def test_geojson_follows_the_standard(filled: Store) -> None:
    collection = json.loads(to_bytes(filled, Filters(), "geojson"))
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    for item in collection["features"]:
        assert set(item) == {"type", "id", "geometry", "properties"}
        for position in positions(item["geometry"]) if item["geometry"] else []:
            assert [round(value, 7) for value in position] == position
            assert -180 <= position[0] <= 180
            assert -90 <= position[1] <= 90


def test_only_what_is_known_as_a_point_leaves_as_one(filled: Store) -> None:
    collection = json.loads(to_bytes(filled, Filters(), "geojson"))
    kinds = {item["id"]: item["geometry"] and item["geometry"]["type"] for item in collection["features"]}
    assert kinds == {
        "a1": "Point", "a2": "Point", "a3": "Polygon", "a4": "Point", "a5": "Polygon", "a6": "Polygon", "a7": None,
    }  # fmt: skip


def test_a_place_in_doubt_is_no_point_and_a_country_has_no_geometry() -> None:
    row = {"event_id": "x", "lat": 48.0, "lon": 38.0, "radius_m": 900.0, "geo_precision": "settlement"}
    assert feature({**row, "geo_status": "auto"})["geometry"]["type"] == "Point"
    assert feature({**row, "geo_status": "ambiguous"})["geometry"]["type"] == "Polygon"
    assert feature({**row, "geo_status": "auto", "geo_precision": "country"})["geometry"] is None
    assert (
        feature({**row, "geo_status": "auto", "geo_precision": "adm1", "radius_m": None})["geometry"] is None
    )


def test_the_geometry_of_the_gazetteer_is_used_where_there_is_one() -> None:
    area = {
        "type": "Polygon",
        "coordinates": [[[38.123456789, 48.0], [39.0, 48.0], [39.0, 49.0], [38.123456789, 48.0]]],
    }
    row = {
        "event_id": "x",
        "lat": 48.5,
        "lon": 38.5,
        "geo_precision": "near",
        "geo_status": "auto",
        "area": area,
    }
    assert feature(row)["geometry"]["coordinates"][0][0] == [38.1234568, 48.0]


def test_a_row_of_a_frame_makes_the_same_feature_as_an_event(filled: Store) -> None:
    frame = filled.events.frame()
    for row in frame.to_dict("records"):
        made = feature(row)
        assert json.dumps(made, allow_nan=False)
        event = filled.event(row["event_id"])
        assert event is not None
        assert made["geometry"] == feature(event)["geometry"]
        assert made["properties"]["date_start"] == event["date_start"]


AGAIN = {"lat", "lon", "area", "has_area", "reported_country", "reported_admin1", "reported_admin2"}


def test_features_written_in_bulk_are_those_made_one_by_one(filled: Store) -> None:
    with select(filled, Filters()) as selection:
        singly = [feature(row) for row in selection.rows]
    bulk = json.loads(to_bytes(filled, Filters(), "geojson"))["features"]
    for item in bulk:
        item["properties"] = {name: v for name, v in item["properties"].items() if name not in AGAIN}
    assert bulk == singly
    assert {item["geometry"] and item["geometry"]["type"] for item in bulk} == {"Point", "Polygon", None}


def test_the_event_table_holds_reports_as_geojson_writes_them(filled: Store) -> None:
    with select(filled, Filters()) as selection:
        held = [text for batch in selection.texts for text in batch["reports"].to_pylist() if text != "[]"]
    written = to_bytes(filled, Filters(), "geojson").decode()
    assert held
    assert all(f'"reports":{text}' in written for text in held)


FIJI = [[179.0, -18.0], [-179.0, -18.0], [-179.0, -16.0], [179.0, -16.0], [179.0, -18.0]]
LAKE = [[179.5, -17.5], [179.8, -17.5], [179.8, -17.0], [179.5, -17.0], [179.5, -17.5]]


def test_an_area_across_the_antimeridian_is_cut_there() -> None:
    whole = split({"type": "Polygon", "coordinates": [FIJI, LAKE]})
    assert whole["type"] == "MultiPolygon"
    west, east = whole["coordinates"]
    assert {x for x, _y in west[0]} == {179.0, 180.0}
    assert west[1] == LAKE
    assert {x for x, _y in east[0]} == {-180.0, -179.0}
    assert len(east) == 1
    for ring in (west[0], west[1], east[0]):
        assert ring[0] == ring[-1]
        assert len(ring) >= 4


@pytest.mark.parametrize("ring", [LAKE, [[-180, 60], [0, 60], [180, 60], [180, 90], [-180, 90], [-180, 60]]])
def test_an_area_on_one_side_stays_as_it_is(ring: list[list[float]]) -> None:
    area = {"type": "Polygon", "coordinates": [ring]}
    assert split(area) == area


@pytest.mark.parametrize("kind", ["geojson", "kml", "gpkg", "parquet"])
def test_no_exported_area_leaps_over_the_world(
    empty: Store, table_file: Write, tmp_path: Path, kind: str
) -> None:
    row = {"title": "Made-up landing", "date": "2023", "reported_country": "Fiji", "place_relation": "near",
           "geo_precision": "near", "geo_status": "auto", "lat": -17, "lon": 180, "radius_m": 90_000}  # fmt: skip
    area = json.dumps({"type": "Polygon", "coordinates": [FIJI]})
    rows = [
        {**row, "event_id": "f1", "place_text": "Fiji", "area": area},
        {**row, "event_id": "f2", "place_text": "off Taveuni"},
    ]
    assert empty.import_file(table_file(rows), geocode=False).imported == 2
    with select(empty, Filters()) as selection:
        drawn = [feature(r)["geometry"] for r in selection.rows]
    for shape in drawn:
        assert shape["type"] == "MultiPolygon"
        for part in shape["coordinates"]:
            assert max(x for x, _y in part[0]) - min(x for x, _y in part[0]) < 5
    to_file(empty, Filters(), tmp_path / f"out.{kind}")
    with open_store(f"sqlite:///{tmp_path / 'copy.sqlite'}", sample=False) as copy:
        assert copy.import_file(tmp_path / f"out.{kind}", geocode=False).imported == 2
    if kind == "geojson":
        written = json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))
        assert [item["geometry"] for item in written["features"]] == drawn


@pytest.mark.parametrize("audience", ["public", "analyst"])
def test_no_private_field_leaves(filled: Store, audience: Any) -> None:
    text = to_bytes(filled, Filters(), "geojson", audience=audience).decode()
    for item in json.loads(text)["features"]:
        assert not {"flags", "import_id", "import_row", "source_hash", "merged_into"} & set(
            item["properties"]
        )
        only_for_analysts = {"embargo_until", "original"} & set(item["properties"])
        assert bool(only_for_analysts) == (audience == "analyst")


def test_csv_is_rfc_4180_and_read_back_by_the_importer(filled: Store, tmp_path: Path) -> None:
    to_file(filled, Filters(), tmp_path / "out.csv", bom=True)
    data = (tmp_path / "out.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 8
    with open_store(f"sqlite:///{tmp_path / 'copy.sqlite'}", sample=False) as copy:
        summary = copy.import_file(tmp_path / "out.csv", Options(), geocode=False)
        assert (summary.imported, summary.rejected) == (7, 0)
        one, other = filled.event("a1"), copy.event("a1")
        assert one is not None
        assert other is not None
        for name in (
            "title",
            "event_type",
            "date_start",
            "lat",
            "lon",
            "geo_precision",
            "country",
            "admin1",
            "sources",
        ):
            assert one[name] == other[name], name


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")']
)
def test_a_spreadsheet_runs_nothing(empty: Store, table_file: Write, text: str) -> None:
    empty.import_file(
        table_file([{"title": "x", "notes": f"a {text}", "place": text, "date": "2023"}]), geocode=False
    )
    (row,) = csv.DictReader(io.StringIO(to_bytes(empty, Filters(), "csv").decode()))
    assert row["place_text"][0] == "'" or not row["place_text"].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert text_of(row["place_text"]) == text.strip()


@given(st.text(max_size=20))
def test_neutralised_cells_come_back_as_they_were(text: str) -> None:
    safe = neutralised(text)
    assert not safe.startswith(("=", "@", "\t", "\r"))
    if text and text[0] not in " \t\r\n'\ufeff":
        assert text_of(safe) == text.strip().strip("\ufeff")


@pytest.mark.parametrize("name", ["out.docx", "out", "out.json"])
def test_an_unknown_format_is_refused_and_nothing_written(filled: Store, tmp_path: Path, name: str) -> None:
    before = sorted(tmp_path.iterdir())
    with pytest.raises(InputError, match="no known format"):
        to_file(filled, Filters(), tmp_path / name)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("name", [f"out.{kind}" for kind in FORMATS])
def test_a_failed_export_leaves_the_old_file(
    filled: Store, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / name
    path.write_text("old")
    monkeypatch.setattr("data.export.rows._typed", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        to_file(filled, Filters(), path)
    assert path.read_text() == "old"
    assert not list(tmp_path.glob("*.part")) + list(tmp_path.glob(".*.part"))


@given(st.floats(-85, 85), st.floats(-180, 180), st.floats(100, 300_000))
def test_a_circle_is_a_closed_ring_on_the_globe(lat: float, lon: float, radius_m: float) -> None:
    shape = circle(lat, lon, radius_m)
    for ring in shape["coordinates"] if shape["type"] == "Polygon" else [p[0] for p in shape["coordinates"]]:
        assert ring[0] == ring[-1]
        assert len(ring) >= 4
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in positions(shape))


def test_a_circle_turns_counter_clockwise() -> None:
    (ring,) = circle(48.0, 38.0, 5_000)["coordinates"]
    assert sum((x2 - x1) * (y2 + y1) for (x1, y1), (x2, y2) in pairwise(ring)) < 0
