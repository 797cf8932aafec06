"""Where an answer lies: position, radius, precision class and shape, by relation and status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo import precision
from geo.area import Circle, circle_polygon, covering_circle, destination, hull_polygon
from geo.borders import Borders
from geo.model import Geometry, Place
from geo.relations import Offset
from geo.sphere import distance_km

BORDER_RADIUS_M = 5_000.0
ENTIRE = frozenset({"near", "between", "toward", "from"})
"""Relations that say that the event was not in the named place itself."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where an answer lies; without latitude and longitude when it cannot be said."""

    geo_precision: str = "unlocated"
    lat: float | None = None
    lon: float | None = None
    radius_m: float | None = None
    area: Geometry | None = None


def _circle(place: Place, relation: str, offset: Offset | None) -> Circle:
    """Return the circle that a relation to a place means."""
    kind = precision.precision_of(place.feature)
    if offset is not None and offset.bearing is not None:
        lat, lon = destination(place.lat, place.lon, offset.bearing, offset.km)
        return lat, lon, precision.offset_radius_m(offset.km)
    if offset is not None:
        return place.lat, place.lon, 1000 * offset.km + precision.offset_radius_m(offset.km)
    if relation in ENTIRE and kind in ("settlement", "feature"):
        return place.lat, place.lon, precision.near_radius_m(place.radius_m)
    return place.lat, place.lon, place.radius_m


def _at(kind: str, circle: Circle, area: Geometry | None) -> Position:
    lat, lon, radius_m = circle
    return Position(kind, lat, lon, radius_m, area)


def sure_position(
    places: Sequence[Place], relation: str, offset: Offset | None, least_radius_m: float = 0.0
) -> Position:
    """Return the position when every name has one sure place; one place is drawn at least as wide as is said."""
    kinds = [precision.precision_of(place.feature) for place in places]
    if all(kind == "country" for kind in kinds):
        return Position("country")
    places = [place for place, kind in zip(places, kinds, strict=True) if kind != "country"]
    if len(places) == 1:
        place = places[0]
        kind = precision.precision_of(place.feature)
        lat, lon, radius_m = _circle(place, relation, offset)
        circle = (lat, lon, max(radius_m, least_radius_m))
        vague = precision.stated_precision(place.feature) == "near" or least_radius_m > 0
        if offset is not None or vague or (relation in ENTIRE and kind in ("settlement", "feature")):
            return _at("near", circle, circle_polygon(circle))
        return _at(kind, circle, None if kind == "settlement" else circle_polygon(circle))
    if relation == "between" and len(places) == 2:
        circles: list[Circle] = [(place.lat, place.lon, place.radius_m) for place in places]
    else:
        circles = [_circle(place, relation, offset) for place in places]
    widest = max(("adm1", "adm2"), key=kinds.count)
    return _at(widest if widest in kinds else "near", covering_circle(circles), hull_polygon(circles))


def border_position(places: Sequence[Place], borders: Borders, offset: Offset | None) -> Position:
    """Return the strip of land along the border of two places, as wide as is known; else what lies between them."""
    patches = borders.meeting(places[0], places[1])
    if not patches:
        return sure_position(places, "between", None)
    wide_m = BORDER_RADIUS_M + (1000 * offset.km if offset else 0.0)
    circles: list[Circle] = [(lat, lon, wide_m) for lat, lon in patches]
    return _at("feature", covering_circle(circles), hull_polygon(circles))


def doubtful_position(
    places: Sequence[Place],
    relation: str,
    offset: Offset | None,
    undecided_km: float,
    *,
    hull: bool = False,
) -> Position:
    """Return the circle that covers all plausible places; no position when that says nothing.

    Its area is that circle, or the hull of the places, which is narrower, when a person has left only these.
    """
    located = [place for place in places if precision.precision_of(place.feature) != "country"]
    if not located:
        return Position("country") if places else Position()
    circles = [_circle(place, relation, offset) for place in located]
    lat, lon, _ = circles[0]
    if any(distance_km(lat, lon, c[0], c[1]) > 2 * undecided_km for c in circles[1:]):
        return Position()  # a circle over these two alone would say nothing
    circle = covering_circle(circles)
    if circle[2] > 1000 * undecided_km:
        return Position()
    kinds = {precision.precision_of(place.feature) for place in located}
    kind = "adm1" if kinds == {"adm1"} else "adm2" if kinds == {"adm2"} else "near"
    return _at(kind, circle, hull_polygon(circles) if hull else circle_polygon(circle))


def apart_km(one: Place, other: Place) -> float:
    """Return the distance between two places."""
    return distance_km(one.lat, one.lon, other.lat, other.lon)
