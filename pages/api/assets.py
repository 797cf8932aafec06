"""Serves the browser files: the pinned packages and the map's own scripts."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from pages.api.errors import NotFound, answer_errors
from pages.shared import assets as packages

STATIC = Path(__file__).parents[1] / "map" / "static"
STYLE = "living_map.css"
SCRIPT = "living_map.js"
PARTS = ("theme.js", "basemap.js", "bubbles.js", "card.js", SCRIPT)
"""The map's script in the order in which its parts build on one another; one file comes sooner."""


@answer_errors
def asset(request: Request) -> Response:
    """Answer with one file of the fixed list; nothing else of the disk can be named."""
    name = request.path_params["name"]
    if name == STYLE:
        return FileResponse(STATIC / STYLE, headers={"Cache-Control": "no-cache"})
    if name == SCRIPT:
        script = "\n".join((STATIC / part).read_text(encoding="utf-8") for part in PARTS)
        return Response(script, media_type="text/javascript", headers={"Cache-Control": "no-cache"})
    if name not in packages.FILES:
        raise NotFound(f"There is no file {name!r} here.")
    packages.require()
    return FileResponse(packages.path_of(name), headers={"Cache-Control": "max-age=31536000, immutable"})
