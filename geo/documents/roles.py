"""Whether a mention says where something happens: a plain rule, stated in `docs/geo.md`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.documents.model import Mention

EVENT, CONTEXT = "event", "context"
_WHERE = re.compile(
    r"\b(?:in|at|near|outside|inside|around|over|across|on|off|between|outskirts of|"
    r"(?:town|city|village|villages|settlement|district|region|province|county|suburb|neighborhood) of|"
    r"в|у|во|під|біля|около|возле|над)\s+(?:the\s+|(?:north|south|east|west|central)\w*\s+)*$",
    re.IGNORECASE,
)
WINDOW = 45
NARROW = ("settlement", "adm2", "adm1", "feature")


def roles(
    text: str, mentions: Sequence[Mention], precisions: Sequence[str], held: Sequence[bool]
) -> list[str]:
    """Return `event` or `context` for each mention.

    `event`: narrower than a country, and right after a word that says where ("in", "near", "outskirts of"), or joined
    to such a mention by a comma or "and". A name that only holds the one before it ("X, Donetsk Oblast") is `context`.
    When none is so placed, the first mention narrower than a country is the `event`.
    """
    found = [CONTEXT] * len(mentions)
    order = sorted(range(len(mentions)), key=lambda i: mentions[i].start)
    narrow = [i for i in order if precisions[i] in NARROW and not held[i]]
    before = -1
    for i in narrow:
        start = mentions[i].start
        follows = _WHERE.search(text, max(0, start - WINDOW), start) is not None
        if not follows and before >= 0 and found[before] == EVENT:
            follows = text[mentions[before].end : start].strip() in (
                ",",
                "and",
                "or",
                "та",
                "и",
                "і",
                ", and",
            )
        if follows:
            found[i] = EVENT
        before = i
    if EVENT not in found and narrow:
        found[narrow[0]] = EVENT
    return found
