"""Looser keys, under which the romanisations of one Arabic, Hebrew or Persian name meet.

Newspapers write Hodeidah, Khiam, Deir al-Balah where gazetteers have Al Ḩudaydah, Al Khiyām, Dayr al Balaḩ: the
article comes and goes, short vowels are written as they are heard, and one letter has several Latin ones.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from geo.normalize import latin

COUNTRIES = frozenset((
    "AE", "AF", "BH", "DJ", "DZ", "EG", "IL", "IQ", "IR", "JO", "KW", "LB", "LY", "MA", "MR", "OM", "PS", "QA",
    "SA", "SD", "SO", "SY", "TD", "TN", "YE",
))  # fmt: skip
"""Countries whose names reach reports so."""
MARK, SHORTEST = "+", 2
"""Before every key, which keeps them apart from those of other languages; letters that a key has at least."""
_ARTICLES = frozenset((
    "al", "el", "ul", "l", "ad", "ed", "adh", "edh", "an", "en", "ar", "er", "as", "es", "ash", "esh", "ech",
    "at", "et", "ath", "eth", "az", "ez", "aj", "ej",
))  # fmt: skip
_LETTERS = (
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("kh", "x"), ("sh", "5"), ("ch", "5"), ("dj", "j"), ("gh", "j"), ("g", "j"),
    ("dh", "d"), ("th", "t"), ("ph", "f"), ("q", "k"), ("c", "k"), ("v", "w"),
)  # fmt: skip
_DIPHTHONG = re.compile("[ae][iy]")
_GLIDE = re.compile("(?<![AY])[iy]+(?=[aeou])")
_ROUND = re.compile("[ou](?=[aeY])|[ae]w|[ae]u")
_FIRST = re.compile("^[aeiou]")
_LAST = re.compile("(?<=[aeiouY])h$")
_SHORT = re.compile("[aiuy]")
_DOUBLED = re.compile(r"(.)\1+")
_AS_HEARD = str.maketrans("eo", "iu")


@lru_cache(maxsize=4_096)
def sounded(name: str) -> str:
    """Return a name as it is heard, without articles.

    >>> sounded("Bint Jbeil"), sounded("Bint Jubayl")
    ('bintjbYl', 'bintjubYl')
    """
    return "".join(_heard(word) for word in latin(name).split() if word not in _ARTICLES)


def _heard(word: str) -> str:
    for written, letter in _LETTERS:
        word = word.replace(written, letter)
    word = _ROUND.sub("w", _GLIDE.sub("", _DIPHTHONG.sub("Y", _LAST.sub("", word))))
    return _DOUBLED.sub(r"\1", _FIRST.sub("A", word).translate(_AS_HEARD))


def loose(name: str) -> str:
    """Return the loose key of a name, its long sounds alone; empty when too little is left of it.

    >>> loose("Hodeidah") == loose("Al Ḩudaydah"), loose("Deir al-Balah") == loose("Dayr al Balaḩ")
    (True, True)
    >>> loose("Homs")
    '+hms'
    """
    key = _DOUBLED.sub(r"\1", _SHORT.sub("", sounded(name)))
    return MARK + key if len(key) >= SHORTEST else ""


def alike(one: str, other: str) -> float:
    """Return how alike two names sound, 0 to 1.

    >>> alike("Hodeidah", "Al Ḩudaydah"), round(alike("Basir", "Al Başrah"), 2)
    (1.0, 0.8)
    """
    return fuzz.ratio(sounded(one), sounded(other)) / 100
