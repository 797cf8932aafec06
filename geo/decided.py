"""Where a phrase lies once a person has said which places it means: the same geometry as for an answer of our own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from geo import weights
from geo.errors import PlaceTextError
from geo.model import Place
from geo.normalize import fold
from geo.phrase import Phrase, parse
from geo.position import Position, doubtful_position, sure_position
from geo.precision import APPROXIMATE

_FEATURES = {
    "exact": "PPL",
    "settlement": "PPL",
    "near": APPROXIMATE,
    "feature": "AREA",
    "adm2": "ADM2",
    "adm1": "ADM1",
    "country": "PCLI",
}
"""A GeoNames feature code that has the precision class of a candidate."""


def decided_position(text: str, options: Sequence[Sequence[Mapping[str, Any]]]) -> Position:
    """Return where a phrase lies, given for each of its names the candidates that are still possible.

    One candidate for every name is an answer; several for one of them leave a doubt: the area is the hull of all.
    Candidates are those of `Candidate.to_dict`.
    """
    named = [group for group in options if group]
    phrase = _read(text, {fold(candidate["toponym"]) for group in named for candidate in group})
    places = [[_place(candidate) for candidate in group] for group in named]
    if places and len(named) == len(options) and all(len(group) == 1 for group in places):
        return sure_position([group[0] for group in places], phrase.relation, phrase.offset)
    every = [place for group in places for place in group]
    undecided_km = weights.load().status.undecided_km
    return doubtful_position(every, phrase.relation, phrase.offset, undecided_km, hull=True)


def _read(text: str, names: set[str]) -> Phrase:
    try:
        return parse(text, names.__contains__)
    except PlaceTextError:
        return Phrase(text)


def _place(candidate: Mapping[str, Any]) -> Place:
    return Place(
        key=0,
        name=candidate["name"],
        lat=candidate["lat"],
        lon=candidate["lon"],
        feature=_FEATURES[candidate["geo_precision"]],
        country=candidate.get("country") or "",
        admin1="",
        admin2=candidate.get("admin2") or "",
        population=candidate.get("population") or 0,
        radius_m=float(candidate["radius_m"] or 0),
        name_count=0,
    )
