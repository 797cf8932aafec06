"""The shapes of the answers, for the description of the interface; those of OGC API Features as its part 1 has them."""

from __future__ import annotations

from typing import Any

from data import schema
from data.table.columns import PUBLIC

Shape = dict[str, Any]
_TYPES: dict[str, Shape] = {
    "text": {"type": "string"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string"},
}
TEXT, COUNT, NUMBER = {"type": "string"}, {"type": "integer", "minimum": 0}, {"type": "number"}


def some(**members: Shape) -> Shape:
    """Describe an object of which every named member is always there."""
    return {"type": "object", "required": list(members), "properties": members}


def many(shape: Shape) -> Shape:
    """Describe a list."""
    return {"type": "array", "items": shape}


def ref(name: str) -> Shape:
    """Point to a shape of `schemas`."""
    return {"$ref": f"#/components/schemas/{name}"}


def maybe(shape: Shape) -> Shape:
    """Allow null."""
    return {**shape, "nullable": True}


def schemas() -> dict[str, Shape]:
    """Give every shape by its name."""
    links = many(ref("link"))
    feature = some(
        type={"type": "string", "enum": ["Feature"]},
        id=TEXT,
        geometry=ref("geometry"),
        properties=ref("incident"),
    )
    feature["properties"]["links"] = links
    lonely = some(count=COUNT, lat=NUMBER, lon=NUMBER, precision=maybe(TEXT), radius_m=maybe(NUMBER))
    lonely["properties"] |= {"id": TEXT, "title": TEXT, "ids": many(TEXT)}
    return {
        "exception": some(code=TEXT, description=TEXT),
        "link": some(href=TEXT, rel=TEXT, type=TEXT, title=TEXT),
        "landingPage": some(title=TEXT, description=TEXT, links=links),
        "confClasses": some(conformsTo=many(TEXT)),
        "openapi": some(openapi=TEXT, info={"type": "object"}, paths={"type": "object"}),
        "collection": some(
            id=TEXT, title=TEXT, description=TEXT, itemType=TEXT, crs=many(TEXT), extent=extent(), links=links
        ),
        "collections": some(links=links, collections=many(ref("collection"))),
        "geometry": geometry(),
        "incident": {"type": "object", "properties": properties()},
        "feature": feature,
        "featureCollection": some(
            type={"type": "string", "enum": ["FeatureCollection"]},
            timeStamp={"type": "string", "format": "date-time"},
            numberMatched=COUNT,
            numberReturned=COUNT,
            links=links,
            features=many(ref("feature")),
        ),
        "cells": some(
            version=TEXT, total=COUNT, unplaced=COUNT, shown=COUNT, cells=many(lonely), regions=many(region())
        ),
        "rows": some(events=many(some(id=TEXT, title=TEXT, type=TEXT, date=TEXT))),
        "event": {
            "type": "object",
            "required": ["event_id", "title", "reports", "places", "areas", "card"],
            "properties": properties()
            | {"reports": many({"type": "object"}), "places": many({"type": "object"})},
        },
        "towns": some(towns=many(some(name=TEXT, lat=NUMBER, lon=NUMBER, population=COUNT))),
        "health": some(status=TEXT, version=TEXT, events=COUNT, places=COUNT),
    }


def properties() -> dict[str, Shape]:
    """Describe the fields of an incident."""
    fields = schema.fields("events")
    shapes = {}
    for name in PUBLIC:
        field = fields[name]
        shape = dict(_TYPES[field.type], title=field.label, description=field.description)
        if field.codes:
            shape["enum"] = [*schema.codes(field.codes), *([] if field.required else [None])]
        shapes[name] = shape if field.required else maybe(shape)
    return shapes


def geometry() -> Shape:
    """Describe what an incident is drawn as: a point, an area, or nothing."""
    position = many(NUMBER) | {"minItems": 2, "maxItems": 2}
    ring = many(position) | {"minItems": 4}
    shapes = {"Point": position, "Polygon": many(ring), "MultiPolygon": many(many(ring))}
    drawn = [some(type={"type": "string", "enum": [kind]}, coordinates=at) for kind, at in shapes.items()]
    return {"type": "object", "nullable": True, "oneOf": drawn}


def extent() -> Shape:
    """Describe where and when the incidents lie."""
    box = many(NUMBER) | {"minItems": 4, "maxItems": 6}
    period = many(maybe({"type": "string", "format": "date-time"})) | {"minItems": 2, "maxItems": 2}
    return some(spatial=some(bbox=many(box)), temporal=some(interval=many(period)))


def region() -> Shape:
    """Describe incidents known only to a region, which are never drawn as a pin."""
    return some(count=COUNT, lat=NUMBER, lon=NUMBER, name=TEXT, ids=many(TEXT))
