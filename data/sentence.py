"""What is shown, said in one line for the top of every page and every export."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from data import countries, field_filters, schema
from data.filters import CODE_LISTS, Filters


class Counted(Protocol):
    """What the sentence needs of `Counts`."""

    total: int
    matching: int
    unplaced: int


def sentence(filters: Filters, counts: Counted) -> str:
    """Put filters and counts into words: `37 of 164 incidents, 1 Mar – 30 Jun 2023; 4 without a place`."""
    noun = "incident" if counts.total == 1 else "incidents"
    parts = [
        f"{counts.total:,} {noun}"
        if counts.matching == counts.total
        else f"{counts.matching:,} of {counts.total:,} {noun}"
    ]
    parts += said(filters)
    text = ", ".join(parts)
    return f"{text}; {counts.unplaced:,} without a place" if counts.unplaced else text


def said(filters: Filters) -> list[str]:
    """Put each filter in use into words."""
    parts = [period(filters.date_start, filters.date_end)] if filters.date_start or filters.date_end else []
    for name, code_list in CODE_LISTS.items():
        if chosen := getattr(filters, name):
            lead = "place " if name == "place_statuses" else ""
            parts.append(lead + " or ".join(schema.label(code_list, code).lower() for code in chosen))
    if filters.countries:
        parts.append(" or ".join(countries.name_of(code) for code in filters.countries))
    if filters.regions:
        parts.append(" or ".join(region_label(region) for region in filters.regions))
    if filters.q:
        parts.append(f"“{filters.q}”")
    if filters.bbox:
        west, south, east, north = (f"{edge:g}" for edge in filters.bbox)
        parts.append(f"within {west}° to {east}° east and {south}° to {north}° north")
    return parts + field_filters.said(filters.properties)


def period(start: date | None, end: date | None) -> str:
    """Write a period: `1 Mar – 30 Jun 2023`, `from 1 Mar 2023`, `until 30 Jun 2023`."""
    if start and end:
        if start == end:
            return _day(start)
        first = _day(start) if start.year != end.year else _day(start).rsplit(" ", 1)[0]
        return f"{first} – {_day(end)}"
    if start:
        return f"from {_day(start)}"
    return f"until {_day(end)}" if end else "all dates"


_SHORT_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def _day(day: date) -> str:
    return f"{day.day} {_SHORT_MONTHS[day.month - 1]} {day.year}"


def region_label(region: str) -> str:
    """Name a region value (`UA:Donetsk Oblast`) for reading."""
    country, _, admin1 = region.partition(":")
    return admin1 or f"{countries.name_of(country)}, region not known"
