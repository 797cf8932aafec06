"""A small map of the places that an incident may be at, lettered as on the large one; a click gives a position."""

from collections.abc import Mapping, Sequence
from math import cos, radians
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from data.areas import circle
from data.placing import possible
from data.table.event_table import Extent
from geo.borders import KM_PER_DEGREE
from geo.errors import GeoError
from pages.map.living_map import WORLD, Update, base_map
from pages.map.tiles import chosen_tiles
from pages.review.place_form import FOUND
from pages.shared.palette import EVENT_TYPE_COLOURS
from pages.shared.resources import gazetteer

Shape = dict[str, Any]
Bounds = tuple[tuple[float, float], tuple[float, float]]
"""(south, west), (north, east)"""


def show(
    event: Mapping[str, Any], letters: Mapping[str, str], spot: tuple[float, float, float] | None
) -> Any:
    """Draw candidates and the position given so far; return the (lat, lon) of the last click."""
    import folium

    group = folium.FeatureGroup(name="parameters", control=False)
    group.add_child(
        Update(
            {
                "review": " ".join([event["event_id"], *(place["id"] for place in _found(event))]),
                "areas": {"type": "FeatureCollection", "features": shapes(event, letters, spot)},
                "colour": EVENT_TYPE_COLOURS.get(event["event_type"], EVENT_TYPE_COLOURS["other"]),
                "bounds": seen_at_first(event, letters) or named_region(event) or WORLD,
                "theme": st.context.theme.type or "light",
            }
        )
    )
    with st.container(key="review_map_box"):
        answer = st_folium(
            base_map(Extent(None, None, None), chosen_tiles()),
            key="review_map",
            height=420,
            use_container_width=True,
            returned_objects=["last_clicked"],
            feature_group_to_add=group,
        )
    clicked = (answer or {}).get("last_clicked")
    return (clicked["lat"], clicked["lng"]) if clicked else None


def seen_at_first(event: Mapping[str, Any], letters: Mapping[str, str]) -> Bounds | None:
    """Return the bounds of the plausible places, or of all that have a letter; None when there is no place."""
    likely = [c for place in event["places"] for c in possible(place)]
    places = [*likely, *_found(event)] or [
        c for place in event["places"] for c in place["candidates"] or [] if c["id"] in letters
    ]
    if not places:
        return None
    lats, lons = ([place[axis] for place in places] for axis in ("lat", "lon"))
    return ((min(lats) - 0.3, min(lons) - 0.4), (max(lats) + 0.3, max(lons) + 0.4))


def named_region(event: Mapping[str, Any]) -> Bounds | None:
    """Return the bounds of the narrowest region that is named with a place which nobody knows."""
    named = [event.get(f"reported_{name}") for name in ("admin2", "admin1", "country")]
    country = event.get("country") or event.get("reported_country")
    for name in filter(None, named):
        try:
            (region, *_rest) = gazetteer().resolve(name, country=country).candidates
        except (GeoError, ValueError):  # not a name of a place, or none is known
            continue
        return _around(region.lat, region.lon, region.radius_m / 1000 / KM_PER_DEGREE)
    return None


def _around(lat: float, lon: float, degrees: float) -> Bounds:
    wide = degrees / max(cos(radians(lat)), 0.2)
    return (lat - degrees, lon - wide), (lat + degrees, lon + wide)


def _found(event: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [candidate for place in event["places"] for candidate in place.get(FOUND, ())]


def shapes(
    event: Mapping[str, Any], letters: Mapping[str, str], spot: tuple[float, float, float] | None
) -> Sequence[Shape]:
    """Make the areas of the map. They carry letters and positions only, no text of a report."""
    made = [
        _shape(feature["geometry"], "incident")
        for feature in event["areas"]
        if feature["properties"]["kind"] == "incident"
    ]
    drawn = set()
    for place in event["places"]:
        for candidate in [*(place["candidates"] or []), *place.get(FOUND, ())]:
            mark = letters.get(candidate["id"])
            if mark and candidate["id"] not in drawn:
                drawn.add(candidate["id"])
                at = (candidate["lat"], candidate["lon"])
                geometry = circle(*at, max(candidate["radius_m"] or 0, 100))
                made.append(_shape(geometry, "candidate", mark, at))
    if spot is not None:
        made.append(_shape(circle(*spot), "candidate", "+", spot[:2]))
    return made


def _shape(
    geometry: Mapping[str, Any], kind: str, mark: str = "", at: tuple[float, float] | None = None
) -> Shape:
    properties = {"kind": kind, "mark": mark, "at": at, "label": mark}
    return {"type": "Feature", "geometry": dict(geometry), "properties": properties}
