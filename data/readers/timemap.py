"""TimeMap JSON as Bellingcat's map publishes it: numbers as strings, American dates, positions blurred."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from data.importing.table_file import Row
from data.readers.json_stream import CutOff, elements
from data.readers.table import OWN, Table, as_text, columns_of, of_collection, reports_of, sha256_of

NAME = "timemap"
BLURRED_M = 150
"""Positions were moved by up to this much before publication."""
COLUMNS = columns_of(
    "event_id", "summary", "date_start", "place_text", "lat", "lon", "radius_m", "geo_precision", "tags",
    reports=8, fields=("publisher", "url", "source_title", "licence", "independent_of"),
)  # fmt: skip
_KEYS = ("latitude", "longitude", "date", "description")


def recognises(path: Path, head: bytes) -> bool:
    """Know it by a list of objects with its four keys."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return re.match(rb"\[\s*\{", start) is not None and all(f'"{key}"'.encode() in start for key in _KEYS)


def open_table(path: Path) -> Table:
    """Open a list of incidents."""

    def rows() -> Iterator[Row]:
        number = 0
        try:
            for number, entry in enumerate(elements(path), start=1):
                if isinstance(entry, dict):
                    cells = row(entry) | {"original": as_text(entry)}
                    yield Row(number, tuple(cells.get(name, "") for name in COLUMNS))
                else:
                    yield Row(number, ("",) * len(COLUMNS), "is not an incident")
        except CutOff:
            problem = "the file is cut off or broken here; get the whole file"
            yield Row(number + 1, ("",) * len(COLUMNS), problem)

    return Table(path, sha256_of(path), NAME, COLUMNS, rows, meant=frozenset(OWN) & frozenset(COLUMNS))


def row(entry: Mapping[str, Any]) -> dict[str, str]:
    """Lay an entry out in our columns."""
    number = as_text(entry.get("id"))
    cells = {
        "event_id": f"timemap:{number}" if number else "",
        "summary": as_text(entry.get("description")),
        "date_start": _day(as_text(entry.get("date"))),
        "place_text": as_text(entry.get("location")),
        "lat": as_text(entry.get("latitude")),
        "lon": as_text(entry.get("longitude")),
        "tags": "; ".join(_tags(entry.get("filters"))),
    }
    if cells["lat"]:
        cells |= {"geo_precision": "exact", "radius_m": str(BLURRED_M)}
    reports = [_report(source) for source in entry.get("sources") or () if isinstance(source, dict)]
    listed = of_collection(reports, "TimeMap export", number or "without a number", "as published by the map")
    return cells | reports_of(listed)


def _day(text: str) -> str:
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text.strip())
    return f"{match[3]}-{int(match[1]):02}-{int(match[2]):02}" if match else text


def _tags(filters: Any) -> Iterator[str]:
    for entry in filters or ():
        if isinstance(entry, dict) and entry.get("value"):
            key = as_text(entry.get("key"))
            yield f"{key}: {as_text(entry['value'])}" if key else as_text(entry["value"])


def _report(source: Mapping[str, Any]) -> dict[str, str]:
    path = as_text(source.get("path")).strip()
    host = urlsplit(path).hostname if path.startswith(("http://", "https://")) else None
    return {
        "publisher": (host or as_text(source.get("id")) or "not named").removeprefix("www."),
        "url": path if host else "",
        "source_title": as_text(source.get("description")),
    }
