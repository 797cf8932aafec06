"""Answers a place phrase: read, search, rank, decide, locate."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from geo import coordinates, rank
from geo.asking import Asked, Asking, decided, known_beforehand
from geo.borders import Borders
from geo.context import Container, Context, consistent, read_container
from geo.country import Countries
from geo.errors import PlaceTextError
from geo.model import Candidate, Place, Resolution, Toponym
from geo.normalize import fold, names_by_language
from geo.phrase import Name, Phrase, parse
from geo.position import apart_km, doubtful_position, sure_position
from geo.precision import EXACT_RADIUS_M, precision_of, stated_precision
from geo.priors import NO_PRIORS, Priors
from geo.rank import Ranked
from geo.reasons import reasons
from geo.search import Search
from geo.store import Store
from geo.weights import Weights

NARROWER_KM, NARROWER_SHARE = 150.0, 0.1
"""In "Kyiv, Borodyanka" the second name is the place when it is this near and has this share of the people."""


class Resolver:
    """Resolves place phrases against a gazetteer."""

    def __init__(self, store: Store, weights: Weights) -> None:
        self._store = store
        self._weights = weights
        self._search = Search(store)
        self._countries = Countries(store)
        self._borders = Borders(store)
        self._asking = Asking(store, self._search, weights)
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
            notes: list[str] = []
            phrase, asked = self.understand(place, within, country, near, priors, notes)
        except PlaceTextError as error:
            return Resolution(place, "unresolved", "unknown", reasons=(str(error),), problem=str(error))
        return self._answer(place, phrase, asked, limit, notes)

    def understand(
        self,
        place: str,
        within: Sequence[str],
        country: str | None,
        near: tuple[float, float] | None,
        priors: Priors,
        notes: list[str],
    ) -> tuple[Phrase, list[Asked]]:
        """Take a phrase apart and rank what each of its names may stand for; `notes` gets what was noticed."""
        phrase = parse(place, self._store.has)
        code, unread = self._country(country, notes)
        outer = [name for text in (*within, *unread) for name in _outer_names(text, self._store)]
        names, containers = self._narrow(phrase, code)
        context = self._context(containers, outer, code, near, notes)
        if priors is not NO_PRIORS:
            context = known_beforehand(context, priors, self._store, self.country_code(priors.country))
        texts = [place] if len(names) == 1 else [name.text for name in names]
        asked = [
            self._asking.ask(name, decided(context, name, priors, priors.decided(text, within, country)))
            for name, text in zip(names, texts, strict=True)
        ]
        neighbours = [self._asking.ask(name, context) for name in phrase.neighbours]
        self._asking.compare(asked, neighbours)
        return phrase, asked

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
            container = read_container(name, self._search, self._borders, country)
            if container is None:
                notes.append(f"“{name.text[:60]}” was not found and is left aside")
            else:
                found[key] = container
        kept, lost = consistent(list(found.values()))
        notes += [f"“{name[:60]}” does not lie in the wider place named and is left aside" for name in lost]
        return Context(country, tuple(kept), near)

    def _answer(
        self, text: str, phrase: Phrase, asked: Sequence[Asked], limit: int, notes: list[str]
    ) -> Resolution:
        limits = self._weights.status
        statuses = [rank.status(a.ranked, a.context, self._weights) for a in asked]
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

    def _candidate(self, ranked: Ranked, asked: Asked) -> Candidate:
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


def _outer_names(text: str, store: Store) -> list[Name]:
    """Return the names in a containing text ("Luhansk Oblast, Ukraine"); none when it is not usable."""
    try:
        phrase = parse(text, store.has)
    except PlaceTextError:
        return []
    return [*phrase.names, *phrase.containers]
