"""Finds the places that a name may stand for, and how well the name fits each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from geo import arabic
from geo.admin_words import split_kind
from geo.mentions.slavic import is_cyrillic, nominatives
from geo.model import Place
from geo.normalize import all_skeletons, fold, latin, skeleton, skeletons
from geo.precision import precision_of
from geo.schema import ALTERNATE, CODE, DEMONYM, MAIN, ROMANISED, STEM
from geo.store import MOST_HOMONYMS, Store
from geo.writer import SLAVIC

HOW = {
    MAIN: "main",
    ALTERNATE: "alternate",
    ROMANISED: "romanised",
    STEM: "stem",
    CODE: "code",
    DEMONYM: "demonym",
}
LEAST_SIMILAR = 80.0
MOST_SIMILAR_PLACES = 40
SHORTEST_FUZZY = 4
LEAST_INSIDE, SHORTEST_INSIDE = 0.7, 5
CLOSE_RIVAL = 3.0
SHORTEST_HEARD, SHORTEST_HEARD_ANYWHERE = 3, 5
"""Shorter keys of Arabic names, their mark counted, say nothing; without a country they have to say more."""
LEAST_ALIKE, LEAST_ALIKE_ANYWHERE = 0.6, 0.9
HEARD_OF = 50_000
"""Without a country a name that only sounds alike is that of a town of so many people, or of none."""
OUR_SCRIPTS = "\u0530"
"""Misspelt divisions are looked for in Latin, Greek and Cyrillic letters, which sort before this."""


class Match(NamedTuple):
    """A place that a name may stand for."""

    place: Place
    how: str
    """`main`, `alternate`, `romanised`, `borrowed`, `stem`, `named_after`, `code`, `demonym`, `variant`, `heard`,
    `similar`, `standing_in`, `holding` or `confirmed` (no name of it known here, but a person chose it)."""
    similarity: float = 1.0


class Search:
    """Looks names up, from exact to similar; every answer is kept for the next time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.exact = lru_cache(maxsize=2_000)(self._exact)
        self.named = lru_cache(maxsize=2_000)(self._named)
        self.similar = lru_cache(maxsize=2_000)(self._similar)
        self.similar_division = lru_cache(maxsize=2_000)(self._similar_division)
        self.similar_inside = lru_cache(maxsize=2_000)(self._similar_inside)
        self._inside = lru_cache(maxsize=200)(self._pool_inside)
        self._codes = lru_cache(maxsize=8)(self._division_codes)
        self._pool = lru_cache(maxsize=48)(self._names_beginning)
        self._pool_codes = lru_cache(maxsize=48)(self._codes_beginning)
        self._divisions = lru_cache(maxsize=64)(self._division_keys)

    def _exact(self, text: str, kind: str, country: str) -> tuple[Match, ...]:
        """Return the places under a name as written, under it without its type word, and under its variants."""
        named = self._named(text, kind, country)
        if country in arabic.COUNTRIES:
            here = any(match.place.country == country for match in named)
            return named if here else (*named, *self._as_heard(text, country))
        if country and country not in SLAVIC:
            return named
        found = {match.place.key: match for match in named}
        key = fold(text)
        stem = split_kind(text).stem if kind else key
        for loose in skeletons(stem) if stem == key else {*skeletons(stem), *skeletons(text)}:
            if len(loose) > 3 or (country and len(loose) == 3):
                for place in self._variants(loose, found):
                    found.setdefault(place.key, Match(place, "variant"))
        return tuple(found.values()) or self._as_heard(text, country)

    def _as_heard(self, text: str, country: str) -> tuple[Match, ...]:
        """Return the places whose Arabic, Hebrew or Persian name sounds alike ("Hodeidah": Al Ḩudaydah)."""
        key = arabic.loose(text)
        if len(key) < (SHORTEST_HEARD if country else SHORTEST_HEARD_ANYWHERE):
            return ()
        least = LEAST_ALIKE if country else LEAST_ALIKE_ANYWHERE
        found = []
        for place in self._store.loose_hits(key):
            if place.country == country or (not country and place.population >= HEARD_OF):
                names = [name for name in self._store.spellings(place.key) if arabic.loose(name) == key]
                found.append((place, max(arabic.alike(text, name) for name in (place.name, *names))))
        return tuple(Match(place, "heard", share) for place, share in found if share >= least)

    def _named(self, text: str, kind: str, country: str) -> tuple[Match, ...]:
        """Return the places under a name as written and under it without its type word."""
        key = fold(text)
        found: dict[int, Match] = {}
        own = self._store.hits(key, country)
        if not own and is_cyrillic(text) and (declined := self._declined(text, country)):
            return declined
        for hit in own:
            found[hit.place.key] = Match(hit.place, HOW[hit.kind])
        if not key.isascii():  # a name counts as in Latin letters, most of it where both scripts have it
            kinds = {hit.place.key: hit.kind for hit in own}
            for hit in self._store.hits(latin(key), country):
                both = hit.place.key in kinds
                stands = min(hit.kind, kinds[hit.place.key]) if both else max(hit.kind, ALTERNATE)
                found[hit.place.key] = Match(hit.place, HOW[stands])
        stem = split_kind(text).stem if kind else key
        if stem != key:
            for hit in self._store.hits(stem, country):
                if kind == "settlement":
                    found.setdefault(hit.place.key, Match(hit.place, HOW[hit.kind]))
                elif hit.kind in (STEM, MAIN, ALTERNATE):
                    found.setdefault(hit.place.key, Match(hit.place, "stem"))
        return tuple(found.values())

    def _declined(self, text: str, country: str) -> tuple[Match, ...]:
        """Return the places of a Ukrainian or Russian name in another case than the nominative ("Нікополя")."""
        found: dict[int, Match] = {}
        for form in nominatives(text)[1:]:
            for hit in self._store.hits(fold(form), country):
                found.setdefault(hit.place.key, Match(hit.place, HOW[hit.kind]))
        return tuple(found.values())

    def region(self, country: str, admin1: str) -> Place | None:
        """Return the first-order division with a code."""
        name = self._store.admin1_name(country, admin1)
        for hit in self._store.hits(fold(name), country) if name else ():
            place = hit.place
            if (place.country, place.admin1) == (country, admin1) and precision_of(place.feature) == "adm1":
                return place
        return None

    def _variants(self, loose: str, found: Mapping[int, Match]) -> Sequence[Place]:
        """Return the places under a loose key; most are found under the name itself and are not fetched again."""
        keys = self._store.loose_keys(loose)
        if len(keys) > MOST_HOMONYMS:
            return self._store.loose_hits(loose)
        return self._store.places([key for key in keys if key not in found])

    def _similar(self, text: str, country: str) -> tuple[Match, ...]:
        """Return the places of a country whose names are only similar: the last resort."""
        if not country:
            return ()
        key, prefix = _fuzzy_key(text, country)
        names, places_of = self._pool(prefix, country) if len(key) >= SHORTEST_FUZZY else ([], [])
        found = process.extract(key, names, scorer=fuzz.ratio, limit=40, score_cutoff=LEAST_SIMILAR)
        return self._most_similar((score / 100, places_of[index]) for _, score, index in found)

    def _similar_inside(self, text: str, country: str, admin1: str) -> tuple[Match, ...]:
        """Return the places of a division whose names are similar; among so few, letters may be swapped too."""
        key, prefix = _fuzzy_key(text, country)
        if len(key) < SHORTEST_INSIDE:
            return ()
        names, places_of = self._inside(prefix, country, admin1)
        found = process.extract(
            key,
            names,
            scorer=OSA.normalized_similarity,
            limit=MOST_SIMILAR_PLACES,
            score_cutoff=LEAST_INSIDE,
        )
        return self._most_similar(
            (max(score, fuzz.ratio(key, name) / 100), places_of[index]) for name, score, index in found
        )

    def _most_similar(self, found: Iterable[tuple[float, int]]) -> tuple[Match, ...]:
        best: dict[int, float] = {}
        for score, place in found:
            best[place] = max(best.get(place, 0.0), score)
        ranked = sorted(best.items(), key=lambda item: -item[1])[:MOST_SIMILAR_PLACES]
        places = ((self._store.place(key), score) for key, score in ranked)
        return tuple(Match(place, "similar", score) for place, score in places if place is not None)

    def _pool_inside(self, prefix: str, country: str, admin1: str) -> tuple[list[str], list[int]]:
        """Return a country's keys that begin so as far as they belong to places of a division, and these places."""
        names, places_of = self._pool(prefix, country)
        inside = np.flatnonzero(self._pool_codes(prefix, country) == admin1).tolist()
        return [names[at] for at in inside], [places_of[at] for at in inside]

    def _codes_beginning(self, prefix: str, country: str) -> NDArray[np.str_]:
        """Return the division of each place of a country's keys that begin so, empty where it lies in none."""
        keys, codes = self._codes(country)
        places = np.array(self._pool(prefix, country)[1], dtype=np.int64)
        if not len(keys):
            return np.full(len(places), "")
        at = np.minimum(np.searchsorted(keys, places), len(keys) - 1)
        return np.where(keys[at] == places, codes[at], "")

    def _division_codes(self, country: str) -> tuple[NDArray[np.int64], NDArray[np.str_]]:
        pairs = self._store.divisions_of(country)
        return np.array([key for key, _ in pairs], dtype=np.int64), np.array([code for _, code in pairs])

    def _names_beginning(self, prefix: str, country: str) -> tuple[list[str], list[int]]:
        """Return the keys in a country that begin so, loose ones where it has them, and their places."""
        look_up = self._store.similar_skeletons if country in SLAVIC else self._store.similar_names
        pool = look_up(prefix, country)
        return [name for name, _ in pool], [place for _, place in pool]

    def _division_keys(self, country: str, kind: str) -> tuple[list[str], list[int]]:
        """Return the loose keys of a country's divisions of a kind, without their type words, and their ids.

        Without a kind, whole names of all divisions.
        """
        narrowest = "ADM1" if kind == "adm1" else "ADM2"
        pairs = [pair for pair in self._store.division_names(country, narrowest) if pair[0] < OUR_SCRIPTS]
        names = [split_kind(name).stem if kind else name for name, _ in pairs]
        loose = all_skeletons(names) if country in SLAVIC else [fold(name) for name in names]
        return loose, [key for _, key in pairs]

    def beginning(self, loose: str, country: str) -> list[tuple[str, Place]]:
        """Return (loose key, place) of a country's places whose loose key begins so."""
        pool = self._store.similar_skeletons(loose, country)
        return [(key, place) for key, at in pool if (place := self._store.place(at)) is not None]

    def _similar_division(self, text: str, country: str) -> tuple[Match, ...]:
        """Return the division of a country whose name is most similar ("Khakirv oblast"), if it stands out."""
        kind = split_kind(text)
        wanted = skeleton(kind.stem) if country in SLAVIC else kind.stem
        if len(wanted) < SHORTEST_FUZZY:
            return ()
        best: dict[int, tuple[float, Place]] = {}
        pool, keys = self._divisions(country, kind.kind)
        for _, score, index in process.extract(
            wanted, pool, scorer=fuzz.ratio, limit=20, score_cutoff=LEAST_SIMILAR
        ):
            place = self._store.place(keys[index])
            if place is not None:
                best[place.key] = max(
                    best.get(place.key, (0.0, place)), (score, place), key=lambda item: item[0]
                )
        top = max((score for score, _ in best.values()), default=0.0)
        return tuple(
            Match(place, "similar", score / 100)
            for score, place in best.values()
            if score >= top - CLOSE_RIVAL
        )


def _fuzzy_key(text: str, country: str) -> tuple[str, str]:
    """Return the key that similar names are compared with, and its start, which theirs have too."""
    if country in SLAVIC:
        key = skeleton(split_kind(text).stem)
        return key, key[:1]
    key = fold(text)
    return key, key[:2]
