"""Names that a place bears now and then, and another place there always: Bahia is the state, seldom Salvador in it."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from geo.arabic import alike
from geo.model import Place
from geo.normalize import fold
from geo.precision import precision_of
from geo.search import Match
from geo.sphere import distance_km
from geo.writer import SLAVIC

ALIKE, SOUNDS_ALIKE = 70.0, 0.85
"""A town whose own name is this similar to the region's (out of 100; out of 1) is only spelled otherwise."""


def mark_borrowed(found: Sequence[Match], text: str) -> list[Match]:
    """Mark a region's name on a town in it (Hatay on Antakya), and a town's on its country (Tunis on Tunisia)."""
    key = fold(text)
    regions = [
        match.place
        for match in found
        if precision_of(match.place.feature) in ("adm1", "feature")
        and match.place.country not in SLAVIC  # an oblast is never named without the word
        and f" {key} " in f" {fold(match.place.name)} "
    ]
    towns = {
        match.place.country
        for match in found
        if match.how == "main" and precision_of(match.place.feature) == "settlement"
    }

    def is_borrowed(match: Match) -> bool:
        place, kind = match.place, precision_of(match.place.feature)
        if match.how != "alternate" or kind not in ("settlement", "country"):
            return False
        if kind == "country":
            return place.country in towns
        return any(_lies_in(place, region) for region in regions) and not _is_spelled_so(place, text)

    return [match._replace(how="borrowed") if is_borrowed(match) else match for match in found]


def _is_spelled_so(place: Place, text: str) -> bool:
    """Tell whether a text is the place's own name, spelled otherwise or shortened."""
    key, own = fold(text), fold(place.name)
    return own.startswith(key) or fuzz.ratio(key, own) >= ALIKE or alike(text, place.name) >= SOUNDS_ALIKE


def _lies_in(place: Place, region: Place) -> bool:
    if region.admin1:
        return (place.country, place.admin1) == (region.country, region.admin1)
    away_km = distance_km(place.lat, place.lon, region.lat, region.lon)
    return place.country == region.country and 1000 * away_km <= region.radius_m
