"""What is said around a name: country, containing places, a position, and names close by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import exp

from geo.admin1 import CITY_DIVISION
from geo.admin_words import split_kind
from geo.around import Around
from geo.borders import Borders
from geo.district import districts
from geo.mentions.lexicon import ABBREVIATED
from geo.model import Place
from geo.normalize import fold
from geo.phrase import Name
from geo.precision import precision_of
from geo.search import Search
from geo.sphere import distance_km

TOWN_REACH_KM = 30.0
"""A town named as containing a place reaches this far."""
FADE_KM = 30.0
MOST_TOWNS = 5
INSIDE_ENOUGH = 0.6
MOST_KNOWN = 2_000
"""Places whose closeness a container keeps: it is asked for by search, ranking and reasons, for string after string."""
BESIDE = 0.999
"""The most closeness to a region that a place can have which is known to lie in another."""
NEXT_DISTRICT = 0.5
"""The same for a district, whose name is rather looked up than known."""


@dataclass(frozen=True, slots=True)
class Container:
    """A containing name and the places it may stand for."""

    text: str
    places: tuple[Place, ...]
    borders: Borders
    _known: dict[int, float] = field(default_factory=dict, init=False, repr=False, compare=False)

    def closeness(self, place: Place) -> float:
        """Return 1 when a place lies in the container, falling to 0 with the distance from it."""
        known = self._known.get(place.key)
        if known is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            known = max((_closeness(place, area, self.borders) for area in self.places), default=0.0)
            self._known[place.key] = known
        return known


@dataclass(frozen=True, slots=True)
class Context:
    """Everything known besides the name itself."""

    country: str = ""
    """ISO code, empty when unknown."""
    implied_countries: frozenset[str] = frozenset()
    """ISO codes of the countries that the containing regions lie in, when no country is given."""
    containers: tuple[Container, ...] = ()
    near: tuple[float, float] | None = None
    """Where this place is said to be close to."""
    prior_country: str = ""
    """ISO code of the country of interest, empty when unknown or when the text names its own."""
    prior_near: tuple[float, float] | None = None
    source_area: tuple[float, float] | None = None
    """Where the source is at home, None when the text points elsewhere."""
    around: Around | None = None
    """Where the other places of the same table or store lie."""
    decided: int = 0
    """Key of the place that a person chose for the same words in the same context."""
    leaning: int = 0
    """Key of the place that a person chose for the same name elsewhere."""
    left_aside: int = 0
    """Containing names that are not known here, so that nothing can be held against them."""

    @property
    def countries(self) -> frozenset[str]:
        """Return the codes of the countries that the place may lie in: the one given, else those implied."""
        return frozenset((self.country,)) if self.country else self.implied_countries


def _closeness(place: Place, area: Place, borders: Borders) -> float:
    kind = precision_of(area.feature)
    if kind == "country" and area.country:
        return 1.0 if place.country == area.country else 0.0
    if kind == "adm1" and area.admin1 and place.country == area.country and place.admin1 == area.admin1:
        return 1.0
    away = distance_km(place.lat, place.lon, area.lat, area.lon)
    if kind == "adm1" and 1000 * away <= area.radius_m and fold(place.name) == _stem(area.name):
        return 1.0  # the town that a region is named after, even where it is a division of its own (Kyiv)
    if kind == "adm1" and area.admin1 and place.admin1:
        beyond = borders.away_km(place.lat, place.lon, area.country, area.admin1)
        if beyond is not None:
            return BESIDE * exp(-beyond / FADE_KM)
    district = kind == "adm2" and area.admin2 and place.admin2
    if district and (place.admin1, place.admin2) == (area.admin1, area.admin2):
        return 1.0
    reach = TOWN_REACH_KM if kind == "settlement" else area.radius_m / 1000
    if away <= reach and not district:
        return BESIDE if kind == "adm1" and area.admin1 else 1.0
    return (NEXT_DISTRICT if district else 1.0) * exp(min(0.0, reach - away) / FADE_KM)


def read_container(name: Name, search: Search, borders: Borders, country: str) -> Container | None:
    """Return what a containing name stands for, None when nothing of that name is known."""
    matches = [
        match
        for match in search.exact(name.text, name.kind, country)
        if match.how != "code" or len(name.text) < 4 or name.text in ABBREVIATED
    ]
    if country:
        matches = [m for m in matches if m.place.country in (country, "")]
    divisions = [m.place for m in matches if precision_of(m.place.feature) in ("adm1", "adm2", "country")]
    others = [m.place for m in matches if precision_of(m.place.feature) not in ("adm1", "adm2", "country")]
    others.sort(key=lambda place: -place.population)
    if name.kind in ("adm1", "adm2"):
        wanted = [place for place in divisions if precision_of(place.feature) == name.kind]
        wanted = [place for place in wanted if place.feature != CITY_DIVISION]
        places = wanted or divisions
        if not wanted and country:
            places = [m.place for m in districts(name.text, country, search)] if name.kind == "adm2" else []
            places = places or [m.place for m in search.similar_division(name.text, country)] or divisions
        places = places or others[:MOST_TOWNS]
    else:
        places = divisions + others[:MOST_TOWNS]
        if not places and country:
            places = [m.place for m in search.similar_division(name.text, country)]
            places = places or [m.place for m in districts(name.text, country, search)]
            places = places or [m.place for m in search.similar(name.text, country)[:1]]
    return Container(name.text, tuple(places), borders) if places else None


def implied_countries(containers: Sequence[Container]) -> frozenset[str]:
    """Return the countries that all containing divisions may lie in; none when what contains is no division."""
    countries = [{place.country for place in c.places} for c in containers if _are_divisions(c.places)]
    return frozenset(set.intersection(*countries)) if countries else frozenset()


def _are_divisions(places: Sequence[Place]) -> bool:
    return all(precision_of(place.feature) in ("adm1", "adm2", "country") for place in places)


def consistent(containers: Sequence[Container]) -> tuple[list[Container], list[str]]:
    """Keep of each containing name what lies in the wider ones; return what is left, and the names that fit nowhere.

    Containers come narrow to wide: "Zhovtnevyi district" in Donetsk Oblast is not the one elsewhere.
    """
    kept: list[Container] = []
    lost: list[str] = []
    for container in reversed(containers):
        wider = [c for c in kept if precision_of(c.places[0].feature) in ("adm1", "country")]
        places = tuple(
            place
            for place in container.places
            if precision_of(place.feature) in ("adm1", "country")
            or all(wide.closeness(place) >= INSIDE_ENOUGH for wide in wider)
        )
        if places:
            kept.insert(
                0, container if len(places) == len(container.places) else replace(container, places=places)
            )
        else:
            lost.append(container.text)
    return kept, lost


@lru_cache(maxsize=4_096)
def _stem(name: str) -> str:
    return split_kind(name).stem


def closeness_to(place: Place, others: Sequence[Place]) -> float:
    """Return how close the nearest of some places is, 1 down to 0."""
    if not others:
        return 0.0
    return exp(-min(distance_km(place.lat, place.lon, o.lat, o.lon) for o in others) / (2 * FADE_KM))
