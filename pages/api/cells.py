"""What the living map asks after every move: cells of a viewport, and regions that are never a pin."""

from typing import Any

import pandas as pd
from starlette.requests import Request
from starlette.responses import JSONResponse

from data.sentence import region_label
from pages.api import params
from pages.api.errors import answer_errors
from pages.shared.resources import store


@answer_errors
def cells(request: Request) -> JSONResponse:
    """Answer with the cells of `bbox` at `zoom` for the filters of the address."""
    events = store().events
    zoom = params.number(request, "zoom", default=5, low=0, high=22)
    bbox = params.bbox(request)
    filters = params.filters(request, besides=("zoom", "bbox"))
    frame = events.cells(filters, bbox=bbox, zoom=zoom)
    regional = frame["geo_precision"] == "adm1"
    counts = events.counts(filters)
    return JSONResponse(
        {
            "version": events.version,
            "total": counts.matching,
            "unplaced": counts.unplaced,
            "shown": int(frame["count"].sum()),
            "cells": [cell(row) for row in records(frame[~regional])],
            "regions": [region(row) for row in records(frame[regional])],
        }
    )


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as dictionaries with None for what is missing."""
    columns = []
    for column in (frame[name] for name in frame.columns):
        values = column.to_numpy(object, copy=True)
        values[column.isna().to_numpy()] = None
        columns.append(values.tolist())
    return [dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def cell(row: dict[str, Any]) -> dict[str, Any]:
    """Return one cell as the map draws it: a count, or one incident with its id; `ids` where a click lists them."""
    drawn = {
        "count": int(row["count"]),
        "lat": round(row["lat"], 6),
        "lon": round(row["lon"], 6),
        "type": row["event_type"],
        "precision": row["geo_precision"],
        "place_status": row["geo_status"],
        "radius_m": row["radius_m"],
    }
    if row["event_id"] is not None:
        drawn |= {"id": row["event_id"], "title": row["title"]}
    if row["event_ids"]:
        drawn["ids"] = row["event_ids"]
    return drawn


def region(row: dict[str, Any]) -> dict[str, Any]:
    """Return the incidents known only to one region; the position is the region's middle, not theirs."""
    ids = row["event_ids"] or [row["event_id"]]
    without_pin = {key: value for key, value in cell(row).items() if key not in ("id", "ids", "title")}
    return {**without_pin, "name": region_label(row["region"]), "ids": [i for i in ids if i]}
