"""The table of Eyes on Russia and of collections in its layout: one row per post, geolocated by investigators."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from data.readers.table import Table, columns_of, of_collection, reports_of, translated

NAME = "eyes_on_russia"
MARKS = ("entry", "event_group", "brief description", "town/city", "violence level", "geolocation")
COLUMNS = columns_of(
    "event_id", "title", "summary", "date_start", "place_text", "reported_country", "reported_admin1",
    "reported_admin2", "lat", "lon", "geo_precision", "tags",
    reports=3, fields=("publisher", "url", "source_title", "licence", "independent_of"),
)  # fmt: skip


def read(table: Table) -> Table:
    """Read the table in our columns."""
    return translated(table, NAME, COLUMNS, row)


def row(cells: Mapping[str, str]) -> dict[str, str]:
    """Lay one entry out in our columns: a position is a site only where somebody published a geolocation."""
    number = cells["entry"]
    reports: list[dict[str, str]] = []
    if link := _link(cells.get("link", "")):
        reports.append(_report(link, "post"))
    if explained := _link(cells["geolocation"]):
        report = _report(explained, "geolocation")
        reports.append(report | ({"independent_of": "1"} if reports else {}))
    listed = of_collection(
        reports, "Eyes on Russia (Centre for Information Resilience)", number, "facts with attribution"
    )
    return reports_of(listed) | {
        "event_id": number,
        "title": re.sub(r"^\d{1,2}/\d{1,2}/\d{4}\s+", "", cells.get("title", "")),
        "summary": cells["brief_description"],
        "date_start": cells.get("date", ""),
        "place_text": cells["town_city"],
        "reported_country": cells.get("country", ""),
        "reported_admin1": cells.get("province", ""),
        "reported_admin2": cells.get("district", ""),
        "lat": cells.get("lat", ""),
        "lon": cells.get("lon", ""),
        "geo_precision": ("exact" if explained else "settlement") if cells.get("lat") else "",
        "tags": cells["event_group"],
    }


def _link(text: str) -> str:
    """Take the first address of a cell that may hold several."""
    found = re.search(r"https?://[^\s,;<>\"]+", text)
    return found[0] if found else ""


def _report(link: str, what: str) -> dict[str, str]:
    host = (urlsplit(link).hostname or "not named").removeprefix("www.")
    return {"publisher": host, "url": link, "source_title": f"{what} on {host}"}
