"""Find what a text should perhaps not say: names of captured people, document numbers, phone numbers.

It flags for a person to look at; nothing is rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Flag:
    """One finding."""

    kind: str
    """name, document or phone."""
    text: str
    """The words found."""


_CAPTURE = (
    r"captured|detained|arrested|abducted|kidnapped|imprisoned|prisoners?(?: of war)?|POWs?|detainees?|hostages?|"
    r"took prisoner|taken prisoner|surrendered|"
    r"захоплен\w*|затриман\w*|полонен\w*|взят\w+ (?:в|у) полон|захвачен\w*|задержан\w*|пленн\w*|взят\w+ в плен"
)
_RANK = (
    r"(?:private|pvt|corporal|cpl|sergeant|sgt|lieutenant|lt|captain|capt|major|maj|colonel|col|mr|mrs|ms|"
    r"soldier|citizen|солдат\w*|сержант\w*|лейтенант\w*|капітан\w*|капитан\w*|майор\w*|рядов\w*|громадянин\w*|гражданин\w*)"
)
_WORD = r"[^\W\d_](?:[\w’ʼ'-]*\w)?"
_NAME = r"(?P<name>(?-i:[A-ZА-ЯІЇЄҐЁ])[\w’ʼ'-]+(?:\s+(?-i:[A-ZА-ЯІЇЄҐЁ])(?:[\w’ʼ'-]+|\.)){1,2})"
_DIRECT = re.compile(
    rf"\b(?:{_CAPTURE})\b(?:,| was| were| is| named| called|:)*\s+(?:{_RANK}\.?\s+)*{_NAME}", re.IGNORECASE
)
_RANKED = re.compile(rf"\b{_RANK}\.?\s+{_NAME}", re.IGNORECASE)
_NAMED = re.compile(
    rf"\b(?:named|identified as|by the name of|на ім['’ʼ]я|по имени)\s+{_NAME}", re.IGNORECASE
)
_PASSIVE = re.compile(
    rf"{_NAME}(?:,[^.,]{{1,40}},)?\s+(?:was|has been|had been|were|був|була|был|была)\s+(?:{_CAPTURE})\b",
    re.IGNORECASE,
)
_AGED = re.compile(rf"{_NAME},\s+(?:aged\s+)?\d{{2}}(?:\s+years? old)?\b(?=[,.)]|\s)", re.IGNORECASE)

_DOCUMENT = re.compile(
    r"\b(?:passport|id card|identity card|tax number|personal number|service number|military id|паспорт\w*|"
    r"посвідчення|удостоверени\w*|ІПН|ИНН)\b[^.\d]{0,25}?(?P<number>(?:[A-ZА-ЯІЇЄ]{1,3}\s?)?[№#]?\s?\d[\d -]{4,}\d)"
    r"|\b(?P<bare>(?-i:[A-ZА-ЯІЇЄ]{2})\s?\d{6})\b",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w/.=-])(?P<number>\+\d[\d ()\u2011-]{8,17}\d|\(?0\d{2}\)?[ -]?\d{3}[ -]?\d{2}[ -]?\d{2})(?![\w-])"
)

_PLACE_WORDS = frozenset(
    [
        "oblast",
        "region",
        "district",
        "raion",
        "city",
        "town",
        "village",
        "settlement",
        "front",
        "axis",
        "river",
        "bridge",
        "airport",
        "airfield",
        "base",
        "plant",
        "station",
        "square",
        "street",
        "avenue",
        "hospital",
        "school",
        "university",
        "forest",
        "island",
        "sea",
        "airbase",
        "port",
        "dam",
        "province",
        "krai",
        "republic",
        "army",
        "forces",
        "force",
        "guard",
        "brigade",
        "battalion",
        "regiment",
        "division",
        "corps",
        "group",
        "company",
        "militia",
        "ministry",
        "service",
        "navy",
        "russian",
        "ukrainian",
        "belarusian",
        "north",
        "south",
        "east",
        "west",
        "eastern",
        "western",
        "northern",
        "southern",
        "central",
        "new",
        "old",
        "upper",
        "lower",
        "область",
        "области",
        "області",
        "район",
        "районе",
        "місто",
        "село",
        "город",
        "krai",
        "federation",
        "union",
        "nations",
        "states",
        "azov",
        "wagner",
    ]
)
_NOT_FIRST = frozenset(
    [
        "near",
        "in",
        "at",
        "from",
        "around",
        "outside",
        "by",
        "the",
        "a",
        "an",
        "on",
        "after",
        "before",
        "during",
        "when",
        "while",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
)


def scan(text: str) -> list[Flag]:
    """List what a person should look at before the text is published."""
    found = dict.fromkeys((*_names(text), *_numbers(text)))
    return list(found)


def _names(text: str) -> Iterator[Flag]:
    protected = re.search(rf"\b(?:{_CAPTURE})\b", text, re.IGNORECASE)
    patterns = [_DIRECT, _PASSIVE]
    if protected:
        patterns += [_RANKED, _NAMED, _AGED]
    for pattern in patterns:
        for match in pattern.finditer(text):
            name = match["name"]
            if _is_personal(name):
                yield Flag("name", " ".join(name.split()))


def _is_personal(name: str) -> bool:
    words = [word.strip(".").lower() for word in name.split()]
    return not (set(words) & _PLACE_WORDS or set(words) & _NOT_FIRST)


def _numbers(text: str) -> Iterator[Flag]:
    for match in _DOCUMENT.finditer(text):
        yield Flag("document", (match["number"] or match["bare"]).strip())
    for match in _PHONE.finditer(text):
        yield Flag("phone", match["number"].strip())


def label(kind: str) -> str:
    """Say what kind of finding it is."""
    return {"name": "a person's name", "document": "a document number", "phone": "a phone number"}[kind]
