"""ArcGIS: Esri's world geocoding service; its answers are never kept."""

from __future__ import annotations

from geopy.geocoders import ArcGIS

from geo.online.found import Found, Question, radius_m
from geo.online.service import Service

_FIELDS = "Addr_type,Type,PlaceName,Country,CntryName,Region,Subregion"
_EXACT = frozenset({"PointAddress", "Subaddress", "StreetAddress", "StreetInt", "BuildingName"})
_TYPES = {
    "settlement": "City Village Town Hamlet Neighborhood District",
    "adm2": "County Subregion",
    "adm1": "State Province Region Territory",
    "country": "Country",
}
_PRECISION = {kind: precision for precision, kinds in _TYPES.items() for kind in kinds.split()}


def search(question: Question, service: Service) -> list[Found]:
    """Ask ArcGIS; the country goes along as part of the address, since geopy knows no filter."""
    geocoder = ArcGIS(**service.options())
    text = f"{question.text}, {question.country}" if question.country else question.text
    found = []
    for location in (geocoder.geocode(text, exactly_one=False, out_fields=_FIELDS) or [])[: question.limit]:
        raw = location.raw.get("attributes") or {}
        extent = location.raw.get("extent")
        box = (extent["xmin"], extent["ymin"], extent["xmax"], extent["ymax"]) if extent else None
        exact = raw.get("Addr_type") in _EXACT
        precision = "exact" if exact else _PRECISION.get(raw.get("Type", "").split(" ")[0], "feature")
        found.append(
            Found(
                id=f"arcgis:{location.latitude:.5f},{location.longitude:.5f}",
                name=raw.get("PlaceName") or location.address.split(",")[0],
                lat=location.latitude,
                lon=location.longitude,
                geo_precision=precision,
                radius_m=radius_m(precision, location.latitude, location.longitude, box),
                country=_country(raw.get("Country", "")),
                admin1=raw.get("Region", ""),
                admin2=raw.get("Subregion", ""),
            )
        )
    return found


def _country(code: str) -> str:
    """Return ISO's two letters for its three."""
    import pycountry

    known = pycountry.countries.get(alpha_3=code) if len(code) == 3 else None
    return str(known.alpha_2) if known else code
