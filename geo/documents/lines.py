"""Documents as JSON lines in, one JSON line a mention out, in order; what cannot be read is said, not skipped."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from geo.documents.model import Document, Mention, MentionAnswer
from geo.documents.roles import CONTEXT
from geo.errors import PlaceTextError

Answer = Callable[[Document], list[MentionAnswer]]
AnswerAll = Callable[[Sequence[Document]], list[list[MentionAnswer]]]
Row = dict[str, Any]
LONGEST_TEXT, MOST_MENTIONS = 2_000_000, 2_000
UNREADABLE = (PlaceTextError, RecursionError, ValueError, TypeError, ArithmeticError, LookupError)


@dataclass(slots=True)
class Line:
    """What a line asks for: the document with its readable marks, and all marks as they came; or what is wrong."""

    doc_id: Any = None
    document: Document | None = None
    spans: list[Any] | None = None
    """None where names are to be found, not answered."""
    problem: str = ""


def answer_lines(lines: Iterable[bytes | str], answer: Answer) -> Iterator[Row]:
    """Yield the answers for the marked names of every line that is not blank."""
    for line in lines:
        if line.strip():
            yield from answer_line(line, answer)


def answer_line(line: bytes | str, answer: Answer) -> list[Row]:
    """Return a line for each mention; a line that cannot be read gives one line with its error."""
    return next(answer_together([line], lambda documents: [answer(one) for one in documents], marked=True))


def parse_line(line: bytes | str, parse: Answer) -> list[Row]:
    """Return a line for each place name found; what cannot be read gives one with its error."""
    return next(answer_together([line], lambda documents: [parse(one) for one in documents], marked=False))


def answer_together(
    lines: Sequence[bytes | str], answer_all: AnswerAll, *, marked: bool
) -> Iterator[list[Row]]:
    """Yield the rows of each line, whose documents are answered together; `marked` names are answered, or all found.

    Where that fails they are answered one by one, so that only the line that it failed for says so.
    """
    asked = [read_line(line, marked=marked) for line in lines]
    documents = [one.document for one in asked if one.document is not None]
    try:
        answered = iter(answer_all(documents))
    except UNREADABLE as error:
        if len(asked) > 1:
            for line in lines:
                yield from answer_together([line], answer_all, marked=marked)
            return
        asked = [replace(one, document=None, problem=said(error)) for one in asked]
    yield from (_rows(one, next(answered) if one.document is not None else ()) for one in asked)


def _rows(line: Line, answers: Sequence[MentionAnswer]) -> list[Row]:
    """Return a row for each mark, or for each answer where nothing was marked."""
    if line.problem and not line.spans:
        return [unanswered(line.doc_id, line.problem)]
    told: Iterable[MentionAnswer] = answers
    if line.spans is not None:
        known = iter(answers)
        told = [
            next(known) if isinstance(span, Mention) and not line.problem else _unread(span, line.problem)
            for span in line.spans
        ]
    return [{"doc_id": line.doc_id, **answer.to_dict()} for answer in told]


def read_line(line: bytes | str, *, marked: bool) -> Line:
    """Return what a line asks for."""
    read = Line()
    try:
        row = read_row(line)
        read.doc_id = row.get("doc_id")
        if marked:
            read.document, read.spans = read_document(row)
        else:
            read.document = read_text(row)
    except UNREADABLE as error:
        read.problem = said(error)
    return read


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
