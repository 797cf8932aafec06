"""What a decision on a place does to one incident: pure, so that a preview and the decision itself cannot differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from data import schema
from data.decisions.model import Choice, PlaceDecision, Spot
from data.errors import DecisionRefused
from data.placing import country_code, possible

Event = Mapping[str, Any]
Fields = dict[str, Any]
_EXACT_M = float(schema.codes("geo_precision")["exact"].more["radius_m"])
_UNITS = ("country", "admin1", "admin2")
WORDS = ("place_text", "reported_admin2", "reported_admin1", "reported_country")
"""The words for a place and their context: incidents that agree in all of them are decided alike."""


def decide_place(
    event: Event, decision: PlaceDecision, mark: Mapping[str, Any]
) -> tuple[Fields, list[dict[str, Any]]]:
    """Give the fields of the incident and all its mentions after a decision; raise `DecisionRefused`.

    `mark` is what is noted on the mentions decided on: who, when, why.
    """
    given = (bool(decision.choices), decision.spot is not None, decision.rejected)
    if sum(given) != 1:
        raise DecisionRefused("give either choices, or a position, or reject the place")
    if decision.spot is not None:
        return _at_spot(event, decision.spot, mark)
    if decision.rejected:
        return _rejected(event, mark)
    mentions = [_with_choice(m, decision.choices, mark) for m in event["places"]]
    known = {mention["text"] for mention in event["places"]}
    for choice in decision.choices:
        if choice.text not in known:
            raise DecisionRefused(
                f"{choice.text!r} is no name in {event['place_text']!r}; it has {', '.join(sorted(known))}"
            )
    return chosen_fields(event, mentions), mentions


def _with_choice(
    mention: Mapping[str, Any], choices: Sequence[Choice], mark: Mapping[str, Any]
) -> dict[str, Any]:
    choice = next((c for c in choices if c.text == mention["text"]), None)
    if choice is None:
        return dict(mention)
    candidates = list(mention["candidates"] or [])
    if choice.place_id is not None and choice.place_id not in {c["id"] for c in candidates}:
        if choice.candidate is None:
            raise DecisionRefused(
                f"{choice.place_id!r} is no candidate for {mention['text']!r} and not in the gazetteer"
            )
        candidates.append({**choice.candidate, "toponym": mention["text"]})
    return {**mention, "candidates": candidates, "chosen_id": choice.place_id, **mark}


def chosen_fields(event: Event, mentions: Sequence[Mapping[str, Any]], status: str = "confirmed") -> Fields:
    """Work out position, area and units from the places chosen and the candidates that remain for the others.

    `status` is that of an incident for which every name has a place.
    """
    from geo.decided import decided_position

    asked = [m for m in mentions if m["role"] == "event"] or list(mentions)
    options = [_options(mention) for mention in asked]
    where = decided_position(event["place_text"], options)
    decided = all(mention["chosen_id"] for mention in asked)
    places = [candidate for group in options for candidate in group]
    one = places[0] if decided and len(places) == 1 else None
    in_doubt = "ambiguous" if places else "unresolved"
    return {
        "lat": None if where.lat is None else round(where.lat, 7),
        "lon": None if where.lon is None else round(where.lon, 7),
        "radius_m": None if where.radius_m is None or where.lat is None else round(where.radius_m),
        "geo_precision": where.geo_precision,
        "geo_status": status if decided else in_doubt,
        "geo_method": "gazetteer" if places else None,
        "gazetteer_id": one["id"] if one else None,
        "area": where.area,
        **_agreed(event, places),
    }


def _options(mention: Mapping[str, Any]) -> list[dict[str, Any]]:
    return possible(mention) or list(mention["candidates"] or [])


def _agreed(event: Event, places: Sequence[Mapping[str, Any]]) -> Fields:
    """Name the units that all places share, widest first; without any, what was reported."""
    agreed: Fields = dict.fromkeys(_UNITS)
    for name in _UNITS:
        values = {place.get(name) for place in places}
        if len(values) != 1 or None in values:
            break
        (agreed[name],) = values
    if agreed["country"] is None:
        agreed["country"] = country_code(event)
    if agreed["admin1"] is None and agreed["country"] == event.get("country"):
        agreed["admin1"] = event.get("reported_admin1") and event.get("admin1")
    return agreed


def _at_spot(event: Event, spot: Spot, mark: Mapping[str, Any]) -> tuple[Fields, list[dict[str, Any]]]:
    from geo.area import circle_polygon
    from geo.coordinates import check
    from geo.errors import PlaceTextError

    try:
        check(spot.lat, spot.lon)
    except PlaceTextError as error:
        raise DecisionRefused(str(error)) from error
    if not 1 <= spot.radius_m <= 1_000_000:
        raise DecisionRefused(f"{spot.radius_m:g} m is no sensible radius; give 1 m to 1,000 km")
    exact = spot.radius_m <= _EXACT_M
    fields = {
        "lat": round(spot.lat, 7),
        "lon": round(spot.lon, 7),
        "radius_m": float(spot.radius_m),
        "geo_precision": "exact" if exact else "near",
        "geo_status": "confirmed",
        "geo_method": spot.method,
        "gazetteer_id": None,
        "area": None if exact else circle_polygon((spot.lat, spot.lon, spot.radius_m)),
    }
    return fields, _all_marked(event, mark)


def _rejected(event: Event, mark: Mapping[str, Any]) -> tuple[Fields, list[dict[str, Any]]]:
    fields: Fields = dict.fromkeys(("lat", "lon", "radius_m", "geo_method", "gazetteer_id", "area"))
    fields |= {"geo_precision": "unlocated", "geo_status": "rejected"}
    fields |= {"country": country_code(event), "admin1": None, "admin2": None}
    return fields, _all_marked(event, mark)


def _all_marked(event: Event, mark: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{**mention, "chosen_id": None, **mark} for mention in event["places"]]


def named(decision: PlaceDecision, candidates: Mapping[str, Mapping[str, Any]]) -> PlaceDecision:
    """Add to every choice the place itself, so that the log can be read and replayed without the gazetteer."""
    choices = tuple(
        replace(c, candidate=candidates[c.place_id]) if c.place_id and c.place_id in candidates else c
        for c in decision.choices
    )
    return replace(decision, choices=choices)


def described(decision: PlaceDecision, event: Event) -> dict[str, Any]:
    """Say a decision in plain values, for the log and for those who learn from it."""
    said: dict[str, Any] = {"words": {name: event.get(name) for name in WORDS}}
    if decision.spot is not None:
        spot = decision.spot
        said["spot"] = {"lat": spot.lat, "lon": spot.lon, "radius_m": spot.radius_m, "method": spot.method}
    elif decision.rejected:
        said["rejected"] = True
    else:
        said["choices"] = [
            {"text": c.text, "place_id": c.place_id, "candidate": dict(c.candidate) if c.candidate else None}
            for c in decision.choices
        ]
    return said
