"""The word beside a name that says what kind of place is meant: "Washington state", "the province of Kandahar"."""

from __future__ import annotations

import re

from geo.admin_words import split_kind
from geo.documents.model import Mention
from geo.documents.names import KINDS, Names

REACH = 40
_LOOSE = ("part", "similar")
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


def with_type(text: str, mention: Mention, names: Names) -> str:
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
        how not in _LOOSE and place_kind == KINDS[kind]
        for how, place_kind in zip(known.hows, known.kind, strict=True)
    )
    return typed if any(fits) else surface
