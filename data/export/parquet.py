"""Parquet with GeoParquet 1.1 metadata, a group of rows at a time."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from data.export import flat
from data.export.geojson import geometry
from data.export.metadata import Choices, Metadata
from data.export.rows import Selection
from data.geometry import to_wkb
from data.table.columns import ARROW_TYPES

BESIDE = False
"""What the rows are is told in the file's own metadata, under `dateline`."""
GROUP = 20_000


def write(path: Path, selection: Selection, metadata: Metadata, choices: Choices) -> int:
    """Write all rows; return how many there were."""
    kinds = flat.kinds(selection)
    schema = pa.schema(
        [*((name, ARROW_TYPES[kind]) for name, kind in kinds.items()), ("geometry", pa.binary())]
    )
    types: set[str] = set()
    count = 0
    waiting: list[pa.Table] = []

    def flush() -> None:
        if waiting:
            out.write_table(pa.concat_tables(waiting))
            waiting.clear()

    with pq.ParquetWriter(path, schema, compression="zstd") as out:
        for batch in selection.batches:
            drawn = _drawn(batch, types)
            columns = zip(flat.by_column(batch, selection), schema.types, strict=False)
            arrays = [pa.array(column, kind) for column, kind in columns]
            waiting.append(pa.Table.from_arrays([*arrays, drawn], schema=schema))
            count += batch.num_rows
            if sum(table.num_rows for table in waiting) >= GROUP:
                flush()
        flush()
        geo = {
            "version": "1.1.0",
            "primary_column": "geometry",
            "columns": {"geometry": {"encoding": "WKB", "geometry_types": sorted(types)}},
        }
        note = json.dumps(metadata.to_dict(count), ensure_ascii=False)
        out.add_key_value_metadata({"geo": json.dumps(geo), "dateline": note})
    return count


def _drawn(batch: pa.Table, types: set[str]) -> pa.Array:
    """Draw every incident of a batch; add to `types` what they are drawn as."""
    names = ("lat", "lon", "radius_m", "geo_precision", "geo_status", "area")
    shapes: list[bytes | None] = []
    for values in zip(*(batch[name].to_pylist() for name in names), strict=True):
        row = dict(zip(names, values, strict=True))
        shape = geometry(row | {"area": row["area"] and json.loads(row["area"])})
        shapes.append(None if shape is None else to_wkb(shape))
        if shape is not None:
            types.add(shape["type"])
    return pa.array(shapes, pa.binary())
