"""The timeline as a Vega-Lite specification: stacked bars of pre-counted bins, with a brush over time."""

from typing import Any

import pandas as pd

from data.schema import label
from pages.shared.palette import EVENT_TYPE_COLOURS

BRUSH = "brush"


def bars(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the bins for the chart: start, end, type in words, count."""
    return pd.DataFrame(
        {
            "start": pd.to_datetime(frame["start"]),
            "end": pd.to_datetime(frame["end"]),
            "type": [label("event_type", code) for code in frame["event_type"]],
            "count": frame["count"].astype(int),
        }
    )


def specification(frame: pd.DataFrame) -> dict[str, Any]:
    """Make the chart for bins of one size, named in `frame.attrs["bin"]`."""
    present = [code for code in EVENT_TYPE_COLOURS if code in set(frame["event_type"])]
    return {
        "height": 340,
        "width": "container",
        "mark": {"type": "bar", "binSpacing": 1},
        "params": [{"name": BRUSH, "select": {"type": "interval", "encodings": ["x"]}}],
        "encoding": {
            "x": {
                "field": "start",
                "type": "temporal",
                "scale": {"type": "utc"},
                "axis": {"title": None, "labelOverlap": True},
            },
            "x2": {"field": "end"},
            "y": {
                "field": "count",
                "type": "quantitative",
                "stack": "zero",
                "axis": {"title": f"Incidents per {frame.attrs['bin']}", "tickMinStep": 1, "format": "d"},
            },
            "color": {
                "field": "type",
                "type": "nominal",
                "scale": {
                    "domain": [label("event_type", code) for code in present],
                    "range": [EVENT_TYPE_COLOURS[code] for code in present],
                },
                "legend": {"orient": "bottom", "title": None, "columns": 3},
            },
            "opacity": {"condition": {"param": BRUSH, "value": 1}, "value": 0.35},
            "tooltip": [
                {
                    "field": "start",
                    "type": "temporal",
                    "title": "From",
                    "format": "%-d %b %Y",
                    "formatType": "time",
                },
                {"field": "type", "title": "Type"},
                {"field": "count", "title": "Incidents"},
            ],
        },
    }
