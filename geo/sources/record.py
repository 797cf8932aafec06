"""A place while it is being put together from its sources."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import isnan

from geo.sphere import distance_km


@dataclass(slots=True)
class PlaceRecord:
    """One place with what the sources read so far say about it."""

    key: int
    name: str
    lat: float
    lon: float
    feature: str
    country: str
    admin1: str = ""
    admin2: str = ""
    population: int = 0
    source: str = ""
    alternates: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    """ISO codes and abbreviations: names, but weak ones."""
    demonyms: set[str] = field(default_factory=set)
    """What its people and things are called: "Ukrainian"."""
    radius_m: float = 0.0

    def absorb(self, other: PlaceRecord) -> None:
        """Add what another source says about the same place; what is here already stays."""
        self.alternates |= other.alternates
        if other.name != self.name:
            self.alternates.add(other.name)
        self.codes |= other.codes
        self.demonyms |= other.demonyms
        self.radius_m = self.radius_m or other.radius_m
        if isnan(self.lat):
            self.lat, self.lon = other.lat, other.lon
        self.population = self.population or other.population
        self.admin1 = self.admin1 or other.admin1
        self.admin2 = self.admin2 or other.admin2
        self.country = self.country or other.country
        if other.source not in self.source.split("+"):
            self.source = f"{self.source}+{other.source}"


Places = dict[int, PlaceRecord]


FOREIGN_KM = 100.0
"""Two sources that put one id into two countries this far apart do not mean the same place."""


def conflict(one: PlaceRecord, other: PlaceRecord) -> bool:
    """Tell whether two records of one id cannot be the same place."""
    if one.country == other.country or isnan(one.lat) or isnan(other.lat):
        return False
    return distance_km(one.lat, one.lon, other.lat, other.lon) > FOREIGN_KM


def merge(places: Places, more: Iterable[PlaceRecord]) -> int:
    """Merge records into places by GeoNames id and return how many of them were new."""
    added = 0
    for record in more:
        known = places.get(record.key)
        if known is None or conflict(known, record):
            places[record.key] = record
            added += 1
        else:
            known.absorb(record)
    return added


_CODE = re.compile("[A-Z]{1,4}")
_AIRPORT = re.compile("[A-Z]{3}")


def split_codes(names: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return the names and, apart, what is only short for one of them; airport codes are neither.

    >>> split_codes(["New York City", "NYC", "LGA"]) == ({"New York City"}, {"NYC"})
    True
    """
    listed = set(names)
    short = {name for name in listed if _CODE.fullmatch(name)}
    initials = {"".join(word[0] for word in name.split()).upper() for name in listed if " " in name}
    return listed - short, {code for code in short if code in initials or not _AIRPORT.fullmatch(code)}


def clean_name(name: str) -> str | None:
    """Return a usable name, or None for emoji, lone surrogates, links and empty text."""
    name = name.strip()
    if not name or len(name) > 200 or "://" in name:
        return None
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return None
    return name
