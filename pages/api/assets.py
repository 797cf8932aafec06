"""Serves the browser files: the pinned packages and the map's own scripts."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from pages.api.errors import NotFound, answer_errors
from pages.shared import assets as packages

OWN = {path.name: path for path in (Path(__file__).parents[1] / "map" / "static").iterdir()}


@answer_errors
def asset(request: Request) -> Response:
    """Answer with one file of the fixed list; nothing else of the disk can be named."""
    name = request.path_params["name"]
    if name in OWN:
        return FileResponse(OWN[name], headers={"Cache-Control": "no-cache"})
    if name not in packages.FILES:
        raise NotFound(f"There is no file {name!r} here.")
    packages.require()
    return FileResponse(packages.path_of(name), headers={"Cache-Control": "max-age=31536000, immutable"})
