"""Facilities and streets that no gazetteer lists: the town in their name, or named with them, stands in for them."""

from __future__ import annotations

from collections.abc import Sequence

from geo.context import Context
from geo.normalize import fold
from geo.phrase import Name
from geo.precision import precision_of
from geo.search import Match, Search

WORDS = frozenset(
    fold(
        "coke steel chemical air train bus rail metro tv tower grave cemetery forest forestry woods park "
        "agglomeration silo elevator "
        "street road avenue boulevard square highway bridge dam station railway airport airfield airbase "
        "base camp camps refugee idp barracks depot port harbour harbor plant factory refinery mill mine power "
        "hydroelectric "
        "nuclear thermal substation hospital clinic maternity school kindergarten university college "
        "theatre theater museum church cathedral monastery mosque hotel mall market shop supermarket "
        "stadium prison colony checkpoint crossing border warehouse office building house terminal ulitsa "
        "vulytsia vulytsya prospekt prospect bulvar ploshcha shosse zavod улица вулиця проспект бульвар "
        "vul prosp bulv blvd вул ул просп бул пр-т буд дом "
        "площа площадь вокзал станция станція аэродром аеродром мост міст завод лікарня больница"
    ).split()
)
AT_THE_END = frozenset(["st", "ave"])
"""Streets, when they end a name: "St Petersburg" is a saint's."""
CAMPS = frozenset(["camp", "camps"])
SHORTEST_START = 5
"""Letters that say which town a facility of a longer name is called after."""


def town_in_name(text: str) -> str | None:
    """Return what is left of a facility's name without the words for facilities, None when it is no facility.

    >>> town_in_name("Millerovo Airbase"), town_in_name("Millerovo")
    ('millerovo', None)
    """
    words = fold(text).split()
    if words and words[-1] in AT_THE_END:
        words[-1] = "street"
    left = [word for word in words if word not in WORDS]
    return None if len(left) == len(words) else " ".join(left)


def stand_ins(name: Name, context: Context, search: Search) -> Sequence[Match]:
    """Return the settlements that may stand in for a facility, or for a town's district that is not listed.

    A camp is a place of its own, mostly called like the town that it grew into; else its district holds it.
    """
    town = town_in_name(name.text)
    if town is None and name.kind != "adm2":
        return ()
    holding = [place for container in context.containers for place in container.places]
    named = [match.place for match in _named(town, context.country, search)] if town else []
    choices = (holding, named)
    if not CAMPS.isdisjoint(fold(name.text).split()):
        inside = [place for place in named if all(c.closeness(place) == 1.0 for c in context.containers)]
        districts = {place.key: place for place in holding if precision_of(place.feature) == "adm2"}
        if len(districts) == 1 and not inside:
            return [Match(place, "holding") for place in districts.values()]
        choices = (inside, holding)
    for places in choices:
        towns = {place.key: place for place in places if precision_of(place.feature) == "settlement"}
        if towns:
            return [Match(place, "standing_in") for place in towns.values()]
    return ()


def _named(town: str, country: str, search: Search) -> Sequence[Match]:
    """Return the places of what a facility is called after: "Avdiivka" of "Avdiivka coke" as well."""
    if found := search.exact(town, "", country):
        return found
    words = town.split()
    for last in range(len(words) - 1, 0, -1):
        start = " ".join(words[:last])
        if len(start) >= SHORTEST_START and (found := search.named(start, "", country)):
            return found
    return ()
