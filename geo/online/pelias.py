"""Pelias: a server of one's own, or a host's."""

from __future__ import annotations

from geopy.geocoders import Pelias

from geo.online.found import Found, Question, radius_m
from geo.online.service import Service

_LAYERS = {
    "settlement": "locality localadmin borough neighbourhood",
    "adm2": "county macrocounty",
    "adm1": "region macroregion",
    "country": "country dependency",
    "exact": "address venue intersection",
}
_PRECISION = {layer: precision for precision, layers in _LAYERS.items() for layer in layers.split()}


def search(question: Question, service: Service) -> list[Found]:
    """Ask Pelias."""
    geocoder = Pelias(api_key=service.settings.get("key"), **service.options())
    locations = geocoder.geocode(
        question.text,
        exactly_one=False,
        countries=[question.country] if question.country else None,
        language=question.language,
    )
    found = []
    for location in (locations or [])[: question.limit]:
        raw = location.raw["properties"]
        precision = _PRECISION.get(raw.get("layer", ""), "feature")
        box = location.raw.get("bbox")
        found.append(
            Found(
                id=f"pelias:{raw.get('gid') or raw.get('id', '?')}",
                name=raw.get("name") or location.address,
                lat=location.latitude,
                lon=location.longitude,
                geo_precision=precision,
                radius_m=radius_m(
                    precision, location.latitude, location.longitude, tuple(box) if box else None
                ),
                country=raw.get("country_code", ""),
                admin1=raw.get("region", ""),
                admin2=raw.get("county", ""),
                source=raw.get("source", ""),
            )
        )
    return found
