"""Names as keys: what is written differently but meant alike gets the same key.

`fold` keeps the script (Cyrillic stays Cyrillic); `latin` writes any script in Latin letters;
`skeleton` goes further and makes the usual romanisations of one Slavic name meet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import anyascii as _anyascii
from rapidfuzz import fuzz

_APOSTROPHES = "'’‘`´ʼʻʹʺʽʾʿ′″“”\"«»„ˈ"
_NO_APOSTROPHES = {ord(char): None for char in _APOSTROPHES}
"""Taken out before decomposition, which would turn ´ into a space and an accent."""
_SOFT_AND_HARD_SIGNS = "ьъЬЪ"
_ABBREVIATION = re.compile(r"\b(\w)\.(?=\w\b)")


def _is_mark(code: int) -> bool:
    """Tell the accents that do not change a letter from vowel signs that do (Indic, Thai)."""
    return (
        0x0300 <= code <= 0x036F
        or 0x0483 <= code <= 0x0487
        or 0x0591 <= code <= 0x05C7
        or 0x064B <= code <= 0x0652
        or 0x1AB0 <= code <= 0x1AFF
        or 0x1DC0 <= code <= 0x1DFF
        or 0x20D0 <= code <= 0x20FF
        or 0xFE20 <= code <= 0xFE2F
    )


class _Letters(dict[int, str]):
    """What each character becomes in a key, worked out the first time it is met."""

    def __missing__(self, code: int) -> str:
        self[code] = replacement = self._of(chr(code))
        return replacement

    @staticmethod
    def _of(char: str) -> str:
        if char in _APOSTROPHES or char in _SOFT_AND_HARD_SIGNS or _is_mark(ord(char)):
            return ""
        if char == "&":
            return " and "
        category = unicodedata.category(char)
        if category[0] in "ZPSC":
            return "" if category in ("Cf", "Cs", "Cn", "Co") else " "
        if category == "Lm":
            return ""
        if ord(char) > 127 and unicodedata.name(char, "").startswith("LATIN"):
            return "".join(c for c in _anyascii.anyascii(char).casefold() if c.isalnum())
        return char


_LETTERS = _Letters()


def fold(text: str) -> str:
    """Return the key of a name in its own script: no case, accents, apostrophes, soft signs, hyphens.

    >>> fold("Soledar’"), fold("Ivano-Frankivs'k"), fold("Łódź"), fold("Донецьк")
    ('soledar', 'ivano frankivsk', 'lodz', 'донецк')
    """
    if text.isascii():
        folded = text.lower()
    else:
        text = unicodedata.normalize("NFKD", text.translate(_NO_APOSTROPHES))
        folded = unicodedata.normalize("NFKD", text.casefold())
    if "." in folded:
        folded = _ABBREVIATION.sub(r"\1", folded)
    folded = " ".join(folded.translate(_LETTERS).split())
    return folded if folded.isascii() else unicodedata.normalize("NFC", folded)


def latin(text: str) -> str:
    """Return the key of a name written in Latin letters, whatever its script.

    >>> latin("Білогорівка")
    'bilogorivka'
    """
    folded = fold(text)
    return folded if folded.isascii() else fold(_anyascii.anyascii(folded))


_HACEKS = {ord(char): text for char, text in zip("čšžČŠŽ", ("ch", "sh", "zh", "Ch", "Sh", "Zh"), strict=True)}
"""Scholarly letters that would lose their sound with their accent."""
_GERMAN_CH = re.compile(r"(?<![cst])ch")
_SKELETON = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"shch|schtsch|sch|szcz", "5"),
        (r"tsj|tsch|tch|cz|ch", "4"),
        (r"sh|sj|sz", "5"),
        (r"zh|zj", "z"),
        (r"kh|x", "h"),
        (r"ts|tz|c", "s"),
        (r"w", "v"),
        (r"g", "h"),
        (r"q|ck", "k"),
        (r"ph", "f"),
        (r"ou", "u"),
        (r"[yj]", "i"),
        (r"i+(?=[aeou])", ""),
        (r"i+", "i"),
        (r"([a-z0-9])\1+", r"\1"),
        (r"\s+", ""),
    )
]


def skeleton(text: str) -> str:
    """Return a looser key, under which the romanisations of one Slavic name meet.

    >>> skeleton("Mykolayiv") == skeleton("Mikolaiv") == skeleton("Mykolajiv")
    True
    """
    key = latin(text if text.isascii() else text.translate(_HACEKS))
    for pattern, replacement in _SKELETON:
        key = pattern.sub(replacement, key)
    return key


def skeletons(text: str) -> tuple[str, ...]:
    """Return the loose keys of a name: `ch` read as in English, then as in German and Polish, `oe` as in Dutch.

    >>> skeletons("Charkiw")[1] == skeleton("Харків"), skeletons("Loehansk")[1] == skeleton("Луганськ")
    (True, True)
    """
    key = latin(text if text.isascii() else text.translate(_HACEKS))
    readings = dict.fromkeys((key, _GERMAN_CH.sub("kh", key).replace("oe", "u")))
    return tuple(dict.fromkeys(skeleton(reading) for reading in readings))


_UKRAINIAN, _BELARUSIAN, _RUSSIAN = set("іїєґІЇЄҐ"), set("ўЎ"), set("ыэъёЫЭЪЁ")


def language_of(name: str) -> str | None:
    """Return `uk`, `be` or `ru` when a name's letters leave no other choice among them, else None."""
    letters = set(name)
    if letters & _BELARUSIAN:
        return "be"
    if letters & _UKRAINIAN:
        return None if letters & _RUSSIAN else "uk"
    return "ru" if letters & _RUSSIAN else None


def names_by_language(name: str, spellings: Iterable[str]) -> dict[str, str]:
    """Return a place's name in each language that the letters tell, leaving out what is a quite different name.

    >>> names_by_language("Bilohorivka", ["Білогорівка", "Белогоровка", "Belogorovka"])
    {'uk': 'Білогорівка'}
    """
    key = skeleton(name)
    best: dict[str | None, tuple[float, str]] = {}
    for spelling in spellings:
        if "\u0400" <= spelling[:1] <= "\u04ff":
            language = language_of(spelling)
            best[language] = max(
                best.get(language, (0.0, "")), (fuzz.ratio(skeleton(spelling), key), spelling)
            )
    untold = best.pop(None, (0.0, ""))[0]
    return {
        language: spelling
        for language, (score, spelling) in sorted(best.items())
        if language and score >= untold
    }
