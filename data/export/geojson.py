"""GeoJSON as RFC 7946 says: what is known only as an area leaves as an area, what has no place without geometry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from data import schema
from data.areas import circle, own_area, rings, split
from data.export.metadata import Choices, Metadata
from data.export.reports import COLUMNS as REPORTS
from data.export.reports import shown
from data.export.rows import TYPED_REPORTS, Selection, ahead, asked
from data.table.columns import PUBLIC

POINTS = ("exact", "settlement")
"""Precisions that leave as a point, unless the place is in doubt."""
_NEVER_DRAWN = ("country", "unlocated")
BESIDE = False
"""What the rows are is told in the file itself."""
_WRITTEN_AT_ONCE = 2_048


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


_POINT = f"geo_precision IN {POINTS} AND geo_status <> 'ambiguous'"
_FEATURES = """
    WITH drawn AS (
        SELECT *, CASE
            WHEN lat IS NULL OR geo_precision IN {never} THEN 'null'
            WHEN {point} THEN '{{"type":"Point","coordinates":[' || to_json({lon}) || ',' || to_json({lat}) || ']}}'
            WHEN shape IS NOT NULL THEN shape
            WHEN ring IS NOT NULL THEN '{{"type":"Polygon","coordinates":[' || to_json(ring) || ']}}'
            ELSE 'null' END AS drawn
        FROM rows
    )
    SELECT concat(
        ',\n{{"type":"Feature","id":', to_json(event_id), ',"geometry":', drawn, ',"properties":',
        left(to_json(struct_pack({members}))::VARCHAR, -1),
        CASE WHEN coalesce(reports, '[]') = '[]' THEN '' WHEN {as_written} THEN concat(',"reports":', reports)
            ELSE concat(',"reports":', to_json({reports})) END,
        CASE WHEN starts_with(drawn, '{{"type":"Point"') THEN ''
            ELSE concat(',"lat":', coalesce(to_json({lat}), 'null'), ',"lon":', coalesce(to_json({lon}), 'null')) END,
        CASE WHEN area IS NULL OR drawn = 'null' THEN ''
            WHEN json_extract(drawn, '$.type') = json_extract(area, '$.type') THEN ',"has_area":true'
            ELSE concat(',"area":', area) END,
        '}}}}')
    FROM drawn
"""
"""Features with what the geometry does not say, so that reading them again loses nothing: the position of an area, and
whether the area is more than a circle. DuckDB writes JSON many times faster than Python; a test holds both equal.
`concat` joins all parts at once; `||` would copy for each what is there already."""
_AS_WRITTEN = r"""starts_with(reports, '[{"publisher":') AND NOT contains(reports, '\')
    AND NOT contains(reports, '"retrieved_at":"')"""
"""Most reports lie in the event table just as they leave; the others (escapes or moments in them, or written by
PostgreSQL, with spaces) are read and written anew."""


def _question(selection: Selection) -> str:
    names = [name for name in (*PUBLIC, *selection.beside) if name not in ("lat", "lon", "area")]
    members = ", ".join(f"{name} := {_as_json(name)}" for name in names)
    report = ", ".join(_report_member(name) for name in REPORTS.values())
    return _FEATURES.format(
        never=_NEVER_DRAWN,
        point=_POINT,
        lat="round(lat, 7)",
        lon="round(lon, 7)",
        members=members,
        as_written=_AS_WRITTEN,
        reports=f"list_transform({TYPED_REPORTS}, lambda r: struct_pack({report}))",
    )


def _as_json(name: str) -> str:
    kind = schema.fields("events")[name].type
    return f"{name}::JSON" if kind == "json" else _moment(name) if kind == "datetime" else name


def _report_member(name: str) -> str:
    is_moment = schema.fields("reports")[name].type == "datetime"
    return f"{name} := {_moment(f'r.{name}') if is_moment else f'r.{name}'}"


def _moment(column: str) -> str:
    return f"strftime({column}, '%Y-%m-%dT%H:%M:%S')"


def _with_areas(rows: pa.RecordBatchReader) -> pa.RecordBatchReader:
    """Add the areas of what is not drawn as a point."""
    drawn = (part for batch in rows for part in _areas(pa.Table.from_batches([batch])).to_batches())
    return pa.RecordBatchReader.from_batches(_areas(rows.schema.empty_table()).schema, drawn)


def _areas(batch: pa.Table) -> pa.Table:
    """Add `ring` of a circle, `shape` in GeoJSON of any other area."""
    precision = batch["geo_precision"]
    is_point = pc.and_(pc.is_in(precision, pa.array(POINTS)), pc.not_equal(batch["geo_status"], "ambiguous"))
    no_area = pc.or_(pc.is_in(precision, pa.array(_NEVER_DRAWN)), is_point)
    drawn = pc.and_not(pc.is_valid(batch["lat"]), no_area).to_numpy()
    given = batch["area"].is_valid().to_numpy()
    lat, lon, radius = (batch[name].to_numpy() for name in ("lat", "lon", "radius_m"))
    circles = np.flatnonzero(drawn & ~given & (radius > 0))
    corners = rings(lat[circles], lon[circles], radius[circles])
    crossing = (np.abs(corners[:, :, 0]) > 180).any(axis=1)
    shapes: list[str | None] = [None] * batch.num_rows
    for at in np.flatnonzero(drawn & given):
        shapes[at] = _text(split(json.loads(batch["area"][at].as_py())))
    for at in circles[crossing]:
        shapes[at] = _text(circle(lat[at], lon[at], radius[at]))
    ring = _lists(corners[~crossing], circles[~crossing], batch.num_rows)
    return batch.append_column("shape", pa.array(shapes, pa.string())).append_column("ring", ring)


def _lists(corners: NDArray[np.float64], rows: NDArray[np.int64], count: int) -> pa.Array:
    """Lay rings out as a column of so many rows, null where there is none."""
    lengths = np.zeros(count + 1, np.int32)
    lengths[rows + 1] = corners.shape[1]
    positions = pa.FixedSizeListArray.from_arrays(pa.array(corners.ravel()), 2)
    there = np.zeros(count, bool)
    there[rows] = True
    return pa.ListArray.from_arrays(
        pa.array(np.cumsum(lengths, dtype=np.int32)), positions, mask=pa.array(~there)
    )


def _text(area: Mapping[str, Any]) -> str:
    rounded = {"type": area["type"], "coordinates": _rounded(area["coordinates"])}
    return json.dumps(rounded, separators=(",", ":"), allow_nan=False)


def write(path: Path, selection: Selection, metadata: Metadata, choices: Choices) -> int:
    """Write a FeatureCollection with the metadata as further members; return the number of features."""
    count = 0
    with path.open("wb") as out:
        out.write('{"type":"FeatureCollection","features":['.encode(choices.encoding))
        with closing(
            ahead(asked(_with_areas(selection.texts), _question(selection), _WRITTEN_AT_ONCE))
        ) as features:
            for batch in features:
                out.write(_bytes(batch.column(0))[0 if count else 1 :])
                count += batch.num_rows
        out.write(b"\n]")
        for name, value in metadata.to_dict(count).items():
            out.write(f",\n{json.dumps(name)}:{json.dumps(value, ensure_ascii=False)}".encode())
        out.write(b"}\n")
    return count


def _bytes(column: pa.StringArray) -> memoryview:
    """Give the bytes of a column's texts, which lie one after the other, without copying them."""
    _validity, offsets, texts = column.buffers()
    first, last = np.frombuffer(offsets, np.int32)[[column.offset, column.offset + len(column)]]
    return memoryview(texts)[first:last]
