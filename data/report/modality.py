"""Whether something happened, by the words around it: negated, planned, possible, denied, claimed or reported."""

from __future__ import annotations

from collections.abc import Sequence

from data.report.lexicon import Lexicon
from data.report.model import Said, Span

_BEFORE = 70


def asserted(text: str, clause: Span, trigger: Span, lex: Lexicon) -> bool:
    """Say whether a clause tells the event at all: not negated, and not an aim ("summoned them to protest")."""
    start = max(clause.start, trigger.start - _BEFORE)
    if lex["negated"].search(text, start, trigger.start):
        return False
    words = text[trigger.start : trigger.end].split()
    bare = bool(words) and words[0].casefold() in lex.infinitives
    aim = bare and lex["infinitive"].search(text, start, trigger.start) is not None
    return not aim or prospect(text, clause, trigger, lex) is not None


def prospect(text: str, clause: Span, trigger: Span, lex: Lexicon) -> str | None:
    """Give `planned` or `hypothetical` when the words before an event say so, else None."""
    start = max(clause.start, trigger.start - _BEFORE)
    for name in ("hypothetical", "planned"):
        if lex[f"modality.{name}"].search(text, start, trigger.start):
            return name
    return None


def modality(
    text: str, sentence: Span, clause: Span, trigger: Span, said: Sequence[Said], lex: Lexicon
) -> str:
    """Give the code of the list `modality` for an event that a clause tells."""
    possible = prospect(text, clause, trigger, lex)
    if possible is not None:
        return possible
    if lex["modality.denied"].search(text, sentence.start, trigger.start):
        return "denied"
    if any(speaker.kind == "party" for speaker in said):
        return "claimed_by_party"
    return "reported"
