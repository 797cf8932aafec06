"""From a brush over the chart to days, and back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from data import Filters
from pages.timeline.spec import BRUSH


def without_dates(filters: Filters) -> Filters:
    """Return the filters without their period."""
    return replace(filters, date_start=None, date_end=None)


def brushed_days(selected: Mapping[str, Any]) -> tuple[date, date] | None:
    """Return first and last day of the brush; None when nothing is brushed.

    Vega-Lite gives milliseconds since 1970 of the two ends of an interval on the `start` axis.
    """
    ends = selected.get("selection", {}).get(BRUSH, {}).get("start") or []
    if len(ends) != 2:
        return None
    first, last = sorted(float(end) for end in ends)
    if last - first < 3_600_000:  # a click, not a brush
        return None
    return (_day(first), _day(last))


def _day(milliseconds: float) -> date:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).date()
