"""Every reader against a made file in its exact layout: found by content, codes mapped, nothing invented."""

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from data import FileProblem, Options, Store, schema
from data.readers import CONTAINERS, FORMATS, LAYOUTS, open_file

FILES = Path(__file__).parents[1] / "files"


@dataclass(frozen=True)
class Case:
    """A file, what it is found to be, how many rows come in and are put aside, and what the first one says."""

    file: str
    kind: str
    imported: int
    rejected: int
    event_id: str
    says: dict[str, Any] = field(default_factory=dict)
    original: tuple[str, ...] = ()


CASES = [
    Case("acled.csv", "acled", 3, 1, "acled:UKR900002", {
        "event_type": "explosion_remote", "event_subtype": "shelling_artillery_missile", "date_start": "2023-06-01",
        "date_end": "2023-06-30", "date_precision": "month", "geo_precision": "near", "killed_best": 3,
        "actors": "Made-up Force A; Made-up Force B", "source_count": 2, "country": "UA", "place_text": "Soledar",
        "sources": "Made-up Paper; Made-up Agency; ACLED"}, ("timestamp", "inter1")),
    Case("ucdp_ged.csv", "ucdp", 4, 0, "ucdp:900001", {
        "event_type": "battle", "date_start": "2022-03-05", "date_precision": "day", "geo_precision": "settlement",
        "killed_min": 1, "killed_best": 2, "killed_max": 4, "source_count": 2, "place_text": "Kherson town"},
        ("dyad_name", "latitude")),
    Case("gdelt.export.CSV", "gdelt", 4, 0, "gdelt:900002", {
        "event_type": "explosion_remote", "event_subtype": "air_drone_strike", "date_start": "2023-03-01",
        "geo_precision": "settlement", "credibility": "6", "source_url": "https://example.org/made-up-article",
        "country": "UA", "source_count": 1}, ("GoldsteinScale", "ActionGeo_FeatureID")),
    Case("viina.csv", "viina", 2, 0, "viina:900001", {
        "event_type": "explosion_remote", "event_subtype": "shelling_artillery_missile", "date_start": "2022-03-05",
        "date_basis": "inferred_from_publication", "geo_precision": "settlement", "actors": "Russian forces"},
        ("GEO_API",)),
    Case("timemap.json", "timemap", 2, 0, "timemap:MADEUP01", {
        "date_start": "2022-03-05", "geo_precision": "exact", "radius_m": 150.0, "lat": 49.9935,
        "tags": "Type of area affected: Residential"}, ("filters",)),
    Case("ushahidi.csv", "ushahidi", 2, 0, "ushahidi:900001", {
        "title": "Made-up road blocked", "date_start": "2022-03-05", "tags": "Roads; Transport", "status": "published",
        "credibility": "6"}, ("CATEGORY",)),
    Case("hxl.csv", "hxl", 2, 0, "hx900001", {
        "title": "Made-up shelling", "date_start": "2022-03-05", "lat": 50.9077, "killed_best": 0,
        "admin1": "Sumy Oblast", "sources": "Made-up Paper"}, ("Notes",)),
    Case("eyes_on_russia.csv", "eyes_on_russia", 2, 0, "XX900001", {
        "title": "Made-up train", "geo_precision": "exact", "country": "BY", "source_count": 1,
        "source_url": "https://example.org/post/1"}, ("violence level",)),
    Case("places.geojson", "geojson", 3, 0, "gj900001", {
        "title": "Made-up incident", "lat": 49.84, "lon": 24.03, "geo_precision": "settlement", "country": "UA"},
        ("colour",)),
    Case("places.kml", "kml", 2, 0, "km900001", {
        "title": "Made-up incident", "summary": "Made up for tests & nothing else", "date_start": "2022-03-05",
        "lat": 49.84, "place_text": "Lviv"}),
    Case("places.kmz", "kml", 2, 0, "km900002", {
        "date_precision": "range", "date_end": "2022-03-31", "geo_precision": "feature", "lat": 49.5, "lon": 24.5}),
    Case("table.xlsx", "xlsx", 2, 0, "xl900001", {
        "date_start": "2022-03-05", "date_precision": "day", "lat": 49.84, "killed_best": 2}),
    Case("table.parquet", "parquet", 2, 0, "pq900001", {"date_start": "2022-03-05", "lat": 49.84, "lon": 24.03}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.file)
def test_a_file_is_known_by_its_content_and_comes_in_with_nothing_invented(
    empty: Store, tmp_path: Path, case: Case
) -> None:
    path = tmp_path / "anything"
    shutil.copy(FILES / case.file, path)
    summary = empty.import_file(path, Options(), geocode=False)
    assert summary.format == case.kind
    assert (summary.imported, summary.rejected) == (case.imported, case.rejected), summary.first_problems
    event = empty.event(case.event_id, "analyst")
    assert event is not None
    assert {name: event[name] for name in case.says} == case.says
    assert set(case.original) <= set(event["original"] or {})
    again = empty.import_file(path, Options(), geocode=False)
    assert (again.unchanged, again.rejected) == (case.imported, case.rejected)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.file)
