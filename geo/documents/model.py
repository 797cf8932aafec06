"""What goes in and comes out: a document with mentions, one answer a mention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geo.model import Candidate


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a document: `text[start:end]`, counted in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A text and the places where it names places."""

    text: str
    mentions: tuple[Mention, ...] = ()
    doc_id: str | int | None = None
    title: str = ""
    source: str = ""
    """Who published it: an address or a name."""
    country: str = ""
    """Code or name of the country the document is about, when somebody knows."""


@dataclass(frozen=True, slots=True)
class MentionAnswer:
    """The answer for one mention."""

    start: int
    end: int
    surface: str
    role: str
    """`event` (where something happens) or `context`."""
    status: str
    """`auto`, `ambiguous` or `unresolved`."""
    candidates: tuple[Candidate, ...] = ()
    problem: str | None = None
    """Why the mention could not be read, when it could not."""

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON: a line of `geo resolve` without its document's id."""
        best = self.candidates[0].to_dict() if self.candidates else {}
        line: dict[str, Any] = {
            "start": self.start,
            "end": self.end,
            "surface": self.surface,
            "role": self.role,
            "status": self.status,
            "id": best.get("id"),
            "lat": best.get("lat"),
            "lon": best.get("lon"),
            "geo_precision": best.get("geo_precision", "unlocated"),
            "radius_m": best.get("radius_m"),
            "probability": best.get("probability", 0.0),
            "candidates": [candidate.to_dict() for candidate in self.candidates],
        }
        if self.problem is not None:
            line["error"] = self.problem
        return line
