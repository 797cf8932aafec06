"""Answers a place phrase: read, search, rank, decide, locate."""

from __future__ import annotations

from collections.abc import Sequence

from geo import coordinates, rank
from geo.arrange import arrange
from geo.asking import Asked, Asking, decided, known_beforehand
from geo.borders import Borders
from geo.context import Context
from geo.errors import PlaceTextError
from geo.model import Candidate, Place, Resolution, Toponym
from geo.phrase import LONGEST, Name, Phrase, parse
from geo.position import border_position, doubtful_position, sure_position
from geo.precision import AROUND_TOWN_M, EXACT_RADIUS_M, precision_of, stated_precision
from geo.priors import NO_PRIORS, Priors
from geo.reading import Reader
from geo.reasons import reasons
from geo.search import Search
from geo.sphere import distance_km
from geo.store import Store
from geo.weights import Weights

FROM_NAME_KM = 25.0
"""Coordinates farther than this from the place named with them cast doubt on both."""


class Resolver:
    """Resolves place phrases against a gazetteer."""

    def __init__(self, store: Store, weights: Weights) -> None:
        self._store = store
        self._weights = weights
        self._search = Search(store)
        self._borders = Borders(store)
        self._reader = Reader(store, self._search, self._borders)
        self._asking = Asking(store, self._search, weights)

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
                return self._at_coordinates(place, *given, self._reader.country(country, [])[0])
            if beside := coordinates.beside(place):
                named = self.resolve(beside[1], within, country, near, limit, priors)
                return self._at_coordinates(place, *beside[0], self._reader.country(country, [])[0], named)
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
        phrase = parse(self._reader.with_comma(place), self._store.has)
        code, unread = self._reader.country(country, notes)
        outer = [
            name
            for text in (*within, *unread)
            if len(text) <= LONGEST
            for name in self._reader.names_in(text)
        ]
        if phrase.border:
            sides = self._sides(phrase, outer, code, notes)
            if not _one_holds_the_other(sides):
                return phrase, sides
            phrase.border, phrase.relation = False, "near"
        names, containers = arrange(phrase, code, self._search)
        context = self._reader.context(containers, outer, code, near, notes)
        if priors is not NO_PRIORS:
            context = known_beforehand(context, priors, self._store, self.country_code(priors.country))
        texts = [place] if len(names) == 1 else [name.text for name in names]
        asked = [
            self._asking.ask(name, decided(context, name, priors, priors.decided(text, within, country)))
            for name, text in zip(names, texts, strict=True)
        ]
        neighbours = [self._asking.ask(name, context) for name in phrase.neighbours]
        self._asking.compare(asked, neighbours)
        wide = phrase.relation == "within" or not any(a.ranked for a in asked)
        if (
            neighbours and wide
        ):  # "along the Oskil near Kupiansk", "a field near Lyman": what is near says where
            notes += [f"“{a.name.text[:60]}” does not say where; what it is near does" for a in asked]
            phrase.relation, asked = "near", neighbours
        return phrase, asked

    def _sides(self, phrase: Phrase, outer: Sequence[Name], country: str, notes: list[str]) -> list[Asked]:
        """Rank the two sides of a border; of "the border with X" the other side is what contains the place."""
        sides = list(phrase.names[:2])
        for name in (*phrase.containers, *(Name(one.text, 0, 0, one.kind) for one in outer)):
            if len(sides) < 2:
                sides.append(name)
        if len(sides) < 2 and country:
            own = next(
                (m.place for m in self._search.exact(country, "", "") if _is_country(m.place, country)), None
            )
            sides += [Name(own.name, 0, 0)] if own else []
        asked = [self._asking.ask_area(name, Context()) for name in sides]
        notes += [] if len(asked) == 2 else ["a border has two sides, and only one is named"]
        return asked

    def sure_points(
        self, place: str, within: Sequence[str], country: str | None
    ) -> list[tuple[float, float]]:
        """Return where the names of a phrase lie that are sure by themselves and narrower than a district."""
        if coordinates.find(place) is not None:
            return []
        found = []
        for asked in self.understand(place, within, country, None, NO_PRIORS, [])[1]:
            if asked.ranked and rank.status(asked.ranked, asked.context, self._weights) == "auto":
                best = asked.ranked[0].match.place
                if precision_of(best.feature) in ("settlement", "feature"):
                    found.append((best.lat, best.lon))
        return found

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
        return self._reader.country(text, [])[0]

    def _answer(
        self, text: str, phrase: Phrase, asked: Sequence[Asked], limit: int, notes: list[str]
    ) -> Resolution:
        limits = self._weights.status
        statuses = [rank.status(a.ranked, a.context, self._weights) for a in asked]
        if not asked:
            notes.append("there is no place: the words only say how near one is")
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
                self._candidates(a, limit if len(asked) == 1 else shares),
            )
            for a in asked
        )
        merged = sorted((c for t in toponyms for c in t.candidates), key=lambda c: -c.probability)
        status = "auto" if set(statuses) == {"auto"} else "unresolved"
        found = [a for a, status_ in zip(asked, statuses, strict=True) if status_ != "unresolved"]
        if status == "auto":
            beside = any(a.ranked[0].match.how == "standing_in" for a in asked)
            relation = "near" if beside and phrase.relation == "at" else phrase.relation
            places = [a.ranked[0].match.place for a in asked]
            around_m = max(self._around_m(a, notes) for a in asked)
            if phrase.border and len(places) == 2:
                where = border_position(places, self._borders, phrase.offset)
            else:
                where = sure_position(places, relation, phrase.offset, around_m)
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

    def _around_m(self, asked: Asked, notes: list[str]) -> float:
        """Return how far the land around a town reaches that stands in for a region or district called so."""
        best, kind = asked.ranked[0], asked.name.kind
        if kind not in AROUND_TOWN_M or precision_of(best.match.place.feature) != "settlement":
            return 0.0
        if "type_differs" not in best.features:
            return 0.0
        division = "region" if kind == "adm1" else "district"
        notes.append(f"no {division} called so is known; what lies around {best.match.place.name} is meant")
        return AROUND_TOWN_M[kind]

    def _candidates(self, asked: Asked, limit: int) -> tuple[Candidate, ...]:
        """Return the best places of a name as candidates."""
        plausible = len(rank.plausible(asked.ranked, self._weights.status))
        text, context = asked.name.text, asked.context
        return tuple(
            self.candidate(
                ranked.match.place,
                plausible=at < plausible,
                probability=ranked.probability,
                why=reasons(ranked, text, context, self._weights),
                toponym=text,
            )
            for at, ranked in enumerate(asked.ranked[:limit])
        )

    def candidate(
        self, place: Place, *, probability: float, why: tuple[str, ...], toponym: str, plausible: bool = True
    ) -> Candidate:
        """Return a place as a candidate."""
        return Candidate(
            id=place.id,
            name=place.name,
            names=_own_names(place),
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

    def _at_coordinates(
        self, text: str, lat: float, lon: float, country: str = "", named: Resolution | None = None
    ) -> Resolution:
        """Return coordinates as an answer, in doubt when the country or place named with them lies elsewhere."""
        nearest = self._store.nearest(lat, lon, 1)
        town = nearest[0][1] if nearest and nearest[0][0] < 50 else None
        why: tuple[str, ...] = ("coordinates given in the text",)
        status = "auto"
        if country and town is not None and country != town.country:
            status = "ambiguous"
            why += (f"they lie in {town.country}, not in the country given ({country}): check both",)
        if named is not None and named.status == "auto" and named.lat is not None and named.lon is not None:
            away_km = distance_km(lat, lon, named.lat, named.lon)
            if away_km > FROM_NAME_KM + (named.radius_m or 0.0) / 1000:
                status = "ambiguous"
                why += (
                    f"they lie {away_km:,.0f} km from {named.candidates[0].name}, named with them: check both",
                )
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


def _own_names(place: Place) -> dict[str, str]:
    """Return a place's names by language."""
    lines = place.own_names.split("\n") if place.own_names else ()
    return dict(line.split(" ", 1) for line in lines)


def _is_country(place: Place, code: str) -> bool:
    return place.country == code and precision_of(place.feature) == "country"


def _one_holds_the_other(sides: Sequence[Asked]) -> bool:
    """Tell whether of two sides of a border one is the country that the other lies in: then its own border is meant."""
    best = [side.ranked[0].match.place for side in sides if side.ranked]
    kinds = [precision_of(place.feature) for place in best]
    return len({place.country for place in best}) == 1 and kinds.count("country") == 1 and len(best) == 2
