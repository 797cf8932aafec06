"""What the gazetteer and the word lists say of a name, whatever stands around it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from math import log2, log10
from sys import intern

from geo.mentions.lexicon import ABBREVIATED, LEFT, ORDINARY, RIGHT, usage
from geo.mentions.slavic import is_cyrillic, nominatives, usage_of
from geo.normalize import fold, latin, skeleton
from geo.precision import precision_of
from geo.schema import ALTERNATE, CODE, DEMONYM, MAIN, ROMANISED
from geo.store import Hit, Store
from geo.writer import SLAVIC

METROPOLIS, CITY = 400_000, 50_000
HEADS = (
    "county_words",
    "town_words",
    "water_and_land",
    "street_words",
    "facility_words",
    "organisation_words",
    "media_words",
    "team_words",
)
MOST_COUNTRIES = 3
Features = tuple[str, ...]
LONGEST, SHORTEST_LOOSE = 80, 4
MOST_MET = 30_000


@dataclass(slots=True)
class Reading:
    """What a name says by itself."""

    name: str
    """The name as gazetteers have it: in the nominative."""
    key: str
    """The same folded."""
    group: str
    """`wide`, `city`, `town`, `word` (an ordinary word), `person`, `code`, `demonym`, `headed` or `unknown`."""
    features: tuple[str, ...]
    countries: tuple[str, ...] = ()
    """The countries of its most populous readings."""
    known: bool = field(init=False)
    """Whether the gazetteer has it as a name."""
    given: bool = field(init=False)
    """Whether it is also a given name."""
    ordinary: bool = field(init=False)
    """Whether it is an ordinary word and no name."""
    adjective: bool = field(init=False)
    """Whether it is the adjective of a country or its people, besides a place perhaps (Canadian, Texas)."""

    def __post_init__(self) -> None:
        self.known = self.group not in ("unknown", "headed", "demonym")
        self.given = "first1" in self.features or "first2" in self.features
        self.ordinary = "no_name|common" in self.features
        self.adjective = self.group == "demonym" or "also_demonym" in self.features


class Readings:
    """Reads names; every answer is kept for the next time."""

    def __init__(self, store: Store) -> None:
        self._hits = store.hits
        self._loose = store.loose_hits
        self._look_ahead = store.look_ahead
        self._met: set[str] = set()
        self.of = lru_cache(maxsize=MOST_MET)(self._of)

    def look_ahead(self, surfaces: Iterable[str]) -> None:
        """Look the names of a text up at once that were not met before: quicker than one after the other.

        What is left of a name without its first or its last word is asked for too, when the name is not known.
        """
        new = {one for one in surfaces if one not in self._met and not is_cyrillic(one)}
        if len(self._met) + len(new) > MOST_MET:
            self._met.clear()
        self._met |= new
        keys = {fold(one) for one in new}
        keys |= {
            rest for key in keys if " " in key for rest in (key.partition(" ")[2], key.rpartition(" ")[0])
        }
        self._look_ahead(key for key in keys if 0 < len(key) <= LONGEST)

    def _of(self, surface: str) -> Reading:
        """Return what a name says, as it stands in the text."""
        if is_cyrillic(surface):
            return self._read(self._nominative(surface), surface)
        return self._read(surface, surface)

    def _nominative(self, surface: str) -> str:
        """Return the nominative that is the most populous place's name, the name as it is when there is none."""
        best, most = surface, -1
        for look_up in (self._hits_of, self._loose_hits_of):
            for name in nominatives(surface):
                for hit in look_up(fold(name)):
                    if hit.kind < CODE and hit.place.population > most:
                        best, most = name, hit.place.population
            if most >= 0:
                break
        return best

    def _hits_of(self, key: str) -> tuple[Hit, ...]:
        """Return the places of a name; of its Latin form where its own letters are not known."""
        if len(key) > LONGEST:
            return ()
        return self._hits(key, "") or (() if key.isascii() else self._hits(latin(key), ""))

    def _loose_hits_of(self, key: str) -> tuple[Hit, ...]:
        """Return the places whose names are the same but for how a Slavic language spells them (Харьков, Харків)."""
        loose = "" if key.isascii() else skeleton(key)
        return (
            tuple(Hit(place, ALTERNATE) for place in self._loose(loose))
            if len(loose) > SHORTEST_LOOSE
            else ()
        )

    def _read(self, name: str, surface: str) -> Reading:
        key = fold(name)
        words = key.split()
        if not words:
            return Reading(name, key, "unknown", ())
        capitals = surface.isupper()
        abbreviated = len(words) == 1 and surface.endswith(".") and surface[:-1] in ABBREVIATED
        hits = self._hits_of(key) or self._loose_hits_of(key)
        named = [hit for hit in hits if hit.kind < CODE]
        codes = [hit for hit in hits if hit.kind == CODE and (capitals or abbreviated)]
        if not named and not codes:
            demonym = any(hit.kind == DEMONYM for hit in hits)
            if demonym and not _plural(key):
                return Reading(name, key, "demonym", ("demonym",), _countries(hits))
            return self._unknown(name, key, words, capitals, demonym)
        features = [*_shape(words, surface, capitals)]
        if abbreviated:
            return Reading(name, key, "code", _kept([*features, "abbreviated"]), _countries([*named, *codes]))
        if codes and (capitals or not named):
            features.append("code:" + codes[0].place.feature[:4])
            if not named or max(h.place.population for h in named) < max(h.place.population for h in codes):
                return Reading(name, key, "code", _kept((*features, "code_only")), _countries(codes))
        common, first, last = word_usage(words[0]) if len(words) == 1 else ORDINARY
        best = max(named, key=lambda hit: (_how(hit) <= ALTERNATE, hit.place.population, -hit.kind))
        main = max((hit.place.population for hit in named if _how(hit) == MAIN), default=-1)
        kind, size = precision_of(best.place.feature), _size(best.place.population)
        features += [
            f"how:{_how(best)}",
            f"kind:{kind}",
            f"size:{size}",
            f"main:{_size(main) if main >= 0 else 'none'}",
            f"names:{min(7, int(log2(1 + best.place.name_count)))}",
            f"homonyms:{min(5, int(log2(len(named))))}",
        ]
        if any(hit.kind == DEMONYM for hit in hits) and not _plural(key):
            features.append("also_demonym")
        people = best.place.population
        wide = kind in ("country", "adm1") and _how(best) <= ALTERNATE
        for mark, on in (("common", common), (f"first{first}", first), (f"surname{last}", last)):
            if on:
                features += [mark, f"{mark}|size:{size}", f"{mark}|wide" if wide else f"{mark}|narrow"]
        if len(words) > 1 and all(word_usage(word)[0] for word in words):
            features += ["all_common", f"all_common|size:{size}"]
        if wide:
            group = "wide"
        elif common:
            group = "word"
        elif (first or last) and (people < METROPOLIS or max(first, last) > 1):
            group = "person"
        else:
            group = "city" if people >= CITY else "town"
        if key.isdecimal():
            group = "word"
        return Reading(name, key, group, _kept(features), _countries(named))

    def _unknown(self, name: str, key: str, words: list[str], capitals: bool, demonym: bool) -> Reading:
        shape = _shape(words, key, capitals)
        if len(words) == 1:
            word = words[0]
            listed = word.isdecimal() or word in RIGHT or word in LEFT
            return Reading(name, key, "unknown", _unknown_word(shape, demonym, word_usage(word), listed))
        heads = _HEADS_BEHIND.get(words[-1], ())
        front, back = (self._is_name(" ".join(rest)) for rest in (words[:-1], words[1:]))
        begins_first, ends_common = word_usage(words[0])[1] > 0, word_usage(words[-1])[0]
        features = _unknown_words(shape, demonym, heads, front, back, begins_first, ends_common)
        return Reading(name, key, "headed" if heads else "unknown", features)

    def _is_name(self, key: str) -> bool:
        return any(hit.kind < CODE for hit in self._hits_of(key))


