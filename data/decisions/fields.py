"""Which fields a person may correct, and the checks that a corrected incident must pass."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data import schema
from data.errors import DecisionRefused, InputError
from data.importing.rules import check_incident
from data.importing.values import value_of

_ELSEWHERE = {"event_id", "place_text", "status", "lat", "lon", "radius_m", "geo_precision"}
CORRECTABLE = tuple(
    name
    for name, field in schema.fields("events").items()
    if field.origin == "source" and name not in _ELSEWHERE and not name.startswith("reported_")
)
"""Fields that a field decision may change; the place and the status have decisions of their own."""


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
