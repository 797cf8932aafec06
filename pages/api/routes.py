"""The addresses for machines and for the living map, beside Streamlit's own."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pages.api import assets, cells, events, features, health, openapi, towns
from pages.api.errors import NotFound, answer_errors


@answer_errors
def nothing_here(request: Request) -> Response:
    """Answer that the address names nothing."""
    raise NotFound(f"There is nothing at {request.url.path}.")


ROUTES = [
    Route("/healthz", health.healthz),
    Route("/assets/{name}", assets.asset),
    Route("/api", openapi.api),
    Route("/api/cells", cells.cells),
    Route("/api/towns", towns.towns),
    Route("/api/events", events.several),
    Route("/api/events/{event_id}", events.one),
    *features.ROUTES,
    # Streamlit answers every other address with its page; under these roofs that would hide a mistake.
    *(Route(f"/{roof}/{{rest:path}}", nothing_here) for roof in ("api", "collections", "assets")),
]
