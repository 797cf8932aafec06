"""Fills in the division of places whose source does not say: the nearest town's, in the same country."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from geo.precision import precision_of
from geo.sources.record import PlaceRecord, Places

CHUNK = 512


def inherit_divisions(places: Places) -> None:
    """Set the missing admin1 codes of settlements and districts from the nearest town that has one; in place."""
    known: dict[str, list[PlaceRecord]] = defaultdict(list)
    lacking: dict[str, list[PlaceRecord]] = defaultdict(list)
    for place in places.values():
        if place.admin1 and place.feature.startswith("PPL"):
            known[place.country].append(place)
        elif not place.admin1 and precision_of(place.feature) not in ("adm1", "country"):
            lacking[place.country].append(place)
    for country, group in lacking.items():
        towns = known.get(country)
        if towns and country:
            _inherit(group, towns)


def _inherit(group: list[PlaceRecord], towns: list[PlaceRecord]) -> None:
    lats = np.array([town.lat for town in towns], dtype=np.float32)
    lons = np.array([town.lon for town in towns], dtype=np.float32)
    for first in range(0, len(group), CHUNK):
        part = group[first : first + CHUNK]
        lat = np.array([place.lat for place in part], dtype=np.float32)[:, None]
        lon = np.array([place.lon for place in part], dtype=np.float32)[:, None]
        shrink = np.cos(np.radians(lat))
        away = (lats[None, :] - lat) ** 2 + ((lons[None, :] - lon) * shrink) ** 2
        for place, index in zip(part, away.argmin(axis=1), strict=True):
            place.admin1 = towns[int(index)].admin1
