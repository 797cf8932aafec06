"""What reading gives and what extraction makes of it: frozen, made once and passed around."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

QUOTE_CHARACTERS = 300


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A part of an article: `article.text[start:end]`, counted in characters."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Say whether two parts share a character."""
        return self.start < other.end and other.start < self.end

    def to_dict(self) -> dict[str, int]:
        """Return plain values for JSON."""
        return {"start": self.start, "end": self.end}


@dataclass(frozen=True)
class Article:
    """One report as text, with what is known of its publication."""

    text: str
    """Headline and body; every span of a draft counts its characters."""
    name: str
    """What it was called where it came from: a file name, an address, "Pasted text"."""
    title: str = ""
    publisher: str = ""
    url: str | None = None
    archive_url: str | None = None
    """Where an archive keeps a copy."""
    published_at: date | None = None
    published_from: Span | None = None
    """The words at its head that say so, where nobody else does."""
    dateline: Span | None = None
    """The words at its head that say where it was written, and perhaps when and by whom; no event is read from them."""
    language: str = "en"
    """ISO 639 code of the language most of it is written in."""
    retrieved_at: datetime | None = None
    warnings: tuple[str, ...] = ()
    """What is odd about the document, for the user."""

    @property
    def sha256(self) -> str:
        """SHA-256 of the text."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def cut(self, span: Span) -> str:
        """Give the characters of a part."""
        return self.text[span.start : span.end]

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON, in the words of the record of a report, and the text."""
        return {
            "name": self.name,
            "title": self.title or None,
            "publisher": self.publisher or None,
            "url": self.url,
            "archive_url": self.archive_url,
            "published_at": self.published_at.isoformat() if self.published_at else None,
            "published_from": self.published_from.to_dict() if self.published_from else None,
            "retrieved_at": self.retrieved_at.isoformat() if self.retrieved_at else None,
            "language": self.language,
            "text_sha256": self.sha256,
            "warnings": list(self.warnings),
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Actor:
    """An organised party that the text names."""

    name: str
    role: str
    """`agent` (acts), `target` (is acted on), `source` (says so) or `other`."""
    span: Span


@dataclass(frozen=True, slots=True)
class Said:
    """Who says so."""

    name: str
    """The party, office or publisher, as the text names it; never a private person."""
    kind: str
    """`party` (to the conflict), `official`, `media` or `other`."""
    span: Span


@dataclass(frozen=True)
class Draft:
    """A proposed incident, every part of it tied to the words it came from."""

    fields: Mapping[str, Any]
    """Fields of an incident record, dates as `date`; `place_text` is verbatim."""
    background: bool
    """Whether it is told to explain today's news rather than as the news; the field `tags` says so too."""
    sentences: tuple[Span, ...]
    places: tuple[Mapping[str, Any], ...] = ()
    """Place mentions with all candidates; `start` and `end` count characters of the article."""
    actors: tuple[Actor, ...] = ()
    said_by: tuple[Said, ...] = ()
    spans: Mapping[str, Span] = field(default_factory=dict)
    """The words that each field was read from; for people the category (`captured`), not each of its three fields."""
    quote: str | None = None
    """At most 300 characters of the first sentence; None when it names a person who must not be named."""
    notes: tuple[str, ...] = ()
    """What was assumed or is in doubt, in words."""

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        plain = {k: v.isoformat() if isinstance(v, date) else v for k, v in self.fields.items()}
        return {
            **plain,
            "background": self.background,
            "sentences": [sentence.to_dict() for sentence in self.sentences],
            "places": [dict(place) for place in self.places],
            "actors_in_text": [{"name": a.name, "role": a.role, **a.span.to_dict()} for a in self.actors],
            "said_by": [{"name": s.name, "kind": s.kind, **s.span.to_dict()} for s in self.said_by],
            "spans": {name: span.to_dict() for name, span in self.spans.items()},
            "quote": self.quote,
            "notes": list(self.notes),
        }
