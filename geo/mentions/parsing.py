"""Documents without marks: find the names, answer them as marked ones are, drop what neither believes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import log

from geo.documents.answering import Documents
from geo.documents.model import Document, Mention, MentionAnswer
from geo.documents.roles import CONTEXT
from geo.mentions.finding import Finder, Found
from geo.priors import Priors

MOST_MENTIONS = 2_000
"""A text with more names is answered up to here: the ranker weighs every name against every other."""
RANKER_COUNTS, LEAST = 0.5, 0.5
"""A span needs log-odds of being a name, plus this share of its best place's log-odds, of at least so much."""


class Parser:
    """Finds and answers the place names of documents."""

    def __init__(self, finder: Finder, documents: Documents) -> None:
        self._finder, self._documents = finder, documents

    def parse(self, document: Document, priors: Priors, limit: int) -> list[MentionAnswer]:
        """Return an answer for every place name found, by start; marks that the document has are not looked at.

        Where there are too many names, the last answer says from where on they are left out.
        """
        return self.parse_all([document], priors, limit)[0]

    def parse_all(
        self, documents: Sequence[Document], priors: Priors, limit: int
    ) -> list[list[MentionAnswer]]:
        """Return the answers of each document, as if it were alone, in less time than one after the other."""
        found = [self._finder.find(document.text, MOST_MENTIONS + 1) for document in documents]
        marked = [
            _in_nominatives(document, names[:MOST_MENTIONS])
            for document, names in zip(documents, found, strict=True)
        ]
        answered = self._documents.answer_all(marked, priors, limit)
        return [_kept(*one) for one in zip(documents, found, answered, strict=True)]


def _kept(
    document: Document, found: Sequence[Found], answers: Sequence[MentionAnswer]
) -> list[MentionAnswer]:
    """Return the answers that are believed, at their places in the text."""
    return [
        MentionAnswer(
            one.start,
            one.end,
            document.text[one.start : one.end],
            answer.role,
            answer.status,
            answer.candidates,
            answer.problem,
        )
        for one, answer in zip(found, answers, strict=False)
        if _believed(one, answer)
    ] + [_left_out(one.start) for one in found[MOST_MENTIONS:]]


def _left_out(start: int) -> MentionAnswer:
    """Return what stands for the names from a character on that are not answered."""
    problem = (
        f"the text names more than {MOST_MENTIONS:,} places: those from character {start:,} on are left out; "
        "give it in parts"
    )
    return MentionAnswer(start, start, "", CONTEXT, "unresolved", (), problem)


def _in_nominatives(document: Document, found: Sequence[Found]) -> Document:
    """Return the document with every name found marked and in the nominative, in which gazetteers have it."""
    text, pieces, mentions = document.text, [], []
    at = length = 0
    for one in found:
        name = text[one.start : one.end] if one.name.isascii() else one.name
        length += one.start - at
        pieces += [text[at : one.start], name]
        mentions.append(Mention(length, length + len(name)))
        at, length = one.end, length + len(name)
    return replace(document, text="".join([*pieces, text[at:]]), mentions=tuple(mentions))


def _believed(found: Found, answer: MentionAnswer) -> bool:
    place = answer.candidates[0].probability if answer.candidates else 0.0
    return _log_odds(found.probability) + RANKER_COUNTS * _log_odds(place) >= LEAST


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, 0.001), 0.999)
    return log(bounded / (1 - bounded))
