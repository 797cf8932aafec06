"""VIINA: events drawn from Ukrainian and Russian news by machine; information and labels in one table."""

from __future__ import annotations

from collections.abc import Mapping

from data import schema
from data.readers.table import Table, columns_of, crossed, of_collection, reports_of, translated

NAME = "viina"
MARKS = ("event_id", "report_id", "longitude", "latitude", "GEO_PRECISION", "GEO_API")
COLUMNS = columns_of(
    "event_id", "event_type", "event_subtype", "date_start", "date_basis", "place_text", "reported_country",
    "reported_admin1", "reported_admin2", "lat", "lon", "geo_precision", "actors", "credibility",
    reports=2, fields=("publisher", "url", "published_at", "language", "quote", "licence", "independent_of"),
)  # fmt: skip
LIKELY = 0.5
"""A label given as a probability counts from here on."""
_LANGUAGES = {"ua": "uk", "ru": "ru"}
_ACTORS = {"a_rus": "Russian forces", "a_ukr": "Ukrainian forces"}
_QUOTE = 300


def read(table: Table) -> Table:
    """Read the table in our columns; the report's own text is kept as a quote, cut to what may be published."""
    return translated(table, NAME, COLUMNS, row, never_kept=frozenset({"text"}))


def row(cells: Mapping[str, str]) -> dict[str, str]:
    """Lay one event out in our columns. The day is that of the report."""
    number, day = cells["event_id"], cells.get("date", "")
    event_type, subtype = _type(cells)
    place = cells.get("address") or cells.get("asciiname", "")
    precision = crossed("viina_geo_precision", cells["geo_precision"].upper(), "GEO_PRECISION")
    on = f"{day[:4]}-{day[4:6]}-{day[6:]}" if len(day) == 8 and day.isdigit() else day
    report = {
        "publisher": cells.get("source") or "not named",
        "url": cells.get("url", ""),
        "published_at": on,
        "language": _LANGUAGES.get(cells.get("lang", ""), cells.get("lang", "")),
        "quote": cells.get("text", "")[:_QUOTE],
    }
    collection = of_collection([report], "VIINA", number, "Open Database License (ODbL)")
    return reports_of(collection) | {
        "event_id": f"viina:{number}" if number else "",
        "event_type": event_type,
        "event_subtype": subtype,
        "date_start": on,
        "date_basis": "inferred_from_publication",
        "place_text": place,
        "reported_country": "Ukraine",
        "reported_admin1": cells.get("adm1_name", ""),
        "reported_admin2": cells.get("adm2_name", ""),
        "lat": cells["latitude"],
        "lon": cells["longitude"],
        "geo_precision": precision,
        "actors": "; ".join(name for label, name in _ACTORS.items() if _has(cells, label)),
        "credibility": "6",
    }


def _has(cells: Mapping[str, str], label: str) -> bool:
    text = cells.get(f"{label}_b") or cells.get(label) or cells.get(f"{label}_pred") or "0"
    try:
        return float(text) >= LIKELY
    except ValueError:
        return False


def _type(cells: Mapping[str, str]) -> tuple[str, str]:
    """Take the first label, in the order of the crosswalk, that the event has."""
    for label, event_type in schema.crosswalks()["viina_type"].inverse.items():
        if _has(cells, label):
            subtype = schema.crosswalks()["viina_subtype"].inverse.get(label, "")
            return event_type, subtype
    return "other", ""
