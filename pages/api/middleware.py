"""Headers that keep an analyst's browser to itself, and the JSON landing page at the root."""

import os
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.api.features import landing


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


HEADERS = {
    "Content-Security-Policy": content_security_policy(),
    "X-Frame-Options": "SAMEORIGIN",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


READABLE = ("/collections", "/conformance", "/api", "/healthz")
"""What pages of other origins may read in a browser: the public interface, never the dashboard."""


class FrontDoor:
    """Adds the headers that Streamlit does not send, and knows two more ways in: JSON at the root, and `/map`.

    Written for ASGI itself: a page is a hundred small files, and a wrapper around each answer would be felt.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.readable = CORSMiddleware(app, allow_origins=["*"], allow_methods=["GET", "HEAD"])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is ours, pass on the rest."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        path = scope["path"]
        readable = any(path == roof or path.startswith(f"{roof}/") for roof in READABLE)
        app = self.readable if readable else own_answer(Request(scope)) or self.app
        await app(scope, receive, send_with_headers)


def own_answer(request: Request) -> Response | None:
    """Return the answer to a request for the landing page as JSON or for the map by name; None for all others."""
    if request.method not in ("GET", "HEAD"):
        return None
    if request.url.path == "/map":  # the default page's address is the root; a link to it by name works too
        return RedirectResponse(request.url.replace(path="/"))
    wants = request.headers.get("accept", "")
    asked = request.query_params.get("f")
    if request.url.path == "/" and (asked == "json" or ("json" in wants and "text/html" not in wants)):
        return landing(request)
    return None


MIDDLEWARE = [Middleware(FrontDoor)]
