"""Which fields a person may correct, the checks that a corrected incident must pass, and what else follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from data import schema
from data.decisions.place import WORDS
from data.errors import DecisionRefused, InputError
from data.importing.rules import check_incident
from data.importing.values import value_of
from data.placing import Placer
from data.textscan import scan

_ELSEWHERE = {"event_id", "status", "lat", "lon", "radius_m", "geo_precision"}
_SCANNED = ("title", "summary", *WORDS)
_STATED = ("coordinates_given", "map_click", "imported")
"""Positions that do not come from the words for the place, so that other words do not move them."""
CORRECTABLE = tuple(
    name
    for name, field in schema.fields("events").items()
    if field.origin == "source" and name not in _ELSEWHERE
)
"""Fields that a field decision may change; the position and the status have decisions of their own."""


def status(code: str) -> dict[str, Any]:
    """Check a status; a duplicate is made by merging only."""
    if code not in schema.codes("status"):
        raise DecisionRefused(f"{code!r} is no status; use one of {', '.join(schema.codes('status'))}")
    if code == "duplicate":
        raise DecisionRefused("an incident becomes a duplicate by merging it into another")
    return {"status": code}


def checked(values: Mapping[str, Any], events: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Give the values their types and check every incident that they would make; raise `DecisionRefused`."""
    known = schema.fields("events")
    typed: dict[str, Any] = {}
    for name, value in values.items():
        if name not in CORRECTABLE:
            raise DecisionRefused(f"{name!r} cannot be corrected here; these can: {', '.join(CORRECTABLE)}")
        text = value.strip() if isinstance(value, str) else value
        if text is None or text == "":
            if known[name].required:
                raise DecisionRefused(f"{known[name].label} cannot be empty")
            typed[name] = None
            continue
        try:
            typed[name] = value_of(known[name], text, name) if isinstance(text, str) else text
        except InputError as error:
            raise DecisionRefused(str(error)) from error
    for event in events.values():
        try:
            check_incident({**event, **typed})
        except InputError as error:
            raise DecisionRefused(str(error)) from error
    return typed


def flags(event: Mapping[str, Any], quotes: Sequence[str | None]) -> dict[str, Any]:
    """Scan the texts of a corrected incident anew, so that what was taken out is not flagged any more."""
    texts = [event["title"], event["summary"] or "", *(quote or "" for quote in quotes)]
    places = [event[name] or "" for name in WORDS[:3]]
    found = scan("\n".join(texts), places)
    return {"flags": [{"kind": flag.kind, "text": flag.text} for flag in found] or None}


def rescanned(values: Mapping[str, Any]) -> bool:
    """Say whether corrections touch what is scanned."""
    return not set(_SCANNED).isdisjoint(values)


def placed_anew(
    event: Mapping[str, Any], values: Mapping[str, Any], placer: Placer
) -> tuple[dict[str, Any], list[dict[str, Any]]] | None:
    """Give the place of an incident whose words for it are corrected, and its mentions; None where it stays.

    Names of the report that say something else than where it happened are kept.
    """
    if all(event[name] == values.get(name, event[name]) for name in WORDS) or event["geo_method"] in _STATED:
        return None
    placed = placer.place({name: value for name in WORDS if (value := values.get(name, event[name]))})
    kept = [dict(mention) for mention in event["places"] if mention["role"] not in ("event", "context")]
    taken = {mention["mention_id"] for mention in kept}
    free = (name for n in range(1, 10_000) if (name := f"{event['event_id']}:p{n}") not in taken)
    empty = dict.fromkeys(schema.fields("places"))
    made = [
        {**empty, **mention, "mention_id": name, "event_id": event["event_id"]}
        for mention, name in zip(placed.mentions, free, strict=False)
    ]
    return dict(placed.fields), [*made, *kept]
