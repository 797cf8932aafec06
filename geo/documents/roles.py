"""What part each place has in a report: where it happened, from where, to where, who acts, or only context.

Plain rules on the words around a name, read from `roles.toml` and stated in `docs/geo.md`; no meaning is guessed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from geo.documents.model import Mention

EVENT, CONTEXT, ORIGIN, DESTINATION, ACTOR = "event", "context", "origin", "destination", "actor"
ROLES = (EVENT, CONTEXT, ORIGIN, DESTINATION, ACTOR)
NARROW = ("settlement", "near", "adm2", "adm1", "feature")
WIDTHS = ("", "near", "settlement", "feature", "adm2", "adm1", "country")
DEMONYM = "demonym"
_RAW = tomllib.loads((files("geo") / "documents" / "roles.toml").read_text(encoding="utf-8"))
_BEFORE = {name: frozenset(words.split()) for name, words in _RAW["before"].items()}
_AFTER = {name: frozenset(words.split()) for name, words in _RAW["after"].items()}
_METONYMS = frozenset(name.replace("\u00a0", " ") for name in _RAW["metonyms"]["names"].split(" "))
_BACKGROUND = re.compile(_RAW["background"]["words"])
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SENTENCE = re.compile(r"[.!?…]+[\"”’)]*\s+(?=[\"“«(]?[^\W\d_a-zа-яіїєґ])|\n\s*\n|\n")
_CLAUSE_END = re.compile(r"[.!?;:,()\n]|\s[–—-]\s")
_ABBREVIATED = re.compile(r"(?:\b\w|\b(?:St|Mr|Mrs|Ms|Dr|Gov|Sen|Rep|Gen|Col|Lt|Sgt|ст|м|с|вул))\.$")
_JOINING = re.compile(r"\s*(?:,|,?\s+(?:and|or|та|і|й|и|або|или))\s*(?:the\s+)?")
_CONTAINING = re.compile(r"\s*[,(]\s*(?:in\s+)?(?:the\s+)?|\s+(?:in|of|у|в|во)\s+(?:the\s+)?")
_SKIPPED = frozenset(_RAW["before"]["skipped"].split())
_STATES = frozenset(_RAW["after"]["states"].split())
REACH, SENTENCE = 90, 600
"""Characters looked at on either side of a name, and for its whole sentence."""
MOST_WORDS = 10
_ENDS = (". ", "\n", "! ", "? ")


@dataclass(frozen=True, slots=True)
class Named:
    """What is known of a mention's best place."""

    precision: str
    how: str
    """How the name stands for it; `demonym` for an adjective."""


def roles(text: str, mentions: Sequence[Mention], named: Sequence[Named]) -> list[str]:
    """Return the role of each mention; mentions in any order."""
    found = [CONTEXT] * len(mentions)
    order = sorted(range(len(mentions)), key=lambda i: (mentions[i].start, mentions[i].end))
    sentences = _Sentences(text)
    before: int | None = None
    for i in order:
        mention, one = mentions[i], named[i]
        role = _role(text, mention, one)
        if before is not None and mentions[before].end <= mention.start <= mentions[before].end + 12:
            between = text[mentions[before].end : mention.start]
            if _CONTAINING.fullmatch(between) and 0 < _width(named[before]) < _width(one):
                role = CONTEXT
            elif role == CONTEXT and one.how != DEMONYM and _JOINING.fullmatch(between):
                role = found[before]
        if role == EVENT and one.precision not in NARROW:
            role = CONTEXT
        if role in (EVENT, ORIGIN, DESTINATION) and sentences.tell_of_before(mention.start):
            role = CONTEXT
        found[i] = role
        before = i
    if EVENT not in found:
        for i in order:
            free = found[i] == CONTEXT and named[i].precision in NARROW and named[i].how != DEMONYM
            if free and not sentences.tell_of_before(mentions[i].start):
                found[i] = EVENT
                break
    return found


def _width(named: Named) -> int:
    return WIDTHS.index(named.precision) if named.precision in WIDTHS else 0


