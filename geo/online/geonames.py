"""GeoNames' own search, for what is in no installed dump."""

from __future__ import annotations

from geopy.geocoders import GeoNames

from geo.online.found import Found, Question, radius_m
from geo.online.service import Service
from geo.precision import precision_of, settlement_radius_m


def search(question: Question, service: Service) -> list[Found]:
    """Ask GeoNames."""
    geocoder = GeoNames(service.settings["username"], **service.options())
    locations = geocoder.geocode(question.text, exactly_one=False, country=question.country or None)
    found = []
    for location in [one for one in locations or [] if one is not None][: question.limit]:
        raw = location.raw
        precision = precision_of(raw.get("fcode", ""))
        people = int(raw.get("population") or 0)
        settled = precision == "settlement"
        found.append(
            Found(
                id=f"geonames:{raw['geonameId']}",
                name=raw.get("name", ""),
                lat=location.latitude,
                lon=location.longitude,
                geo_precision=precision,
                radius_m=settlement_radius_m(people)
                if settled
                else radius_m(precision, location.latitude, location.longitude, None),
                country=raw.get("countryCode", ""),
                admin1=raw.get("adminName1", ""),
                population=people,
            )
        )
    return found
