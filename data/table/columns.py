"""Which columns the event table has, and their types for Arrow, Ibis and pandas."""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from data import schema

ARROW_TYPES = {
    "text": pa.string(),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us"),
}
_IBIS = {
    "text": "string",
    "int": "int64",
    "float": "float64",
    "bool": "boolean",
    "date": "date",
    "datetime": "timestamp",
}
_EVENTS = schema.fields("events")

PUBLIC = tuple(name for name, field in _EVENTS.items() if field.public and field.type != "json")
"""Columns that `frame` gives."""

STORED = (*PUBLIC, "embargo_until", "content_hash")
"""Columns copied from the records."""

MERCATOR = ("mx", "my", "mr")
"""Web mercator at zoom 30, whole tiles from the north-west corner: position and radius of uncertainty."""

ARROW_SCHEMA = pa.schema([(name, ARROW_TYPES[_EVENTS[name].type]) for name in (*STORED, "seq")])


def table() -> ir.Table:
    """Give the event table as an unbound Ibis table."""
    columns = {name: _IBIS[_EVENTS[name].type] for name in STORED} | dict.fromkeys(MERCATOR, "int64")
    return ibis.table(columns, name="events")


def typed(rows: pa.Table) -> pd.DataFrame:
    """Turn rows into a frame: codes as categories, days as datetime64, counts that may be missing as Int64."""
    mapper: dict[pa.DataType, Any] = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
    frame: pd.DataFrame = rows.to_pandas(date_as_object=False, types_mapper=mapper.get)
    for name in frame.columns:
        field = _EVENTS.get(name)
        if field is None:
            continue
        if field.codes:
            frame[name] = pd.Categorical(frame[name], categories=list(schema.codes(field.codes)))
        elif field.type in ("date", "datetime"):
            frame[name] = frame[name].astype("datetime64[us]")
    return frame
