"""Gathers what one name may stand for, given what is said around it, and ranks it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo import rank
from geo.admin_words import split_kind
from geo.borrowed import mark_borrowed
from geo.context import Context
from geo.district import districts
from geo.facility import stand_ins
from geo.facts import without_borrowers
from geo.model import place_key
from geo.normalize import fold
from geo.phrase import Name
from geo.precision import precision_of
from geo.priors import Priors
from geo.rank import Ranked
from geo.search import Match, Search
from geo.store import Store
from geo.weights import Weights

FITS = 0.2
"""A place fits what is said around it when it is at least this close to every containing place."""
RIVAL = 0.05
"""A misspelt name may stand for the most similar one in its region, and for those nearly as similar."""
_NAMED_SO = frozenset({"main", "alternate", "stem"})
SHORTEST_STEM = 5
"""Letters of a town's name that the name of a region must begin with to be named after it."""
MOST_SIMILAR, MOST_SIMILAR_ELSEWHERE = 8, 3
"""Places of a similar name that are looked at: those that fit, and those that do not when none does."""


@dataclass(slots=True)
class Asked:
    """A name under way: what may stand for it, and its ranking."""

    name: Name
    matches: Sequence[Match]
    context: Context
    ranked: list[Ranked]


class Asking:
    """Asks a gazetteer for the places of a name."""

    def __init__(self, store: Store, search: Search, weights: Weights) -> None:
        self._store, self._search, self._weights = store, search, weights

    def ask(self, name: Name, context: Context) -> Asked:
        """Search and rank a name on its own."""
        matches = self.matches(name, context)
        return Asked(name, matches, context, rank.rank(matches, name, context, (), self._weights))

    def ask_area(self, name: Name, context: Context) -> Asked:
        """Search and rank a name that must be a country, region or district where it can be one."""
        matches = self.matches(name, context)
        areas = [
            m for m in matches if precision_of(m.place.feature) in ("country", "adm1", "adm2")
        ] or matches
        return Asked(name, areas, context, rank.rank(areas, name, context, (), self._weights))

    def matches(self, name: Name, context: Context) -> list[Match]:
        """Return the places of a name; stand-ins, then similar names, only when no place of the name itself fits."""
        found = mark_borrowed(self._search.exact(name.text, name.kind, context.country), name.text)
        if name.kind != "settlement" or split_kind(name.text).kind:
            # "Twin Cities", but not "the village of Oskil"
            found = without_borrowers(found, context.country)
        if name.also:
            keys = {match.place.key for match in self._search.exact(name.also, "", context.country)}
            found = [match for match in found if match.place.key in keys] or found
        if name.kind == "adm1":
            found += self._named_after(name, found)
        if name.kind == "feature":  # "on the Dnipro" is no town, where a river of that name is known
            waters = (*found, *self._search.exact(f"{name.text} river", "", context.country))
            found = [m for m in waters if precision_of(m.place.feature) == "feature"] or found
        for key in (context.decided, context.leaning):
            if key and all(match.place.key != key for match in found):
                chosen = self._store.place(key)
                found += [Match(chosen, "confirmed")] if chosen else []
        country = context.country or context.prior_country or _only_country(context)
        misspelt = self._misspelt(name, country, context, found)
        if any(_answers(match, name, context) for match in found):
            named = {split_kind(place.name).stem for c in context.containers for place in c.places}
            # who names a region can spell the town that it is named after
            return [*found, *(m for m in misspelt if fold(m.place.name) not in named)]
        more = districts(name.text, country, self._search) if country else []
        if not any(fits(match, context) for match in more):
            more = [*stand_ins(name, context, self._search)]
        town = any(match.how in _NAMED_SO and fits(match, context) for match in found)
        if country and name.kind in ("adm1", "adm2") and not (town or any(fits(m, context) for m in more)):
            more += self._search.similar_division(name.text, country)
        if country and not any(fits(match, context) for match in more):
            similar = self._search.similar(name.text, country)
            fitting = [match for match in similar if fits(match, context)]
            fitting = [*fitting[:MOST_SIMILAR], *misspelt]
            more += fitting or similar[:MOST_SIMILAR_ELSEWHERE]
        if not any(fits(match, context) for match in more):
            more += holders(context)
        instead = {match.place.key for match in more if match.how == "standing_in"}
        found = [match for match in found if match.place.key not in instead]
        known = {match.place.key for match in found}
        return found + [
            match for match in {m.place.key: m for m in more}.values() if match.place.key not in known
        ]

    def _named_after(self, name: Name, found: Sequence[Match]) -> list[Match]:
        """Return the regions named after a town in them ("Valencia region": Comunitat Valenciana), if none is so."""
        stem = split_kind(name.text).stem
        if len(stem) < SHORTEST_STEM or any(precision_of(m.place.feature) == "adm1" for m in found):
            return []
        towns = {(m.place.country, m.place.admin1) for m in found}
        regions = [self._search.region(country, admin1) for country, admin1 in sorted(towns)]
        return [
            Match(region, "named_after")
            for region in regions
            if region is not None and any(word.startswith(stem) for word in fold(region.name).split())
        ]

    def _misspelt(self, name: Name, country: str, context: Context, found: Sequence[Match]) -> list[Match]:
        """Return the places of similar names in the region named, where no place of the name itself lies in it."""
        regions = {
            (place.country, place.admin1)
            for container in context.containers
            for place in container.places
            if precision_of(place.feature) == "adm1" and place.country == country
        }
        if len(regions) != 1 or name.kind not in ("", "settlement"):
            return []
        _, admin1 = regions.pop()
        if not admin1 or any(
            match.place.admin1 == admin1 and match.place.country == country for match in found
        ):
            return []
        similar = [
            match
            for match in self._search.similar_inside(name.text, country, admin1)
            if precision_of(match.place.feature) == "settlement" and fits(match, context)
        ]
        most = max((match.similarity for match in similar), default=0.0)
        return [match for match in similar if match.similarity >= most - RIVAL][:MOST_SIMILAR]

    def compare(self, asked: Sequence[Asked], neighbours: Sequence[Asked]) -> None:
        """Rank once more with the likely places of the other names."""
        if len(asked) + len(neighbours) < 2:
            return
        likely = [rank.likely_places(a.ranked) for a in (*asked, *neighbours)]
        for index, one in enumerate(asked):
            others = [places for at, places in enumerate(likely) if at != index and places]
            one.ranked = rank.rank(one.matches, one.name, one.context, others, self._weights)


