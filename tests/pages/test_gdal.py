"""GDAL reads the interface as QGIS does: it finds the layer, pages through it, and asks the server for boxes."""

import csv
import io
import os
import shutil
import subprocess

import httpx
import pytest


@pytest.fixture(autouse=True)
def gdal() -> None:
    if shutil.which("ogrinfo") is None:
        assert not os.environ.get("CI"), "gdal-bin must be installed where everything is checked"
        pytest.skip("ogrinfo is not installed (Debian: gdal-bin)")


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "ERROR" not in done.stderr
    assert "Warning" not in done.stderr
    return done.stdout


def rows(*options: str, source: str) -> list[dict[str, str]]:
    made = run("ogr2ogr", "-f", "CSV", "/vsistdout/", source, "incidents", *options)
    return list(csv.DictReader(io.StringIO(made)))


def items(served: str, **params: object) -> dict[str, dict]:
    answer = httpx.get(f"{served}/collections/incidents/items", params={"limit": 10_000, **params}).json()
    return {feature["id"]: feature for feature in answer["features"]}


def test_the_layer_is_found_with_its_extent_and_fields(served):
    said = run("ogrinfo", "-ro", "-so", f"OAPIF:{served}/", "incidents")
    assert f"Feature Count: {len(items(served))}" in said
    for field in ("event_type: String", "date_start: Date", "source_count: Integer", "radius_m: Real"):
        assert field in said


def test_all_pages_together_are_all_incidents(served):
    got = rows("-oo", "PAGE_SIZE=25", source=f"OAPIF:{served}/")
    assert [row["event_id"] for row in got] == list(items(served))


def test_a_box_is_asked_of_the_server(served):
    got = rows("-spat", "36", "47", "40", "50", "-oo", "PAGE_SIZE=20", source=f"OAPIF:{served}/")
    assert {row["event_id"] for row in got} == set(items(served, bbox="36,47,40,50"))


def test_a_field_is_asked_of_the_server(served):
    got = rows("-where", "event_type = 'battle'", source=f"OAPIF:{served}/")
    assert got
    assert {row["event_id"] for row in got} == set(items(served, event_type="battle"))
