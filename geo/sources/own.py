"""Facts of our own: places that no source lists (`more_places.csv`), and names that places lack (`more_names.csv`).

Names are demonyms ("Ukrainian"), newspaper abbreviations ("Calif.") and other names of countries and regions.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Container, Iterator
from importlib.resources import files

from geo.model import OWN_KEYS
from geo.normalize import fold
from geo.sources.record import PlaceRecord, Places

NAME = "dateline"
_FILES = ("more_places.csv", "more_names.csv", "region_names.csv")
_DIVISIONS = ("ADM1", "ADM1C", "ADM2", "ADMD")


def label() -> str:
    """Return name and version of the source: a checksum of its files."""
    content = b"".join((files("geo") / name).read_bytes() for name in _FILES)
    return f"{NAME} {hashlib.sha256(content).hexdigest()[:8]}"


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((files("geo") / name).read_text(encoding="utf-8").splitlines()))


def read(countries: Container[str] | None = None) -> Iterator[PlaceRecord]:
    """Yield the places, of some countries or of all; what lies in no single country counts to all."""
    for row in _rows("more_places.csv"):
        if countries is None or row["country"] in countries:
            yield PlaceRecord(
                key=OWN_KEYS + int(row["number"]),
                name=row["name"],
                lat=float(row["lat"]),
                lon=float(row["lon"]),
                feature=row["feature"],
                country=row["country"],
                source=NAME,
                alternates=set(filter(None, row["names"].split("|"))),
                radius_m=1000 * float(row["radius_km"]),
            )


def add_names(places: Places) -> list[str]:
    """Give places their further names, in place; return the places that were not found.

    A place is a country's code, `country/division`, or `@name` for what belongs to no country.
    """
    countries: dict[str, PlaceRecord] = {}
    divisions: dict[tuple[str, str], PlaceRecord] = {}
    for place in places.values():
        if place.feature.startswith("PCL"):
            countries[place.country] = place
        rank = _rank(place)
        if rank is not None:
            for name in (place.name, *place.alternates):
                known = divisions.get((place.country, fold(name)))
                known_rank = _rank(known) if known is not None else None
                if known_rank is None or (rank, name != place.name) < (known_rank, False):
                    divisions[place.country, fold(name)] = place
    lost = []
    for row in _rows("more_names.csv"):
        country, _, name = row["place"].lstrip("@").partition("/")
        if row["place"].startswith("@"):
            country, name = "", country
        found = divisions.get((country, fold(name))) if name else countries.get(country)
        if found is None:
            lost.append(row["place"])
            continue
        names = set(row["names"].split("|"))
        if row["kind"] == "demonym":
            found.demonyms |= names
        elif row["kind"] == "code":
            found.codes |= names
        else:
            found.alternates |= names
    return lost


def _rank(place: PlaceRecord) -> int | None:
    """Return how much a place is a division, 0 first; None when it is none."""
    if place.feature in _DIVISIONS:
        return _DIVISIONS.index(place.feature)
    return 0 if place.feature == "CONT" else None