def _role(text: str, mention: Mention, named: Named) -> str:
    """Return what the words around one mention say."""
    before, after, owns = (
        _words_before(text, mention.start),
        _words_after(text, mention.end),
        _owns(text, mention.end),
    )
    surface = text[mention.start : mention.end].casefold()
    if named.how == DEMONYM:
        return ACTOR if after and after[0] in _AFTER["of_actor"] else CONTEXT
    placed = bool(before) and before[0] in _BEFORE["where"]
    if surface in _METONYMS and not placed:
        return ACTOR
    role = _from_before(before, after)
    if role in (EVENT, ORIGIN, DESTINATION):
        return role
    narrow = named.precision in NARROW
    if owns:
        return ACTOR if after and after[0] in _AFTER["of_actor"] else CONTEXT
    rest = [word for word in after if word not in _AFTER["adverbs"]]
    if after and after[0] in _AFTER["direction"]:
        return DESTINATION
    if after[:2] == ["came", "under"]:
        return EVENT
    if rest and rest[0] in _AFTER["says"]:
        return ACTOR
    if role == ACTOR and (not narrow or before[0] not in ("with", "between", "з", "із")):
        return ACTOR
    if role == ACTOR and not rest:
        return ACTOR
    if after and after[0] in _AFTER["of_actor"]:
        return ACTOR
    if not narrow and after and (rest[:1] and rest[0] in _AFTER["acts"]):
        return ACTOR
    if narrow and rest and rest[0] in _AFTER["acts"] - _STATES and not before:
        return ACTOR
    return CONTEXT


def _from_before(before: Sequence[str], after: Sequence[str]) -> str:
    """Return the role that the words before a name give, the last one first."""
    if not before:
        return CONTEXT
    words = list(before)
    noun = any(word in _BEFORE["where_noun"] for word in words[:2])
    while (
        words
        and (words[0] in _SKIPPED or words[0] in _BEFORE["where_noun"])
        and not (words[0] == "of" and len(words) > 1 and words[1] in _BEFORE["attack_noun"])
    ):
        words.pop(0)
    if not words:
        return EVENT if noun else CONTEXT
    last = words[0]
    moving = not _BEFORE["motion"].isdisjoint(words[1:9])
    if before[0] in _BEFORE["heading"] or (
        len(before) > 1 and before[1] in _BEFORE["heading"] and before[0] == "of"
    ):
        return DESTINATION
    if last in _BEFORE["origin"] and (
        moving or last not in ("from", "з", "із", "зі", "від", "из", "от") or "to" in after[:4]
    ):
        return ORIGIN
    if (
        last in _BEFORE["toward"]
        and last not in _BEFORE["where"]
        and (moving or last in ("toward", "towards"))
    ):
        return DESTINATION
    if last in _BEFORE["of_for_on"] and len(words) > 1 and words[1] in _BEFORE["attack_noun"]:
        return EVENT
    if last in _BEFORE["where"] or last in _BEFORE["attacked"] or noun:
        return EVENT
    if last == "по" or (last in _BEFORE["attack_noun"] and not last.isascii()):  # "обстріл Нікополя"
        return EVENT
    if last in _BEFORE["against"]:
        return ACTOR
    return CONTEXT


def _words_before(text: str, start: int) -> list[str]:
    """Return the words of the sentence before a place in small letters, the last one first."""
    part = text[max(0, start - REACH) : start]
    cut = 0
    for found in _SENTENCE.finditer(part):
        if not _ABBREVIATED.search(part, 0, found.start() + 1):
            cut = found.end()
    return [word.casefold() for word in _WORD.findall(part, cut)[: -MOST_WORDS - 1 : -1]]


def _words_after(text: str, end: int) -> list[str]:
    """Return the words of the clause after a place in small letters, past a possessive."""
    part = text[end : end + REACH]
    stop = _CLAUSE_END.search(part)
    words = [word.casefold() for word in _WORD.findall(part[: stop.start()] if stop else part)]
    return words[1:] if words and part[:1] in ("'", "’") and words[0] == "s" else words


def _owns(text: str, end: int) -> bool:
    return text.startswith(("'s", "’s"), end) or (
        text.startswith(("'", "’"), end) and text[end - 1 : end] == "s"
    )


class _Sentences:
    """Tells which sentences of a text are about what was before; each is read once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._end, self._tells = 0, False

    def tell_of_before(self, at: int) -> bool:
        """Tell it for the sentence around a place; places must be asked in order for it to be fast."""
        if at < self._end:
            return self._tells
        text, low, high = self._text, max(0, at - SENTENCE), at + SENTENCE
        start = max(text.rfind(mark, low, at) for mark in _ENDS) + 1
        ends = [stop for mark in _ENDS if (stop := text.find(mark, at, high)) >= 0]
        self._end = min(ends, default=high) + 1
        self._tells = _BACKGROUND.search(text[max(start, low) : self._end].casefold()) is not None
        return self._tells
