"""Files that are broken, hostile or mistaken: a clear word, the good rows kept, nothing half done."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from data import FileProblem, Options, Store
from data.readers import open_file
from geo import Gazetteer
from tests.data.conftest import Write

FILES = Path(__file__).parents[1] / "files"
BOMB = '<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
KML = BOMB + '<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>&b;</name></Placemark></kml>'
GOOD = {"id": "g", "title": "Clash", "place": "Bakhmut", "date": "2023-03-01"}


def kmz(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def workbook_with(member: str, change: Callable[[bytes], bytes]) -> bytes:
    """The made workbook with one of its files changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(FILES / "table.xlsx") as source, zipfile.ZipFile(out, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            archive.writestr(name, change(content) if name == member else content)
    return out.getvalue()


HOSTILE = {
    "entities in KML": (KML.encode(), "document type or entities"),
    "entities in KMZ": (kmz("doc.kml", KML.encode()), "document type or entities"),
    "a ZIP bomb": (kmz("doc.kml", b" " * (200 << 20)), "would unpack to"),
    "entities in XLSX": (
        workbook_with("xl/worksheets/sheet1.xml", lambda content: BOMB.encode() + content.partition(b"?>")[2]),
        "defines entities|broken workbook",
    ),
    "a cut-off workbook": ((FILES / "table.xlsx").read_bytes()[:2_000], "archive|workbook"),
    "a workbook whose sheet is cut off": (
        workbook_with("xl/worksheets/sheet1.xml", lambda content: content[:300]), "broken workbook"),
    "a cut-off Parquet": ((FILES / "table.parquet").read_bytes()[:-20], "broken Parquet"),
    "an SQLite that is no GeoPackage": (b"SQLite format 3\0" + b"\0" * 600, "GeoPackage"),
    "JSON of no known kind": (b'{"a": [1, 2]}', "neither GeoJSON nor TimeMap"),
    "XML of no known kind": (b'<?xml version="1.0"?><gpx></gpx>', "not KML"),
    "nested brackets": (b'{"type":"FeatureCollection","features":' + b"[" * 200_000, "nested|features|broken|list"),
    "GeoJSON in another encoding": ('{"type":"FeatureCollection","features":[{"type":"Feature","properties":'
                                    '{"title":"Київ"}}]}'.encode("cp1251"), "not UTF-8"),
    "an empty collection": (b'{"type":"FeatureCollection","features":[]}', "no features"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_broken_file_is_refused_in_a_line(empty: Store, table_file: Write, name: str) -> None:
    content, says = HOSTILE[name]
    before = empty.events.version
    with pytest.raises(FileProblem, match=says) as caught:
        empty.import_file(table_file(content, "anything"), geocode=False)
    assert "\n" not in str(caught.value)
    assert empty.events.version == before
    assert empty.is_empty()


@pytest.mark.parametrize(
    ("file", "share", "good"), [("places.geojson", 0.9, 2), ("timemap.json", 0.9, 1), ("places.kml", 0.72, 1)]
)
def test_a_cut_off_file_gives_what_came_whole(
    empty: Store, table_file: Write, file: str, share: float, good: int
) -> None:
    whole = (FILES / file).read_bytes()
    cut = whole[: int(len(whole) * share)]
    summary = empty.import_file(table_file(cut, file), Options(format=None), geocode=False)
    assert (summary.imported, summary.rejected) == (good, 1), summary
    assert "cut off" in summary.first_problems[-1]


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "1e999", "4_8", "48°N"])
def test_what_is_no_number_is_no_position(empty: Store, table_file: Write, number: str) -> None:
    summary = empty.import_file(
        table_file([GOOD, {**GOOD, "id": "b", "lat": number, "lon": "38"}]), geocode=False
    )
    assert (summary.imported, summary.rejected) == (1, 1)
    assert "is not a number" in summary.first_problems[0]


def test_infinite_coordinates_in_geojson_are_a_problem_of_their_row(empty: Store, table_file: Write) -> None:
    features = [
        {
            "type": "Feature",
            "id": n,
            "geometry": {"type": "Point", "coordinates": [x, 48.5]},
            "properties": {"title": n},
        }
        for n, x in (("a", 38.0), ("b", float("inf")), ("c", None))
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    summary = empty.import_file(table_file(text), geocode=False)
    assert (summary.imported, summary.rejected) == (1, 2)
    assert "geometry" in summary.first_problems[0]


def test_exchanged_latitude_and_longitude_are_noticed(empty: Store, table_file: Write) -> None:
    rows = [
        {**GOOD, "id": str(n), "Y": str(37 + n / 10), "X": str(48 + n / 10), "country": "Ukraine"}
        for n in range(9)
    ]
    path = table_file(rows)
    with pytest.raises(FileProblem, match="exchanged; say --map lat=X --map lon=Y"):
        empty.import_file(path, geocode=False)
    assert empty.is_empty()
    assert empty.import_file(path, Options(columns={"lat": "X", "lon": "Y"}), geocode=False).imported == 9


def test_exchanged_positions_in_the_sea_are_noticed_where_no_country_is_named(
    empty: Store, table_file: Write, gazetteer: Gazetteer
) -> None:
    empty.gazetteer = gazetteer
    lisbon = [
        {**GOOD, "id": str(n), "place": "here", "lat": 38.6 + n / 90, "lon": -9.1 - n / 90} for n in range(9)
    ]
    into_the_sea = [row | {"lat": row["lon"], "lon": row["lat"]} for row in lisbon]
    with pytest.raises(
        FileProblem, match=r"9 of 9 positions lie far from any settlement.*--map lat=lon --map lon=lat"
    ):
        empty.import_file(table_file(into_the_sea))
    assert not any("positions" in warning for warning in empty.import_file(table_file(lisbon)).warnings)
    antarctic = [row | {"id": f"s{row['id']}", "lat": -58.5} for row in lisbon]
    assert "9 of 9 positions" in empty.import_file(table_file(antarctic)).warnings[0]


def test_positions_elsewhere_are_taken_in_with_a_warning(empty: Store, table_file: Write) -> None:
    rows = [{**GOOD, "id": str(n), "lat": "-10", "lon": "-60", "country": "Ukraine"} for n in range(5)]
    summary = empty.import_file(table_file(rows), geocode=False)
    assert summary.imported == 5
    assert "5 of 5 positions lie outside the country" in summary.warnings[0]


def test_decimal_commas_and_a_byte_order_mark_are_read(empty: Store, table_file: Write) -> None:
    text = "\ufeffid;title;place;date;lat;lon\nd1;Clash;Bakhmut;2023-03-01;48,5953;38,0003\n"
    assert empty.import_file(table_file(text), geocode=False).imported == 1
    event = empty.event("d1")
    assert event is not None
    assert (event["lat"], event["lon"]) == (48.5953, 38.0003)


def test_ten_thousand_columns_come_in_and_what_is_left_over_is_bounded(
    empty: Store, table_file: Write
) -> None:
    row = {**GOOD, **{f"extra {n}": "x" * 20 for n in range(10_000)}}
    assert empty.import_file(table_file([row]), geocode=False).imported == 1
    event = empty.event("g", "analyst")
    assert event is not None
    assert len(json.dumps(event["original"])) < 50_000


def test_a_wide_workbook_row_beyond_the_header_is_put_aside(empty: Store, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (["id", "title", "place"], ["a", "Clash", "Kyiv"], ["b", "Clash", "Kyiv", "", "stray"]):
        sheet.append(row)
    book.save(tmp_path / "wide.xlsx")
    summary = empty.import_file(tmp_path / "wide.xlsx", geocode=False)
    assert (summary.imported, summary.rejected) == (1, 1)


def test_an_id_that_is_another_incident_already_is_refused(empty: Store, table_file: Write) -> None:
    empty.import_file(table_file([{**GOOD, "id": "1"}]), geocode=False)
    other = {"id": "1", "title": "Protest", "place": "Lviv", "date": "2024-01-01"}
    summary = empty.import_file(table_file([other, {**GOOD, "id": "2"}], "other.csv"), geocode=False)
    assert (summary.imported, summary.updated, summary.rejected) == (1, 0, 1)
    assert "is another incident already" in summary.first_problems[0]
    corrected = {**GOOD, "id": "1", "title": "Clash, corrected"}
    assert empty.import_file(table_file([corrected], "third.csv"), geocode=False).updated == 1


def test_a_file_that_is_not_there_or_a_folder_is_said(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.xlsx"):
        with pytest.raises(FileProblem):
            open_file(path)
