"""One incident with all that stands behind it, and short rows for a list of ids."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pages.api import params
from pages.api.errors import NotFound, answer_errors
from pages.api.params import wrong
from pages.shared.cards import card, marked_candidates, place_name
from pages.shared.resources import store
from pages.shared.words import days

MOST_IDS = 50


@answer_errors
def one(request: Request) -> Response:
    """Answer with one event, its reports and places, its areas for the map and its card in words."""
    params.only(request)
    event = store().event(request.path_params["event_id"])
    if event is None:
        raise NotFound("There is no public incident with this id.")
    return JSONResponse({**event, "areas": with_marks(event), "card": card(event)})


@answer_errors
def several(request: Request) -> Response:
    """Answer with id, title, type and date of up to 50 events named in `ids`."""
    params.only(request, "ids")
    ids = [part for part in request.query_params.get("ids", "").split(",") if part]
    if not 1 <= len(ids) <= MOST_IDS:
        raise wrong(
            "ids", request.query_params.get("ids", ""), f"1 to {MOST_IDS} incident ids, separated by commas"
        )
    rows = [row(event) for event in map(store().event, ids) if event is not None]
    return JSONResponse({"events": rows})


def row(event: dict[str, Any]) -> dict[str, Any]:
    """Make the short row of an event for a list."""
    when = days(event["date_start"], event["date_end"], event["date_precision"], brief=True)
    return {"id": event["event_id"], "title": event["title"], "type": event["event_type"], "date": when}


def with_marks(event: dict[str, Any]) -> dict[str, Any]:
    """Return the areas for the map; undecided candidates have the letters that stand in the card."""
    marked = {candidate["id"]: (mark, candidate) for mark, candidate in marked_candidates(event)}
    for feature in event["areas"]:
        properties = feature["properties"]
        if properties["kind"] == "candidate" and properties["id"] in marked:
            mark, candidate = marked[properties["id"]]
            properties |= {
                "mark": mark,
                "label": place_name(candidate),
                "at": [candidate["lat"], candidate["lon"]],
            }
    return {"type": "FeatureCollection", "features": event["areas"]}
