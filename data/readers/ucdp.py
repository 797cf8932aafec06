"""UCDP GED: the georeferenced event dataset of the Uppsala Conflict Data Program."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import zip_longest

from data.readers.table import MOST_REPORTS, Table, columns_of, crossed, of_collection, reports_of, translated

NAME = "ucdp"
MARKS = ("type_of_violence", "where_prec", "date_prec", "dyad_name", "deaths_civilians")
COLUMNS = columns_of(
    "event_id", "title", "event_type", "date_start", "date_end", "date_precision", "place_text",
    "reported_country", "reported_admin1", "reported_admin2", "lat", "lon", "geo_precision", "geo_status", "geo_method",
    "actors", "killed_min", "killed_best", "killed_max",
    reports=MOST_REPORTS,
    fields=("publisher", "published_at", "source_title", "licence", "independent_of"),
)  # fmt: skip


def read(table: Table) -> Table:
    """Read the table in our columns."""
    return translated(table, NAME, COLUMNS, row)


def row(cells: Mapping[str, str]) -> dict[str, str]:
    """Lay one GED event out in our columns.

    What is known by country only loses its coordinates (a capital or centroid) and is not looked up more closely.
    """
    number = cells.get("id", "")
    place = cells.get("where_coordinates") or cells.get("where_description", "")
    precision = crossed("ucdp_geo_precision", cells["where_prec"], "where_prec")
    lies: dict[str, str] = {"lat": cells.get("latitude", ""), "lon": cells.get("longitude", "")}
    if precision == "country":
        lies = {"geo_status": "auto", "geo_method": "imported"}
    start, end = _day(cells.get("date_start", "")), _day(cells.get("date_end", ""))
    date_precision = crossed("ucdp_date_precision", cells["date_prec"], "date_prec")
    if date_precision == "day" and start != end:
        date_precision = "range"
    actors = "; ".join(side for key in ("side_a", "side_b") if (side := cells.get(key, "")))
    event_type = crossed("ucdp_violence", cells["type_of_violence"], "type_of_violence")
    reports = of_collection(_reports(cells), "UCDP GED", number, "CC BY 4.0")
    return (
        reports_of(reports)
        | lies
        | {
            "event_id": f"ucdp:{number}" if number else "",
            "title": cells.get("source_headline", "").split(";")[0][:120] or f"{cells['dyad_name']}, {place}",
            "event_type": event_type,
            "date_start": start,
            "date_end": end,
            "date_precision": date_precision,
            "place_text": place,
            "reported_country": cells.get("country", "").partition(" (")[0],
            "reported_admin1": cells.get("adm_1", ""),
            "reported_admin2": cells.get("adm_2", ""),
            "geo_precision": precision,
            "actors": actors,
            "killed_min": cells.get("low", ""),
            "killed_best": cells.get("best", ""),
            "killed_max": cells.get("high", ""),
        }
    )


def _day(text: str) -> str:
    """Drop the midnight that GED's days carry: after a space in its files, after a T from its API."""
    return re.split("[ T]", text)[0] if text.endswith(("00:00:00", "00:00:00.000")) else text


def _reports(cells: Mapping[str, str]) -> list[dict[str, str]]:
    offices = [name.strip() for name in cells.get("source_office", "").split(";") if name.strip()]
    days = [day.strip() for day in cells.get("source_date", "").split(";")]
    headlines = [text.strip() for text in cells.get("source_headline", "").split(";")]
    if len(days) != len(offices):
        days = []
    if len(headlines) != len(offices):
        headlines = []
    found = zip_longest(offices, days, headlines, fillvalue="")
    return [{"publisher": office, "published_at": day, "source_title": text} for office, day, text in found]
