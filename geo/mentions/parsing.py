"""Documents without marks: find the names, then answer them as marked ones are."""

from __future__ import annotations

from dataclasses import replace

from geo.documents.answering import Documents
from geo.documents.model import Document, MentionAnswer
from geo.mentions.finding import Finder
from geo.priors import Priors

MOST_MENTIONS = 2_000
"""A text with more names is answered up to here: the ranker weighs every name against every other."""


class Parser:
    """Finds and answers the place names of documents."""

    def __init__(self, finder: Finder, documents: Documents) -> None:
        self._finder, self._documents = finder, documents

    def parse(self, document: Document, priors: Priors, limit: int) -> list[MentionAnswer]:
        """Return an answer for every place name found, by start; marks that the document has are not looked at."""
        found = tuple(self._finder.find(document.text)[:MOST_MENTIONS])
        return self._documents.answer(replace(document, mentions=found), priors, limit)
