"""Photon: search over OpenStreetMap by komoot, or a server of one's own."""

from __future__ import annotations

from geopy.geocoders import Photon

from geo.online.found import Found, Question, radius_m
from geo.online.osm import precision_of
from geo.online.service import Service

_OSM_TYPES = {"N": "node", "W": "way", "R": "relation"}


def search(question: Question, service: Service) -> list[Found]:
    """Ask Photon; it knows no filter by country, so that other countries' places are left out here."""
    geocoder = Photon(**service.options())
    locations = geocoder.geocode(
        question.text, exactly_one=False, limit=question.limit, language=question.language
    )
    found = []
    for location in locations or []:
        raw = location.raw["properties"]
        country = raw.get("countrycode", "").upper()
        if question.country and country != question.country:
            continue
        precision = precision_of(raw.get("osm_key", ""), raw.get("osm_value", ""))
        if raw.get("osm_key") == "boundary":
            precision = precision_of("place", raw.get("type", ""))
        extent = raw.get("extent")
        west, north, east, south = extent or (0.0, 0.0, 0.0, 0.0)
        box = (west, south, east, north) if extent else None
        found.append(
            Found(
                id=f"osm:{_OSM_TYPES.get(raw.get('osm_type', ''), '?')}/{raw.get('osm_id', '?')}",
                name=raw.get("name") or location.address.split(",")[0],
                lat=location.latitude,
                lon=location.longitude,
                geo_precision=precision,
                radius_m=radius_m(precision, location.latitude, location.longitude, box),
                country=country,
                admin1=raw.get("state", ""),
                admin2=raw.get("county", ""),
            )
        )
    return found
