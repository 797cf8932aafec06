"""Ushahidi: the CSV of its reports; names and addresses of the people who reported are not taken."""

from __future__ import annotations

from collections.abc import Mapping

from data.readers.table import Table, columns_of, of_collection, reports_of, translated

NAME = "ushahidi"
MARKS = ("INCIDENT TITLE", "INCIDENT DATE", "LOCATION", "APPROVED", "VERIFIED")
COLUMNS = columns_of(
    "event_id", "title", "summary", "date_start", "place_text", "lat", "lon", "tags", "status", "credibility",
    reports=1, fields=("publisher", "source_title", "licence"),
)  # fmt: skip
PERSONAL = frozenset({"first_name", "last_name", "email", "phone", "contact", "reporter"})
_YES = ("yes", "1", "true")


def read(table: Table) -> Table:
    """Read the table in our columns."""
    return translated(table, NAME, COLUMNS, row, never_kept=PERSONAL)


def row(cells: Mapping[str, str]) -> dict[str, str]:
    """Lay one report out in our columns. What nobody approved there waits for review here."""
    number = cells.get("", "") or cells.get("id", "")
    listed = of_collection([], "Ushahidi deployment", number or "without a number", "terms of the deployment")
    verified = cells["verified"].casefold() in _YES
    return reports_of(listed) | {
        "event_id": f"ushahidi:{number}" if number else "",
        "title": cells["incident_title"],
        "summary": cells.get("description", ""),
        "date_start": cells["incident_date"],
        "place_text": cells["location"],
        "lat": cells.get("latitude", ""),
        "lon": cells.get("longitude", ""),
        "tags": "; ".join(part for text in cells.get("category", "").split(",") if (part := text.strip())),
        "status": "" if cells["approved"].casefold() in _YES else "in_review",
        "credibility": "2" if verified else "6",
    }
