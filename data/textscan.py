"""Find what a text should perhaps not say: names of captured people, document numbers, phone numbers.

It flags for a person to look at; nothing is rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from data import schema

_FLAGS = re.IGNORECASE | re.VERBOSE


@dataclass(frozen=True)
class Flag:
    """One finding."""

    kind: str
    """name, document or phone."""
    text: str
    """The words found."""


LABELS = {"name": "A person's name", "document": "A document number", "phone": "A phone number"}
"""What each kind of finding is called."""

_CAPTURE = r"""(?:
    captured | detained | arrested | abducted | kidnapped | imprisoned | surrendered | (?:taken|took)[ ]prisoner
    | prisoners?(?:[ ]of[ ]war)? | POWs? | detainees? | hostages?
    | захоплен\w* | затриман\w* | полонен\w* | захвачен\w* | задержан\w* | пленн\w*
    | (?:захопил|захватил|взял|взят)\w*[ ](?:в|у)[ ](?:полон|плен)
)"""
_ROLE = r"""(?:
    private | pvt | corporal | cpl | sergeant | sgt | lieutenant | lt | captain | capt | major | maj | colonel | col
    | mr | mrs | ms | soldier | fighter | serviceman | servicewoman | officer | commander | driver | pilot
    | citizen | civilian | journalist | activist | volunteer | teacher | mayor | priest | man | woman | named | called
    | (?:солдат|сержант|лейтенант|капітан|капитан|майор|рядов|громадян|гражданин|журналіст|журналист)\w*
)"""
_NAME = r"""(?P<name>
    (?-i:[A-ZА-ЯІЇЄҐЁ])[\w’ʼ'-]+ (?:\s+(?-i:[A-ZА-ЯІЇЄҐЁ])(?:[\w’ʼ'-]+|\.)){1,2}
)"""
_SPEAKS_OF_CAPTURE = re.compile(rf"\b{_CAPTURE}\b", _FLAGS)
_LEADING_ROLES = re.compile(rf"^(?:{_ROLE}\.?\s+)+", _FLAGS)
_WITH_CAPTURE = (
    re.compile(
        rf"\b{_CAPTURE}\b (?:,|:|\s+(?:was|were|is))* \s+ (?:(?:the|a|an)\s+)? (?:{_ROLE}\.?,?\s+)* {_NAME}",
        _FLAGS,
    ),
    re.compile(
        rf"{_NAME} (?:,[^.,]{{1,40}},)? \s+ (?:was|has[ ]been|had[ ]been|were|був|була|был|была) \s+ {_CAPTURE}\b",
        _FLAGS,
    ),
)
_BESIDE_CAPTURE = (
    re.compile(rf"\b{_ROLE}\.?,?\s+{_NAME}", _FLAGS),
    re.compile(rf"\b(?:identified[ ]as|by[ ]the[ ]name[ ]of|на[ ]ім['’ʼ]я|по[ ]имени)\s+{_NAME}", _FLAGS),
    re.compile(rf"{_NAME},\s+(?:aged\s+)?\d{{2}}\b(?:\s+years?[ ]old)?(?=[,.)]|\s|$)", _FLAGS),
)
"""What counts anywhere in a text that speaks of capture; in any other none of these patterns is looked for."""

_DOCUMENT = re.compile(
    r"""\b(?:passport | id[ ]card | identity[ ]card | tax[ ]number | personal[ ]number | service[ ]number
        | military[ ]id | паспорт\w* | посвідчення | удостоверени\w* | ІПН | ИНН)\b
        [^.\d]{0,25}? (?P<number>(?:(?-i:\b[A-ZА-ЯІЇЄ]{1,3})\s?)?(?:[№\#]\s?)?\d[\d -]{4,}\d)
    | \b(?P<bare>(?-i:[A-ZА-ЯІЇЄ]{2})\s?\d{6})\b""",
    _FLAGS,
)
_PHONE = re.compile(
    r"""(?<![\w/.=-])(?P<number>\+\d[\d ()\u2011-]{8,17}\d
        | \(?0\d{2}\)?[ -]?\d{3}[ -]?\d{2}[ -]?\d{2})(?![\w-])""",
    re.VERBOSE,
)

_HINTS = (
    *("captur", "deta", "arre", "abduct", "napped", "sone", "urrendered", "pow", "tage"),
    *("захоп", "затрим", "полон", "захва", "задерж", "плен"),
)
"""Of these, all without letters that stand for several ones, every text that speaks of capture has one."""
_LONG_NUMBER = re.compile(r"\d[\d ()\u2011-]{4,}\d")
"""What every document and phone number has in it."""
_NOT_A_PERSON = frozenset(schema.word_list("not_a_person"))


def scan(text: str, places: Iterable[str] = ()) -> list[Flag]:
    """List what a person should look at before the text is published; names of the given places do not count."""
    may_name = any(map(text.casefold().__contains__, _HINTS))
    may_number = _LONG_NUMBER.search(text)
    if not may_name and not may_number:
        return []
    names = _names(text, " ".join(places).casefold()) if may_name else ()
    return list(dict.fromkeys((*names, *(_numbers(text) if may_number else ()))))


def _names(text: str, known: str) -> Iterator[Flag]:
    if not _SPEAKS_OF_CAPTURE.search(text):
        return
    for pattern in _WITH_CAPTURE + _BESIDE_CAPTURE:
        for match in pattern.finditer(text):
            name = _LEADING_ROLES.sub("", " ".join(match["name"].split()))
            words = {word.strip(".").casefold() for word in name.split()}
            if len(words) > 1 and not words & _NOT_A_PERSON and name.casefold() not in known:
                yield Flag("name", name)


def _numbers(text: str) -> Iterator[Flag]:
    for match in _DOCUMENT.finditer(text):
        yield Flag("document", (match["number"] or match["bare"]).strip())
    for match in _PHONE.finditer(text):
        yield Flag("phone", match["number"].strip())
