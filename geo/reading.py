"""Reads what stands around a name: the country, containing names, a region behind a town without a comma."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from geo import relations
from geo.admin_words import split_kind
from geo.borders import Borders
from geo.context import Container, Context, consistent, implied_countries, read_container
from geo.country import Countries
from geo.errors import PlaceTextError
from geo.facility import town_in_name
from geo.normalize import fold
from geo.phrase import LONGEST, Name, parse
from geo.precision import precision_of
from geo.search import Search
from geo.store import Store

_WORDS_ALONE = re.compile(r"[^\W\d_][^\s,;:()/|\d]*(?: [^\W\d_][^\s,;:()/|\d]*){1,5}")
LONGEST_CODE = 3
MOST_TAIL = 3
"""A region that stands behind a town without a comma has at most so many words ("New South Wales")."""


class Reader:
    """Reads with the names in a gazetteer; what is read often is kept."""

    def __init__(self, store: Store, search: Search, borders: Borders) -> None:
        self._store, self._search, self._borders = store, search, borders
        self._countries = Countries(store)
        self._container = lru_cache(maxsize=500)(self._read_container)
        self.names_in = lru_cache(maxsize=500)(self._names_in)

    def with_comma(self, place: str) -> str:
        """Return "Toledo OH", "Aleppo Syria" with a comma before the region or country, and all else as it is."""
        if " " not in place or len(place) > LONGEST or not _WORDS_ALONE.fullmatch(place):
            return place
        if self._store.has(fold(place)) or relations.leading(place) or relations.COMPASS.match(place):
            return place
        blanks = [at for at, char in enumerate(place) if char == " " and place[at + 1 : at + 2].isupper()]
        for at in blanks[-MOST_TAIL:]:
            if self._is_region(place[at:]):
                before = self.with_comma(place[:at])  # "Izium Kharkiv Oblast Ukraine" has two to come
                if "," in before or self._is_town(before):
                    return f"{before},{place[at + 1 :]}"
        return place

    def _is_town(self, text: str) -> bool:
        """Tell whether a text is the name of a town."""
        return any(
            precision_of(match.place.feature) == "settlement"
            and match.how in ("main", "alternate", "romanised")
            for match in self._search.named(text, "", "")
        )

    def _is_region(self, text: str) -> bool:
        """Tell whether a text is the name or, in capitals, the code of a region or country."""
        kind = split_kind(text).kind
        hows = ("main", "alternate", "stem") if kind == "adm1" else ("main", "alternate")
        return any(
            precision_of(match.place.feature) in ("adm1", "country")
            and (match.how in hows or (match.how == "code" and text.isupper()))
            for match in self._search.named(text.strip(), kind if kind == "adm1" else "", "")
        )

    def country(self, text: str | None, notes: list[str]) -> tuple[str, tuple[str, ...]]:
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

    def context(
        self,
        containers: Sequence[Name],
        outer: Sequence[Name],
        country: str,
        near: tuple[float, float] | None,
        notes: list[str],
    ) -> Context:
        """Return what containing names, narrow to wide, and a country's code say of a place."""
        if not containers and not outer:
            return Context(country, near=near)
        found: dict[str, Container] = {}
        left_aside = 0
        for name in (*containers, *outer):
            key = fold(name.text)
            if key in found:
                continue
            code = None if name.kind else self._countries.spelled(name.text)
            if code and (country == code or (not country and not self._is_also_a_division(name.text))):
                country = code
                continue
            if town_in_name(name.text) is not None and not self._store.has(key):
                notes.append(f"“{name.text[:60]}” was not found and is left aside")
                continue  # "Kremenchuk (Amstor mall)": a part of the town, and nothing that holds it
            container = self._container(name.text, name.kind, country)
            if container is None:
                left_aside += 1
                notes.append(f"“{name.text[:60]}” was not found and is left aside")
            else:
                found[key] = container
        kept, lost = consistent(list(found.values()))
        notes += [f"“{name[:60]}” does not lie in the wider place named and is left aside" for name in lost]
        implied = frozenset[str]() if country else implied_countries(kept)
        return Context(country, implied, tuple(kept), near, left_aside=left_aside)

    def _is_also_a_division(self, text: str) -> bool:
        """Tell whether the code of a country is that of a region elsewhere too: CA, IL, GA, MD."""
        if len(text) > LONGEST_CODE or not text.isupper():
            return False
        return any(
            match.how in ("code", "alternate") and precision_of(match.place.feature) == "adm1"
            for match in self._search.named(text, "", "")
        )

    def _read_container(self, text: str, kind: str, country: str) -> Container | None:
        return read_container(Name(text, 0, 0, kind), self._search, self._borders, country)

    def _names_in(self, text: str) -> tuple[Name, ...]:
        """Return the names in a containing text ("Luhansk Oblast, Ukraine"); none when it is not usable."""
        try:
            phrase = parse(text, self._store.has)
        except PlaceTextError:
            return ()
        return (*phrase.names, *phrase.containers)
