"""Addresses of this service as the caller sees them, and links between its answers."""

from starlette.requests import Request

JSON = "application/json"
GEOJSON = "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
HTML = "text/html"


def root(request: Request) -> str:
    """Return the address of the service without a slash at the end."""
    return str(request.base_url).rstrip("/")


def here(request: Request) -> str:
    """Return the address that was asked for, with its parameters."""
    return root(request) + request.url.path + (f"?{request.url.query}" if request.url.query else "")


def link(href: str, rel: str, title: str, media: str = JSON) -> dict[str, str]:
    """Make one link object."""
    return {"href": href, "rel": rel, "type": media, "title": title}
