"""GeoJSON as RFC 7946 says: what is known only as an area leaves as an area, what has no place without geometry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import IO, Any

import pandas as pd

from data.areas import own_area
from data.export.metadata import Metadata
from data.export.rows import Selection
from data.table.columns import PUBLIC

POINTS = ("exact", "settlement")
"""Precisions that leave as a point, unless the place is in doubt."""
_REPORT_FIELDS = ("publisher", "url", "published_at", "title", "language", "reliability", "quote", "licence")
_NEVER_DRAWN = ("country", "unlocated")
BESIDE = False
"""What the rows are is told in the file itself."""


def feature(row: Mapping[str, Any]) -> dict[str, Any]:
    """Make a Feature of one incident: a row of `frame`, of a selection, or what `Store.event` gives."""
    plain = {name: _plain(row.get(name)) for name in (*PUBLIC, "area")}
    area = plain.pop("area")
    properties = {name: value for name, value in plain.items() if name not in ("lat", "lon")}
    if row.get("reports"):
        properties["reports"] = [
            {name: _plain(report.get(name)) for name in _REPORT_FIELDS} for report in row["reports"]
        ]
    return {
        "type": "Feature",
        "id": plain["event_id"],
        "geometry": _geometry(plain | {"area": area}),
        "properties": properties,
    }


def _geometry(row: Mapping[str, Any]) -> dict[str, Any] | None:
    if row["lat"] is None or row["geo_precision"] in _NEVER_DRAWN:
        return None
    if row["geo_precision"] in POINTS and row["geo_status"] != "ambiguous":
        return {"type": "Point", "coordinates": [round(row["lon"], 7), round(row["lat"], 7)]}
    area = own_area(row)
    return None if area is None else {**area, "coordinates": _rounded(area["coordinates"])}


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, (int, float)):
        return round(coordinates, 7)
    return [_rounded(part) for part in coordinates]


def _plain(value: Any) -> Any:
    if isinstance(value, (str, dict, list)):
        return value
    if pd.isna(value):
        return None
    return value.isoformat()[:10] if isinstance(value, date) else value


def write(out: IO[str], selection: Selection, metadata: Metadata) -> int:
    """Write a FeatureCollection with the metadata as further members; return the number of features."""
    out.write('{"type":"FeatureCollection","features":[')
    count = 0
    for row in selection.rows:
        out.write(",\n" if count else "\n")
        out.write(json.dumps(feature(row), ensure_ascii=False, separators=(",", ":"), allow_nan=False))
        count += 1
    out.write("\n]")
    for name, value in metadata.to_dict(count).items():
        out.write(f",\n{json.dumps(name)}:{json.dumps(value, ensure_ascii=False)}")
    out.write("}\n")
    return count
