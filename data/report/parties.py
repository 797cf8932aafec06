"""Who acts, who is acted on, and who says so. Organised parties and offices only: no private person is ever kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from data.report.lexicon import Lexicon, lexicon
from data.report.model import Actor, Said, Span

if TYPE_CHECKING:
    from geo.documents import MentionAnswer

_BEFORE, _AFTER = 45, 14
"""Characters from the one who tells to the word of telling, and from that word to one who stands behind it."""
_SMALL = ("", "the", "by", "by the", "в", "у", "во")
"""What may stand between a word of telling and the one who tells."""


def actors(
    text: str, span: Span, trigger: Span, lex: Lexicon, answers: Sequence[MentionAnswer] = ()
) -> list[Actor]:
    """Name the parties in a clause with their part in it: before an active verb the agent, after it the target.

    `answers` are the places of the text: a country or capital right before an active verb acts ("Pyongyang sent").
    """
    passive = lex["passive"].search(text, max(span.start, trigger.start - 30), trigger.start) is not None
    found = []
    for answer in answers:
        if passive or not (span.start <= answer.start and answer.end <= trigger.start):
            continue
        country = bool(answer.candidates) and answer.candidates[0].geo_precision == "country"
        speaks = country or lex["places.metonyms"].fullmatch(answer.surface) is not None
        if speaks and lex["actors.gap"].fullmatch(text, answer.end, trigger.start):
            found.append(Actor(answer.surface, "agent", Span(answer.start, answer.end)))
    for match in _parties(lex.code).finditer(text, span.start, span.end):
        here = Span(*match.span())
        if (here.overlaps(trigger) and here != trigger) or any(here.overlaps(actor.span) for actor in found):
            continue
        if _tells(text, span, here, lex):
            continue
        name = " ".join(match.group().split())
        if lex["by"].search(text, max(span.start, here.start - 40), here.start):
            role = "agent"
        elif here.end <= trigger.start:
            role = "target" if passive else "agent"
        else:
            role = "other" if passive else "target"
        found.append(Actor(name, role, here))
    return found


def _tells(text: str, span: Span, party: Span, lex: Lexicon) -> bool:
    """Say whether a party only tells of the event: "..., police said", "according to the police"."""
    if lex["telling.verbs"].match(text, party.end + 1):
        return True
    before = text[max(span.start, party.start - _BEFORE) : party.start].rstrip()
    verbs = lex["telling.verbs"].finditer(before)
    return any(before[verb.end() :].strip().casefold() in _SMALL for verb in verbs)


def said_by(text: str, span: Span, lex: Lexicon) -> list[Said]:
    """Name who says what a sentence says: an office, a party or a publisher beside a word of telling."""
    telling = [match.span() for match in lex["telling.verbs"].finditer(text, span.start, span.end)]
    if not telling:
        return []
    found: list[Said] = []
    for speaker in lex.speakers:
        for match in speaker.when.finditer(text, span.start, span.end):
            here = Span(*match.span())
            near = any(
                0 <= start - here.end <= _BEFORE or 0 <= here.start - end <= _AFTER for start, end in telling
            )
            if near and not any(here.overlaps(other.span) for other in found):
                found.append(
                    Said(speaker.name or _capital(" ".join(match.group().split())), speaker.kind, here)
                )
    return sorted(found, key=lambda said: said.span)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


@cache
def _parties(language: str) -> re.Pattern[str]:
    raw = lexicon(language).raw["actors"]
    return re.compile(
        rf"{raw['named']}(?!\w)|\b(?:{raw['demonym']}\s+){{1,2}}(?:\w+\s+)?{raw['forces']}(?!\w)|{raw['plain']}",
        re.IGNORECASE,
    )
