"""The words that say what kind of place a name is: "oblast", "район", "village of"."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

from geo.normalize import fold

_WORDS = {
    kind: frozenset(fold(words).split())
    for kind, words in tomllib.loads((files("geo") / "admin_words.toml").read_text(encoding="utf-8")).items()
}
REGION_WORDS = _WORDS["adm1"]
_COUNTRIES = frozenset({"republic", "respublika", "республика", "республіка"})
_OF = frozenset({"of", "de", "du", "del", "da", "do"})
_LOCAL_GOVERNMENT_AREA = ["local", "government", "area"]
_URBAN = "urban type settlement"
_LEADING = re.compile(
    r"^(?:the\s+)?(?:(?:small|large|frontline|front-line|border|occupied|eastern|western|southern|northern)\s+)?"
    r"(?:(?:urban[- ]type\s+)?(?:villages?|towns?|city|cities|settlements?|hamlets?|districts?|regions?|"
    r"republic|province|county|port|island)\s+of\s+)(?:the\s+)?"
    r"|^(?-i:s|m|v|smt|vil)\.\s*(?=\w{3})"
    r"|^(?:с|м|г|п|д|х|ст|пос|сел|дер|смт|пгт|хут|ст-ца)\.\s*(?=\w{3})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A name without its type word, and what the word says it is."""

    stem: str
    kind: str
    """`adm1`, `adm2`, `settlement` or empty when nothing is said."""


def split_kind(name: str) -> Kind:
    """Take the type word off a name, as a key.

    >>> split_kind("Donets'ka oblast")
    Kind(stem='donetska', kind='adm1')
    >>> split_kind("Oblast Donetsk").stem, split_kind("Luhansk").kind
    ('donetsk', '')
    """
    words = fold(name).replace(_URBAN, "settlement").split()
    if words[-3:] == _LOCAL_GOVERNMENT_AREA:
        return Kind(" ".join(words[:-3]), "adm2")
    if len(words) < 2:
        return Kind(" ".join(words), "")
    for position in (-1, 0):
        word = words[position]
        rest = words[:-1] if position == -1 else words[1:]
        for kind, listed in _WORDS.items():
            if word in listed:
                # "State of Victoria", but the Republic of Congo is another than Congo
                of = position == 0 and rest[0] in _OF and word not in _COUNTRIES
                return Kind(" ".join(rest[1:] if of else rest), kind)
    return Kind(" ".join(words), "")


def leading_kind(name: str) -> tuple[int, str]:
    """Return how many characters "the village of " and its like take at the start, and the kind they say."""
    found = _LEADING.match(name)
    if not found:
        return 0, ""
    word = found.group().casefold()
    if "region" in word or "province" in word or "republic" in word:
        return found.end(), "adm1"
    if "district" in word or "county" in word:
        return found.end(), "adm2"
    return found.end(), "settlement" if "island" not in word else ""
