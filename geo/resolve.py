"""Answers a place phrase: read, search, rank, decide, locate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from geo import coordinates, rank
from geo.context import Container, Context, consistent, read_container
from geo.country import Countries
from geo.errors import PlaceTextError
from geo.facility import stand_ins
from geo.model import Candidate, Place, Resolution, Toponym, place_key
from geo.normalize import fold, names_by_language
from geo.phrase import Name, Phrase, parse
from geo.position import apart_km, doubtful_position, sure_position
from geo.precision import EXACT_RADIUS_M, precision_of, stated_precision
from geo.priors import NO_PRIORS, Priors
from geo.rank import Ranked
from geo.reasons import reasons
from geo.search import Match, Search
from geo.store import Store
from geo.weights import Weights

NARROWER_KM, NARROWER_SHARE = 150.0, 0.1
"""In "Kyiv, Borodyanka" the second name is the place when it is this near and has this share of the people."""
WORTH_KEEPING = 0.5
"""When the places of the name itself have less probability than this together, others are looked for."""


@dataclass(slots=True)
class _Asked:
    """A name under way: what may stand for it, and its ranking."""

    name: Name
    matches: Sequence[Match]
    context: Context
    ranked: list[Ranked]


class Resolver:
    """Resolves place phrases against a gazetteer."""

    def __init__(self, store: Store, weights: Weights) -> None:
        self._store = store
        self._weights = weights
        self._search = Search(store)
        self._countries = Countries(store)
        self._names = lru_cache(maxsize=4_000)(self._names_by_language)

    def resolve(
        self,
        place: str,
        within: Sequence[str] = (),
        country: str | None = None,
        near: tuple[float, float] | None = None,
        limit: int = 10,
        priors: Priors = NO_PRIORS,
    ) -> Resolution:
        """Return the answer for a phrase; text that names no place gives an unresolved answer with its problem."""
        try:
            given = coordinates.find(place)
            short = coordinates.split_short_code(place) if given is None else None
            if short is not None:
                around = self.resolve(short[1], within, country, near, limit, priors)
                if around.status == "auto" and around.lat is not None and around.lon is not None:
                    given = coordinates.recover(short[0], around.lat, around.lon)
            if given is not None:
                return self._at_coordinates(place, *given, self._country(country, [])[0])
            phrase = parse(place, self._store.has)
        except PlaceTextError as error:
            return Resolution(place, "unresolved", "unknown", reasons=(str(error),), problem=str(error))
        notes: list[str] = []
        code, unread = self._country(country, notes)
        outer = [name for text in (*within, *unread) for name in _outer_names(text, self._store)]
        names, containers = self._narrow(phrase, code)
        context = self._context(containers, outer, code, near, notes)
        context = self._with_priors(context, priors)
        texts = [place] if len(names) == 1 else [name.text for name in names]
        asked = [
            self._ask(name, _decided(context, name, priors, priors.decided(text, within, country)))
            for name, text in zip(names, texts, strict=True)
        ]
        neighbours = [self._ask(name, context) for name in phrase.neighbours]
        self._compare(asked, neighbours)
        return self._answer(place, phrase, asked, limit, notes)

    @property
    def store(self) -> Store:
        """The gazetteer file."""
        return self._store

    @property
    def search(self) -> Search:
        """Looks names up."""
        return self._search

    def country_code(self, text: str) -> str:
        """Return the code of a country given by code or name; empty when it is none."""
        return self._country(text, [])[0]

    def _country(self, text: str | None, notes: list[str]) -> tuple[str, tuple[str, ...]]:
        """Return the country's code, and the text as a containing name when it is no country."""
        if not text or not fold(text):
            return "", ()
        reading = self._countries.read(text)
        if reading is None:
            notes.append(f"“{text[:60]}” is not a country known here")
            return "", (text,)
        if not reading.spelled:
            notes.append(f"the country “{text}” was read as {reading.code}")
        return reading.code, ()

    def _narrow(self, phrase: Phrase, country: str) -> tuple[list[Name], list[Name]]:
        """Swap "Kyiv, Borodyanka": the wide name came first."""
        names, containers = phrase.names, phrase.containers
        if len(names) != 1 or not containers or containers[0].kind or phrase.relation not in ("at", "near"):
            return names, containers
        first = self._largest_town(names[0], country)
        second = self._search.exact(containers[0].text, "", country)
        if first is None or any(precision_of(m.place.feature) in ("adm1", "country") for m in second):
            return names, containers
        for match in second:
            place = match.place
            smaller = (
                match.how in ("main", "alternate") and place.population < NARROWER_SHARE * first.population
            )
            if smaller and place.country == first.country and 2.0 < apart_km(first, place) < NARROWER_KM:
                return [containers[0]], [names[0], *containers[1:]]
        return names, containers

    def _largest_town(self, name: Name, country: str) -> Place | None:
        towns = [
            m.place
            for m in self._search.exact(name.text, name.kind, country)
            if precision_of(m.place.feature) == "settlement" and country in ("", m.place.country)
        ]
        return max(towns, key=lambda town: town.population, default=None)

    def _context(
        self,
        containers: Sequence[Name],
        outer: Sequence[Name],
        country: str,
        near: tuple[float, float] | None,
        notes: list[str],
    ) -> Context:
        found: dict[str, Container] = {}
        for name in (*containers, *outer):
            key = fold(name.text)
            if key in found:
                continue
            code = None if name.kind else self._countries.spelled(name.text)
            if code is not None and country in ("", code):
                country = code
                continue
            container = read_container(name, self._search, country)
            if container is None:
                notes.append(f"“{name.text[:60]}” was not found and is left aside")
            else:
                found[key] = container
        kept, lost = consistent(list(found.values()))
        notes += [f"“{name[:60]}” does not lie in the wider place named and is left aside" for name in lost]
        return Context(country, tuple(kept), near)

    def _with_priors(self, context: Context, priors: Priors) -> Context:
        """Add what is known beforehand, as far as the text leaves it open."""
        if priors is NO_PRIORS:
            return context
        area = priors.source_area
        if area is not None and context.country:
            home = self._store.nearest(*area, 1)
            area = area if home and home[0][1].country == context.country else None
        return replace(
            context,
            prior_country="" if context.country else self.country_code(priors.country),
            prior_near=priors.near,
            source_area=None if context.containers else area,
        )

    def _ask(self, name: Name, context: Context) -> _Asked:
        """Search and rank a name on its own; similar names only when nothing better fits."""
        matches = list(self._search.exact(name.text, name.kind, context.country))
        for key in (context.decided, context.leaning):
            if key and all(match.place.key != key for match in matches):
                chosen = self._store.place(key)
                matches += [Match(chosen, "confirmed")] if chosen else []
        ranked = rank.rank(matches, name.kind, context, (), self._weights)
        if sum(r.probability for r in ranked) < WORTH_KEEPING:
            known = {match.place.key for match in matches}
            more = [*stand_ins(name, context, self._search)]
            if context.country and not more:
                more += self._search.similar(name.text, context.country)
            if context.country and name.kind in ("adm1", "adm2"):
                more += self._search.similar_division(name.text, context.country)
            matches += [match for match in more if match.place.key not in known]
            ranked = rank.rank(matches, name.kind, context, (), self._weights)
        return _Asked(name, matches, context, ranked)

    def _compare(self, asked: Sequence[_Asked], neighbours: Sequence[_Asked]) -> None:
        """Rank once more with the likely places of the other names."""
        if len(asked) + len(neighbours) < 2:
            return
        likely = [rank.likely_places(a.ranked) for a in (*asked, *neighbours)]
        for index, one in enumerate(asked):
            others = [places for at, places in enumerate(likely) if at != index and places]
            one.ranked = rank.rank(one.matches, one.name.kind, one.context, others, self._weights)

    def _answer(
        self, text: str, phrase: Phrase, asked: Sequence[_Asked], limit: int, notes: list[str]
    ) -> Resolution:
        limits = self._weights.status
        statuses = [rank.status(a.ranked, limits) for a in asked]
        for a, status in zip(asked, statuses, strict=True):
            if not a.ranked:
                notes.append(f"no place called “{a.name.text[:60]}” is known here")
            elif status == "unresolved":
                notes.append(f"no place called “{a.name.text[:60]}” fits what is said around it")
        shares = max(3, -(-limit // max(1, len(asked))))
        toponyms = tuple(
            Toponym(
                a.name.text,
                a.name.start,
                a.name.end,
                tuple(self._candidate(r, a) for r in a.ranked[: limit if len(asked) == 1 else shares]),
            )
            for a in asked
        )
        merged = sorted((c for t in toponyms for c in t.candidates), key=lambda c: -c.probability)
        status = "auto" if set(statuses) == {"auto"} else "unresolved"
        found = [a for a, status_ in zip(asked, statuses, strict=True) if status_ != "unresolved"]
        if status == "auto":
            beside = any(a.ranked[0].match.how == "standing_in" for a in asked)
            relation = "near" if beside and phrase.relation == "at" else phrase.relation
            where = sure_position([a.ranked[0].match.place for a in asked], relation, phrase.offset)
        else:
            status = "ambiguous" if found else "unresolved"
            places = [r.match.place for a in found for r in rank.plausible(a.ranked, limits)]
            where = doubtful_position(places, phrase.relation, phrase.offset, limits.undecided_km)
        if status == "ambiguous":
            notes.append("more than one place fits")
        relation = phrase.relation if found else "unknown"
        return Resolution(
            text,
            status,
            relation,
            toponyms,
            tuple(merged),
            where.geo_precision,
            where.lat,
            where.lon,
            where.radius_m,
            where.area,
            tuple(notes),
        )

    def _candidate(self, ranked: Ranked, asked: _Asked) -> Candidate:
        place = ranked.match.place
        return self.candidate(
            place,
            plausible=ranked in rank.plausible(asked.ranked, self._weights.status),
            probability=ranked.probability,
            why=reasons(ranked, asked.name.text, asked.context, self._store, self._weights),
            toponym=asked.name.text,
        )

    def _names_by_language(self, key: int, name: str) -> dict[str, str]:
        return names_by_language(name, self._store.spellings(key))

    def candidate(
        self, place: Place, *, probability: float, why: tuple[str, ...], toponym: str, plausible: bool = True
    ) -> Candidate:
        """Return a place as a candidate."""
        return Candidate(
            id=place.id,
            name=place.name,
            names=self._names(place.key, place.name),
            lat=place.lat,
            lon=place.lon,
            geo_precision=stated_precision(place.feature),
            radius_m=place.radius_m,
            country=place.country or None,
            admin1=self._store.admin1_name(place.country, place.admin1),
            admin2=place.admin2 or None,
            population=place.population,
            probability=probability,
            reasons=why,
            toponym=toponym,
            plausible=plausible,
        )

    def _at_coordinates(self, text: str, lat: float, lon: float, country: str = "") -> Resolution:
        nearest = self._store.nearest(lat, lon, 1)
        town = nearest[0][1] if nearest and nearest[0][0] < 50 else None
        why: tuple[str, ...] = ("coordinates given in the text",)
        status = "auto"
        if country and town is not None and country != town.country:
            status = "ambiguous"
            why += (f"they lie in {town.country}, not in the country given ({country}): check both",)
        candidate = Candidate(
            id=f"coordinates:{lat:.5f},{lon:.5f}",
            name=f"{lat:g}, {lon:g}",
            names={},
            lat=lat,
            lon=lon,
            geo_precision="exact",
            radius_m=EXACT_RADIUS_M,
            country=town.country if town else None,
            admin1=self._store.admin1_name(town.country, town.admin1) if town else None,
            admin2=None,
            population=0,
            probability=1.0,
            reasons=why,
            toponym=text,
        )
        toponym = Toponym(text, 0, len(text), (candidate,))
        return Resolution(
            text, status, "at", (toponym,), (candidate,), "exact", lat, lon, EXACT_RADIUS_M, None, why
        )


def _decided(context: Context, name: Name, priors: Priors, decided: str) -> Context:
    """Add what people decided before about a name."""
    leaning = priors.leaning(name.text)
    if not decided and not leaning:
        return context
    return replace(context, decided=place_key(decided) or 0, leaning=place_key(leaning) or 0)


def _outer_names(text: str, store: Store) -> list[Name]:
    """Return the names in a containing text ("Luhansk Oblast, Ukraine"); none when it is not usable."""
    try:
        phrase = parse(text, store.has)
    except PlaceTextError:
        return []
    return [*phrase.names, *phrase.containers]
