"""How far a place lies from a region it is not in: the distance to the nearest patch of land with a town of it."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from math import cos, radians, sqrt

import numpy as np
import numpy.typing as npt

from geo.model import Place
from geo.precision import precision_of
from geo.store import Store

PATCH_DEGREES = 0.1
KM_PER_DEGREE = 111.2
HALF_PATCH_KM = 5.0
_TOUCHING = (-2, -1, 0, 1, 2)
"""Patches this many steps apart face each other over a border."""

Patches = npt.NDArray[np.float64]
"""(lat, lon) of the middle of each patch, one row a patch."""


_NOTHING: Patches = np.empty((0, 2))


class Borders:
    """Knows the land of first-level divisions from their towns; a country is read the first time it is asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._land = lru_cache(maxsize=32)(self._read)
        self._terms = lru_cache(maxsize=300)(self._terms_of)
        self.away_km = lru_cache(maxsize=4_000)(self._away_km)

    def _read(self, country: str) -> dict[str, Patches]:
        cells: dict[str, set[tuple[float, float]]] = defaultdict(set)
        for admin1, lat, lon in self._store.town_positions(country):
            cells[admin1].add((lat // PATCH_DEGREES, lon // PATCH_DEGREES))
        return {admin1: (np.array(sorted(inside)) + 0.5) * PATCH_DEGREES for admin1, inside in cells.items()}

    def _terms_of(self, country: str, admin1: str) -> Patches | None:
        """Return what the squared distances to a division's patches are sums of, once a position is given."""
        land = self._land(country).get(admin1)
        return None if land is None else np.hstack([land**2, land])

    def meeting(self, one: Place, other: Place) -> list[tuple[float, float]]:
        """Return the patches of land of two countries or divisions that lie beside each other; empty when none do."""
        lands = [self._patches(place) for place in (one, other)]
        cells = [
            {tuple(cell) for cell in np.floor(land / PATCH_DEGREES).astype(int).tolist()} for land in lands
        ]
        return [
            ((north + 0.5) * PATCH_DEGREES, (east + 0.5) * PATCH_DEGREES)
            for mine, theirs in (cells, cells[::-1])
            for north, east in sorted(mine)
            if any((north + dy, east + dx) in theirs for dy in _TOUCHING for dx in _TOUCHING)
        ]

    def _patches(self, place: Place) -> Patches:
        land, kind = self._land(place.country), precision_of(place.feature)
        if kind == "country" and land:
            return np.concatenate([*land.values()])
        found = land.get(place.admin1, _NOTHING) if kind == "adm1" else _NOTHING
        away = np.hypot(found[:, 0] - place.lat, (found[:, 1] - place.lon) * cos(radians(place.lat)))
        return found[
            away * KM_PER_DEGREE <= place.radius_m / 1000
        ]  # a town filed under the wrong division is no land of it

    def _away_km(self, lat: float, lon: float, country: str, admin1: str) -> float | None:
        """Return how far a position is from a division's land, to the width of a patch; None when it has no towns."""
        terms = self._terms(country, admin1)
        if terms is None:
            return None
        shrink, least = cos(radians(lat)) ** 2, np.inf
        for turned in (lon,) if abs(lon) < 90.0 else (lon - 360.0, lon, lon + 360.0):
            parts = terms @ np.array((1.0, shrink, -2.0 * lat, -2.0 * shrink * turned))
            least = min(least, parts.min() + lat * lat + shrink * turned * turned)
        away = sqrt(max(0.0, least)) * KM_PER_DEGREE
        return max(0.0, away - HALF_PATCH_KM)
