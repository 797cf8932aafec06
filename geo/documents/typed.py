"""The word beside a name that says what kind of place is meant: "Washington state", "the province of Kandahar"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from geo.admin_words import split_kind
from geo.documents.model import Mention
from geo.documents.names import KINDS, LOOSE, Names
from geo.precision import precision_of

REACH = 40
STATE = " state"
"""Put behind the name that a code stands for: "WA" is Washington state."""
SHORTEST = 4
"""Shorter names are codes: "US state" is no state called US."""
_WORDS = (
    r"state|province|governorate|oblast|region|county|prefecture|department|district|raion|hromada|"
    r"city|town|village|municipality"
)
_BEHIND = re.compile(
    rf"\s+(?:(?P<word>{_WORDS})|(?P<governed>gov\.|governor)|(?P<town>mayor))(?!\w)"
    r"(?![- ](?:run|owned|backed|media|tv|television|news|radio|broadcaster|visit|council|hall|department))",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"\b(?P<word>{_WORDS})\s+of\s+(?:the\s+)?$", re.IGNORECASE)


def looked_up(text: str, mentions: Sequence[Mention], order: Sequence[int], names: Names) -> list[str]:
    """Return the name to look each mention up by: as written, with the type word beside it, or a code's state."""
    found = [_with_type(text, mention, names) for mention in mentions]
    for left, right in pairwise(order):
        code = text[mentions[right].start : mentions[right].end]
        if text[mentions[left].end : mentions[right].start] == ", ":
            previous = text[mentions[left].start : mentions[left].end]
            found[right] = division_of(code, previous, names) or found[right]
    return found


def division_of(code: str, previous: str, names: Names) -> str:
    """Return the division that a code behind a name stands for, in full: "Cairo, IL" is in Illinois.

    Empty where no place of the name lies in it, or one lies in the country of that code.
    """
    if not code.isupper() or len(code) not in (2, 3):
        return ""
    known, places = names.known(code), names.known(previous).places
    for place, how in zip(known.places, known.hows, strict=True):
        precision = precision_of(place.feature)
        if how == "code" and precision == "country" and any(one.country == place.country for one in places):
            return ""
    for place, how in zip(known.places, known.hows, strict=True):
        lies = any((one.country, one.admin1) == (place.country, place.admin1) for one in places)
        if how == "code" and precision_of(place.feature) == "adm1" and lies:
            return f"{place.name}{STATE}"
    return ""


def _with_type(text: str, mention: Mention, names: Names) -> str:
    """Return a mention's name with the type word beside it, where some place of that type is called so.

    The name as written where no such word stands there, or it would change nothing.
    """
    surface = text[mention.start : mention.end]
    if len(surface) < SHORTEST or surface.isupper() or split_kind(surface).kind:
        return surface
    found = _BEHIND.match(text, mention.end, mention.end + REACH) or _BEFORE.search(
        text, max(0, mention.start - REACH), mention.start
    )
    if not found:
        return surface
    said = found.groupdict()
    word = "state" if said.get("governed") else "city" if said.get("town") else found["word"].lower()
    typed = f"{surface} {word}"
    kind = split_kind(typed).kind
    if kind not in KINDS:
        return surface
    known = names.known(typed)
    fits = (
        how not in LOOSE and place_kind == KINDS[kind]
        for how, place_kind in zip(known.hows, known.kind, strict=True)
    )
    return typed if any(fits) else surface
