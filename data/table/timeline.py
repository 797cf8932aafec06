"""From incidents counted by day to the bins of a timeline."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.table.columns import typed

_LENGTH_DAYS = {"day": 1, "week": 7, "month": 30.4, "year": 365.2}
_STEP = {
    "day": pd.DateOffset(days=1),
    "week": pd.DateOffset(weeks=1),
    "month": pd.DateOffset(months=1),
    "year": pd.DateOffset(years=1),
}
_BINS = pd.CategoricalDtype(pd.Index(list(_STEP)))


def bin_for(first: date | None, last: date | None, max_bins: int) -> str:
    """Choose the finest bin of which no more than `max_bins` cover the period."""
    if first is None or last is None:
        return "day"
    days = (last - first).days + 1
    return next((name for name, length in _LENGTH_DAYS.items() if days / length + 2 <= max_bins), "year")


def binned(days: pa.Table, max_bins: int) -> pd.DataFrame:
    """Add counts by `date_start` and `event_type` up to bins; their last `date_end` says how long the period is."""
    name = bin_for(pc.min(days["date_start"]).as_py(), pc.max(days["date_end"]).as_py(), max_bins)
    rows = days.filter(days["date_start"].is_valid())
    rows = rows.append_column("start", pc.floor_temporal(rows["date_start"], unit=name))
    rows = rows.group_by(["start", "event_type"]).aggregate([("count", "sum")])
    rows = rows.sort_by([("start", "ascending"), ("event_type", "ascending")])
    frame = typed(rows.select(["start", "event_type"]))
    ends = frame["start"] + _STEP[name] - pd.Timedelta(days=1)
    frame.insert(1, "end", ends.astype("datetime64[us]"))
    frame["count"] = rows["count_sum"].to_numpy()
    frame["bin"] = pd.Categorical.from_codes([list(_STEP).index(name)] * len(frame), dtype=_BINS)
    frame.attrs["bin"] = name
    return frame