def test_format_may_be_said(empty: Store, case: Case) -> None:
    table = open_file(FILES / case.file, case.kind)
    assert table.kind == case.kind
    assert list(table.rows()) == list(table.rows())
    assert all(len(row.cells) == len(table.header) for row in table.rows())


def test_every_reader_has_a_case_and_a_name() -> None:
    assert {case.kind for case in CASES} | {"csv", "gpkg"} == set(FORMATS)
    assert set(FORMATS) == set(CONTAINERS) | set(LAYOUTS)


def test_a_layout_asked_for_that_is_not_there_says_what_is_missing() -> None:
    with pytest.raises(FileProblem, match="no acled file: it has no column event_id_cnty"):
        open_file(FILES / "viina.csv", "acled")


def test_a_known_layout_may_be_read_by_column_names_alone(empty: Store) -> None:
    summary = empty.import_file(FILES / "eyes_on_russia.csv", Options(format="csv"), geocode=False)
    assert (summary.format, summary.imported) == ("csv", 2)


def test_what_a_source_knows_by_country_only_gets_no_position(empty: Store) -> None:
    empty.import_file(FILES / "ucdp_ged.csv", geocode=False)
    event = empty.event("ucdp:900002", "analyst")
    assert event is not None
    assert (event["geo_precision"], event["lat"], event["country"]) == ("country", None, "UA")
    assert event["original"]["latitude"] == "48.0"
    assert (event["date_precision"], event["date_start"], event["date_end"]) == (
        "year",
        "2022-01-01",
        "2022-12-31",
    )
    sea = empty.event("ucdp:900003", "analyst")
    assert sea is not None
    assert (sea["geo_precision"], sea["date_precision"], sea["date_end"]) == (
        "feature",
        "range",
        "2022-04-04",
    )


def test_names_of_the_people_who_reported_are_never_kept(empty: Store) -> None:
    empty.import_file(FILES / "ushahidi.csv", geocode=False)
    event = empty.event("ushahidi:900002", "analyst")
    assert event is not None
    assert event["status"] == "in_review"
    assert "made.up@example.org" not in json.dumps(event)


def test_a_reports_whole_text_is_not_kept(empty: Store) -> None:
    empty.import_file(FILES / "viina.csv", geocode=False)
    event = empty.event("viina:900002", "analyst")
    assert event is not None
    assert (event["event_type"], event["geo_precision"]) == ("detention_capture", "adm1")
    assert "text" not in event["original"]


def test_an_area_stays_an_area(empty: Store) -> None:
    empty.import_file(FILES / "places.geojson", geocode=False)
    event = empty.event("gj900002")
    assert event is not None
    assert event["geo_precision"] == "feature"
    assert event["area"]["type"] == "Polygon"
    assert event["radius_m"] > 50_000
    assert event["areas"]


def test_the_collection_itself_is_no_source_of_its_own(empty: Store) -> None:
    empty.import_file(FILES / "acled.csv", geocode=False)
    event = empty.event("acled:UKR900001")
    assert event is not None
    assert event["reports"][-1]["publisher"] == "ACLED"
    assert "not be redistributed" in event["reports"][-1]["licence"]
    assert event["reports"][-1]["independent_of"] == "acled:UKR900001:r1"


def test_every_tag_of_hxl_leads_back_to_its_column() -> None:
    from data.readers.hxl import field_of, tag_of

    for fields in schema.hxl().values():
        for column in fields:
            assert field_of(tag_of(column)) == column
    assert field_of(tag_of("url_3")) == "url_3"
