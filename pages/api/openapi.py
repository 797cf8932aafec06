"""The interface described for machines: an OpenAPI 3.0 document of every address, made from the schema's own lists."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from data import countries, field_filters, schema
from data.filters import CODE_LISTS, PARAMETERS, WORDS
from pages.api import answers
from pages.api.errors import answer_errors
from pages.api.links import GEOJSON, JSON, OPENAPI, root
from pages.api.params import json_only

Described = dict[str, Any]
_TYPES: dict[str, Described] = {
    "text": {"type": "string"},
    "int": {"type": "integer", "minimum": 0, "maximum": 10**12 - 1},
    "bool": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
}
DESCRIPTION = (
    "Reported incidents with the certainty of their place and date; read-only. Wrong parameters are answered with 400 "
    "and a sentence that says what to give. Filters are the same words everywhere and as in the dashboard's address."
)


def parameter(name: str, description: str, takes: Described, *, required: bool = False) -> Described:
    """Describe one parameter of an address's query."""
    lists = {"style": "form", "explode": False} if takes.get("type") == "array" else {}
    return {
        "name": name,
        "in": "query",
        "description": description,
        "required": required,
        "schema": takes,
    } | lists


def several(item: Described) -> Described:
    """Describe values separated by commas."""
    return {"type": "array", "items": item}


def whole(low: int, high: int | None = None, default: int | None = None) -> Described:
    """Describe a whole number between two bounds."""
    found: Described = {"type": "integer", "minimum": low, "maximum": high, "default": default}
    return {name: value for name, value in found.items() if value is not None}


BBOX = {
    "type": "array",
    "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
    "items": {"type": "number", "minimum": -180, "maximum": 180},
}
BBOX_MEANS = (
    "West, south, east, north in degrees (WGS 84); a west greater than the east crosses the antimeridian. Six numbers "
    "have heights, which do not count."
)
DATETIME_MEANS = (
    "A day, month, year or RFC 3339 date-time, or two of them with a slash between, `..` for an open end. Incidents "
    "whose days overlap it belong. Days are local to the incident: of a date-time the day as written counts."
)
FORMAT = parameter("f", "The form of the answer.", {"type": "string", "enum": ["json", "geojson"]})


def filter_parameters() -> list[Described]:
    """Describe the filters: words of their own first, then single fields."""
    code_lists = {PARAMETERS[name]: list(schema.codes(codes)) for name, codes in CODE_LISTS.items()}
    known = sorted(countries.codes())
    takes: dict[str, Described] = {
        "datetime": {"type": "string", "format": "datetime-interval"},
        "bbox": BBOX,
        "country": several({"type": "string", "enum": known}),
        "region": several({"type": "string", "pattern": rf"^({'|'.join(known)}):[^,\\\x00]*$"}),
        "q": {"type": "string", "pattern": r"^[^\x00]*$"},
        **{word: several({"type": "string", "enum": codes}) for word, codes in code_lists.items()},
    }
    means = {**WORDS, "bbox": BBOX_MEANS, "datetime": DATETIME_MEANS}
    words = [parameter(word, means[word], takes[word]) for word in WORDS]
    return words + [field_parameter(name, field) for name, field in field_filters.FIELDS.items()]


def field_parameter(name: str, field: schema.Field) -> Described:
    """Describe the filter on one field."""
    if field_filters.is_text(field):
        takes: Described = {"type": "string", "pattern": r"^[^\x00]*[^\x00\s][^\x00]*$"}
    elif field.codes:
        takes = several({"type": "string", "enum": list(schema.codes(field.codes))})
    else:
        takes = several(_TYPES[field.type])
    return parameter(name, field.description, takes)


def get(
    summary: str, answer: str, *parameters: Described, media: str = JSON, missing: bool = False
) -> Described:
    """Describe one address that is read."""
    said = {"schema": {"$ref": f"#/components/schemas/{answer}"}}
    wrong = {JSON: {"schema": {"$ref": "#/components/schemas/exception"}}}
    answered: Described = {
        "200": {"description": summary, "content": {media: said}},
        "400": {
            "description": "A parameter is wrong; the description says which and what it takes",
            "content": wrong,
        },
        "503": {"description": "The data cannot be read just now", "content": wrong},
    }
    if missing:
        answered["404"] = {"description": "There is nothing public of this name", "content": wrong}
    return {"get": {"summary": summary, "parameters": list(parameters), "responses": answered}}


def paths() -> Described:
    """Describe every address."""
    filters = filter_parameters()
    no_box = [p for p in filters if p["name"] != "bbox"]
    view = parameter("bbox", BBOX_MEANS, BBOX)
    event_id = {"name": "event_id", "in": "path", "required": True, "schema": {"type": "string"}}
    ids = several({"type": "string", "pattern": "^[^,]+$"}) | {"minItems": 1, "maxItems": 50}
    items = "/collections/incidents/items"
    html = {"text/html": {"schema": {"type": "string"}}}
    landing = get("What there is and where; the dashboard, for a browser", "landingPage", FORMAT)
    landing["get"]["responses"]["200"]["content"] |= html
    return {
        "/": landing,
        "/conformance": get("Conformance classes", "confClasses", FORMAT),
        "/api": get("This document", "openapi", FORMAT, media=OPENAPI),
        "/collections": get("The collections, of which there is one", "collections", FORMAT),
        "/collections/incidents": get("The incidents as a whole", "collection", FORMAT),
        items: get(
            "Incidents, page by page",
            "featureCollection",
            parameter(
                "limit", "Incidents on a page; more than 10,000 are never given at once.", whole(1, None, 100)
            ),
            parameter("offset", "How many incidents to leave out before.", whole(0, 10**9, 0)),
            FORMAT,
            *filters,
            media=GEOJSON,
        ),
        f"{items}/{{event_id}}": get(
            "One incident", "feature", event_id, FORMAT, media=GEOJSON, missing=True
        ),
        "/api/cells": get(
            "What a map draws: counted cells, single incidents, areas in doubt, regions",
            "cells",
            view,
            parameter("zoom", "Zoom of the map.", whole(0, 22, 5)),
            *no_box,
        ),
        "/api/events": get(
            "Short rows of up to 50 incidents",
            "rows",
            parameter("ids", "Ids of incidents.", ids, required=True),
        ),
        "/api/events/{event_id}": get(
            "One incident with its reports and places", "event", event_id, missing=True
        ),
        "/api/towns": get(
            "The largest settlements in view",
            "towns",
            view,
            parameter("limit", "How many.", whole(1, 200, 60)),
        ),
        "/healthz": get("Whether the service lives, and how much it holds", "health"),
    }


@cache
def document() -> Described:
    """Give the document, without the address of the server."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "Dateline", "description": DESCRIPTION, "version": version("dateline")},
        "paths": paths(),
        "components": {"schemas": answers.schemas()},
    }


@answer_errors
def api(request: Request) -> JSONResponse:
    """Answer with the description of the interface."""
    json_only(request)
    return JSONResponse(document() | {"servers": [{"url": root(request)}]}, media_type=OPENAPI)
