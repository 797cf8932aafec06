"""Names as keys: what is written differently but meant alike gets the same key.

`fold` keeps the script (Cyrillic stays Cyrillic); `latin` writes any script in Latin letters;
`skeleton` goes further and makes the usual romanisations of one Slavic name meet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

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
    return _kept_fold(text) if len(text) <= LONGEST_KEPT else _fold(text)


def _fold(text: str) -> str:
    if text.isascii():
        folded = text.lower()
    else:
        text = unicodedata.normalize("NFKD", text.translate(_NO_APOSTROPHES))
        folded = unicodedata.normalize("NFKD", text.casefold())
    if "." in folded:
        folded = _ABBREVIATION.sub(r"\1", folded)
    folded = " ".join(folded.translate(_LETTERS).split())
    return folded if folded.isascii() else unicodedata.normalize("NFC", folded)


LONGEST_KEPT = 80
_kept_fold = lru_cache(maxsize=8_192)(_fold)
"""A phrase is taken apart with many looks at the same few names."""


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
_HISSES = re.compile(r"shch|schtsch|sch|szcz")
_CHS = re.compile(r"tsj|tsch|tch|cz|ch")
_ZHS = re.compile(r"zh|zj")
_SINGLE = str.maketrans("wgq", "vhk")
_SOFT = str.maketrans("yj", "ii")
_I_BEFORE_VOWEL = re.compile(r"i+(?=[aeou])")
_DOUBLED = re.compile(r"([a-z0-9])\1+")


def skeleton(text: str) -> str:
    """Return a looser key, under which the romanisations of one Slavic name meet.

    >>> skeleton("Mykolayiv") == skeleton("Mikolaiv") == skeleton("Mykolajiv")
    True
    """
    return _kept_skeleton(text) if len(text) <= LONGEST_KEPT else _skeleton(text)


def _skeleton(text: str) -> str:
    return _loosened(_latin_with_haceks(text))


def all_skeletons(names: Sequence[str]) -> list[str]:
    """Return the loose keys of many names, several times faster than one after the other.

    >>> all_skeletons(["Mykolayiv", "Харків"]) == [skeleton("Mykolayiv"), skeleton("Харків")]
    True
    """
    return _loosened("\n".join(_latin_with_haceks(name) for name in names)).split("\n") if names else []


def _latin_with_haceks(text: str) -> str:
    return latin(text if text.isascii() else text.translate(_HACEKS))


def _loosened(key: str) -> str:
    """Return a Latin key, or lines of them, with the letters that differ between romanisations made one."""
    if "c" in key or "j" in key:
        key = _CHS.sub("4", _HISSES.sub("5", key))
    key = key.replace("sh", "5").replace("sj", "5").replace("sz", "5")
    key = _ZHS.sub("z", key) if "z" in key else key
    key = key.replace("kh", "h").replace("x", "h")
    key = key.replace("ts", "s").replace("tz", "s").replace("c", "s").translate(_SINGLE)
    key = key.replace("ph", "f").replace("ou", "u").translate(_SOFT)
    return _DOUBLED.sub(r"\1", _I_BEFORE_VOWEL.sub("", key)).replace(" ", "")


_kept_skeleton = lru_cache(maxsize=8_192)(_skeleton)


def skeletons(text: str) -> tuple[str, ...]:
    """Return the loose keys of a name: `ch` read as in English, then as in German and Polish, `oe` as in Dutch.

    >>> skeletons("Charkiw")[1] == skeleton("Харків"), skeletons("Loehansk")[1] == skeleton("Луганськ")
    (True, True)
    """
    key = _latin_with_haceks(text)
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


_ROUGH = str.maketrans(
    {
        **dict(zip("абвгґдезиійклмнопрстуфэыўё", "abvhgdezyiyklmnoprstufeyue", strict=True)),
        "є": "ye",
        "ї": "i",
        "ж": "zh",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ю": "yu",
        "я": "ya",
        "ь": "",
        "ъ": "",
        **dict.fromkeys("'’‘ʼ", ""),
    }
)
"""Cyrillic letters as Latin ones: enough to tell a spelling from a different name, in one step."""


def names_by_language(name: str, spellings: Iterable[str]) -> dict[str, str]:
    """Return a place's name in each language that the letters tell, leaving out what is a quite different name.

    >>> names_by_language("Bilohorivka", ["Білогорівка", "Белогоровка", "Belogorovka"])
    {'uk': 'Білогорівка'}
    """
    told: dict[str | None, list[str]] = {}
    for spelling in spellings:
        if "\u0400" <= spelling[:1] <= "\u04ff":
            told.setdefault(language_of(spelling), []).append(spelling)
    untold = told.pop(None, [])
    if not told:
        return {}
    key = fold(name)

    def best(some: Iterable[str]) -> tuple[float, str]:
        return max(
            ((fuzz.ratio(one.casefold().translate(_ROUGH), key), one) for one in some), default=(0.0, "")
        )

    least = best(untold)[0]
    found = {language: best(some) for language, some in told.items() if language}
    return {language: one for language, (score, one) in sorted(found.items()) if score >= least}
