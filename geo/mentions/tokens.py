"""Cuts a text into words and chunks of words that may be names; offsets are those of the text as given."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.mentions.lexicon import ABBREVIATIONS, CONNECTORS

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’ʼ](?!s\b)[^\W_]+)*")
MOST_CONNECTORS = 2


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text: `text[start:end]`."""

    text: str
    start: int
    end: int

    @property
    def is_name_like(self) -> bool:
        """Tell whether it begins as names do: with a capital, or with a letter of a script without capitals."""
        first = self.text[0]
        return first.isupper() or (first.isalpha() and not first.islower())


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words from `first` up to, not including, `last` that stand together and may hold names."""

    first: int
    last: int


def words_of(text: str) -> list[Word]:
    """Return the words of a text.

    >>> [word.text for word in words_of("U.S.-led raid near Montreal’s port, St. Mark’s")]
    ['U.S.', 'led', 'raid', 'near', 'Montreal', 's', 'port', 'St', 'Mark', 's']
    """
    return [Word(found.group(), found.start(), found.end()) for found in _WORD.finditer(text)]


def chunks_of(text: str, words: list[Word]) -> list[Chunk]:
    """Return the runs of name-like words, small words such as “de” and “of the” between them included.

    >>> text = "Fire in Rio de Janeiro and St. John’s, Canada"
    >>> words = words_of(text)
    >>> [[word.text for word in words[chunk.first : chunk.last]] for chunk in chunks_of(text, words)]
    [['Fire'], ['Rio', 'de', 'Janeiro', 'and', 'St', 'John'], ['Canada']]
    """
    chunks = []
    at = 0
    while at < len(words):
        if not words[at].is_name_like:
            at += 1
            continue
        first, last = at, at + 1
        while last < len(words):
            following = last
            while (
                following < min(len(words), last + MOST_CONNECTORS)
                and words[following].text in CONNECTORS
                and _joined(text, words[following - 1], words[following])
            ):
                following += 1
            if (
                following == len(words)
                or not words[following].is_name_like
                or not _joined(text, words[following - 1], words[following])
            ):
                break
            last = following + 1
        chunks.append(Chunk(first, last))
        at = last
    return chunks


def _joined(text: str, left: Word, right: Word) -> bool:
    between = text[left.end : right.start]
    return between in (" ", "-", "\u00a0", "‑") or (between == ". " and left.text in ABBREVIATIONS)