_HEADS_BEHIND = {
    word: heads
    for word, classes in RIGHT.items()
    if (heads := tuple(name for name in classes if name in HEADS))
}
"""Word in small letters -> what it says at the end of a name."""
_BEGINS = {word: tuple(name for name in classes if name != "month") for word, classes in LEFT.items()}


def _shape(words: list[str], surface: str, capitals: bool) -> Features:
    """Return what a name looks like."""
    several = len(words) > 1
    return _shaped(
        min(4, len(words)),
        capitals and len(surface) > 4,
        len(surface) <= 3,
        _HEADS_BEHIND.get(words[-1], ()) if several else (),
        _BEGINS.get(words[0], ()) if several else (),
        "-" in surface,
    )


@lru_cache(maxsize=2_000)
def _shaped(
    count: int, capitals: bool, short: bool, ends: Features, begins: Features, hyphen: bool
) -> Features:
    features = [f"words:{count}"]
    features += ["capitals"] * capitals + ["short"] * short
    features += [f"ends:{name}" for name in ends] + [f"begins:{name}" for name in begins]
    return _kept([*features, "hyphen"] if hyphen else features)


@lru_cache(maxsize=2_000)
def _unknown_word(shape: Features, demonym: bool, usage: tuple[bool, int, int], listed: bool) -> Features:
    features = ["no_name", *(f"no_name|{name}" for name in shape), *["people"] * demonym]
    features += [
        f"no_name|{mark}" for mark, on in zip(("common", "first", "surname"), usage, strict=True) if on
    ]
    return _kept([*features, "no_name|listed"] if listed else features)


@lru_cache(maxsize=2_000)
def _unknown_words(
    shape: Features,
    demonym: bool,
    heads: Features,
    front: bool,
    back: bool,
    begins_first: bool,
    ends_common: bool,
) -> Features:
    features = ["no_name", *(f"no_name|{name}" for name in shape), *["people"] * demonym]
    features += [f"no_name|front_known:{front}", *(f"no_name|front_known:{front}|{name}" for name in heads)]
    features += [f"no_name|back_known:{back}", *["no_name|begins_first"] * begins_first]
    return _kept([*features, f"no_name|ends_common:{ends_common}"])


def word_usage(word: str) -> tuple[bool, int, int]:
    """Return whether a word is also an ordinary word, how usual as a given name, as a surname."""
    return usage_of(word) if is_cyrillic(word) else usage().get(word, ORDINARY)


def _how(hit: Hit) -> int:
    """Return how a name stands for a place; where they write Cyrillic, any romanisation is as good as the main name."""
    return MAIN if hit.kind <= ROMANISED and hit.place.country in SLAVIC else hit.kind


def _kept(features: Iterable[str]) -> tuple[str, ...]:
    """Return features as a tuple in which every name is kept in memory once."""
    return tuple(map(intern, features))


def _plural(key: str) -> bool:
    return key.endswith("s") and not key.endswith(("ss", "us"))


def _size(population: int) -> int:
    return round(2 * log10(population)) if population > 300 else 0


def _countries(hits: list[Hit] | tuple[Hit, ...]) -> tuple[str, ...]:
    ordered = sorted(hits, key=lambda hit: -hit.place.population)
    return tuple(dict.fromkeys(hit.place.country for hit in ordered[:MOST_COUNTRIES] if hit.place.country))
