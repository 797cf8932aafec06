"""OGC API Features (OGC 17-069r4), core and GeoJSON: the same filters, links and words as the screen."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from data import Filters
from data.export.geojson import feature
from pages.api import params
from pages.api.cells import records
from pages.api.errors import NotFound, answer_errors
from pages.api.links import GEOJSON, HTML, OPENAPI, here, link, root
from pages.api.params import json_only
from pages.shared.resources import store

MOST_FEATURES = 10_000
COLLECTION = "incidents"
CONFORMANCE = [
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}" for name in ("core", "oas30", "geojson")
]


@answer_errors
def landing(request: Request) -> JSONResponse:
    """Answer with the landing page: what there is and where."""
    json_only(request)
    home = root(request)
    return JSONResponse(
        {
            "title": "Dateline",
            "description": "Reported incidents with the certainty of their place and date",
            "links": [
                link(f"{home}/?f=json", "self", "This document"),
                link(f"{home}/", "alternate", "The dashboard", HTML),
                link(f"{home}/api", "service-desc", "The interface described, as OpenAPI 3.0", OPENAPI),
                link(f"{home}/conformance", "conformance", "Conformance classes"),
                link(f"{home}/collections", "data", "Collections"),
            ],
        }
    )


@answer_errors
def conformance(request: Request) -> JSONResponse:
    """Answer with the conformance classes."""
    json_only(request)
    return JSONResponse({"conformsTo": CONFORMANCE})


def described(request: Request) -> dict[str, Any]:
    """Describe the one collection with its extent."""
    address = f"{root(request)}/collections"
    extent = store().events.extent()
    dates = [day.isoformat() + "T00:00:00Z" if day else None for day in (extent.date_min, extent.date_max)]
    spatial = {"bbox": [list(extent.bbox)]} if extent.bbox else {"bbox": [[-180, -90, 180, 90]]}
    return {
        "id": COLLECTION,
        "title": "Reported incidents",
        "description": "Public incidents; places are drawn with their precision and never as more than is known",
        "itemType": "feature",
        "crs": ["http://www.opengis.net/def/crs/OGC/1.3/CRS84"],
        "extent": {"spatial": spatial, "temporal": {"interval": [dates]}},
        "links": [
            link(f"{address}/{COLLECTION}", "self", "This document"),
            link(f"{address}/{COLLECTION}/items", "items", "Incidents as GeoJSON", GEOJSON),
        ],
    }


@answer_errors
def collections(request: Request) -> JSONResponse:
    """Answer with the list of collections, which is one."""
    json_only(request)
    links = [link(here(request), "self", "This document")]
    return JSONResponse({"links": links, "collections": [described(request)]})


@answer_errors
def collection(request: Request) -> JSONResponse:
    """Answer with the description of the collection."""
    json_only(request)
    return JSONResponse(described(request))


@answer_errors
def items(request: Request) -> Response:
    """Answer with a page of incidents as a GeoJSON FeatureCollection."""
    json_only(request, alone=False)
    limit = params.limit(request, default=100, most=MOST_FEATURES)
    offset = params.number(request, "offset", default=0, low=0, high=10**9)
    filters = params.filters(request, besides=("limit", "offset", "f"))
    events = store().events
    frame = events.frame(filters, limit=limit, offset=offset)
    matched = events.counts(filters).matching
    return JSONResponse(
        {
            "type": "FeatureCollection",
            "numberMatched": matched,
            "numberReturned": len(frame),
            "timeStamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "links": paging(request, filters, limit=limit, offset=offset, matched=matched),
            "features": [feature(row) for row in records(frame)],
        },
        media_type=GEOJSON,
    )


def paging(
    request: Request, filters: Filters, *, limit: int, offset: int, matched: int
) -> list[dict[str, str]]:
    """Make the links self, next and prev of one page."""

    def page(at: int, rel: str, title: str) -> dict[str, str]:
        words = filters.to_query() | {"limit": str(limit), "offset": str(at)}
        return link(f"{root(request)}{request.url.path}?{urlencode(words)}", rel, title, GEOJSON)

    links = [page(offset, "self", "This page")]
    if offset + limit < matched:
        links.append(page(offset + limit, "next", "Next page"))
    if offset:
        links.append(page(max(0, offset - limit), "prev", "Previous page"))
    if not filters.properties:  # the dashboard has every other filter
        words = urlencode(filters.to_query())
        links.append(link(f"{root(request)}/?{words}", "alternate", "The same incidents on the map", HTML))
    links.append(link(f"{root(request)}/collections/{COLLECTION}", "collection", "The collection"))
    return links


@answer_errors
def item(request: Request) -> Response:
    """Answer with one incident as a GeoJSON Feature."""
    json_only(request)
    event = store().event(request.path_params["event_id"])
    if event is None:
        raise NotFound("There is no public incident with this id.")
    body = feature(event)
    body["links"] = [
        link(here(request), "self", "This incident", GEOJSON),
        link(f"{root(request)}/collections/{COLLECTION}", "collection", "The collection"),
    ]
    return JSONResponse(body, media_type=GEOJSON)


ROUTES = [
    Route("/conformance", conformance),
    Route("/collections", collections),
    Route(f"/collections/{COLLECTION}", collection),
    Route(f"/collections/{COLLECTION}/items", items),
    Route(f"/collections/{COLLECTION}/items/{{event_id}}", item),
]
