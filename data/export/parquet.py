"""Parquet with GeoParquet 1.1 metadata, a group of rows at a time."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

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
    with pq.ParquetWriter(path, schema, compression="zstd") as out:
        while rows := list(islice(selection.rows, GROUP)):
            table: list[list[Any]] = [flat.values(row, selection) for row in rows]
            shapes = [geometry(row) for row in rows]
            types |= {shape["type"] for shape in shapes if shape is not None}
            columns = [
                pa.array(column, schema.field(i).type) for i, column in enumerate(zip(*table, strict=True))
            ]
            drawn = pa.array([None if shape is None else to_wkb(shape) for shape in shapes], pa.binary())
            out.write_table(pa.Table.from_arrays([*columns, drawn], schema=schema))
            count += len(rows)
        geo = {
            "version": "1.1.0",
            "primary_column": "geometry",
            "columns": {"geometry": {"encoding": "WKB", "geometry_types": sorted(types)}},
        }
        note = json.dumps(metadata.to_dict(count), ensure_ascii=False)
        out.add_key_value_metadata({"geo": json.dumps(geo), "dateline": note})
    return count