def fits(match: Match, context: Context) -> bool:
    """Tell whether a place agrees with the country and the containing places."""
    place = match.place
    if context.country and place.country not in (context.country, ""):
        return False
    return all(container.closeness(place) >= FITS for container in context.containers)


def _answers(match: Match, name: Name, context: Context) -> bool:
    """Tell whether a place leaves no reason to look for others: it fits, and is of the kind that is asked for."""
    if not fits(match, context):
        return False
    kind = precision_of(match.place.feature)
    if name.kind == "adm2":
        in_town = any(
            precision_of(place.feature) == "settlement" for c in context.containers for place in c.places
        )
        return kind == "adm2" or (in_town and kind == "settlement")
    if name.kind or kind not in ("adm1", "adm2"):
        return True  # else "Belogorod, Belgorod": the region named as containing is not what is asked for
    return all(place.key != match.place.key for c in context.containers for place in c.places)


def holders(context: Context) -> list[Match]:
    """Return the district that holds a place nobody lists, when the district is known beyond doubt."""
    for container in context.containers:
        kinds = {precision_of(place.feature) for place in container.places}
        if kinds == {"adm2"} and len(container.places) == 1:
            return [Match(container.places[0], "holding")]
    return []


def _only_country(context: Context) -> str:
    countries = {place.country for container in context.containers for place in container.places}
    return countries.pop() if len(countries) == 1 else ""


def known_beforehand(context: Context, priors: Priors, store: Store, country: str) -> Context:
    """Add what is known beforehand, as far as the text leaves it open; `country` is the code of the prior's."""
    area = priors.source_area
    if area is not None and context.country:
        home = store.nearest(*area, 1)
        area = area if home and home[0][1].country == context.country else None
    return replace(
        context,
        prior_country="" if context.country else country,
        prior_near=priors.near,
        source_area=None if context.containers else area,
        around=priors.around,
    )


def decided(context: Context, name: Name, priors: Priors, chosen: str) -> Context:
    """Add what people decided before: for these words in this context, and for the name elsewhere."""
    leaning = priors.leaning(name.text)
    if not chosen and not leaning:
        return context
    return replace(context, decided=place_key(chosen) or 0, leaning=place_key(leaning) or 0)
