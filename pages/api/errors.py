"""Wrong parameters become 400 with a sentence; a missing thing 404; nothing becomes a traceback."""

import functools
import logging
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from data.errors import InputError

log = logging.getLogger(__name__)

Endpoint = Callable[[Request], Response]


class NotFound(LookupError):
    """Raised when the address names nothing that is public here."""


def problem(status: int, code: str, description: str) -> JSONResponse:
    """Make the JSON error body of OGC API Features 7.5.1."""
    return JSONResponse({"code": code, "description": description}, status_code=status)


def answer_errors(endpoint: Endpoint) -> Endpoint:
    """Wrap an endpoint so that every failure is answered with a code and a description."""

    @functools.wraps(endpoint)
    def safe(request: Request) -> Response:
        try:
            return endpoint(request)
        except InputError as error:
            return problem(400, "InvalidParameterValue", str(error))
        except NotFound as error:
            return problem(404, "NotFound", str(error))
        except Exception:
            log.exception("The request %s failed", request.url.path)
            return problem(503, "Unavailable", "The data could not be read. The server's log has the reason.")

    return safe
