"""GeoPackage: the first layer of features, read with Python's own SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from data.errors import FileProblem
from data.geometry import from_wkb
from data.importing.table_file import Row
from data.readers.geojson import from_geometry
from data.readers.table import Table, as_text, sha256_of

NAME = "gpkg"
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_FROM_GEOMETRY = ("lat", "lon", "radius_m", "geo_precision", "area")
_DEGREES = (4326, 0, -1)


def recognises(path: Path, head: bytes) -> bool:
    """Know it by being an SQLite database."""
    return head.startswith(b"SQLite format 3\0")


def open_table(path: Path) -> Table:
    """Open the first layer of features."""
    try:
        with closing(_connect(path)) as connection:
            layer, column, system = _layer(path, connection)
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({_quoted(layer)})")]
    except sqlite3.Error as error:
        raise FileProblem(f"{path.name} is no GeoPackage that can be read ({error})") from error
    if system not in _DEGREES:
        raise FileProblem(f"{path.name} is in the coordinate system {system}; save it in WGS 84 (EPSG:4326)")
    plain = tuple(name for name in columns if name not in (column, "fid"))
    ours = {"geo_status", "reported_country"} <= set(plain)
    added = tuple(name for name in _FROM_GEOMETRY if not ours and name not in plain)
    header = plain + added

    def rows() -> Iterator[Row]:
        names = ", ".join(_quoted(name) for name in (column, *plain))
        try:
            with closing(_connect(path)) as connection:
                found = connection.execute(f"SELECT {names} FROM {_quoted(layer)}")
                for number, values in enumerate(found, start=1):
                    yield _row(number, values, plain, header, ours)
        except sqlite3.Error as error:
            raise FileProblem(f"{path.name} is a broken GeoPackage ({error}): get the whole file") from error

    return Table(
        path, sha256_of(path), NAME, header, rows, frozenset({"area"} if added else ()), {"layer": layer}
    )


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    connection.execute("PRAGMA trusted_schema=OFF")
    return connection


def _layer(path: Path, connection: sqlite3.Connection) -> tuple[str, str, int]:
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "gpkg_geometry_columns" not in tables:
        raise FileProblem(
            f"{path.name} is an SQLite database but no GeoPackage; export the table as CSV first"
        )
    layers = connection.execute(
        "SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns"
    ).fetchall()
    found = next((layer for layer in layers if layer[0] in tables), None)
    if found is None:
        raise FileProblem(f"{path.name} has no layer of features; nothing was imported")
    return found[0], found[1], int(found[2])


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _row(number: int, values: Any, plain: tuple[str, ...], header: tuple[str, ...], ours: bool) -> Row:
    cells: dict[str, str] = {}
    problem = None
    if values[0] is not None and not ours:
        try:
            shape = from_wkb(_body(values[0]))
            cells = from_geometry(shape) if shape else {}
        except ValueError as error:
            problem = f"its geometry {error}"
    cells |= {name: as_text(value) for name, value in zip(plain, values[1:], strict=True)}
    return Row(number, tuple(cells.get(name, "") for name in header), problem)


def _body(blob: bytes) -> bytes:
    if not isinstance(blob, bytes) or blob[:2] != b"GP" or len(blob) < 8:
        raise ValueError("is no GeoPackage geometry")
    return blob[8 + _ENVELOPES.get((blob[3] >> 1) & 7, 0) :]
