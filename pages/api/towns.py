"""Names for the map: the most populous settlements in view, from the gazetteer."""

from starlette.requests import Request
from starlette.responses import JSONResponse

from pages.api import params
from pages.api.errors import answer_errors
from pages.shared.resources import gazetteer

MOST = 60


@answer_errors
def towns(request: Request) -> JSONResponse:
    """Answer with up to `limit` (60) settlements of the bbox, largest first."""
    params.only(request, "bbox", "limit")
    limit = params.number(request, "limit", default=MOST, low=1, high=200)
    places = gazetteer().towns(bbox=params.bbox(request), limit=limit)
    rows = [{"name": p.name, "lat": p.lat, "lon": p.lon, "population": p.population} for p in places]
    return JSONResponse({"towns": rows}, headers={"Cache-Control": "max-age=3600"})
