"""What title, text and source say besides the mentions."""

from __future__ import annotations

from geo.documents.features import Hints
from geo.documents.model import Document
from geo.documents.names import Names


def read_hints(document: Document, names: Names) -> Hints:
    """Return the countries and divisions that a document speaks of without marking them, and its source's country."""
    return Hints({}, {})
