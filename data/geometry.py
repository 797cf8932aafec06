"""Geometries as GeoJSON says and as well-known binary, and what of them an incident can carry."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator, Mapping
from typing import Any

from data.placing import distance_km

Geometry = dict[str, Any]
_KINDS = ("Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon")
_DEPTHS = {
    "Point": 0,
    "LineString": 1,
    "MultiPoint": 1,
    "Polygon": 2,
    "MultiLineString": 2,
    "MultiPolygon": 3,
}
AREAS = ("Polygon", "MultiPolygon")
MOST_CORNERS = 200_000


def positions(geometry: Mapping[str, Any]) -> Iterator[tuple[float, float]]:
    """List all positions as longitude, latitude; raise `ValueError` for what is no geometry."""
    if geometry.get("type") == "GeometryCollection":
        for part in geometry.get("geometries") or ():
            yield from positions(part)
        return
    depth = _DEPTHS.get(str(geometry.get("type")))
    if depth is None:
        raise ValueError("is no GeoJSON geometry")
    yield from _flat(geometry.get("coordinates"), depth)


def _flat(coordinates: Any, depth: int) -> Iterator[tuple[float, float]]:
    if not isinstance(coordinates, (list, tuple)):
        raise ValueError("has no coordinates")
    if depth:
        for part in coordinates:
            yield from _flat(part, depth - 1)
        return
    numbers = coordinates[:2]
    if len(numbers) < 2 or not all(
        isinstance(n, (int, float)) and not isinstance(n, bool) and math.isfinite(n) for n in numbers
    ):
        raise ValueError("has a position that is not two numbers")
    yield float(numbers[0]), float(numbers[1])


def checked_area(geometry: Any) -> Geometry:
    """Give back a polygon or multipolygon on the globe; raise `ValueError` whose text completes "this value ..."."""
    if not isinstance(geometry, dict) or geometry.get("type") not in AREAS:
        raise ValueError("is no GeoJSON polygon")
    corners = 0
    for lon, lat in positions(geometry):
        corners += 1
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise ValueError(f"has a corner at {lon}, {lat}, which is not on the globe")
    if corners < 4 or corners > MOST_CORNERS:
        raise ValueError(f"has {corners} corners; 4 to {MOST_CORNERS:,} are possible")
    return {"type": geometry["type"], "coordinates": geometry["coordinates"]}


def middle(geometry: Mapping[str, Any]) -> tuple[float, float, float]:
    """Give the middle of a geometry's extent and how far it reaches from there: latitude, longitude, metres."""
    found = list(positions(geometry))
    if not found:
        raise ValueError("has no coordinates")
    lon = (min(x for x, _ in found) + max(x for x, _ in found)) / 2
    lat = (min(y for _, y in found) + max(y for _, y in found)) / 2
    reach = max(distance_km((lat, lon), (y, x)) for x, y in found) * 1000
    return round(lat, 7), round(lon, 7), float(math.ceil(reach))


def to_wkb(geometry: Mapping[str, Any]) -> bytes:
    """Write as well-known binary, little-endian, two dimensions."""
    kind, coordinates = geometry["type"], geometry["coordinates"]
    head = struct.pack("<BI", 1, _KINDS.index(kind) + 1)
    if kind == "Point":
        return head + struct.pack("<dd", *coordinates[:2])
    if kind == "LineString":
        return head + _line(coordinates)
    if kind == "Polygon":
        return head + struct.pack("<I", len(coordinates)) + b"".join(_line(ring) for ring in coordinates)
    part = kind.removeprefix("Multi")
    parts = [to_wkb({"type": part, "coordinates": one}) for one in coordinates]
    return head + struct.pack("<I", len(parts)) + b"".join(parts)


def _line(coordinates: Any) -> bytes:
    flat = [value for position in coordinates for value in position[:2]]
    return struct.pack(f"<I{len(flat)}d", len(coordinates), *flat)


def from_wkb(data: bytes) -> Geometry | None:
    """Read well-known binary, further dimensions dropped; None for an empty point. Raise `ValueError`."""
    try:
        geometry, _end = _read(data, 0, 0)
    except (struct.error, IndexError) as error:
        raise ValueError("is a geometry that is cut off") from error
    return geometry


def _read(data: bytes, at: int, depth: int) -> tuple[Geometry | None, int]:
    order = "<" if data[at] == 1 else ">"
    (code,) = struct.unpack_from(order + "I", data, at + 1)
    at += 5
    has_z, has_m, has_srid = bool(code & 0x80000000), bool(code & 0x40000000), bool(code & 0x20000000)
    code &= 0x0FFFFFFF
    extra, number = divmod(code, 1000)
    size = 2 + max(has_z + has_m, {0: 0, 1: 1, 2: 1, 3: 2}.get(extra, 0))
    at += 4 if has_srid else 0
    if not 1 <= number <= len(_KINDS) or depth > 2:
        raise ValueError("is a geometry of a kind that is not read")
    kind = _KINDS[number - 1]
    if kind == "Point":
        point = list(struct.unpack_from(f"{order}{size}d", data, at))[:2]
        return (None if math.isnan(point[0]) else {"type": kind, "coordinates": point}), at + 8 * size
    if kind == "LineString":
        line, at = _points(data, at, order, size)
        return {"type": kind, "coordinates": line}, at
    (count,) = struct.unpack_from(order + "I", data, at)
    at += 4
    if count * 4 > len(data):
        raise ValueError("is a geometry that is cut off")
    parts: list[Any] = []
    for _ in range(count):
        if kind == "Polygon":
            part, at = _points(data, at, order, size)
            parts.append(part)
        else:
            inner, at = _read(data, at, depth + 1)
            if inner is not None:
                parts.append(inner["coordinates"])
    return {"type": kind, "coordinates": parts}, at


def _points(data: bytes, at: int, order: str, size: int) -> tuple[list[list[float]], int]:
    (count,) = struct.unpack_from(order + "I", data, at)
    if count * 8 * size > len(data):
        raise ValueError("is a geometry that is cut off")
    values = struct.unpack_from(f"{order}{count * size}d", data, at + 4)
    return [list(values[i : i + 2]) for i in range(0, len(values), size)], at + 4 + 8 * size * count
