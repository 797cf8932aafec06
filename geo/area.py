"""Shapes on the globe: circles, hulls and the circle that covers several, as GeoJSON polygons.

A stated distance is measured on the ellipsoid (geopy); the outline of a circle, itself an estimate, on the sphere.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import acos, cos, inf, pi, radians, sin

import numpy as np
import numpy.typing as npt
from geopy.distance import geodesic

from geo.model import Geometry
from geo.sphere import EARTH_KM, distance_km

CORNERS = 48
_STEPS = 120
CLOSE_ENOUGH = 1.001
"""A circle this close to the smallest is taken for it."""

Floats = npt.NDArray[np.float64]
Circle = tuple[float, float, float]
"""Latitude, longitude, radius in metres."""


def destination(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """Return the point at a distance and bearing.

    >>> [round(x, 3) for x in destination(49.7, 37.6, 0.0, 15.0)]
    [49.835, 37.6]
    """
    reached = geodesic(kilometers=km).destination((lat, lon), bearing=bearing)
    return reached.latitude, reached.longitude


def _ring(circle: Circle, corners: int = CORNERS) -> list[tuple[float, float]]:
    """Return (lon, lat) around a circle, counter-clockwise, with longitudes that do not jump."""
    lat, lon, radius_m = circle
    angle = min(radius_m / 1000, 10_000.0) / EARTH_KM
    phi = radians(lat)
    cosine, sine = _bearings(corners)
    to_sin = np.clip(sin(phi) * cos(angle) + cos(phi) * sin(angle) * cosine, -1.0, 1.0)
    turn = np.arctan2(sine * (cos(phi) * sin(angle)), cos(angle) - sin(phi) * to_sin)
    east, north = lon + np.degrees(turn), np.degrees(np.arcsin(to_sin))
    return list(zip(east.round(6).tolist(), north.round(6).tolist(), strict=True))


@cache
def _bearings(corners: int) -> tuple[Floats, Floats]:
    """Return cosine and sine of evenly spaced bearings, counter-clockwise from north."""
    bearings = np.array([-2 * pi * index / corners for index in range(corners)])
    return np.cos(bearings), np.sin(bearings)


def circle_polygon(circle: Circle) -> Geometry:
    """Return a circle as a polygon."""
    return _polygon(_ring(circle))


def hull_polygon(circles: Sequence[Circle]) -> Geometry:
    """Return the convex hull of circles as a polygon."""
    base = circles[0][1]
    points = []
    for lat, lon, radius_m in circles:
        points += _ring((lat, lon + 360.0 * round((base - lon) / 360.0), radius_m))
    return _polygon(_hull(points))


def _polygon(ring: list[tuple[float, float]]) -> Geometry:
    return {"type": "Polygon", "coordinates": [[list(point) for point in (*ring, ring[0])]]}


def _hull(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the convex hull, counter-clockwise (monotone chain)."""
    ordered = sorted(set(points))

    def half(line: list[tuple[float, float]]) -> list[tuple[float, float]]:
        kept: list[tuple[float, float]] = []
        for x, y in line:
            while len(kept) > 1:
                (ax, ay), (bx, by) = kept[-2:]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                    break
                kept.pop()
            kept.append((x, y))
        return kept[:-1]

    return half(ordered) + half(ordered[::-1])


def _between(one: Circle, other: Circle, km: float) -> tuple[float, float]:
    """Return the point so many kilometres from one place to another, in a straight line of degrees."""
    away = distance_km(one[0], one[1], other[0], other[1])
    share = min(1.0, max(0.0, km / away)) if away else 0.0
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def _unit(lat: float, lon: float) -> tuple[float, float, float]:
    """Return a position on the unit sphere: distances from it are one product and one arc."""
    phi, lam = radians(lat), radians(lon)
    return cos(phi) * cos(lam), cos(phi) * sin(lam), sin(phi)


def covering_circle(circles: Sequence[Circle]) -> Circle:
    """Return (very nearly) the smallest circle that covers all circles.

    >>> lat, lon, radius_m = covering_circle([(48.0, 37.0, 1000), (49.0, 37.0, 1000)])
    >>> round(lat, 1), round(lon, 1), 56_000 < radius_m < 57_500
    (48.5, 37.0, True)
    """
    if len(circles) == 1:
        return circles[0]
    base = circles[0][1]
    shifted = [
        (lat, lon + 360.0 * round((base - lon) / 360.0), radius_m / 1000) for lat, lon, radius_m in circles
    ]
    lat, lon = sum(c[0] for c in shifted) / len(shifted), sum(c[1] for c in shifted) / len(shifted)

    vectors = [(*_unit(c[0], c[1]), c[2], c) for c in dict.fromkeys(shifted)]

    def farthest(at_lat: float, at_lon: float) -> tuple[float, Circle]:
        x, y, z = _unit(at_lat, at_lon)
        top, found = -1.0, shifted[0]
        for cx, cy, cz, reach, c in vectors:
            cosine = x * cx + y * cy + z * cz
            away = EARTH_KM * acos(cosine if cosine < 1.0 else 1.0) + reach
            if away > top or (away == top and c > found):
                top, found = away, c
        return top, found

    # two circles far apart already need so much; one halfway between them that covers the others is the answer
    one = farthest(lat, lon)[1]
    far_km, other = farthest(one[0], one[1])
    least = (far_km + one[2]) / 2
    middle = _between(one, other, least - one[2])
    reached = farthest(*middle)[0]
    if reached <= least * CLOSE_ENOUGH:
        return middle[0], (middle[1] + 180.0) % 360.0 - 180.0, reached * 1000
    best = (inf, lat, lon)
    for step in range(1, _STEPS):
        reach, far = farthest(lat, lon)
        best = min(best, (reach, lat, lon))
        away = distance_km(lat, lon, far[0], far[1])
        if away < 1e-6:
            break
        share = min(1.0, reach / (step + 1) / away)
        lat, lon = lat + (far[0] - lat) * share, lon + (far[1] - lon) * share
    reach, lat, lon = best
    return lat, (lon + 180.0) % 360.0 - 180.0, reach * 1000
