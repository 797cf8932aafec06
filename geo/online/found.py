"""What is asked of an online geocoder and what it answers, before it becomes a candidate."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from geo.precision import HAMLET_RADIUS_M, NEAR_RADIUS_M
from geo.sphere import distance_km

DEFAULT_RADIUS_M = {
    "exact": 150.0,
    "settlement": 2 * HAMLET_RADIUS_M,
    "feature": NEAR_RADIUS_M,
    "adm2": 25_000.0,
    "adm1": 100_000.0,
    "country": 500_000.0,
}
"""Used when the provider gives no extent."""


@dataclass(frozen=True, slots=True)
class Question:
    """A place asked for."""

    text: str
    country: str = ""
    """ISO 3166-1 alpha-2, empty when unknown."""
    language: str = "en"
    limit: int = 10

    def key(self) -> str:
        """Return the text under which the answer is kept: case and spaces make no difference."""
        return json.dumps([" ".join(self.text.casefold().split()), self.country, self.language, self.limit])


@dataclass(frozen=True, slots=True)
class Found:
    """One place that a provider found."""

    id: str
    name: str
    lat: float
    lon: float
    geo_precision: str
    radius_m: float
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    population: int = 0
    source: str = ""
    """Whose data it is, where the provider mixes several."""


def pack(found: Sequence[Found]) -> str:
    """Return places as text for the cache."""
    return json.dumps([asdict(one) for one in found], ensure_ascii=False)


def unpack(text: str) -> list[Found]:
    """Return the places kept in the cache."""
    return [Found(**one) for one in json.loads(text)]


def radius_m(precision: str, lat: float, lon: float, box: tuple[float, float, float, float] | None) -> float:
    """Return the radius around a point that holds half of its (west, south, east, north), or the usual one.

    >>> radius_m("settlement", 48.0, 37.0, None), round(radius_m("adm1", 48.0, 37.0, (36.0, 47.0, 38.0, 49.0)))
    (2000.0, 111195)
    """
    least = DEFAULT_RADIUS_M["exact"]
    if precision == "exact" or box is None:
        return DEFAULT_RADIUS_M[precision]
    west, south, east, north = box
    half_height = distance_km(south, lon, north, lon) / 2
    half_width = distance_km(lat, west, lat, east) / 2
    return max(least, 1000 * max(half_height, half_width))
