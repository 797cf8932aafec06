"""From counted cells to what a map draws: types put together, singles named, spots listed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from data.table.columns import CATEGORIES

_DECIMALS = 7
"""A centimetre: in whatever order positions are added up, the mean is the same."""
_WEIGHT = 16
"""More than there are types: count and type in one whole number, so that the commonest type is a maximum."""

Drawn = dict[str, np.ndarray[Any, Any]]
"""Columns of equal length, one place for each cell, area or region."""
_KEYS = ("layer", "gx", "gy", "region")
_SMALLEST = ("x0", "y0", "n", "precision0", "status0")
_LARGEST = ("x1", "y1", "precision1", "status1")


def merged(counted: pa.Table) -> Drawn:
    """Put the types of each cell together, and rows that were counted in two parts."""
    regions = counted["region"].combine_chunks().dictionary_encode()
    rows = {name: counted[name].to_numpy() for name in counted.column_names if name != "region"}
    rows["region"] = regions.indices.to_numpy(zero_copy_only=False)
    order = np.lexsort([rows["type_rank"], *(rows[name] for name in reversed(_KEYS))])
    rows = {name: values[order] for name, values in rows.items()}
    new_cell = np.any([_changes(rows[name]) for name in _KEYS], axis=0)
    cells, types = np.flatnonzero(new_cell), np.flatnonzero(new_cell | _changes(rows["type_rank"]))
    by_type = np.add.reduceat(rows["count"], types) * _WEIGHT + _WEIGHT - 1 - rows["type_rank"][types]
    count = np.add.reduceat(rows["count"], cells)
    drawn = {name: np.minimum.reduceat(rows[name], cells) for name in _SMALLEST}
    drawn |= {name: np.maximum.reduceat(rows[name], cells) for name in _LARGEST}
    drawn |= {name: (np.add.reduceat(rows[name], cells) / count).round(_DECIMALS) for name in ("lat", "lon")}
    return drawn | {
        "count": count,
        "layer": rows["layer"][cells],
        "region": regions.dictionary.to_numpy(zero_copy_only=False)[rows["region"][cells]],
        "commonest": np.maximum.reduceat(by_type, np.searchsorted(types, cells)) % _WEIGHT,
        "radius_m": np.fmax.reduceat(rows["radius_m"], cells),
        "date_start": np.fmin.reduceat(rows["date_start"].astype("datetime64[us]"), cells),
        "single": count == 1,
        "shared": ((count > 1) & (drawn["x0"] == drawn["x1"]) & (drawn["y0"] == drawn["y1"])),
    }


def _changes(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Say where a value differs from the one before."""
    return np.concatenate([np.ones(min(1, len(values)), bool), values[1:] != values[:-1]])


def shaped(drawn: Drawn, names: pa.Table, spots: pa.Table | None) -> pd.DataFrame:
    """Give the answer the columns that the map reads; `names` has `event_id` and `title` of the singles, in order."""
    frame = pd.DataFrame(
        {
            "count": drawn["count"],
            "lat": drawn["lat"],
            "lon": drawn["lon"],
            **{name: _where(drawn["single"], names[name]) for name in ("event_id", "title")},
            "event_type": _coded("event_type", _WEIGHT - 1 - drawn["commonest"]),
            "geo_precision": _coded("geo_precision", _alike(drawn, "precision")),
            "geo_status": _coded("geo_status", _alike(drawn, "status")),
            "radius_m": drawn["radius_m"],
            "date_start": drawn["date_start"],
            "event_ids": _listed(drawn, spots),
            "region": pd.array(drawn["region"], dtype="str"),
        }
    )
    return frame.iloc[np.lexsort([frame["lon"], frame["lat"], -frame["count"]])].reset_index(drop=True)


def _where(places: np.ndarray[Any, Any], values: pa.ChunkedArray) -> Any:
    """Put values into their places, nothing into the others."""
    all_of_them = np.full(len(places), None, object)
    all_of_them[places] = values.to_numpy()
    return pd.array(all_of_them, dtype="str")


def _listed(drawn: Drawn, spots: pa.Table | None) -> Any:
    """List the incidents of every spot that several share."""
    at: dict[tuple[int, int, int], list[str]] = {}
    if spots is not None:
        columns = (spots[name].to_pylist() for name in ("layer", "mx", "my", "event_id"))
        for layer, x, y, event_id in zip(*columns, strict=True):
            at.setdefault((layer, x, y), []).append(event_id)
    nothing: list[str] = []
    ids = [nothing] * len(drawn["count"])
    for i in np.flatnonzero(drawn["shared"]):
        ids[i] = at.get((int(drawn["layer"][i]), int(drawn["x0"][i]), int(drawn["y0"][i])), nothing)
    return pd.Series(ids, dtype=object)


def _alike(drawn: Drawn, name: str) -> Any:
    """Give the code that all in a cell have, else -1."""
    least = drawn[f"{name}0"]
    return np.where(least == drawn[f"{name}1"], least, -1)


def _coded(name: str, ranks: Any) -> Any:
    kind = CATEGORIES[name]
    known = np.where(ranks < len(kind.categories), ranks, -1)
    return pd.Categorical.from_codes(known, dtype=kind, validate=False)
