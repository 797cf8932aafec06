"""A provider's places as candidates and an answer that a person decides on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo import weights
from geo.model import Candidate, Place, Resolution, Toponym
from geo.normalize import fold
from geo.online.found import Found
from geo.online.service import Provider
from geo.position import doubtful_position, sure_position
from geo.relations import Offset
from geo.sphere import distance_km

LISTED_PROBABILITY = 0.8
"""What all answers of a provider share; their order is the provider's and has never been calibrated."""
SAME_PLACE_KM = 5.0
_FEATURES = {"settlement": "PPL", "adm1": "ADM1", "adm2": "ADM2", "country": "PCLI"}


def distinct(found: Sequence[Found]) -> list[Found]:
    """Leave out what is one place twice (a town's node and its boundary)."""
    kept: list[Found] = []
    for one in found:
        if not any(
            fold(one.name) == fold(other.name)
            and distance_km(one.lat, one.lon, other.lat, other.lon) <= SAME_PLACE_KM
            for other in kept
        ):
            kept.append(one)
    return kept


def resolution_of(
    provider: Provider,
    found: Sequence[Found],
    text: str,
    name: str,
    relation: str = "at",
    offset: Offset | None = None,
) -> Resolution:
    """Return the answer: never `auto`, since nobody has measured how often a provider's first place is right."""
    places = distinct(found)
    if not places:
        return Resolution(text, "unresolved", "unknown", reasons=(f"{provider.title} knows no such place",))
    total = sum(1 / rank for rank in range(1, len(places) + 1))
    candidates = tuple(
        _candidate(provider, one, rank, LISTED_PROBABILITY / rank / total, name)
        for rank, one in enumerate(places, start=1)
    )
    located = [_place(one) for one in places]
    if len(located) == 1:
        where = sure_position(located, relation, offset)
        if relation == "at" and where.lat is not None:
            where = replace(where, geo_precision=candidates[0].geo_precision)
    else:
        where = doubtful_position(located, relation, offset, weights.load().status.undecided_km)
    start = max(0, text.find(name))
    return Resolution(
        text,
        "ambiguous",
        relation,
        (Toponym(name, start, start + len(name), candidates),),
        candidates,
        where.geo_precision,
        where.lat,
        where.lon,
        where.radius_m,
        where.area,
        (f"found by {provider.title}, not in the gazetteer: a person should look", provider.attribution),
    )


def _candidate(provider: Provider, one: Found, rank: int, probability: float, name: str) -> Candidate:
    said = [f"{provider.title} lists it as number {rank} for “{name}”"]
    if fold(one.name) != fold(name):
        said.append(f"called “{one.name}” there")
    return Candidate(
        id=one.id,
        name=one.name,
        names={},
        lat=one.lat,
        lon=one.lon,
        geo_precision=one.geo_precision,
        radius_m=one.radius_m,
        country=one.country or None,
        admin1=one.admin1 or None,
        admin2=one.admin2 or None,
        population=one.population,
        probability=probability,
        reasons=tuple(said),
        toponym=name,
        method=provider.name,
        attribution=f"{provider.attribution} ({one.source})" if one.source else provider.attribution,
    )


def _place(one: Found) -> Place:
    feature = _FEATURES.get(one.geo_precision, "")
    return Place(
        0, one.name, one.lat, one.lon, feature, one.country, "", one.admin2, one.population, one.radius_m, 1
    )
