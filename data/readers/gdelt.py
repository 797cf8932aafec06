"""GDELT 2.0 events: 61 columns between tabs, without a header."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from data import schema
from data.importing.table_file import TableFile
from data.readers.table import Table, columns_of, crossed, of_collection, reports_of, sha256_of, translated

NAME = "gdelt"
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
SOURCE_COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in _ACTOR), *(f"Actor2{name}" for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
COLUMNS = columns_of(
    "event_id", "title", "event_type", "event_subtype", "date_start", "date_precision", "date_basis", "place_text",
    "reported_country", "reported_admin1", "lat", "lon", "geo_precision", "geo_status", "geo_method", "actors",
    "credibility", reports=2, fields=("publisher", "url", "source_title", "licence", "independent_of"),
)  # fmt: skip
_FIRST = re.compile(rb"(\xef\xbb\xbf)?\d{1,12}\t\d{8}\t\d{6}\t\d{4}\t[\d.]+\t")


def recognises(path: Path, head: bytes) -> bool:
    """Know it by the numbers it begins with and the count of its columns."""
    first = head.split(b"\n", 1)[0]
    return _FIRST.match(first) is not None and first.count(b"\t") == len(SOURCE_COLUMNS) - 1


def open_table(path: Path) -> Table:
    """Open a file of events in our columns."""
    sha256 = sha256_of(path)
    plain = TableFile(path, sha256, "utf-8-sig", "\t", SOURCE_COLUMNS, headless=True)
    table = Table(path, sha256, NAME, SOURCE_COLUMNS, plain.rows, note={"encoding": "utf-8"})
    return translated(table, NAME, COLUMNS, row)


def row(cells: Mapping[str, str]) -> dict[str, str]:
    """Lay one event out in our columns. Everything here was coded by a machine: its credibility cannot be judged."""
    number, place, day = cells["globaleventid"], cells["actiongeo_fullname"], cells["sqldate"]
    precision = crossed("gdelt_geo_type", cells["actiongeo_type"], "ActionGeo_Type")
    parts = [part.strip() for part in place.split(",") if part.strip()]
    event_type, subtype = _type(cells["eventcode"])
    actors = "; ".join(dict.fromkeys(n for n in (cells["actor1name"], cells["actor2name"]) if n))
    lies = {"lat": cells["actiongeo_lat"], "lon": cells["actiongeo_long"], "geo_precision": precision}
    if precision == "country":
        lies = {"geo_precision": precision, "geo_status": "auto", "geo_method": "imported"}
    elif not precision or precision == "unlocated":
        lies = {}
    url = cells["sourceurl"]
    reports = (
        [{"url": url}] if url.startswith(("http://", "https://")) else [{"publisher": url}] if url else []
    )
    title = (
        f"{schema.label('event_subtype', subtype) or schema.label('event_type', event_type)} (machine-coded)"
    )
    return (
        reports_of(of_collection(reports, "GDELT", number, "free use with attribution to the GDELT Project"))
        | lies
        | {
            "event_id": f"gdelt:{number}",
            "title": ", ".join(part for part in (title, actors, place) if part),
            "event_type": event_type,
            "event_subtype": subtype,
            "date_start": f"{day[:4]}-{day[4:6]}-{day[6:]}" if len(day) == 8 else day,
            "date_precision": "day",
            "date_basis": "inferred_other",
            "place_text": place,
            "reported_country": parts[-1] if parts else "",
            "reported_admin1": parts[-2] if len(parts) > 1 else "",
            "actors": actors,
            "credibility": "6",
        }
    )


def _type(code: str) -> tuple[str, str]:
    """Find the type and subtype of the longest CAMEO code that we know the beginning of."""
    types, subtypes = schema.crosswalks()["cameo_type"].inverse, schema.crosswalks()["cameo_subtype"].inverse
    beginnings = [code[:length] for length in range(len(code), 1, -1)]
    found = next((types[part] for part in beginnings if part in types), "other")
    subtype = next((subtypes[part] for part in beginnings if part in subtypes), "")
    if subtype and schema.codes("event_subtype")[subtype].more["event_type"] != found:
        subtype = ""
    return found, subtype
