"""Where the other places of a table or store lie: rows of one table tend to be about one stretch of land."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import exp, floor, log

from geo.model import Place
from geo.sphere import distance_km

REACH_KM, FARTHEST_KM = 25.0, 75.0
ITSELF_KM = 1.0
"""Closer than this, a place of the table is the candidate itself and no witness for it."""
ENOUGH = 1.0
"""As much company as one place at the candidate's own: from there on, twice as much counts the same again."""
LEAST_PLACES = 20
"""Fewer sure places than this say nothing about where a table's places lie."""
_DEGREES = 1.0


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return floor(lat / _DEGREES), floor(lon / _DEGREES)


@dataclass(frozen=True, slots=True)
class Around:
    """Positions of places that are known to belong to the same table or store."""

    points: tuple[tuple[float, float], ...]
    _cells: dict[tuple[int, int], list[tuple[float, float]]] = field(init=False, repr=False, compare=False)
    _known: dict[int, float] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        cells: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
        for lat, lon in self.points:
            cells[_cell(lat, lon)].append((lat, lon))
        object.__setattr__(self, "_cells", dict(cells))

    def company(self, place: Place) -> float:
        """Return how much company a place has: 0 for none, growing with the logarithm of the places around it."""
        known = self._known.get(place.key)
        if known is None:
            known = self._known[place.key] = log(1.0 + self._density(place.lat, place.lon) / ENOUGH)
        return known

    def _density(self, lat: float, lon: float) -> float:
        row, column = _cell(lat, lon)
        found = 0.0
        for north in (-1, 0, 1):
            for east in (-1, 0, 1):
                for point in self._cells.get((row + north, (column + east + 180) % 360 - 180), ()):
                    apart = distance_km(lat, lon, *point)
                    if ITSELF_KM < apart < FARTHEST_KM:
                        found += exp(-apart / REACH_KM)
        return found


def around_of(points: Iterable[tuple[float, float]]) -> Around | None:
    """Return the surroundings that distinct positions make, None when there are too few to say anything."""
    distinct = tuple(sorted({(round(lat, 3), round(lon, 3)) for lat, lon in points}))
    return Around(distinct) if len(distinct) >= LEAST_PLACES else None
