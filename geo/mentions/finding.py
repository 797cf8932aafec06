"""Finds the spans of a text that name places."""

from __future__ import annotations

from functools import lru_cache

from geo.documents.model import Mention
from geo.mentions.lexicon import TITLES
from geo.mentions.tokens import Chunk, Word, chunks_of, words_of
from geo.normalize import fold
from geo.schema import CODE, DEMONYM, MAIN
from geo.store import Store

LONGEST = 6
SMALL, KNOWN_WELL = 15_000, 100_000


class Finder:
    """Finds place names in text against a gazetteer."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._people = lru_cache(maxsize=50_000)(self._population)

    def find(self, text: str) -> list[Mention]:
        """Return the spans that name places, in order, none over another."""
        words = words_of(text)
        return [span for chunk in chunks_of(text, words) for span in self._in_chunk(text, words, chunk)]

    def _in_chunk(self, text: str, words: list[Word], chunk: Chunk) -> list[Mention]:
        found, at = [], chunk.first
        while at < chunk.last:
            for end in range(min(chunk.last, at + LONGEST), at, -1):
                if self._is_place(text, words, at, end, chunk):
                    found.append(Mention(words[at].start, words[end - 1].end))
                    at = end - 1
                    break
            at += 1
        return found

    def _is_place(self, text: str, words: list[Word], first: int, last: int, chunk: Chunk) -> bool:
        if not (words[first].is_name_like and words[last - 1].is_name_like):
            return False
        surface = text[words[first].start : words[last - 1].end]
        people = self._people(fold(surface), surface.isupper())
        if people is None:
            return False
        single = last - first == 1
        begins = first == 0 or text[words[first - 1].end : words[first].start].strip(" ") != ""
        beside_others = chunk.last - chunk.first > last - first
        if single and (begins or beside_others) and people < KNOWN_WELL:
            return False
        titled = first > 0 and words[first - 1].text in TITLES
        return not (titled or (single and people < SMALL and len(surface) < 4))

    def _population(self, key: str, capitals: bool) -> int | None:
        """Return the most people of any place of a name, None when there is no such place."""
        hits = [
            hit
            for hit in self._store.hits(key, "")
            if hit.kind in (MAIN, MAIN + 1, DEMONYM) or (hit.kind == CODE and capitals)
        ]
        return max((hit.place.population for hit in hits), default=None)
