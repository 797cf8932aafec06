"""Where the other places of a table or store lie: rows of one table tend to be about one stretch of land."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import cos, floor, log, radians, sin

import numpy as np
import numpy.typing as npt

from geo.model import Place
from geo.sphere import EARTH_KM

REACH_KM, FARTHEST_KM = 25.0, 75.0
ITSELF_KM = 1.0
"""Closer than this, a place of the table is the candidate itself and no witness for it."""
ENOUGH = 1.0
"""As much company as one place at the candidate's own: from there on, twice as much counts the same again."""
LEAST_PLACES = 20
"""Fewer sure places than this say nothing about where a table's places lie."""
_DEGREES = 1.0
_ITSELF, _FARTHEST = ((2 * sin(km / EARTH_KM / 2)) ** 2 for km in (ITSELF_KM, FARTHEST_KM))
"""Squares of the straight distances through a unit sphere."""
Near = npt.NDArray[np.float64]


def _unit(lat: float, lon: float) -> tuple[float, float, float]:
    phi, lam = radians(lat), radians(lon)
    return cos(phi) * cos(lam), cos(phi) * sin(lam), sin(phi)


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return floor(lat / _DEGREES), floor(lon / _DEGREES)


@dataclass(frozen=True, slots=True)
class Around:
    """Positions of places that are known to belong to the same table or store."""

    points: tuple[tuple[float, float], ...]
    _cells: dict[tuple[int, int], Near] = field(init=False, repr=False, compare=False)
    """The points in a cell of degrees and in those beside it, on the unit sphere."""
    _known: dict[int, float] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        cells: dict[tuple[int, int], list[tuple[float, float, float]]] = defaultdict(list)
        for lat, lon in self.points:
            unit, (row, column) = _unit(lat, lon), _cell(lat, lon)
            for north in (-1, 0, 1):
                for east in (-1, 0, 1):
                    cells[row + north, (column + east + 180) % 360 - 180].append(unit)
        object.__setattr__(self, "_cells", {cell: np.array(units) for cell, units in cells.items()})

    def company(self, place: Place) -> float:
        """Return how much company a place has: 0 for none, growing with the logarithm of the places around it."""
        known = self._known.get(place.key)
        if known is None:
            known = self._known[place.key] = log(1.0 + self._density(place.lat, place.lon) / ENOUGH)
        return known

    def _density(self, lat: float, lon: float) -> float:
        row, column = _cell(lat, lon)
        near = self._cells.get((row, (column + 180) % 360 - 180))
        if near is None:
            return 0.0
        apart = near - _unit(lat, lon)
        squared = np.einsum("ij,ij->i", apart, apart)
        squared = squared[(squared > _ITSELF) & (squared < _FARTHEST)]
        away_km = 2 * EARTH_KM * np.arcsin(np.sqrt(squared) / 2)
        return float(np.exp(away_km / -REACH_KM).sum())


def around_of(points: Iterable[tuple[float, float]]) -> Around | None:
    """Return the surroundings that distinct positions make, None when there are too few to say anything."""
    distinct = tuple(sorted({(round(lat, 3), round(lon, 3)) for lat, lon in points}))
    return Around(distinct) if len(distinct) >= LEAST_PLACES else None
