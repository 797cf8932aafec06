"""What OGC API - Features - Part 1: Core 1.0.1 (OGC 17-069r4) requires of each answer, as JSON Schema.

Written from the standard's own building blocks (schemas.opengis.net/ogcapi/features/part1/1.0, ogcapi-features-1.yaml)
and RFC 7946: names, types and required members are theirs, not those of the description that the service gives of
itself.
"""

from typing import Any

import jsonschema

TEXT = {"type": "string"}
LINK = {
    "type": "object",
    "required": ["href"],
    "properties": {
        "href": TEXT, "rel": TEXT, "type": TEXT, "hreflang": TEXT, "title": TEXT, "length": {"type": "integer"},
    },
}  # fmt: skip
LINKS = {"type": "array", "items": LINK}
BOX = {
    "type": "array",
    "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
    "items": {"type": "number"},
}
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
EXTENT = {
    "type": "object",
    "properties": {
        "spatial": {
            "type": "object",
            "properties": {"bbox": {"type": "array", "minItems": 1, "items": BOX}, "crs": {"enum": [CRS84]}},
        },
        "temporal": {
            "type": "object",
            "properties": {
                "interval": {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "type": "array",
                        "minItems": 2,
                        "maxItems": 2,
                        "items": {"type": ["string", "null"], "format": "date-time"},
                    },
                }
            },
        },
    },
}
COLLECTION = {
    "type": "object",
    "required": ["id", "links"],
    "properties": {
        "id": TEXT, "title": TEXT, "description": TEXT, "links": LINKS, "extent": EXTENT, "itemType": TEXT,
        "crs": {"type": "array", "items": TEXT},
    },
}  # fmt: skip
POSITION = {"type": "array", "minItems": 2, "items": {"type": "number"}}
RING = {"type": "array", "minItems": 4, "items": POSITION}
COORDINATES = {
    "Point": POSITION,
    "MultiPoint": {"type": "array", "items": POSITION},
    "LineString": {"type": "array", "minItems": 2, "items": POSITION},
    "Polygon": {"type": "array", "items": RING},
    "MultiPolygon": {"type": "array", "items": {"type": "array", "items": RING}},
}
GEOMETRY = {
    "oneOf": [
        {"type": "null"},
        *(
            {
                "type": "object",
                "required": ["type", "coordinates"],
                "properties": {"type": {"enum": [kind]}, "coordinates": shape},
            }
            for kind, shape in COORDINATES.items()
        ),
    ]
}
FEATURE = {
    "type": "object",
    "required": ["type", "geometry", "properties"],
    "properties": {
        "type": {"enum": ["Feature"]},
        "geometry": GEOMETRY,
        "properties": {"type": ["object", "null"]},
        "id": {"type": ["string", "integer"]},
        "links": LINKS,
    },
}
SCHEMAS: dict[str, dict[str, Any]] = {
    "landingPage": {
        "type": "object",
        "required": ["links"],
        "properties": {"title": TEXT, "description": TEXT, "links": LINKS},
    },
    "confClasses": {
        "type": "object",
        "required": ["conformsTo"],
        "properties": {"conformsTo": {"type": "array", "items": TEXT}},
    },
    "collections": {
        "type": "object",
        "required": ["links", "collections"],
        "properties": {"links": LINKS, "collections": {"type": "array", "items": COLLECTION}},
    },
    "collection": COLLECTION,
    "feature": FEATURE,
    "featureCollection": {
        "type": "object",
        "required": ["type", "features"],
        "properties": {
            "type": {"enum": ["FeatureCollection"]},
            "features": {"type": "array", "items": FEATURE},
            "links": LINKS,
            "timeStamp": {"type": "string", "format": "date-time"},
            "numberMatched": {"type": "integer", "minimum": 0},
            "numberReturned": {"type": "integer", "minimum": 0},
        },
    },
    "exception": {"type": "object", "required": ["code"], "properties": {"code": TEXT, "description": TEXT}},
}


def check(answer: Any, name: str) -> None:
    """Raise where an answer is not of the standard's shape."""
    schema = SCHEMAS[name]
    jsonschema.validate(
        answer, schema, jsonschema.Draft202012Validator, format_checker=jsonschema.FormatChecker()
    )


def links(answer: dict[str, Any], rel: str) -> list[dict[str, str]]:
    """Give the links of one relation."""
    return [link for link in answer["links"] if link["rel"] == rel]
