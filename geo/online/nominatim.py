"""Nominatim: OpenStreetMap's own search."""

from __future__ import annotations

from geopy.geocoders import Nominatim

from geo.online.found import Found, Question, radius_m
from geo.online.osm import precision_of
from geo.online.service import Service


def search(question: Question, service: Service) -> list[Found]:
    """Ask Nominatim."""
    geocoder = Nominatim(**service.options())
    locations = geocoder.geocode(
        question.text,
        exactly_one=False,
        limit=question.limit,
        addressdetails=True,
        language=question.language,
        country_codes=question.country.lower() or None,
    )
    found = []
    for location in locations or []:
        raw = location.raw
        address = raw.get("address") or {}
        precision = precision_of(raw.get("class", ""), raw.get("addresstype") or raw.get("type", ""))
        box = raw.get("boundingbox")
        south, north, west, east = (float(side) for side in box) if box else (0.0, 0.0, 0.0, 0.0)
        found.append(
            Found(
                id=f"osm:{raw.get('osm_type', '?')}/{raw.get('osm_id', '?')}",
                name=raw.get("name") or location.address.split(",")[0],
                lat=location.latitude,
                lon=location.longitude,
                geo_precision=precision,
                radius_m=radius_m(
                    precision,
                    location.latitude,
                    location.longitude,
                    (west, south, east, north) if box else None,
                ),
                country=address.get("country_code", "").upper(),
                admin1=address.get("state", ""),
                admin2=address.get("district") or address.get("county", ""),
            )
        )
    return found
