"""Documents as JSON lines in, one JSON line a mention out, in order; what cannot be read is said, not skipped."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from geo.documents.model import Document, Mention, MentionAnswer
from geo.documents.roles import CONTEXT
from geo.errors import PlaceTextError

Answer = Callable[[Document], list[MentionAnswer]]
LONGEST_TEXT, MOST_MENTIONS = 2_000_000, 2_000
UNREADABLE = (PlaceTextError, RecursionError, ValueError, TypeError, ArithmeticError, LookupError)


def answer_lines(lines: Iterable[bytes | str], answer: Answer) -> Iterator[dict[str, Any]]:
    """Yield the answers for the marked names of every line that is not blank."""
    return _of_lines(lines, partial(answer_line, answer=answer))


def parse_lines(lines: Iterable[bytes | str], parse: Answer) -> Iterator[dict[str, Any]]:
    """Yield the answers for the place names found in every line that is not blank."""
    return _of_lines(lines, partial(parse_line, parse=parse))


def _of_lines(
    lines: Iterable[bytes | str], answer: Callable[[bytes | str], list[dict[str, Any]]]
) -> Iterator[dict[str, Any]]:
    for line in lines:
        if line.strip():
            yield from answer(line)


def answer_line(line: bytes | str, answer: Answer) -> list[dict[str, Any]]:
    """Return a line for each mention; a line that cannot be read gives one line with its error."""
    doc_id: Any = None
    spans: list[Any] = []
    try:
        row = read_row(line)
        doc_id = row.get("doc_id")
        document, spans = read_document(row)
        answered = iter(answer(document))
        return [
            {"doc_id": doc_id, **(next(answered) if isinstance(span, Mention) else _unread(span)).to_dict()}
            for span in spans
        ]
    except UNREADABLE as error:
        problem = said(error)
    if not spans:
        return [unanswered(doc_id, problem)]
    return [{"doc_id": doc_id, **_unread(span, problem).to_dict()} for span in spans]


def parse_line(line: bytes | str, parse: Answer) -> list[dict[str, Any]]:
    """Return a line for each place name found; what cannot be read gives one with its error."""
    doc_id: Any = None
    try:
        row = read_row(line)
        doc_id = row.get("doc_id")
        return [{"doc_id": doc_id, **answer.to_dict()} for answer in parse(read_text(row))]
    except UNREADABLE as error:
        return [unanswered(doc_id, said(error))]


def read_row(line: bytes | str) -> dict[str, Any]:
    """Return the object that a line holds."""
    row = json.loads(line)
    if not isinstance(row, dict):
        raise PlaceTextError(f"expected an object with doc_id and text, not a {type(row).__name__}")
    return row


def said(error: Exception) -> str:
    """Return in words what is wrong with a line."""
    match error:
        case UnicodeDecodeError():
            return f"the line is not UTF-8 text: {error.reason} at byte {error.start}"
        case json.JSONDecodeError():
            return f"the line is not JSON: {error.msg} at column {error.colno}"
        case PlaceTextError():
            return str(error)
    return f"this document could not be answered: {type(error).__name__}: {error}"[:300]


def unanswered(doc_id: Any, problem: str) -> dict[str, Any]:
    """Return the line for a document that could not be answered."""
    empty = {"start": None, "end": None, "surface": "", "role": CONTEXT, "error": problem}
    return {"doc_id": doc_id, **MentionAnswer(0, 0, "", CONTEXT, "unresolved").to_dict(), **empty}


def read_text(row: dict[str, Any]) -> Document:
    """Return the document without its mentions."""
    text = row.get("text")
    if not isinstance(text, str):
        raise PlaceTextError("there is no text: give it under the key “text”")
    if len(text) > LONGEST_TEXT:
        raise PlaceTextError(f"the text has {len(text):,} characters, the most is {LONGEST_TEXT:,}")
    return Document(
        text, (), row.get("doc_id"), *(_text(row.get(key)) for key in ("title", "source", "country"))
    )


def read_document(row: dict[str, Any]) -> tuple[Document, list[Any]]:
    """Return the document with its readable mentions, and all mentions in order, unreadable ones as they came."""
    document, marked = read_text(row), row.get("mentions")
    if not isinstance(marked, list):
        raise PlaceTextError("there are no mentions: give a list of {start, end} under the key “mentions”")
    if len(marked) > MOST_MENTIONS:
        raise PlaceTextError(f"the document has {len(marked):,} mentions, the most is {MOST_MENTIONS:,}")
    spans = [_span(mention) for mention in marked]
    return replace(document, mentions=tuple(span for span in spans if isinstance(span, Mention))), spans


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _span(mention: Any) -> Any:
    if isinstance(mention, dict):
        start, end = mention.get("start"), mention.get("end")
        if type(start) is int and type(end) is int:
            return Mention(start, end)
    return mention


def _unread(span: Any, problem: str = "") -> MentionAnswer:
    if isinstance(span, Mention):
        return MentionAnswer(span.start, span.end, "", CONTEXT, "unresolved", (), problem)
    start, end = (span.get("start"), span.get("end")) if isinstance(span, dict) else (None, None)
    said = problem or "a mention should be {start, end} with two whole numbers"
    return MentionAnswer(start, end, "", CONTEXT, "unresolved", (), said)  # type: ignore[arg-type]
