"""What a name in a document may stand for, with all that can be said of each place without the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from math import cos, log2, log10, pi, radians, sin

import numpy as np
import numpy.typing as npt

from geo.admin_words import split_kind
from geo.documents.columns import ALONE, AT
from geo.facts import without_borrowers
from geo.mentions.lexicon import ABBREVIATED
from geo.model import CAPITAL, Place
from geo.normalize import fold
from geo.precision import precision_of
from geo.search import Match, Search
from geo.sphere import EARTH_KM

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
KINDS = {"settlement": 0, "feature": 1, "adm2": 2, "adm1": 3, "country": 4}
LEAST_POPULATION = 300
_FAR = cos(100.0 / EARTH_KM)
TOWN_REACH_KM = 30.0
"""A place holds others at least this far around."""
SHORTEST_SIMILAR, LONGEST_SIMILAR, LEAST_SIMILAR = 5, 40, 0.86
MOST_CANDIDATES = 60
"""The most populous are kept when a name has more homonyms."""
_NAME = {name.removeprefix("name_"): AT[name] for name in ALONE if name.startswith("name_")}
_OTHER, _CAPITAL_APART = AT["name_other"], AT["capital_apart"]
(
    _KNOWN, _MISSING_PART, _SAME_LETTERS, _SMALL_CODE, _CAPITALS, _LOG_POPULATION, _AREA_POPULATION, _NO_POPULATION,
    _BEHIND_LARGEST, _LARGEST, _LOG_NAMES, _NAMES_BEHIND, _LOG_HOMONYMS, _OTHER_CALLED_SO, _CAPITAL,
) = (
    AT[name]
    for name in (
        "known", "missing_part", "same_letters", "small_code", "capitals", "log_population", "area_population",
        "no_population", "behind_largest", "largest", "log_names", "names_behind", "log_homonyms",
        "other_called_so", "capital",
    )
)  # fmt: skip
_AFFIXES = frozenset(
    fold(
        "north south east west northern southern eastern western central upper lower greater inner outer downtown "
        "mid old new metro metropolitan rural the county co parish borough district city town village township "
        "province state region area international airport airfield base university college hospital station church "
        "cathedral museum park river lake bay valley island islands coast beach mountains mount republic of and al "
        "el ash as an ar de la le st saint"
    ).split()
)
_SPELLED_OUT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount", "co": "county", "is": "islands"}
_SIDES = frozenset(f"{wind} side" for wind in ("north", "south", "east", "west"))
_KIND_OF = re.compile(
    r"(?:[Tt]he )?(?:[Cc]ity|[Tt]own|[Vv]illage|[Tt]ownship|[Bb]orough|[Mm]unicipality) of (?=\S)"
)
_PEOPLE = (
    ("ian", ""), ("ian", "ia"), ("ian", "a"), ("nian", ""), ("n", ""), ("an", ""), ("er", ""), ("r", ""), ("ite", ""),
    ("i", ""),
)  # fmt: skip
"""How the people of a place are called: ending, and what the place has there instead."""
LEAST_OF_PEOPLE, SHORTEST_OF_PEOPLE = 100_000, 4
LOOSE = frozenset({"part", "similar"})
"""Names that hold a place's name or only resemble it: a stadium called after a country is not the country."""
_DOTTED = re.compile(r"[A-Z]\.[A-Z]\.?")
_DOTTED_COUNTRIES = ("US", "GB")
_POSSESSIVE = re.compile(r"(?:['’]s|['’])$")
_EDGE = " \t\r\n.,;:-–—\"'’“”«»*_#|/\\?!()[]"


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """The candidates of a name as columns: one row a place."""

    places: tuple[Place, ...]
    hows: tuple[str, ...]
    alone: Floats
    """Features that need no document: one row a place, as many columns as `columns.ALONE`."""
    unit: Floats
    """Unit vectors of the positions."""
    country: Ints
    admin1: Ints
    kind: Ints
    reach: Floats
    """Cosine of the angle as far as which a place holds others."""
    widest: int
    """The widest kind among the places, -1 without any."""
    widest_main: int
    """The same among those whose main name it is."""


