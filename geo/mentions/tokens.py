"""Cuts a text into words and chunks of words that may be names; offsets are those of the text as given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from geo.mentions.lexicon import ABBREVIATIONS, CONNECTORS, SMALL_HEADS

ARTICLES = "al el ul a[dlnrstz] e[dlnrstz] ash esh".replace(" ", "|")
"""Arabic articles as they are written before a hyphen: “al-Hilweh”, “ez-Zor”."""
_WORD = re.compile(
    rf"[a-z]+(?![^\W_]|['’ʼ.-])|[^\W\d_]\.(?:[^\W\d_]{{1,2}}\.)+|(?:\b(?:{ARTICLES})-(?=[^\W\d_a-z]))?[^\W_]+(?:['’ʼ](?!s\b)[^\W_]+)*"
)
_ELIDED = re.compile(rf"(?:[^\W\d_]{{1,2}}['’]|(?:{ARTICLES})-)([^\W\d_])")
_JOINING = (" ", "-", "\u00a0", "‑", "–")
_POSSESSIVE = ("'", "’")
_new = tuple.__new__
"""Makes a word without the step through `Word.__new__`: texts have a hundred words for every name."""
MOST_CONNECTORS, LONGEST_CHUNK = 2, 30
"""A line all in capitals is cut into chunks of this many words, so that the work stays in proportion to the text."""


class Word(NamedTuple):
    """A word of the text: `text[start:end]`."""

    text: str
    start: int
    end: int


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
    return [_new(Word, (found[0], *found.span())) for found in _WORD.finditer(text)]


@lru_cache(maxsize=20_000)
def is_name_like(word: str) -> bool:
    """Tell whether a word begins as names do: with a capital, or with a letter of a script without capitals.

    >>> [is_name_like(word) for word in ("Kyiv", "d’Ivoire", "東京", "port", "7th")]
    [True, True, True, False, False]
    """
    first = word[0]
    if first.islower():
        elided = _ELIDED.match(word)
        return elided is not None and elided[1].isupper()
    return first.isalpha()


def _name_likes(words: list[Word]) -> list[int]:
    """Return which words are like names; of those in small letters, which most are, it is told at once."""
    return [
        at
        for at, (word, _, _) in enumerate(words)
        if not ("a" <= word[0] <= "z" and word.isalpha()) and is_name_like(word)
    ]


def may_end(word: str) -> bool:
    """Tell whether a word may end a name: like a name, or a head that is written small ("Донецька область")."""
    return is_name_like(word) or word in SMALL_HEADS


def chunks_of(text: str, words: list[Word]) -> list[Chunk]:
    """Return the runs of name-like words, small words such as “de” and “of the” between them included.

    >>> text = "A fire in Rio de Janeiro and St. John’s Park, Canada"
    >>> words = words_of(text)
    >>> [" ".join(word.text for word in words[chunk.first : chunk.last]) for chunk in chunks_of(text, words)]
    ['A', 'Rio de Janeiro and St John s Park', 'Canada']
    >>> text = "camps in Ain al-Hilweh, Aulnay-sous-Bois"
    >>> words = words_of(text)
    >>> [" ".join(word.text for word in words[chunk.first : chunk.last]) for chunk in chunks_of(text, words)]
    ['Ain al-Hilweh', 'Aulnay sous Bois']
    """
    chunks = []
    at, size = 0, len(words)
    for first in _name_likes(words):
        if first < at:
            continue
        last = first + 1
        while last < min(size, first + LONGEST_CHUNK):
            following = last
            while (
                following < min(size - 1, last + MOST_CONNECTORS)
                and is_connector(text, words, following)
                and joined(text, words[following - 1], words[following])
            ):
                following += 1
            if not may_end(words[following].text) or not joined(text, words[following - 1], words[following]):
                break
            last = following + 1
        chunks.append(Chunk(first, last))
        at = last
    return chunks


def is_connector(text: str, words: list[Word], at: int) -> bool:
    """Tell whether a word may stand inside a name: a listed one, or one with a hyphen before and behind."""
    word = words[at]
    if word.text in CONNECTORS or word.text == "s":
        return True
    return text[word.start - 1 : word.start] == text[word.end : word.end + 1] == "-"


def joined(text: str, left: Word, right: Word) -> bool:
    """Tell whether what stands between two words that follow each other lets them be one name."""
    between = text[left.end : right.start]
    return (
        between in _JOINING
        or (right.text == "s" and between in _POSSESSIVE)
        or (between == ". " and left.text in ABBREVIATIONS)
    )
