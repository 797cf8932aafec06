"""The words that say what kind of place a name is: "oblast", "район", "village of"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.normalize import fold

REGION_WORDS = [
    "oblast",
    "oblasts",
    "voblast",
    "region",
    "province",
    "krai",
    "kray",
    "governorate",
    "prefecture",
    "state",
    "republic",
    "respublika",
    "oblasti",
    "obl",
    "область",
    "обл",
    "области",
    "області",
    "край",
    "вобласць",
    "республика",
    "oblastʹ",
    "oblasc",
]
DISTRICT_WORDS = [
    "raion",
    "rayon",
    "rajon",
    "district",
    "districts",
    "county",
    "municipality",
    "hromada",
    "okrug",
    "urban",
    "район",
    "районе",
    "района",
    "раён",
    "громада",
    "округ",
    "р-н",
]
SETTLEMENT_WORDS = [
    "village",
    "villages",
    "town",
    "towns",
    "city",
    "cities",
    "settlement",
    "settlements",
    "hamlet",
    "hamlets",
    "urban-type",
    "село",
    "селище",
    "город",
    "город",
    "деревня",
    "поселок",
    "посёлок",
    "місто",
    "г",
    "м",
    "с",
    "пгт",
    "смт",
]

_REGION = frozenset(fold(word) for word in REGION_WORDS)
_DISTRICT = frozenset(fold(word) for word in DISTRICT_WORDS)
_SETTLEMENT = frozenset(fold(word) for word in SETTLEMENT_WORDS if len(word) > 1)
_LEADING = re.compile(
    r"^(?:the\s+)?(?:(?:small|large|frontline|front-line|border|occupied|eastern|western|southern|northern)\s+)?"
    r"(?:(?:urban[- ]type\s+)?(?:villages?|towns?|city|cities|settlements?|hamlets?|districts?|regions?|"
    r"republic|province|county|port|island)\s+of\s+)(?:the\s+)?",
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
    words = fold(name).split()
    if len(words) < 2:
        return Kind(" ".join(words), "")
    for position in (-1, 0):
        word = words[position]
        rest = words[:-1] if position == -1 else words[1:]
        if word in _REGION:
            return Kind(" ".join(rest), "adm1")
        if word in _DISTRICT:
            return Kind(" ".join(rest), "adm2")
        if word in _SETTLEMENT:
            return Kind(" ".join(rest), "settlement")
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
