"""The areas in which an incident may lie, as GeoJSON for the map."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from data.placing import possible

_EARTH_M = 6_371_008.8
_CORNERS = 48
_DECIMALS = 5
Geometry = dict[str, Any]


def circle(lat: float, lon: float, radius_m: float) -> Geometry:
    """Draw a circle on the globe as a polygon, counter-clockwise; one that crosses the antimeridian is cut there."""
    (ring,) = rings([lat], [lon], [radius_m]).tolist()
    if max(x for x, _y in ring) <= 180 and min(x for x, _y in ring) >= -180:
        return {"type": "Polygon", "coordinates": [ring]}
    return {"type": "MultiPolygon", "coordinates": [[_rounded(part)] for part in _cut(ring)]}


def rings(lat: ArrayLike, lon: ArrayLike, radius_m: ArrayLike) -> NDArray[np.float64]:
    """Draw many circles at once: circle, corner, longitude and latitude in degrees, of which the first may pass 180."""
    phi, middle = np.radians(np.asarray(lat, float))[:, None], np.asarray(lon, float)[:, None]
    angle = np.asarray(radius_m, float)[:, None] / _EARTH_M
    heading = np.radians(-360.0 * (np.arange(_CORNERS + 1) % _CORNERS) / _CORNERS)
    sin_y = np.sin(phi) * np.cos(angle) + np.cos(phi) * np.sin(angle) * np.cos(heading)
    y = np.arcsin(np.clip(sin_y, -1, 1))
    x = np.arctan2(np.sin(heading) * np.sin(angle) * np.cos(phi), np.cos(angle) - np.sin(phi) * np.sin(y))
    return np.round(np.stack([middle + np.degrees(x), np.degrees(y)], axis=-1), _DECIMALS)


def split(area: Mapping[str, Any]) -> Geometry:
    """Cut an area that crosses the antimeridian in two there, as RFC 7946 3.1.9 asks; any other stays as it is."""
    polygons = [area["coordinates"]] if area["type"] == "Polygon" else area["coordinates"]
    parts = [part for polygon in polygons for part in _split(polygon)]
    if len(parts) == len(polygons):
        return dict(area)
    return {"type": "MultiPolygon", "coordinates": parts}


def _split(polygon: list[Any]) -> list[Any]:
    """Cut one polygon with its holes; a ring around a pole cannot be cut and stays."""
    outer, *holes = (_unwrapped(ring) for ring in polygon)
    lons = [x for x, _y in outer]
    if outer[0] != outer[-1] or (max(lons) <= 180 and min(lons) >= -180):
        return [polygon]
    edge = 180.0 if max(lons) > 180 else -180.0
    around = [[(x + 360, y) for x, y in hole] if max(hole)[0] < min(lons) else hole for hole in holes]
    around = [[(x - 360, y) for x, y in hole] if min(hole)[0] > max(lons) else hole for hole in around]
    sides: list[list[Any]] = []
    for keep_west in (True, False):
        kept = [_clipped(ring, edge, keep_west=keep_west) for ring in (outer, *around)]
        shift = 0 if keep_west == (edge > 0) else math.copysign(360, edge)
        sides.append([[[x - shift, y] for x, y in ring] for ring in kept if len(ring) > 3])
    return sides


def _unwrapped(ring: list[Any]) -> list[tuple[float, float]]:
    """Let a ring go on past 180 degrees where it leaps from one side of the world to the other."""
    turns, whole = 0, [(ring[0][0], ring[0][1])]
    for before, (x, y, *_height) in pairwise(ring):
        turns += (x < before[0] - 180) - (x > before[0] + 180)
        whole.append((x + 360 * turns, y))
    return whole


def _cut(ring: list[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """Split a ring at 180 degrees into the part inside the usual range and the part beyond, moved round."""
    edge = 180.0 if max(x for x, _y in ring) > 180 else -180.0
    inside = _clipped(ring, edge, keep_west=edge > 0)
    outside = _clipped(ring, edge, keep_west=edge < 0)
    return [inside, [(x - math.copysign(360, edge), y) for x, y in outside]]


def _clipped(ring: list[tuple[float, float]], edge: float, *, keep_west: bool) -> list[tuple[float, float]]:
    kept: list[tuple[float, float]] = []
    for (x0, y0), (x1, y1) in pairwise(ring):
        if (x0 <= edge) == keep_west or x0 == edge:
            kept.append((x0, y0))
        if (x0 - edge) * (x1 - edge) < 0:
            kept.append((edge, y0 + (y1 - y0) * (edge - x0) / (x1 - x0)))
    return [*kept, kept[0]] if kept else []


def _rounded(ring: list[tuple[float, float]]) -> list[list[float]]:
    return [[round(x, _DECIMALS), round(y, _DECIMALS)] for x, y in ring]


def of_event(event: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give the incident's own area, and the circle of every plausible candidate while the place is in doubt."""
    features = []
    geometry = own_area(event)
    if geometry is not None:
        properties = {
            "kind": "incident",
            "geo_precision": event["geo_precision"],
            "radius_m": event["radius_m"],
        }
        features.append(_feature(geometry, properties))
    if event["geo_status"] != "ambiguous":
        return features
    for place in event["places"]:
        if place["role"] != "event":
            continue
        for candidate in possible(place):
            described = {
                name: candidate[name]
                for name in (
                    "id",
                    "name",
                    "admin1",
                    "country",
                    "probability",
                    "reasons",
                    "geo_precision",
                    "radius_m",
                )
            }
            shape = circle(candidate["lat"], candidate["lon"], max(candidate["radius_m"] or 0, 100))
            features.append(_feature(shape, {"kind": "candidate", "text": place["text"], **described}))
    return features


def own_area(event: Mapping[str, Any]) -> Geometry | None:
    """Give the area in which the incident lies; None when it has no position or is known exactly."""
    if event.get("lat") is None:
        return None
    if event.get("area"):
        return split(event["area"])
    radius_m = event.get("radius_m")
    return circle(event["lat"], event["lon"], radius_m) if radius_m else None


def _feature(geometry: Geometry, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}
