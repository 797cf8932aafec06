"""One place, Saltivka with its three apostrophes, in every provider's own words."""

from typing import Any

from geo.online.found import Found

NAME = "Saltivs'ka"


def nominatim(name: str = NAME) -> Any:
    return [
        {
            "place_id": 1,
            "osm_type": "node",
            "osm_id": 77,
            "lat": "50.02",
            "lon": "36.33",
            "class": "place",
            "type": "suburb",
            "addresstype": "suburb",
            "name": name,
            "display_name": f"{name}, Kharkiv, Kharkiv Oblast, Ukraine",
            "address": {"suburb": name, "state": "Kharkiv Oblast", "country_code": "ua"},
            "boundingbox": ["50.00", "50.04", "36.30", "36.36"],
        }
    ]


def photon(name: str = NAME) -> Any:
    properties = {
        "osm_type": "N",
        "osm_id": 77,
        "osm_key": "place",
        "osm_value": "suburb",
        "type": "district",
        "name": name,
        "countrycode": "UA",
        "country": "Ukraine",
        "state": "Kharkiv Oblast",
        "extent": [36.30, 50.04, 36.36, 50.00],
    }
    geometry = {"type": "Point", "coordinates": [36.33, 50.02]}
    return {"features": [{"type": "Feature", "geometry": geometry, "properties": properties}]}


def pelias(name: str = NAME) -> Any:
    properties = {
        "gid": "whosonfirst:neighbourhood:77",
        "layer": "neighbourhood",
        "source": "whosonfirst",
        "name": name,
        "label": f"{name}, Kharkiv, Ukraine",
        "country_code": "UA",
        "region": "Kharkiv Oblast",
    }
    geometry = {"type": "Point", "coordinates": [36.33, 50.02]}
    feature = {"type": "Feature", "geometry": geometry, "properties": properties}
    return {"features": [{**feature, "bbox": [36.30, 50.00, 36.36, 50.04]}]}


def geonames(name: str = NAME) -> Any:
    place = {
        "geonameId": 77,
        "name": name,
        "lat": "50.02",
        "lng": "36.33",
        "fcl": "P",
        "fcode": "PPLX",
        "countryCode": "UA",
        "countryName": "Ukraine",
        "adminName1": "Kharkiv Oblast",
        "population": 0,
    }
    return {"totalResultsCount": 1, "geonames": [place]}


def arcgis(name: str = NAME) -> Any:
    candidate = {
        "address": f"{name}, Kharkiv Oblast, UKR",
        "location": {"x": 36.33, "y": 50.02},
        "score": 100,
        "attributes": {
            "Addr_type": "Locality",
            "Type": "Neighborhood",
            "PlaceName": name,
            "Country": "UKR",
            "Region": "Kharkiv Oblast",
        },
        "extent": {"xmin": 36.30, "ymin": 50.00, "xmax": 36.36, "ymax": 50.04},
    }
    return {"spatialReference": {"wkid": 4326}, "candidates": [candidate]}


EMPTY: dict[str, Any] = {
    "nominatim": [],
    "photon": {"features": []},
    "pelias": {"features": []},
    "geonames": {"totalResultsCount": 0, "geonames": []},
    "arcgis": {"candidates": []},
}
HOMONYMS: dict[str, Any] = {
    "nominatim": [{**nominatim()[0], "osm_id": 1}, {**nominatim()[0], "osm_id": 2, "lat": "43.0"}],
    "photon": {
        "features": [
            photon()["features"][0],
            {**photon()["features"][0], "geometry": {"type": "Point", "coordinates": [36.33, 43.0]}},
        ]
    },
    "pelias": {
        "features": [
            pelias()["features"][0],
            {**pelias()["features"][0], "geometry": {"type": "Point", "coordinates": [36.33, 43.0]}},
        ]
    },
    "geonames": {"geonames": [geonames()["geonames"][0], {**geonames()["geonames"][0], "lat": "43.0"}]},
    "arcgis": {
        "candidates": [
            arcgis()["candidates"][0],
            {**arcgis()["candidates"][0], "location": {"x": 36.33, "y": 43.0}},
        ]
    },
}
ONE = {
    "nominatim": nominatim,
    "photon": photon,
    "pelias": pelias,
    "geonames": geonames,
    "arcgis": arcgis,
}
PATHS = {
    "nominatim": "/search",
    "photon": "/api",
    "pelias": "/v1/search",
    "geonames": "/searchJSON",
    "arcgis": "/arcgis/rest/services/World/GeocodeServer/findAddressCandidates",
}
IDS = {
    "nominatim": "osm:node/77",
    "photon": "osm:node/77",
    "pelias": "pelias:whosonfirst:neighbourhood:77",
    "geonames": "geonames:77",
    "arcgis": "arcgis:50.02000,36.33000",
}


def right(provider: str, found: Found) -> bool:
    """Tell whether the one place was understood."""
    return (
        found.id == IDS[provider]
        and (round(found.lat, 2), round(found.lon, 2)) == (50.02, 36.33)
        and (found.country, found.admin1, found.geo_precision) == ("UA", "Kharkiv Oblast", "settlement")
        and 1_000 <= found.radius_m <= 3_000
    )
