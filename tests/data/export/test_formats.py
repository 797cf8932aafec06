"""XLSX, KML, GeoPackage and Parquet as other programs see them."""

import io
import json
import os
import shutil
import sqlite3
import subprocess
from datetime import datetime
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from defusedxml.ElementTree import fromstring

from data import Filters, InputError, Store
from data.export import to_bytes, to_file
from data.geometry import from_wkb
from tests.data.conftest import Write

KML = "{http://www.opengis.net/kml/2.2}"
AREAS = {"a3", "a5", "a6"}
POINTS = {"a1", "a2", "a4"}
SAYS = ("incidents", "GeoNames", "method: ", "licence: ")


def test_a_workbook_holds_dates_as_dates_and_runs_nothing(filled: Store, table_file: Write) -> None:
    filled.import_file(
        table_file([{"event_id": "x", "title": "=1+1", "place": "@x", "date": "2023"}]), geocode=False
    )
    book = openpyxl.load_workbook(io.BytesIO(to_bytes(filled, Filters(), "xlsx", hxl=True)))
    sheet = book["Incidents"]
    header = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, header.index("lat") + 1).value == "#geo+lat"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    rows = {row[0].value: dict(zip(header, row, strict=True)) for row in sheet.iter_rows(min_row=3)}
    assert rows["a1"]["date_start"].value == datetime(2023, 3, 1)
    assert rows["a1"]["lat"].value == 48.594
    about = {row[0].value: row[1].value for row in book["About"].iter_rows()}
    assert (about["rows"], about["data_version"]) == (8, filled.events.version)
    assert {"method", "licence", "exported_at", "title"} <= set(about)


def test_kml_has_a_time_span_and_no_bare_point_for_an_area(filled: Store) -> None:
    document = fromstring(to_bytes(filled, Filters(), "kml"))[0]
    said = f"{document.findtext(KML + 'name')} {document.findtext(KML + 'description')}"
    assert all(words in said for words in (*SAYS, "rows: 7 ", filled.events.version))
    for placemark in document.iter(KML + "Placemark"):
        data = {d.get("name"): d.findtext(KML + "value") for d in placemark.iter(KML + "Data")}
        assert (placemark.find(KML + "Point") is not None) == (data["event_id"] in POINTS)
        assert (placemark.find(KML + "Polygon") is not None) == (data["event_id"] in AREAS)
        span = placemark.find(KML + "TimeSpan")
        assert (span is None) == (data["event_id"] == "a7")
        if data["event_id"] == "a3" and span is not None:
            assert (span.findtext(KML + "begin"), span.findtext(KML + "end")) == ("2023-01-01", "2023-01-31")


def test_geoparquet_says_what_it_is(filled: Store) -> None:
    file = pq.ParquetFile(io.BytesIO(to_bytes(filled, Filters(), "parquet")))
    metadata = {
        key.decode(): json.loads(value) for key, value in file.metadata.metadata.items() if key[:1] != b"A"
    }
    assert metadata["geo"]["columns"]["geometry"] == {
        "encoding": "WKB",
        "geometry_types": ["Point", "Polygon"],
    }
    assert metadata["dateline"]["rows"] == 7
    for row in file.read().to_pylist():
        shape = row["geometry"] and from_wkb(row["geometry"])
        wanted = "Point" if row["event_id"] in POINTS else "Polygon" if row["event_id"] in AREAS else None
        assert (shape and shape["type"]) == wanted


def test_a_geopackage_has_a_layer_and_a_note(filled: Store, tmp_path: Path) -> None:
    to_file(filled, Filters(), tmp_path / "out.gpkg")
    with sqlite3.connect(tmp_path / "out.gpkg") as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        about = dict(connection.execute("SELECT name, value FROM about").fetchall())
        assert (about["rows"], about["data_version"]) == ("7", filled.events.version)
        geometries = dict(connection.execute("SELECT event_id, geom FROM incidents").fetchall())
    connection.close()
    assert geometries["a7"] is None
    assert {
        key for key, blob in geometries.items() if blob and from_wkb(blob[8:])["type"] == "Point"
    } == POINTS  # type: ignore[index]


@pytest.mark.parametrize("kind", ["gpkg", "kml", "geojson", "xlsx", "csv"])
def test_gdal_opens_it(filled: Store, tmp_path: Path, kind: str) -> None:
    if shutil.which("ogrinfo") is None:
        assert not os.environ.get("CI"), "gdal-bin must be installed where everything is checked"
        pytest.skip("ogrinfo is not installed (Debian: gdal-bin)")
    to_file(filled, Filters(), tmp_path / f"out.{kind}")
    called = ["ogrinfo", "-ro", "-al", "-so", str(tmp_path / f"out.{kind}")]
    done = subprocess.run(called, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "Feature Count: 7" in done.stdout
    assert "Warning" not in done.stderr
    assert "ERROR" not in done.stderr


def test_hashtags_where_there_is_no_row_for_them_are_refused(filled: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no row for hashtags"):
        to_file(filled, Filters(), tmp_path / "out.kml", hxl=True)
    assert not list(tmp_path.glob("out*"))
