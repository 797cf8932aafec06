"""Headers that keep an analyst's browser to itself, and the JSON landing page at the root."""

import os
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pages.api.features import landing

Next = Callable[[Request], Awaitable[Response]]


def content_security_policy() -> str:
    """Return the policy: everything from here, tiles from the one host an instance has chosen."""
    tiles = urlsplit(os.environ.get("DATELINE_TILES", "").replace("{s}", "*"))
    images = f" {tiles.scheme}://{tiles.netloc}" if tiles.netloc else ""
    return "; ".join(
        [
            "default-src 'self'",
            f"img-src 'self' data: blob:{images}",
            "style-src 'self' 'unsafe-inline'",
            "font-src 'self' data:",
            # streamlit-folium builds the map's script in the page, Vega compiles its expressions
            "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
            "worker-src 'self' blob:",
            "connect-src 'self' data: blob: ws: wss:",
            "frame-ancestors 'self'",
            "form-action 'self'",
            "base-uri 'self'",
            "object-src 'none'",
        ]
    )


class SecurityHeaders(BaseHTTPMiddleware):
    """Adds the headers that Streamlit does not send."""

    async def dispatch(self, request: Request, call_next: Next) -> Response:
        """Answer the landing page when JSON is asked for at the root; else pass on; add headers."""
        if (
            request.url.path == "/map"
        ):  # the default page's address is the root; a link to it by name works too
            return RedirectResponse(request.url.replace(path="/"))
        wants_json = request.query_params.get("f") == "json" or "text/html" not in request.headers.get(
            "accept", "text/html"
        )
        is_root = request.url.path == "/" and request.method in ("GET", "HEAD")
        if (
            is_root
            and wants_json
            and "json" in request.headers.get("accept", "") + request.query_params.get("f", "")
        ):
            response: Response = landing(request)
        else:
            response = await call_next(request)
        response.headers.setdefault("Content-Security-Policy", content_security_policy())
        response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        return response


MIDDLEWARE = [Middleware(SecurityHeaders)]
