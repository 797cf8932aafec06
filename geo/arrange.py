"""Puts the names of a phrase in their places: which is asked for, which only says where, which is the same again."""

from __future__ import annotations

from dataclasses import replace

from rapidfuzz import fuzz

from geo.features import UNKNOWN_POPULATION
from geo.model import Place
from geo.normalize import fold
from geo.phrase import Name, Phrase
from geo.position import apart_km
from geo.precision import precision_of
from geo.search import Search

NARROWER_KM, NARROWER_SHARE = 150.0, 0.1
"""In "Kyiv, Borodyanka" the second name is the place when it is this near and has this share of the people."""
PEERS_KM = 60.0
"""In "Bucha, Irpin" both are meant when neither is so much smaller and they are this near."""
SAME_KM, SAME_NAME = 2.0, 60.0
"""Two places this near with names this similar, out of 100, are one."""


def arrange(phrase: Phrase, country: str, search: Search) -> tuple[list[Name], list[Name]]:
    """Return the names asked for and the containing ones, narrow to wide.

    "Kyiv, Borodyanka" names the wide place first, "Bucha, Irpin" two of a kind, "Makeevka, Makiivka" one place twice.
    """
    names, containers = phrase.names, phrase.containers
    if len(names) != 1 or not containers or phrase.relation not in ("at", "near"):
        return names, containers
    if names[0].kind == "adm1":
        return _widest_first(names[0], containers, country, search)
    first = _largest_town(names[0], country, search)
    if first is None:
        return names, containers
    asked: list[Name] = list(names)
    kept: list[Name] = []
    for container in containers:
        relation = _relation(first, container, country, search)
        if relation == "narrower" and len(asked) == 1 and asked[0] is names[0]:
            asked = [container]
            kept.insert(0, names[0])
        elif relation == "peer" and asked[0] is names[0]:
            asked.append(container)
        elif relation == "same" and asked[0] is names[0]:
            asked[0] = names[0] = replace(names[0], also=container.text)
        elif relation != "same":
            kept.append(container)
    return asked, kept


def _widest_first(
    region: Name, containers: list[Name], country: str, search: Search
) -> tuple[list[Name], list[Name]]:
    """Return what "Kharkiv Oblast, Izium Raion, Izium" asks for, and what contains it, narrow to wide."""
    order = range(len(containers) - 1, -1, -1)
    towns = [at for at in order if _is_only_a_town(containers[at], country, search)]
    districts = [at for at in order if containers[at].kind == "adm2"]
    for at in (*towns, *districts):
        return [containers[at]], [*reversed(containers[:at]), region, *containers[at + 1 :]]
    return [region], containers


def _is_only_a_town(name: Name, country: str, search: Search) -> bool:
    """Tell whether a name is that of a town, and of no country ("Kharkiv Oblast, Ukraine")."""
    if name.kind not in ("", "settlement"):
        return False
    found = search.exact(name.text, name.kind, country)
    kinds = {precision_of(m.place.feature) for m in found if not country or m.place.country in (country, "")}
    return "settlement" in kinds and "country" not in kinds


def _relation(first: Place, name: Name, country: str, search: Search) -> str:
    """Return how a further name stands to the first town: `narrower`, `peer`, `same`, or empty for a containing one."""
    found = search.exact(name.text, name.kind, country)
    kinds = {precision_of(m.place.feature) for m in found if m.place.country in (country, "") or not country}
    if name.kind == "adm1" or "adm1" in kinds or "country" in kinds or (name.kind and "adm2" in kinds):
        return ""
    towns = [m for m in found if precision_of(m.place.feature) == "settlement"]
    near = [m for m in towns if m.place.country == first.country and apart_km(first, m.place) < NARROWER_KM]
    if any(apart_km(first, match.place) <= SAME_KM and match.place.key == first.key for match in near):
        return "same"
    for match in near:
        place, away = match.place, apart_km(first, match.place)
        section = place.feature == "PPLX" or name.kind == "adm2"
        if section and away <= first.radius_m / 1000 + SAME_KM and place.population < first.population:
            return "narrower"
        apart = away > SAME_KM or fuzz.ratio(fold(first.name), fold(place.name)) < SAME_NAME
        if name.kind == "" and match.how in ("main", "alternate") and apart:
            people, of_first = (max(town.population, UNKNOWN_POPULATION) for town in (place, first))
            if people < NARROWER_SHARE * of_first:
                return "narrower"
            if away <= PEERS_KM and of_first >= NARROWER_SHARE * people:
                return "peer"
    return ""


def _largest_town(name: Name, country: str, search: Search) -> Place | None:
    towns = [
        m.place
        for m in search.exact(name.text, name.kind, country)
        if precision_of(m.place.feature) == "settlement" and country in ("", m.place.country)
    ]
    return max(towns, key=lambda town: town.population, default=None)
