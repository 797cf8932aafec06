"""The timeline as a Vega-Lite specification: stacked bars of pre-counted bins, with a brush over time."""

from datetime import date
from typing import Any

import pandas as pd

from data import Filters
from data.schema import label
from pages.shared.palette import EVENT_TYPE_COLOURS

BRUSH = "brush"
HEIGHT = 380
MOST_BINS = 120
"""More bars than this are thinner than a finger or a mouse can pick."""

DATE_FORMAT = {"day": "%-d %b %Y", "week": "%-d %b %Y", "month": "%b %Y", "year": "%Y"}
"""How the axis says a date, by the size of the bins."""


def bars(frame: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """Return the bars: from `start` to before `after`, from `low` to `high`, with type in words, count and
    whether the bar touches the period in force.

    Stacked here, because Vega-Lite does not stack bars that have two ends on the time axis.
    """
    order = {code: place for place, code in enumerate(EVENT_TYPE_COLOURS)}
    ordered = frame.assign(place=frame["event_type"].astype(str).map(order)).sort_values(["start", "place"])
    first = pd.Timestamp(filters.date_start or date.min)
    last = pd.Timestamp(filters.date_end or date.max)
    top = ordered.groupby("start")["count"].cumsum()
    return pd.DataFrame(
        {
            "start": pd.to_datetime(ordered["start"]),
            "after": pd.to_datetime(ordered["end"]) + pd.Timedelta(days=1),
            "type": [label("event_type", code) for code in ordered["event_type"]],
            "count": ordered["count"].astype(int),
            "low": (top - ordered["count"]).astype(int),
            "high": top.astype(int),
            "chosen": (ordered["end"] >= first) & (ordered["start"] <= last),
        }
    )


def specification(frame: pd.DataFrame) -> dict[str, Any]:
    """Make the chart for bins of one size, named in `frame.attrs["bin"]`."""
    axis = {
        "title": None,
        "labelOverlap": True,
        "labelSeparation": 12,
        "format": DATE_FORMAT[frame.attrs["bin"]],
    }
    present = [code for code in EVENT_TYPE_COLOURS if code in set(frame["event_type"])]
    return {
        "height": HEIGHT,
        "width": "container",
        "autosize": {"type": "fit", "contains": "padding"},
        "mark": {"type": "bar", "binSpacing": 1},
        "params": [{"name": BRUSH, "select": {"type": "interval", "encodings": ["x"]}}],
        "encoding": {
            "x": {"field": "start", "type": "temporal", "scale": {"type": "utc"}, "axis": axis},
            "x2": {"field": "after"},
            "y": {
                "field": "low",
                "type": "quantitative",
                "axis": {"title": f"Incidents per {frame.attrs['bin']}", "tickMinStep": 1, "format": ",d"},
            },
            "y2": {"field": "high"},
            "color": {
                "field": "type",
                "type": "nominal",
                "scale": {
                    "domain": [label("event_type", code) for code in present],
                    "range": [EVENT_TYPE_COLOURS[code] for code in present],
                },
                "legend": None,  # the page has one, which fits a phone
            },
            "opacity": {"condition": {"test": "datum.chosen", "value": 1}, "value": 0.3},
            "tooltip": [
                {"field": "start", "type": "temporal", "title": "From", "format": "%-d %b %Y"},
                {"field": "type", "title": "Type"},
                {"field": "count", "title": "Incidents"},
            ],
        },
    }
