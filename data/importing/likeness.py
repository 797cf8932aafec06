"""Which rows of a plan may tell of an incident that is there already, or that another of its rows tells too."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa

from data.duplicates import proposals
from data.duplicates.pairs import SLACK_DAYS, near_in_time_and_place
from data.filters import Filters
from data.importing.plan import Plan
from data.table.columns import ARROW_SCHEMA, typed

if TYPE_CHECKING:
    from data.table.event_table import EventTable

MOST_ROWS, MOST_THERE = 5_000, 50_000
"""With more new rows, or more incidents of the same days, nobody looks: the review queue does once they are saved."""
_WORLD, _EARTH_M = 1 << 30, 40_075_016.686
_NEEDED = ("event_id", "date_start", "date_end", "lat", "lon", "radius_m", "place_text", "status")


def possible_duplicates(events: EventTable, plan: Plan) -> int | None:
    """Count the new rows that are probably an incident that is there already, or told by another new row.

    None where there are too many rows to look through.
    """
    if plan.counts.new > MOST_ROWS:
        return None
    rows = {
        row.event["event_id"]: row
        for piece in plan.pieces()
        for row in plan.rows_of(piece)
        if row.place is not None
    }
    said = [{**row.event, **(row.place.fields if row.place else {})} for row in rows.values()]
    days = [day for event in said for day in (event.get("date_start"), event.get("date_end")) if day]
    if not days:
        return 0
    there = _there(events, min(days), max(days))
    if there is None:
        return None
    new = set(rows) - set(events.rows(rows)["event_id"])
    schema = pa.schema([ARROW_SCHEMA.field(name) for name in there.columns])
    incoming = typed(pa.Table.from_pylist(said, schema=schema))
    incoming = incoming[incoming["event_id"].isin(new)]
    both = pd.concat([there, incoming], ignore_index=True)
    found = proposals(both, _pairs(both, sorted(new)))
    return len({name for pair in found for name in (pair.event_id, pair.other_id)} & new)


def _there(events: EventTable, first: date, last: date) -> pd.DataFrame | None:
    slack = timedelta(days=SLACK_DAYS)
    filters = Filters(date_start=first - slack, date_end=last + slack)
    frame = events.frame(filters, audience="analyst", limit=MOST_THERE + 1)
    return frame if len(frame) <= MOST_THERE else None


def _pairs(both: pd.DataFrame, among: list[str]) -> pd.DataFrame:
    """Find the pairs worth comparing, in an engine of this call only."""
    plain = both[list(_NEEDED)].astype({"status": str})
    schema = pa.schema([ARROW_SCHEMA.field(name) for name in _NEEDED])
    table = pa.Table.from_pandas(plain, schema=schema, preserve_index=False)
    lat = np.radians(np.clip(both["lat"].to_numpy(float, na_value=np.nan), -85.05, 85.05))
    lon = both["lon"].to_numpy(float, na_value=np.nan)
    radius_m = both["radius_m"].to_numpy(float, na_value=0.0)
    for name, values in (
        ("mx", (lon + 180) / 360 * _WORLD),
        ("my", (0.5 - np.log(np.tan(np.pi / 4 + lat / 2)) / (2 * np.pi)) * _WORLD),
        ("mr", np.nan_to_num(radius_m) / _EARTH_M * _WORLD / np.cos(lat)),
    ):
        whole = pa.array(np.nan_to_num(values).astype("int64"), mask=np.isnan(values))
        table = table.append_column(name, whole)
    rows = ibis.memtable(table)
    engine = ibis.duckdb.connect()
    try:
        found: pd.DataFrame = engine.to_pandas(near_in_time_and_place(rows, rows.event_id.notnull(), among))
    finally:
        engine.disconnect()
    return found
