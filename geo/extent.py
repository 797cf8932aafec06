"""How far a place reaches, as a radius around its point."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from statistics import median

from geo.precision import precision_of, settlement_radius_m
from geo.sources.record import PlaceRecord, Places
from geo.sphere import distance_km

SPREAD_SHARE = 0.98
"""The share of a division's towns that its circle holds."""
MARGIN = 1.05
FEATURE_RADIUS_M = {"S": 1_000.0, "R": 10_000.0, "RGN": 100_000.0, "ISL": 10_000.0, "STM": 20_000.0}
DEFAULT_FEATURE_RADIUS_M = 5_000.0
PEOPLE_PER_KM2 = 60.0
DISTRICT_RADIUS_M = (3_000.0, 100_000.0)
SMALLEST_DIVISION_M = 5_000.0


def _reach_m(place: PlaceRecord, towns: list[PlaceRecord]) -> float:
    """Return the radius around a place's point that holds nearly all of its towns."""
    away = sorted(distance_km(place.lat, place.lon, town.lat, town.lon) for town in towns)
    return max(SMALLEST_DIVISION_M, 1000 * MARGIN * away[min(len(away) - 1, int(len(away) * SPREAD_SHARE))])


def _from_population(place: PlaceRecord, people_per_km2: Mapping[str, float]) -> float:
    density = people_per_km2.get(place.country, PEOPLE_PER_KM2)
    low, high = DISTRICT_RADIUS_M
    return min(high, max(low, 1000 * math.sqrt(max(place.population, 1) / density / math.pi)))


def set_extents(places: Places, people_per_km2: Mapping[str, float]) -> None:
    """Set `radius_m` of every record, where no source says it, and the position of countries that none places."""
    by_country: dict[str, list[PlaceRecord]] = defaultdict(list)
    by_division: dict[tuple[str, str], list[PlaceRecord]] = defaultdict(list)
    for place in places.values():
        if place.feature.startswith("PPL"):
            by_country[place.country].append(place)
            by_division[place.country, place.admin1].append(place)
    nowhere = []
    for place in places.values():
        kind = precision_of(place.feature)
        if place.radius_m:
            continue
        if kind == "settlement":
            place.radius_m = settlement_radius_m(place.population)
        elif kind == "country" and place.feature != "CONT":
            towns = by_country[place.country]
            if math.isnan(place.lat):
                if not towns:
                    nowhere.append(place.key)
                    continue
                place.lat, place.lon = median(t.lat for t in towns), median(t.lon for t in towns)
            place.radius_m = _reach_m(place, towns) if towns else _from_population(place, people_per_km2)
        elif kind == "adm1" and (place.admin1 and (towns := by_division[place.country, place.admin1])):
            place.radius_m = _reach_m(place, towns)
        elif kind in ("adm1", "adm2"):
            place.radius_m = _from_population(place, people_per_km2)
        elif place.feature == "CONT":
            place.radius_m = 4_000_000.0
        elif place.feature.startswith("RGN") and place.population:
            place.radius_m = max(
                FEATURE_RADIUS_M["RGN"], min(2e6, _from_population(place, people_per_km2) * 3)
            )
        else:
            place.radius_m = FEATURE_RADIUS_M.get(place.feature, DEFAULT_FEATURE_RADIUS_M)
    for key in nowhere:
        del places[key]
