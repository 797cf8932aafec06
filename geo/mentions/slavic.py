"""Ukrainian and Russian names in any case, as gazetteers have them: “у Бахмуті” is Бахмут."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import islice, product
from typing import Any

from geo.normalize import language_of

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_BREAK = re.compile(r"([\s-]+)")
_ADJECTIVE_OF_TOWN = re.compile(r"(ськ|цьк|зьк|ск|цк)(?:ий|ої|ому|им|ого|ая|ой|ом|а|е|ую|у|ій)?$")
_ADJECTIVE = re.compile(r"(?:ськ|цьк|зьк|ск|цк)(?:ий|ої|ому|им|ого|ая|ой|ом|а|е|ую|у|ій|ое)$")
_PROPER = re.compile(r"NOUN,(?:alt,)?(?:masc|femn|neut),inan\b")
"""How the Ukrainian dictionary tags names of places; common nouns have the gender later."""
MOST_WORDS, MOST_NOMINATIVES, MOST_LEMMAS = 4, 24, 6
GENDERS = ("masc", "femn", "neut")


def is_cyrillic(text: str) -> bool:
    """Tell whether a text has Cyrillic letters."""
    return not text.isascii() and _CYRILLIC.search(text) is not None


def is_adjective(word: str) -> bool:
    """Tell whether a word is formed as the adjectives of places are.

    >>> is_adjective("Кримському"), is_adjective("Луганськ"), is_adjective("Одеса")
    (True, False, False)
    """
    return _ADJECTIVE.search(word) is not None


@cache
def _analyser(language: str) -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang=language)


@lru_cache(maxsize=5_000)
def _parses(word: str) -> tuple[Any, ...]:
    """Return the readings of a word, in the language that its letters tell or else in both."""
    language = language_of(word)
    languages = (language,) if language in ("uk", "ru") else ("uk", "ru")
    return tuple(parse for one in languages for parse in _analyser(one).parse(word))


def usage_of(word: str) -> tuple[bool, int, int]:
    """Return what `lexicon.usage` says of English words: ordinary word, given name, surname.

    >>> usage_of("обстріл"), usage_of("Бахмут"), usage_of("Зеленський")
    ((True, 0, 0), (False, 0, 0), (False, 0, 1))
    """
    tags = [str(parse.tag) for parse in _parses(word)[:8] if parse.is_known]
    given = any("Name" in tag for tag in tags)
    surname = any("Surn" in tag for tag in tags)
    place = any("Geox" in tag or _PROPER.match(tag) for tag in tags)
    return (
        bool(tags) and not (given or surname or place),
        int(given and not place),
        int(surname and not place),
    )


@lru_cache(maxsize=5_000)
def nominatives(name: str) -> tuple[str, ...]:
    """Return what a name may be in the nominative, as written first; capitals as in the name.

    >>> "Кривий Ріг" in nominatives("Кривому Розі"), "Донецька область" in nominatives("Донецькій області")
    (True, True)
    >>> "Купянск" in nominatives("Купянском"), "Біла Церква" in nominatives("Білої Церкви")
    (True, True)
    """
    pieces = _BREAK.split(name)
    words = pieces[::2]
    if not words or len(words) > MOST_WORDS or not all(words):
        return (name,)
    found = dict.fromkeys((name,))
    for gender, last in _heads(words[-1]):
        before = [_agreeing(word, gender) for word in words[:-1]]
        for chosen in islice(product(*before, (last,)), MOST_NOMINATIVES):
            spelled = "".join(
                _capitals(one, word) + glue
                for one, word, glue in zip(chosen, words, [*pieces[1::2], ""], strict=True)
            )
            found[spelled] = None
    return tuple(islice(found, 2 * MOST_NOMINATIVES))


def _heads(word: str) -> list[tuple[str, str]]:
    """Return (gender, nominative) of the last word of a name."""
    found: dict[tuple[str, str], None] = {}
    for parse in _parses(word):
        tag = str(parse.tag)
        gender = next((one for one in GENDERS if one in tag), "")
        if "NOUN" in tag:
            found[("plur" if "plur" in tag else gender, parse.normal_form)] = None
            if "plur" in tag:
                plural = parse.inflect({"nomn", "plur"})
                if plural is not None:
                    found[("plur", plural.word)] = None
        elif "ADJ" in tag or "PRTF" in tag:
            for one in (gender, "masc", "neut", "femn", "plur"):
                for form in _inflected(parse, one):
                    found[(one, form)] = None
    town = _ADJECTIVE_OF_TOWN.search(word.casefold())
    if town:
        found[("masc", word.casefold()[: town.end(1)])] = None
    return list(found)[: 2 * MOST_LEMMAS]


def _agreeing(word: str, gender: str) -> list[str]:
    """Return the nominatives of a word before the last one: adjectives agree with it."""
    found: dict[str, None] = {}
    for parse in _parses(word):
        tag = str(parse.tag)
        if "ADJ" in tag or "PRTF" in tag:
            found.update(dict.fromkeys([*_inflected(parse, gender), parse.normal_form]))
        elif "NOUN" in tag:
            found[parse.normal_form] = None
    found[word.casefold()] = None
    return list(found)[:MOST_LEMMAS]


def _inflected(parse: Any, gender: str) -> list[str]:
    wanted = {"nomn", gender} if gender else {"nomn"}
    form = parse.inflect(wanted)
    return [form.word] if form is not None else []


def _capitals(word: str, like: str) -> str:
    return (
        word.upper()
        if like.isupper() and len(like) > 1
        else word.capitalize()
        if like[:1].isupper()
        else word
    )