class Names:
    """Looks names up and numbers countries and divisions; every answer is kept for the next time."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self._numbers: dict[tuple[str, ...], int] = {}
        self._counter = count(1)
        self.known = lru_cache(maxsize=20_000)(self._known)
        self.similar = lru_cache(maxsize=2_000)(self._similar)

    def number(self, *parts: str) -> int:
        """Return a number for a country or a (country, division) pair; 0 for none."""
        if not parts[-1]:
            return 0
        return self._numbers.setdefault(parts, next(self._counter))

    def _known(self, surface: str) -> Known:
        text = _POSSESSIVE.sub("", surface.strip(_EDGE)) or surface
        kind = split_kind(text).kind
        if fold(text).removeprefix("the ") in _SIDES:  # every town has them: the document's is meant
            return self.columns(surface, kind, (), 0.0)
        matches, missing = self._exact(surface, kind), 0.0
        if not matches and text != surface:
            matches = self._exact(text, kind)
        if not matches and text[:4] in ("the ", "The "):
            matches = self._exact(text[4:], kind)
        known = {match.place.key for match in matches}
        matches = [*matches, *(m for m in self._spelled_out(text, kind) if m.place.key not in known)]
        if text in ABBREVIATED:  # "Ky." is Kentucky, not the Cayman Islands, whose code is KY
            matches = [m for m in matches if precision_of(m.place.feature) == "adm1"] or matches
        if leading := _KIND_OF.match(text):  # "city of Austin": some small Austin may be called so in full
            known = {match.place.key for match in matches}
            matches = [
                *matches,
                *(m for m in self._exact(text[leading.end() :], "") if m.place.key not in known),
            ]
        matches = without_borrowers(matches)  # "White House" is no Casablanca
        if _DOTTED.fullmatch(text):  # ISO codes are written without points: "L.A." is not Laos
            matches = [
                m for m in matches if m.place.country in _DOTTED_COUNTRIES or m.place.feature != "PCLI"
            ]
        if not any(m.how in ("main", "demonym") for m in matches):
            known = {match.place.key for match in matches}
            matches = [*matches, *(m for m in self._inhabitants(text) if m.place.key not in known)]
        if not matches:
            matches, missing = self._part(text)
        return self.columns(surface, kind, matches, missing)

    def _similar(self, surface: str, country: str) -> Known:
        """Return the last resort: places of a country whose names differ by little from one that nobody knows."""
        text = surface.strip(_EDGE)
        long = SHORTEST_SIMILAR <= len(text) <= LONGEST_SIMILAR
        found = self._search.similar(text, country) if long else ()
        matches = [match for match in found if match.similarity >= LEAST_SIMILAR]
        return self.columns(surface, split_kind(surface).kind, matches, 0.0)

    def _exact(self, text: str, kind: str) -> Sequence[Match]:
        if not fold(text):
            return ()
        return self._search.named(text, kind, "") or self._search.exact(text, kind, "")

    def _spelled_out(self, text: str, kind: str) -> Sequence[Match]:
        words = fold(text).split()
        spelled = [_SPELLED_OUT.get(word, word) for word in words]
        return self._exact(" ".join(spelled), kind) if spelled != words else ()

    def _inhabitants(self, text: str) -> Sequence[Match]:
        """Return the well-known places whose people are called so: "Londoners", "New Yorker", "Parisian"."""
        word = text.removesuffix("s")
        stems = [word.removesuffix(end) + more for end, more in _PEOPLE if word.endswith(end)]
        for stem in stems if text[:1].isupper() else ():
            found = [m for m in self._search.named(stem, "", "") if m.place.population >= LEAST_OF_PEOPLE]
            if len(stem) >= SHORTEST_OF_PEOPLE and found:
                return [Match(m.place, "demonym") for m in found if m.how in ("main", "alternate")]
        return ()

    def _part(self, text: str) -> tuple[Sequence[Match], float]:
        """Return the places of the longest part of a name that is known, and the share of letters left out."""
        words = fold(text).split()
        if len(words) < 2 or len(words) > 12:
            return (), 0.0
        spans = [
            (i, j) for i in range(len(words)) for j in range(i + 1, len(words) + 1) if j - i < len(words)
        ]
        spans.sort(key=lambda span: (-len(" ".join(words[span[0] : span[1]])), span))
        for left, right in spans:
            part = words[left:right]
            name = " ".join(part)
            if len(name) < 4 or all(word in _AFFIXES for word in part):
                continue
            found = [m for m in self._search.named(name, "", "") if m.how != "code"]
            if found:
                return [Match(m.place, "part") for m in found], 1 - len(name) / len(" ".join(words))
        return (), 0.0

    def columns(self, surface: str, kind: str, matches: Sequence[Match], missing: float) -> Known:
        """Return matches as columns."""
        ordered = sorted(matches, key=lambda match: (-match.place.population, match.place.key))
        ordered = ordered[:MOST_CANDIDATES]
        places = tuple(match.place for match in ordered)
        sizes = [log10(max(place.population, LEAST_POPULATION)) for place in places]
        name_counts = [log2(1 + place.name_count) for place in places]
        whole = {m.place.key for m in self._exact(surface, "")} if kind else None
        if kind == "settlement" and not whole:
            whole = None  # "Izium town" is Izium; "Kansas City" is not short for Kansas
        largest, best_known = max(sizes, default=0.0), max(name_counts, default=0.0)
        key = fold(surface)
        foreign = surface[:1].isupper() and not key.isascii()
        main = {m.place.key for m in ordered if m.how == "main"}
        countries = {place.country for place in places if precision_of(place.feature) == "country"}
        shouted, homonyms = surface.isupper(), log2(max(1, len(places)))
        told = []
        for match, size, names in zip(ordered, sizes, name_counts, strict=True):
            place, how = match.place, match.how
            if whole is not None and place.key not in whole and how in ("main", "alternate"):
                how = "stem"
            if how == "alternate" and fold(place.name) == f"{key} city":
                how = "main"  # “New York” is New York City's name as much as the state's
            precision = precision_of(place.feature)
            row = [0.0] * len(ALONE)
            row[_KNOWN] = row[_NAME.get(how, _OTHER)] = 1.0
            row[_MISSING_PART] = missing if how == "part" else 5 * (1 - match.similarity)
            row[_SAME_LETTERS] = place.name == surface or (foreign and how == "main")
            row[_SMALL_CODE] = how == "code" and not shouted
            row[_CAPITALS] = shouted and len(surface) < 5 and how != "code"
            row[_LOG_POPULATION] = size
            row[_AREA_POPULATION] = 0.0 if precision in ("settlement", "feature") else size
            row[_NO_POPULATION] = place.population == 0
            row[_BEHIND_LARGEST] = largest - size
            row[_LARGEST] = size == largest
            row[_LOG_NAMES] = names
            row[_NAMES_BEHIND] = best_known - names
            row[_LOG_HOMONYMS] = homonyms
            row[_OTHER_CALLED_SO] = how == "alternate" and bool(main - {place.key})
            row[_CAPITAL] = place.feature == CAPITAL and place.country not in countries
            if place.feature == "CONT":
                row[AT["kind_continent"]] = 1.0
            elif precision != "settlement":
                row[AT[f"kind_{precision}"]] = 1.0
                row[AT["kind_unpeopled"]] = precision == "feature" and place.population == 0
            elif place.feature == "PPLX":
                row[AT["kind_section"]] = 1.0
            if kind:
                row[AT["type_agrees" if precision == kind else "type_differs"]] = 1.0
            told.append(row)
        alone = np.array(told, dtype=float).reshape(-1, len(ALONE))
        kinds = [kind_number(place) for place in places]
        unit = unit_vectors(places)
        country = np.array([self.number(place.country) for place in places], dtype=np.int64)
        seats = np.array([place.feature == CAPITAL for place in places])
        for at in (at for at, one in enumerate(kinds) if one == KINDS["adm1"]):
            alone[:, _CAPITAL_APART] += seats & (unit @ unit[at] < _FAR) & (country == country[at])
        return Known(
            places,
            tuple(match.how for match in ordered),
            alone,
            unit,
            country,
            np.array(
                [self.number(place.country, place.admin1) for place in places],
                dtype=np.int64,
            ),
            np.array(kinds, dtype=np.int64),
            np.array(
                [cos(min(max(place.radius_m / 1000, TOWN_REACH_KM) / EARTH_KM, pi)) for place in places]
            ),
            max(kinds, default=-1),
            max((k for k, match in zip(kinds, ordered, strict=True) if match.how == "main"), default=-1),
        )


def kind_number(place: Place) -> int:
    """Return the width of a place's kind, settlement 0 to country 4; a continent counts as a country."""
    return KINDS[precision_of(place.feature)]


def unit_vectors(places: Sequence[Place]) -> Floats:
    """Return positions on the unit sphere."""
    found = []
    for place in places:
        lat, lon = radians(place.lat), radians(place.lon)
        found.append((cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)))
    return np.array(found, dtype=float).reshape(-1, 3)
