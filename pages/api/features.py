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
from pages.shared.resources import store

GEOJSON = "application/geo+json"
MOST_FEATURES = 10_000
COLLECTION = "incidents"
CONFORMANCE = [
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
]


def base(request: Request) -> str:
    """Return the address of the service, as the caller sees it, without a slash at the end."""
    return str(request.base_url).rstrip("/")


def link(href: str, rel: str, title: str, media: str = "application/json") -> dict[str, str]:
    """Make one link object."""
    return {"href": href, "rel": rel, "type": media, "title": title}


def json_only(request: Request, *, alone: bool = True) -> None:
    """Refuse a format other than JSON, and where `f` stands alone every other parameter."""
    if alone:
        params.only(request, "f")
    if request.query_params.get("f", "json") not in ("json", "geojson"):
        raise params.wrong("f", request.query_params["f"], "use json")


def landing(request: Request) -> JSONResponse:
    """Answer with the landing page: what there is and where."""
    root = base(request)
    return JSONResponse(
        {
            "title": "Dateline",
            "description": "Reported incidents with the certainty of their place and date",
            "links": [
                link(f"{root}/?f=json", "self", "This document"),
                link(f"{root}/conformance", "conformance", "Conformance classes"),
                link(f"{root}/collections", "data", "Collections"),
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
    root = f"{base(request)}/collections"
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
            link(f"{root}/{COLLECTION}", "self", "This document"),
            link(f"{root}/{COLLECTION}/items", "items", "Incidents as GeoJSON", GEOJSON),
        ],
    }


@answer_errors
def collections(request: Request) -> JSONResponse:
    """Answer with the list of collections, which is one."""
    json_only(request)
    links = [link(f"{base(request)}/collections", "self", "This document")]
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
    limit = min(params.number(request, "limit", default=100, low=1, high=10**9), MOST_FEATURES)
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
        return link(f"{base(request)}{request.url.path}?{urlencode(words)}", rel, title, GEOJSON)

    links = [page(offset, "self", "This page")]
    if offset + limit < matched:
        links.append(page(offset + limit, "next", "Next page"))
    if offset:
        links.append(page(max(0, offset - limit), "prev", "Previous page"))
    links.append(link(f"{base(request)}/collections/{COLLECTION}", "collection", "The collection"))
    return links


@answer_errors
def item(request: Request) -> Response:
    """Answer with one incident as a GeoJSON Feature."""
    json_only(request)
    event = store().event(request.path_params["event_id"])
    if event is None:
        raise NotFound("There is no public incident with this id.")
    body = feature(event)
    here = f"{base(request)}{request.url.path}"
    body["links"] = [
        link(here, "self", "This incident", GEOJSON),
        link(f"{base(request)}/collections/{COLLECTION}", "collection", "The collection"),
    ]
    return JSONResponse(body, media_type=GEOJSON)


ROUTES = [
    Route("/conformance", conformance),
    Route("/collections", collections),
    Route(f"/collections/{COLLECTION}", collection),
    Route(f"/collections/{COLLECTION}/items", items),
    Route(f"/collections/{COLLECTION}/items/{{event_id}}", item),
]
