"""Countries as people write them: code, name in any language, or a misspelling."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from geo.normalize import fold
from geo.schema import CODE
from geo.store import Store

CLOSE_ENOUGH = 82.0
"""Similarity, out of 100, from which a misspelt country is understood."""
LONGEST_COUNTRY = 60


@dataclass(frozen=True, slots=True)
class CountryReading:
    """What a country text was understood as."""

    text: str
    code: str
    spelled: bool
    """Whether the text is a known code or name as it stands."""


class Countries:
    """Understands country texts with the names in a gazetteer."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._names: list[str] = []
        self._codes: list[str] = []
        self.read = lru_cache(maxsize=2_000)(self._read)

    def spelled(self, text: str) -> str | None:
        """Return the code of a country text that is a known code or name as it stands."""
        key = fold(text[: LONGEST_COUNTRY * 2])
        for hit in self._store.hits(key, "") if 0 < len(key) <= LONGEST_COUNTRY else ():
            if hit.place.feature.startswith("PCL") and (hit.kind != CODE or len(key) in (2, 3)):
                return hit.place.country
        return None

    def _read(self, text: str) -> CountryReading | None:
        """Return the reading of a country text, None when it is no country."""
        code = self.spelled(text)
        if code is not None:
            return CountryReading(text, code, True)
        key = fold(text[: LONGEST_COUNTRY * 2])
        if not 4 <= len(key) <= LONGEST_COUNTRY:
            return None
        if not self._names:
            pairs = sorted(
                {(fold(name), code) for name, code in self._store.country_names() if name.isascii()}
            )
            self._names, self._codes = [name for name, _ in pairs], [code for _, code in pairs]
        found = process.extract(key, self._names, scorer=fuzz.ratio, limit=5, score_cutoff=CLOSE_ENOUGH)
        close = {self._codes[index] for _, score, index in found if score >= found[0][1]}
        return CountryReading(text, close.pop(), False) if len(close) == 1 else None
