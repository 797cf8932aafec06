"""Says that the service lives and how much it holds."""

from importlib.metadata import version

from starlette.requests import Request
from starlette.responses import JSONResponse

from pages.api.errors import answer_errors
from pages.shared.resources import gazetteer, store


@answer_errors
def healthz(_: Request) -> JSONResponse:
    """Answer with status, version, number of events and of places."""
    return JSONResponse(
        {
            "status": "ok",
            "version": version("dateline"),
            "events": store().events.counts().total,
            "places": gazetteer().count,
        }
    )
