"""Districts called by their town or its adjective ("Izium raion", "Oboyansky"): listed, or the land around the town."""

from __future__ import annotations

from geo.admin_words import split_kind
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
    """Return the districts that a name or adjective means in a country, else the land around the towns of that name."""
    if country not in SLAVIC:
        return []
    asked = split_kind(text)
    root = adjective_root(asked.stem)
    if root is None and asked.kind != "adm2":
        return []
    start = root or skeleton(asked.stem)
    for trimmed in range(TRIMMED + 1 if root else 1):
        begins = start[: len(start) - trimmed]
        if len(begins) < SHORTEST_ROOT:
            break
        named = [(_rest(key, begins), place) for key, place in search.beginning(begins, country)]
        listed = [place for rest, place in named if rest == "" and precision_of(place.feature) == "adm2"]
        if listed:
            return [Match(place, "stem") for place in dict.fromkeys(listed)]
        towns = [
            place
            for rest, place in named
            if len(rest) <= (LONGEST_REST if root else 0) and precision_of(place.feature) == "settlement"
        ]
        if towns:
            return [Match(_around(town), "standing_in") for town in dict.fromkeys(towns)]
    return []


def _rest(key: str, start: str) -> str:
    """Return what a loose key has beyond its start, without the words and endings of a district."""
    for ending in ("raon", *_ENDINGS):
        key = key.removesuffix(ending) if len(key) > len(start) else key
    return key[len(start) :]


def _around(town: Place) -> Place:
    """Return the district around a town, which goes by the town's id."""
    return town._replace(feature="ADM2", radius_m=DISTRICT_RADIUS_M)
