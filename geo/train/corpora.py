"""Reads corpora of documents with places marked by people."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote

from geo.documents.model import Document, Mention
from geo.errors import SourceError
from geo.model import Place
from geo.normalize import fold
from geo.precision import precision_of
from geo.sphere import distance_km

RIGHT_KM = 161.0
_MARKS = re.compile(r"\[\[(.+?)\]\]")
_BRACKETS = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Gold:
    """Where a mention is, said by people."""

    lat: float
    lon: float
    key: int | None
    """GeoNames id."""
    name: str
    """The entity's name where the corpus took the position."""

    def distance_km(self, place: Place) -> float:
        """Return how far a place lies from it."""
        return distance_km(self.lat, self.lon, place.lat, place.lon)


@dataclass(frozen=True, slots=True)
class Example:
    """A document and the gold of its mentions; None for a mention without a position."""

    document: Document
    gold: tuple[Gold | None, ...]
    corpus: str


def read(path: Path) -> list[Example]:
    """Return the documents of a JSON-lines corpus; raise SourceError when it is none."""
    examples = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                examples.append(_example(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise SourceError(
                    f"{path.name}, line {number}: not a document with mentions ({error})"
                ) from error
    return examples


def own_sentences() -> list[Example]:
    """Return the documents of `own_sentences.txt`, whose places have no positions."""
    return marked_documents("geo.train", "own_sentences.txt", "\n\n")


def marked_documents(package: str, name: str, between: str) -> list[Example]:
    """Return the documents of a text file with places in double brackets; lines that begin with # are left out."""
    lines = (files(package) / name).read_text(encoding="utf-8").splitlines()
    blocks = "\n".join(line for line in lines if not line.startswith("#")).split(between)
    return [_unbracketed(block.strip(), f"own-{at}") for at, block in enumerate(blocks) if block.strip()]


def _unbracketed(block: str, doc_id: str) -> Example:
    pieces, mentions, length = [], [], 0
    for at, piece in enumerate(_MARKS.split(block)):
        if at % 2:
            mentions.append(Mention(length, length + len(piece)))
        pieces.append(piece)
        length += len(piece)
    document = Document("".join(pieces), tuple(mentions), doc_id, "", doc_id)
    return Example(document, (None,) * len(mentions), "own sentences")


def _example(row: dict[str, object]) -> Example:
    marked = sorted(row["mentions"], key=lambda m: (m["start"], m["end"]))  # type: ignore[call-overload]
    document = Document(
        str(row["text"]),
        tuple(Mention(m["start"], m["end"]) for m in marked),
        str(row["doc_id"]),
        str(row.get("title") or ""),
        str(row.get("source") or ""),
    )
    gold = tuple(
        None
        if m.get("lat") is None or m.get("lon") is None
        else Gold(float(m["lat"]), float(m["lon"]), m.get("geonameid"), entity_name(m.get("gaz_name") or ""))
        for m in marked
    )
    return Example(document, gold, str(row.get("corpus") or ""))


def entity_name(name: str) -> str:
    """Return the name of an encyclopaedia's entry as a key: "Victoria (Australia)" -> "victoria"."""
    return fold(_BRACKETS.sub("", unquote(name)).split(",")[0])


def same_area(gold: Gold, place: Place, names: frozenset[str]) -> bool:
    """Tell whether an area is the entity meant: corpora and gazetteers put an area's point in different places."""
    return precision_of(place.feature) != "settlement" and bool(gold.name) and gold.name in names


def within_reach(gold: Gold, place: Place) -> bool:
    """Tell whether a place is close enough to count as right."""
    return gold.distance_km(place) <= RIGHT_KM
