"""Which columns the event table has, and their types for Arrow, Ibis and pandas."""

from __future__ import annotations

import math
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data import schema
from data.publication import public_from

ARROW_TYPES = {
    "text": pa.string(),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us"),
    "json": pa.string(),
}
_IBIS = {
    "text": "string",
    "int": "int64",
    "float": "float64",
    "bool": "boolean",
    "date": "date",
    "datetime": "timestamp",
    "json": "string",
}
_EVENTS = schema.fields("events")

PUBLIC = tuple(name for name, field in _EVENTS.items() if field.public and field.type != "json")
"""Columns that `frame` gives."""

BESIDE = ("reported_country", "reported_admin1", "reported_admin2", "area")
"""Columns that are not on the screen and without which reading an export again would lose something."""

FOR_ANALYSTS = ("embargo_until", "original")
"""The same, for no public export."""

STORED = (*PUBLIC, *BESIDE, *FOR_ANALYSTS, "reports", "content_hash", "seq")
"""Columns copied from the records; structures are JSON text, `reports` too."""

_CODES = {name: pa.array(schema.codes(field.codes)) for name, field in _EVENTS.items() if field.codes}
CATEGORIES = {name: pd.CategoricalDtype(pd.Index(codes.to_pylist())) for name, codes in _CODES.items()}
_PANDAS: dict[pa.DataType, Any] = {
    pa.int64(): pd.Int64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
    pa.string(): pd.StringDtype(na_value=np.nan),
}
_STORED_TYPES = {name: _EVENTS[name].type if name in _EVENTS else "json" for name in STORED}
ARROW_SCHEMA = pa.schema([(name, ARROW_TYPES[kind]) for name, kind in _STORED_TYPES.items()])

WORLD = 1 << 30
WIDE = 1 << 18
"""More uncertain than this (`mr`; 10 km at the equator, 6 km at 50 degrees) is kept apart: the rest is found faster."""
REGION_RANK = tuple(schema.codes("geo_precision")).index("adm1")
_EARTH_M = 40_075_016.686
_FARTHEST = 85.051128
RANKED = {"type_rank": "event_type", "precision_rank": "geo_precision", "status_rank": "geo_status"}
"""Columns that hold the place of a code in its list: whole numbers are grouped many times faster than texts."""

_DERIVED = {
    **dict.fromkeys(("mx", "my", "mr"), "int64"),
    **dict.fromkeys(RANKED, "int16"),
    "region": "string",
    "public_from": "timestamp",
}


def stored() -> ir.Table:
    """Give what comes from the records as an unbound Ibis table."""
    return ibis.table({name: _IBIS[kind] for name, kind in _STORED_TYPES.items()}, name="incoming")


def table() -> ir.Table:
    """Give the event table as an unbound Ibis table; `n` numbers its rows."""
    return ibis.table({"n": "int64", **stored().schema(), **_DERIVED}, name="events")


def derived(rows: ir.Table) -> ir.Table:
    """Add what is worked out once so that no question needs to.

    `mx, my, mr` are position and radius of uncertainty in web mercator at zoom 30, whole tiles from the north-west
    corner; `region` is country and region joined; `public_from` the moment from which anybody may see the row.
    """
    lat = ibis.greatest(ibis.least(rows.lat, _FARTHEST), -_FARTHEST).radians()
    y = 0.5 - (lat / 2 + math.pi / 4).tan().ln() / (2 * math.pi)
    radius = rows.radius_m.fill_null(0) / _EARTH_M * WORLD / lat.cos()
    return rows.mutate(
        mx=_where_placed(rows, ibis.least(((rows.lon + 180) / 360 * WORLD).floor().cast("int64"), WORLD - 1)),
        my=_where_placed(rows, ibis.greatest(ibis.least((y * WORLD).floor().cast("int64"), WORLD - 1), 0)),
        mr=radius.ceil().cast("int64"),
        **{name: _rank(rows[column]) for name, column in RANKED.items()},
        region=rows.country + ":" + rows.admin1.fill_null(""),
        public_from=public_from(rows),
    )


def _where_placed(rows: ir.Table, value: ir.IntegerValue) -> ir.Value:
    """Leave what has no position without: DuckDB's `least` passes over what is missing."""
    return ibis.ifelse(rows.lat.notnull() & rows.lon.notnull(), value, ibis.null("int64"))


def _rank(column: Any) -> Any:
    codes = list(schema.codes(column.get_name()))
    return ibis.cases(*((column == code, i) for i, code in enumerate(codes)), else_=len(codes)).cast("int16")


def typed(rows: pa.Table) -> pd.DataFrame:
    """Turn rows into a frame: codes as categories, days as datetime64, counts that may be missing as Int64."""
    return pd.DataFrame({name: _for_pandas(name, rows[name]) for name in rows.column_names}, copy=True)


def _for_pandas(name: str, column: pa.ChunkedArray) -> Any:
    """Turn one column; for a page of many columns half the time of Arrow's own way, which makes each category anew."""
    if codes := _CODES.get(name):
        places = pc.fill_null(pc.index_in(column.combine_chunks(), codes), -1)
        return pd.Categorical.from_codes(places.to_numpy(), dtype=CATEGORIES[name], validate=False)
    if pa.types.is_date(column.type):
        return column.cast(pa.timestamp("us")).to_numpy()
    kind = _PANDAS.get(column.type)
    return column.to_numpy() if kind is None else kind.__from_arrow__(column)
