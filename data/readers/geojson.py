"""GeoJSON: properties are columns, a point is a position, an area stays one. Also what our own export writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from data.errors import FileProblem
from data.export.reports import COLUMNS as REPORT_COLUMNS
from data.geometry import AREAS, middle
from data.importing.table_file import Row
from data.readers.json_stream import CutOff, elements
from data.readers.table import Table, as_text, sha256_of

NAME = "geojson"
POSITION = ("lat", "lon", "radius_m", "geo_precision", "area")
"""Columns that the geometry gives, unless the properties of the same name do."""


def recognises(path: Path, head: bytes) -> bool:
    """Know it by what a collection of features begins with."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"{") and re.search(rb'"(type"\s*:\s*"Feature|features"\s*:)', start) is not None


def open_table(path: Path) -> Table:
    """Open a FeatureCollection; its columns are all properties that occur."""
    names: dict[str, None] = {}
    try:
        for feature in elements(path, "features"):
            if isinstance(feature, dict):
                try:
                    names |= dict.fromkeys(cells_of(feature))
                except ValueError:
                    names |= dict.fromkeys(cells_of(feature | {"geometry": None}))
    except CutOff:
        pass
    if not names:
        raise FileProblem(f"{path.name} has no features; nothing was imported")
    header = tuple(names)

    def rows() -> Iterator[Row]:
        number = 0
        try:
            for number, feature in enumerate(elements(path, "features"), start=1):
                if not isinstance(feature, dict):
                    yield Row(number, ("",) * len(header), "is not a feature")
                    continue
                problem = None
                try:
                    cells = cells_of(feature)
                except ValueError as error:
                    cells, problem = {}, f"its geometry {error}"
                yield Row(number, tuple(cells.get(name, "") for name in header), problem)
        except CutOff:
            yield Row(
                number + 1, ("",) * len(header), "the file is cut off or broken here; get the whole file"
            )

    return Table(path, sha256_of(path), NAME, header, rows, meant=frozenset({"area"}))


def cells_of(feature: Mapping[str, Any]) -> dict[str, str]:
    """Lay a feature out as cells by column; raise `ValueError` for a broken geometry."""
    properties = feature.get("properties")
    properties = dict(properties) if isinstance(properties, dict) else {}
    ours = "geo_status" in properties and "reported_country" in properties
    reports = properties.pop("reports", None) if isinstance(properties.get("reports"), list) else None
    area_of_ours = ours and bool(properties.pop("has_area", False))
    cells = {
        (name if ours or name != "area" else "area (property)"): as_text(v) for name, v in properties.items()
    }
    if feature.get("id") is not None and not {"event_id", "id"} & set(properties):
        cells["event_id"] = as_text(feature["id"])
    for number, report in enumerate(reports or (), start=1):
        suffix = "" if number == 1 else f"_{number}"
        if isinstance(report, dict):
            cells |= {
                column + suffix: as_text(report[field])
                for column, field in REPORT_COLUMNS.items()
                if report.get(field) is not None
            }
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict):
        return cells
    if ours and geometry.get("type") == "Point":
        return {**from_geometry(geometry), **cells}
    if ours:
        return cells | ({"area": as_text(geometry)} if area_of_ours else {})
    return {**from_geometry(geometry), **cells}


def from_geometry(geometry: Mapping[str, Any]) -> dict[str, str]:
    """Say where a geometry lies: a point as it is, anything wider as its middle, its reach and its area."""
    lat, lon, reach = middle(geometry)
    cells = {"lat": as_text(lat), "lon": as_text(lon)}
    if geometry.get("type") == "Point" or reach == 0:
        return cells
    cells |= {"radius_m": as_text(reach), "geo_precision": "feature"}
    if geometry.get("type") in AREAS:
        cells["area"] = as_text({"type": geometry["type"], "coordinates": geometry["coordinates"]})
    return cells
