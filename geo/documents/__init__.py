"""Places in documents: every mention ranked with all the others of its document as witnesses."""

from geo.documents.model import Document, Mention, MentionAnswer
from geo.priors import Priors

__all__ = ["Document", "Mention", "MentionAnswer", "Priors"]
