"""What a person can decide: small frozen records, made by a page or a notebook, taken by `Store.decide`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Versions = Mapping[str, int | None]
"""Incident -> the version that was looked at; None overwrites whatever others did meanwhile."""


@dataclass(frozen=True)
class Choice:
    """For one name of a place: which candidate it is, or that nobody can tell."""

    text: str
    """The name as it stands in the words for the place."""
    place_id: str | None
    """The place, one of the candidates or any other of the gazetteer; None for "can't tell"."""
    candidate: Mapping[str, Any] | None = None
    """The place itself (as `geo.Candidate.to_dict`), where it is not among the candidates."""


@dataclass(frozen=True)
class Spot:
    """A position that a person gives."""

    lat: float
    """Degrees, WGS84."""
    lon: float
    radius_m: float = 150.0
    """The incident lies within so many metres."""
    method: Literal["map_click", "coordinates_given"] = "map_click"


@dataclass(frozen=True)
class PlaceDecision:
    """Where incidents lie. Exactly one of choices, spot and rejected is given.

    Several incidents at once must have the same words for the place in the same context.
    """

    events: Versions
    choices: tuple[Choice, ...] = ()
    """Names left out stay as they are."""
    spot: Spot | None = None
    rejected: bool = False
    """The place found is wrong and no other is known: the incident loses its position."""


@dataclass(frozen=True)
class StatusDecision:
    """Where incidents stand on their way to publication."""

    events: Versions
    status: str


@dataclass(frozen=True)
class FieldDecision:
    """The value of fields of an incident: corrections that a later import leaves alone.

    Other words for the place are looked up anew; a position that was stated stays.
    """

    events: Versions
    values: Mapping[str, Any] = field(hash=False)
    """Field -> value, typed or as text; None empties it."""


@dataclass(frozen=True)
class DuplicateDecision:
    """Whether two records are the same incident. If so the first is merged into the second."""

    event_id: str
    into: str
    same: bool = True
    versions: Versions = field(default_factory=dict)


@dataclass(frozen=True)
class RowDecision:
    """That a row which was not taken needs nobody any more."""

    file_sha256: str
    row: int
    """Line of the row in that file."""


Decision = PlaceDecision | StatusDecision | FieldDecision | DuplicateDecision | RowDecision
