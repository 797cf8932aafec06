"""Parquet and GeoParquet, a batch of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from data.errors import FileProblem
from data.geometry import from_wkb
from data.importing.table_file import Row
from data.readers.geojson import from_geometry
from data.readers.table import Table, as_text, sha256_of

NAME = "parquet"
_BATCH = 2_000
_FROM_GEOMETRY = ("lat", "lon", "radius_m", "geo_precision", "area")


def recognises(path: Path, head: bytes) -> bool:
    """Know it by its first four bytes."""
    return head.startswith(b"PAR1")


def open_table(path: Path) -> Table:
    """Open a Parquet file; a geometry column gives the position where no columns of that name do."""
    with _opened(path) as file:
        columns = tuple(file.schema_arrow.names)
        binary = {
            f.name
            for f in file.schema_arrow
            if pa.types.is_binary(f.type) or pa.types.is_large_binary(f.type)
        }
    if len(set(columns)) != len(columns):
        raise FileProblem(f"{path.name} has two columns of one name; rename one")
    ours = {"geo_status", "reported_country"} <= set(columns)
    geometry = None if ours else next((n for n in ("geometry", "geom", "wkb_geometry") if n in binary), None)
    plain = tuple(name for name in columns if name not in binary)
    added = tuple(name for name in _FROM_GEOMETRY if geometry and name not in plain)
    header = plain + added

    def rows() -> Iterator[Row]:
        number = 0
        with _opened(path) as file:
            wanted = [*plain, *([geometry] if geometry else [])]
            for batch in _batches(path, file, wanted):
                for values in batch.to_pylist():
                    number += 1
                    yield _row(number, values, header, geometry)

    return Table(path, sha256_of(path), NAME, header, rows, meant=frozenset({"area"} if added else ()))


def _row(number: int, values: dict[str, Any], header: tuple[str, ...], geometry: str | None) -> Row:
    cells, problem = {}, None
    if geometry and values.get(geometry):
        try:
            shape = from_wkb(values[geometry])
            cells = from_geometry(shape) if shape else {}
        except ValueError as error:
            problem = f"its geometry {error}"
    cells |= {name: as_text(value) for name, value in values.items() if name != geometry}
    return Row(number, tuple(cells.get(name, "") for name in header), problem)


def _opened(path: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise FileProblem(f"{path.name} is a broken Parquet file: get the whole file") from error


def _batches(path: Path, file: pq.ParquetFile, columns: list[str]) -> Iterator[pa.RecordBatch]:
    try:
        yield from file.iter_batches(batch_size=_BATCH, columns=columns)
    except (pa.ArrowException, OSError) as error:
        raise FileProblem(f"{path.name} is a broken Parquet file: get the whole file") from error
