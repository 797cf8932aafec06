"""Writes Cyrillic names in Latin letters by the systems that reports use.

Ukrainian: the national system of 2010, BGN/PCGN of 1965, scholarly. Russian: BGN/PCGN, the passport system (ICAO),
scholarly. Belarusian: the national system. Each is a plain table; what depends on the place in the word (Ukrainian `я`
at its start, Russian `е` after a vowel) has a second table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_CYRILLIC = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"


def _table(latin: str, extra: str = "", letters: str = _CYRILLIC) -> dict[str, str]:
    pairs = dict(zip(letters, latin.split(), strict=True))
    pairs |= dict(pair.split("=") for pair in extra.split())
    return {letter: "" if text == "-" else text for letter, text in pairs.items()}


@dataclass(frozen=True, slots=True)
class System:
    """A romanisation: a table, and what differs at the start of a word and after certain letters."""

    letters: Mapping[str, str]
    initial: Mapping[str, str]
    after: str = ""
    """Letters after which the letters of `initial` are written as at the start of a word."""
    before: tuple[tuple[str, str], ...] = ()
    """Pairs of letters written as a whole."""

    def write(self, name: str) -> str:
        """Return a Cyrillic name in Latin letters, capitals kept; other characters stay as they are."""
        for pair, latin in self.before:
            name = name.replace(pair, latin).replace(pair.capitalize(), latin.capitalize())
        written, last = [], " "
        for char in name:
            low = char.lower()
            starts = (not last.isalpha() and last not in "'’ʼ") or last in self.after
            plain = self.letters.get(low, low)
            latin = self.initial.get(low, plain) if starts else plain
            written.append(latin.capitalize() if char != low else latin)
            last = low
        return "".join(written)


_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_BELARUSIAN = "абвгдеёжзійклмнопрстуўфхцчшыьэюя"
_VOWELS = "аеёиоуыэюяіїє"

UKRAINIAN_NATIONAL = System(
    _table("a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch - iu ia", "'=- ’=- ʼ=-"),
    {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"},
    before=(("зг", "zgh"),),
)
UKRAINIAN_BGN = System(
    _table("a b v h g d e ye zh z y i yi y k l m n o p r s t u f kh ts ch sh shch ’ yu ya", "'=” ’=” ʼ=”"), {}
)
UKRAINIAN_SCHOLARLY = System(
    _table("a b v h g d e je ž z y i ji j k l m n o p r s t u f x c č š šč ′ ju ja", "'=- ’=- ʼ=-"), {}
)
RUSSIAN_BGN = System(
    _table("a b v g d e ë zh z i y k l m n o p r s t u f kh ts ch sh shch ” y ’ e yu ya", letters=_RUSSIAN),
    {"е": "ye", "ё": "yë"},
    after=_VOWELS + "йъь",
)
RUSSIAN_PASSPORT = System(
    _table("a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y - e iu ia", letters=_RUSSIAN),
    {},
)
RUSSIAN_SCHOLARLY = System(
    _table("a b v g d e ë ž z i j k l m n o p r s t u f x c č š šč ″ y ′ è ju ja", letters=_RUSSIAN), {}
)
BELARUSIAN_NATIONAL = System(
    _table("a b v h d ie io ž z i j k l m n o p r s t u ŭ f ch c č š y - e iu ia", letters=_BELARUSIAN),
    {"е": "je", "ё": "jo", "ю": "ju", "я": "ja"},
    after="аеёіоуўыэюяь'’",
)

SYSTEMS = {
    "uk": (UKRAINIAN_NATIONAL, UKRAINIAN_BGN, UKRAINIAN_SCHOLARLY),
    "ru": (RUSSIAN_BGN, RUSSIAN_PASSPORT, RUSSIAN_SCHOLARLY),
    "be": (BELARUSIAN_NATIONAL,),
}


def romanisations(name: str, language: str) -> list[str]:
    """Return a Cyrillic name by each system of its language (`uk`, `ru`, `be`), the official one first.

    >>> romanisations("Тарасівка", "uk"), romanisations("Тарасовка", "ru")[0]
    (['Tarasivka'], 'Tarasovka')
    >>> romanisations("Згурівка", "uk")[0], romanisations("Юр'ївка", "uk")[0]
    ('Zghurivka', 'Yurivka')
    """
    return list(dict.fromkeys(system.write(name) for system in SYSTEMS[language]))


_TO_RUSSIAN = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=[аеиіоуюяї])ївка\b", "евка"),
        (r"(?:['’ʼ]|(?<=[нл]))ївка\b", "ьевка"),
        (r"(?<=[жчшщц])ів(?=ка\b|\b|ці\b)", "ев"),
        (r"ів(?=ка\b|\b|ці\b|ськ)", "ов"),
        (r"їв\b", "ев"),
        (r"(?<=в)ці\b", "цы"),
        (r"([сц])ьк", r"\1к"),
        (r"зьк", "зск"),
        (r"(?<=[скц]к)е\b", "ое"),
        (r"(?<=ц)ке\b", "кое"),
        (r"(?<=[ео]в)е\b", "о"),
        (r"(?<=[нтшхл])е\b", "ое"),
        (r"(?<=[сц]ка)\b", "я"),
        (r"(?<=[кгх])ий\b", "ий"),
        (r"(?<=[^кгх])ий\b", "ый"),
        (r"\bвелик(?=[аеио])", "больш"),
        (r"\bпівденн", "южн"),
        (r"\bпівнічн", "северн"),
        (r"\bчервон", "красн"),
        (r"['’ʼ]", "ь"),
        (r"[їі]", "и"),
        (r"є", "е"),
        (r"ґ", "г"),
    )
]


def russian_form(name: str) -> str:
    """Return what a Ukrainian place name usually becomes in Russian; a guess, for finding only.

    >>> russian_form("Тарасівка"), russian_form("Новотроїцьке"), russian_form("Чорнобаївка")
    ('Тарасовка', 'Новотроицкое', 'Чорнобаевка')
    """
    low = name.lower()
    for pattern, replacement in _TO_RUSSIAN:
        low = pattern.sub(replacement, low)
    return re.sub(r"(?<!\w)\w", lambda found: found.group().upper(), low)
