"""GeoPackage 1.3, written with Python's own SQLite: a layer of incidents and a table that says what it is."""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

from data.export import flat
from data.export.geojson import geometry
from data.export.metadata import Choices, Metadata
from data.export.rows import Selection
from data.geometry import positions, to_wkb

BESIDE = False
"""What the rows are is told in the table `about`."""
LAYER = "incidents"
_TYPES = {
    "text": "TEXT",
    "int": "INTEGER",
    "float": "DOUBLE",
    "bool": "BOOLEAN",
    "date": "DATE",
    "datetime": "DATETIME",
}
_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
    'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]'
)
_TABLES = """
PRAGMA application_id = 1196444487;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE about (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, name TEXT NOT NULL, value TEXT);
"""


def write(path: Path, selection: Selection, metadata: Metadata, choices: Choices) -> int:
    """Write all rows; return how many there were."""
    path.unlink(missing_ok=True)
    kinds = flat.kinds(selection)
    columns = ", ".join(f'"{name}" {_TYPES[kind]}' for name, kind in kinds.items())
    extent = _Extent()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(_TABLES)
        connection.execute(
            f"CREATE TABLE {LAYER} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom GEOMETRY, {columns})"
        )
        connection.executemany(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)",
            [
                ("Undefined cartesian", -1, "NONE", -1, "undefined", None),
                ("Undefined geographic", 0, "NONE", 0, "undefined", None),
                ("WGS 84", 4326, "EPSG", 4326, _WGS84, "longitude and latitude in degrees"),
            ],
        )
        holes = ", ".join("?" * (len(kinds) + 1))
        names = ", ".join(f'"{name}"' for name in kinds)
        connection.executemany(
            f"INSERT INTO {LAYER} (geom, {names}) VALUES ({holes})", _rows(selection, extent)
        )
        _describe(connection, metadata, extent)
        connection.commit()
    return extent.rows


class _Extent:
    """The box around everything written, and how many rows that was."""

    def __init__(self) -> None:
        self.rows = 0
        self.box: tuple[float, float, float, float] | None = None

    def add(self, drawn: dict[str, Any]) -> None:
        for x, y in positions(drawn):
            west, south, east, north = self.box or (x, y, x, y)
            self.box = (min(west, x), min(south, y), max(east, x), max(north, y))


def _rows(selection: Selection, extent: _Extent) -> Iterator[list[Any]]:
    for row in selection.rows:
        extent.rows += 1
        drawn = geometry(row)
        if drawn is not None:
            extent.add(drawn)
        yield [_blob(drawn), *(_value(value) for value in flat.values(row, selection))]


def _blob(drawn: dict[str, Any] | None) -> bytes | None:
    return None if drawn is None else b"GP" + struct.pack("<BBi", 0, 1, 4326) + to_wkb(drawn)


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds") + "Z"
    return value.isoformat() if isinstance(value, date) else value


def _describe(connection: sqlite3.Connection, metadata: Metadata, extent: _Extent) -> None:
    note = metadata.to_dict(extent.rows)
    connection.executemany(
        "INSERT INTO about (name, value) VALUES (?, ?)",
        [
            (name, json.dumps(v, ensure_ascii=False) if isinstance(v, dict) else str(v))
            for name, v in note.items()
        ],
    )
    box = extent.box or (None, None, None, None)
    add = (
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, min_x, min_y, max_x, max_y, srs_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    connection.execute(add, (LAYER, "features", "Incidents", note["title"], *box, 4326))
    connection.execute(
        add, ("about", "attributes", "About", "what the incidents are", None, None, None, None, None)
    )
    connection.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'GEOMETRY', 4326, 0, 0)", (LAYER,)
    )
