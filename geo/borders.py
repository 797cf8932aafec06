"""How far a place lies from a region it is not in: the distance to the nearest patch of land with a town of it."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from math import cos, radians

import numpy as np
import numpy.typing as npt

from geo.store import Store

PATCH_DEGREES = 0.1
KM_PER_DEGREE = 111.2
HALF_PATCH_KM = 5.0

Patches = npt.NDArray[np.float64]
"""(lat, lon) of the middle of each patch, one row a patch."""


class Borders:
    """Knows the land of first-level divisions from their towns; a country is read the first time it is asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._land = lru_cache(maxsize=32)(self._read)

    def _read(self, country: str) -> dict[str, Patches]:
        patches: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for admin1, lat, lon in self._store.town_positions(country):
            patches[admin1].add((int(lat // PATCH_DEGREES), int(lon // PATCH_DEGREES)))
        return {
            admin1: (np.array(sorted(cells), dtype=float) + 0.5) * PATCH_DEGREES
            for admin1, cells in patches.items()
        }

    def away_km(self, lat: float, lon: float, country: str, admin1: str) -> float | None:
        """Return how far a position is from a division's land, to the width of a patch; None when it has no towns."""
        land = self._land(country).get(admin1)
        if land is None:
            return None
        east = np.abs(land[:, 1] - lon)
        east = np.minimum(east, 360.0 - east) * cos(radians(lat))
        away = float(np.sqrt(((land[:, 0] - lat) ** 2 + east**2).min())) * KM_PER_DEGREE
        return max(0.0, away - HALF_PATCH_KM)
