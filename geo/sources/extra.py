"""Extra places: a CSV of small places that the bundled incidents name and the installed packages lack."""

from __future__ import annotations

import csv
import importlib.util
from collections.abc import Container, Iterator
from pathlib import Path

from geo.errors import SourceError
from geo.sources.record import PlaceRecord, clean_name

COLUMNS = [
    "geonameid",
    "name",
    "alternatenames",
    "lat",
    "lon",
    "feature_code",
    "country",
    "admin1",
    "population",
    "source",
]


def default_path() -> Path | None:
    """Return the bundled `data/sample/places.csv`, found without running any of `data`'s code; None if absent."""
    found = importlib.util.find_spec("data")
    if found is None:
        return None
    for folder in found.submodule_search_locations or ():
        path = Path(folder) / "sample" / "places.csv"
        if path.is_file():
            return path
    return None


def read(path: Path, countries: Container[str] | None = None) -> Iterator[PlaceRecord]:
    """Yield the places of the CSV; raise SourceError with line and column for a value that is not usable."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
        if missing:
            raise SourceError(f"{path.name}: column {', '.join(missing)} is missing")
        for row in rows:
            if countries is None or row["country"] in countries:
                yield _record(row, path, rows.line_num)


def _record(row: dict[str, str], path: Path, line: int) -> PlaceRecord:
    column = ""
    try:
        column = "geonameid"
        key = int(row["geonameid"])
        column = "lat"
        lat = float(row["lat"])
        column = "lon"
        lon = float(row["lon"])
        column = "population"
        population = int(row["population"] or 0)
    except (TypeError, ValueError):
        raise SourceError(
            f"{path.name}, line {line}: {column} should be a number, not {row[column]!r}"
        ) from None
    name = clean_name(row["name"] or "")
    if name is None or not -90 <= lat <= 90 or not -180 <= lon <= 180 or (lat == 0 and lon == 0):
        raise SourceError(f"{path.name}, line {line}: a place needs a name and a position on the globe")
    names = {cleaned for raw in (row["alternatenames"] or "").split(",") if (cleaned := clean_name(raw))}
    return PlaceRecord(
        key=key,
        name=name,
        lat=lat,
        lon=lon,
        feature=row["feature_code"] or "PPL",
        country=row["country"],
        admin1=row["admin1"],
        population=population,
        source="places.csv",
        alternates=names - {name},
    )
