"""GeoJSON as RFC 7946 says: what is known only as an area leaves as an area, what has no place without geometry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pandas as pd

from data.areas import own_area
from data.export.metadata import Choices, Metadata
from data.export.reports import shown
from data.export.rows import Row, Selection
from data.table.columns import PUBLIC

POINTS = ("exact", "settlement")
"""Precisions that leave as a point, unless the place is in doubt."""
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
            {name: _plain(value) for name, value in shown(report).items()} for report in row["reports"]
        ]
    return {
        "type": "Feature",
        "id": plain["event_id"],
        "geometry": geometry(plain | {"area": area}),
        "properties": properties,
    }


def geometry(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """Draw an incident: a point only where it is known as one, else its area; None without a place."""
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
    if isinstance(value, datetime):
        return value.isoformat()[:10] if value.time() == time(0) else value.isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _to_read_again(row: Row, selection: Selection, drawn: Mapping[str, Any] | None) -> dict[str, Any]:
    """Give what the geometry does not say: the position of an area, and whether the area is more than a circle."""
    more: dict[str, Any] = {name: _plain(row[name]) for name in selection.beside if name != "area"}
    if drawn is None or drawn["type"] != "Point":
        more |= {name: None if row[name] is None else round(row[name], 7) for name in ("lat", "lon")}
    if row["area"] and drawn is not None:
        is_area = drawn["type"] == row["area"]["type"]
        more |= {"has_area": True} if is_area else {"area": row["area"]}
    return more


def write(path: Path, selection: Selection, metadata: Metadata, choices: Choices) -> int:
    """Write a FeatureCollection with the metadata as further members; return the number of features."""
    with path.open("w", encoding=choices.encoding, newline="") as out:
        out.write('{"type":"FeatureCollection","features":[')
        count = 0
        for row in selection.rows:
            item = feature(row)
            item["properties"] |= _to_read_again(row, selection, item["geometry"])
            out.write(",\n" if count else "\n")
            out.write(json.dumps(item, ensure_ascii=False, separators=(",", ":"), allow_nan=False))
            count += 1
        out.write("\n]")
        for name, value in metadata.to_dict(count).items():
            out.write(f",\n{json.dumps(name)}:{json.dumps(value, ensure_ascii=False)}")
        out.write("}\n")
    return count
