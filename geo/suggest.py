"""Names that begin with what has been typed so far, most populous place first: for a search box."""

from __future__ import annotations

from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from geo.model import Place
from geo.normalize import fold
from geo.schema import ALTERNATE, MAIN, STEM
from geo.store import Store

FEW_NAMES = 3_000
"""Up to so many names every place is looked at; above, only the large ones, whose list is kept in memory."""
LARGE, SHORT = 15_000, 3
LONGEST_PREFIX = 100


class Suggest:
    """Completes names against a gazetteer."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.places = lru_cache(maxsize=2_000)(self._places)

    @cached_property
    def _large(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the keys of the large places, ascending, and their populations."""
        pairs = np.array(self._store.large_places(LARGE), dtype=np.int64).reshape(-1, 2)
        return pairs[:, 0], pairs[:, 1]

    def _places(self, prefix: str, limit: int) -> tuple[tuple[str, Place], ...]:
        """Return (name as a key, place) for each place with a name that begins with a prefix."""
        key = fold(prefix[:LONGEST_PREFIX])
        if not key:
            return ()
        found = self._store.begins(key, STEM, FEW_NAMES)
        if found is not None:
            best = found[:limit]
        else:
            # a few Latin letters begin tens of thousands of names: then only what a place is called first counts
            kind = MAIN if len(key) <= SHORT and key.isascii() else ALTERNATE
            best = self._among_large(self._store.keys_beginning(key, kind), key, limit)
        places = ((name, self._store.place(place)) for name, place in best)
        return tuple((name, place) for name, place in places if place is not None)

    def _among_large(self, ids: list[int], key: str, limit: int) -> list[tuple[str, int]]:
        keys, populations = self._large
        wanted = np.unique(np.array(ids, dtype=np.int64))
        at = np.searchsorted(keys, wanted)
        at = at[at < len(keys)]
        at = at[np.isin(keys[at], wanted)]
        chosen = keys[at[np.argsort(-populations[at], kind="stable")[:limit]]]
        return [(key, int(place)) for place in chosen]
