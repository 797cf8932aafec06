"""Districts called by their adjective ("Brovars'kyi", "Oboyansky"): the district, or the town it is named after."""

from __future__ import annotations

from dataclasses import replace

from geo.model import Place
from geo.normalize import skeleton
from geo.precision import precision_of
from geo.search import Match, Search
from geo.writer import SLAVIC

_ENDINGS = ("ski", "ska", "ske", "skaa", "skogo", "skoi")
"""How Slavic adjectives end in a loose key: -s'kyi, -sky, -skiy, -skaya, -ський."""
SHORTEST_ROOT, LONGEST_REST = 4, 3
DISTRICT_RADIUS_M = 30_000.0
TRIMMED = 2
"""Zalegoshch is the town of Zalegoshchensky: so many letters may be the adjective's own."""


def adjective_root(text: str) -> str | None:
    """Return the loose key of a place adjective without its ending, None when it is none.

    >>> adjective_root("Brovars'kyi"), adjective_root("Шебекинский"), adjective_root("Bakhmut")
    ('brovar', '5ebekin', None)
    """
    key = skeleton(text)
    for ending in _ENDINGS:
        if key.endswith(ending) and len(key) - len(ending) >= SHORTEST_ROOT:
            return key.removesuffix(ending)
    return None


def districts(text: str, country: str, search: Search) -> list[Match]:
    """Return what a place adjective stands for in a country: districts, else the towns that they are named after."""
    root = adjective_root(text) if country in SLAVIC else None
    if root is None:
        return []
    found = [
        m for m in search.exact(f"{text} raion", "adm2", country) if precision_of(m.place.feature) == "adm2"
    ]
    if found:
        return [Match(match.place, "stem") for match in found if match.place.country == country]
    for trimmed in range(TRIMMED + 1):
        start = root[: len(root) - trimmed]
        if len(start) < SHORTEST_ROOT:
            break
        towns = [
            place
            for key, place in search.beginning(start, country)
            if len(key) - len(start) <= LONGEST_REST and precision_of(place.feature) == "settlement"
        ]
        if towns:
            return [Match(_around(town), "standing_in") for town in dict.fromkeys(towns)]
    return []


def _around(town: Place) -> Place:
    """Return the district around a town, which goes by the town's id."""
    return replace(town, feature="ADM2", radius_m=DISTRICT_RADIUS_M)
