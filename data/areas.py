"""The areas in which an incident may lie, as GeoJSON for the map."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from data.placing import plausible

_EARTH_M = 6_371_008.8
_CORNERS = 48
Geometry = dict[str, Any]


def circle(lat: float, lon: float, radius_m: float) -> Geometry:
    """Draw a circle on the globe as a polygon, counter-clockwise; one that crosses the antimeridian is cut there."""
    ring = [_destination(lat, lon, radius_m, -360.0 * i / _CORNERS) for i in range(_CORNERS)]
    ring.append(ring[0])
    if max(x for x, _y in ring) <= 180 and min(x for x, _y in ring) >= -180:
        return {"type": "Polygon", "coordinates": [_rounded(ring)]}
    return {"type": "MultiPolygon", "coordinates": [[_rounded(part)] for part in _cut(ring)]}


def _destination(lat: float, lon: float, distance_m: float, bearing: float) -> tuple[float, float]:
    angle, heading, phi = distance_m / _EARTH_M, math.radians(bearing), math.radians(lat)
    sin_y = math.sin(phi) * math.cos(angle) + math.cos(phi) * math.sin(angle) * math.cos(heading)
    y = math.asin(max(-1.0, min(1.0, sin_y)))
    x = math.atan2(
        math.sin(heading) * math.sin(angle) * math.cos(phi), math.cos(angle) - math.sin(phi) * math.sin(y)
    )
    return lon + math.degrees(x), math.degrees(y)


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
    return [*kept, kept[0]]


def _rounded(ring: list[tuple[float, float]]) -> list[list[float]]:
    return [[round(x, 5), round(y, 5)] for x, y in ring]


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
        for candidate in plausible(place["candidates"] or []):
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
        return dict(event["area"])
    radius_m = event.get("radius_m")
    return circle(event["lat"], event["lon"], radius_m) if radius_m else None


def _feature(geometry: Geometry, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}
