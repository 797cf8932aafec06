"""ACLED: the table of the data export tool and of the API."""

from __future__ import annotations

from collections.abc import Mapping

from data.readers.table import MOST_REPORTS, Table, columns_of, crossed, of_collection, reports_of, translated

NAME = "acled"
MARKS = ("event_id_cnty", "event_date", "time_precision", "sub_event_type", "geo_precision")
COLUMNS = columns_of(
    "event_id", "summary", "event_type", "event_subtype", "date_start", "date_precision", "place_text",
    "reported_country", "reported_admin1", "reported_admin2", "lat", "lon", "geo_precision", "actors", "killed_best",
    "tags", reports=MOST_REPORTS, fields=("publisher", "source_title", "licence", "independent_of"),
)  # fmt: skip


def read(table: Table) -> Table:
    """Read the table in our columns."""
    return translated(table, NAME, COLUMNS, row)


def row(cells: Mapping[str, str]) -> dict[str, str]:
    """Lay one ACLED event out in our columns. Precision 1 is a settlement: ACLED does not say when it is a site."""
    number = cells["event_id_cnty"]
    named = [{"publisher": name} for part in cells.get("source", "").split(";") if (name := part.strip())]
    reports = of_collection(named, "ACLED", number, "ACLED terms of use; rows may not be redistributed")
    subtype = cells["sub_event_type"]
    return reports_of(reports) | {
        "event_id": f"acled:{number}" if number else "",
        "summary": cells.get("notes", ""),
        "event_type": crossed("acled_event_type", cells.get("event_type", ""), "event_type"),
        "event_subtype": crossed("acled_event_subtype", subtype, "sub_event_type"),
        "date_start": cells["event_date"],
        "date_precision": crossed("acled_date_precision", cells["time_precision"], "time_precision"),
        "place_text": cells.get("location", ""),
        "reported_country": cells.get("country", ""),
        "reported_admin1": cells.get("admin1", ""),
        "reported_admin2": cells.get("admin2", ""),
        "lat": cells.get("latitude", ""),
        "lon": cells.get("longitude", ""),
        "geo_precision": crossed("acled_geo_precision", cells["geo_precision"], "geo_precision"),
        "actors": "; ".join(name for key in ("actor1", "actor2") if (name := cells.get(key, ""))),
        "killed_best": cells.get("fatalities", ""),
        "tags": cells.get("tags", ""),
    }
