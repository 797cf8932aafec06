"""Sentences and clauses of a text, as spans: nothing is copied or changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from data.report.lexicon import Lexicon
from data.report.model import Span

_PARAGRAPH = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_END = re.compile(r"[.!?…]+[\"'”»’)\]]*(?=\s|$)")
_ENTRY = re.compile(r"[ \t]*(?:[-–—•▪*][ \t]|\d{1,2}[:.]\d{2}\b(?![.\d])|\d{1,2}[.)][ \t])")
_WRAPPED_AT_LEAST, _WRAPPED_AT_MOST = 50, 130
_FEW_LINES, _MOSTLY = 2, 0.6
"""A paragraph of more lines than this, most of them of such a width, was wrapped by a program."""
LONGEST_SENTENCE = 2_000
"""A longer one is no sentence; it is cut so that nothing looks far for what belongs together."""

LONGEST_PART = 100_000
"""Characters that are looked at together; a long investigation has no more."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and where it stands."""

    span: Span
    paragraph: int
    """Which paragraph it stands in; an entry of a list counts as one."""
    listed: bool = False
    """Whether it is part of an entry of a list: one that begins with a dash, a bullet, a number or a time."""


def sentences(text: str, lexicon: Lexicon) -> list[Sentence]:
    """Split a text; a line end ends a sentence unless the paragraph is wrapped to a width."""
    found = []
    number = -1
    for start, end in _paragraphs(text):
        number += 1
        entry = False
        for left, right in _lines(text, start, end):
            if _ENTRY.match(text, left, right):
                number += left > start
                entry = True
            found += [Sentence(span, number, entry) for span in _split(text, left, right, lexicon)]
    return found


def clauses(text: str, span: Span, lexicon: Lexicon) -> list[Span]:
    """Split a sentence where another event may begin."""
    cuts = [span.start]
    cuts += [found.start() for found in lexicon.clause.finditer(text, span.start, span.end)]
    cuts.append(span.end)
    return [Span(left, right) for left, right in pairwise(cuts) if right > left]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _PARAGRAPH.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the lines of a paragraph, or all of it as one where its lines are wrapped to a width."""
    lines = text[start:end].split("\n")
    even = sum(_WRAPPED_AT_LEAST <= len(line.strip()) <= _WRAPPED_AT_MOST for line in lines[:-1])
    if len(lines) > _FEW_LINES and even >= _MOSTLY * (len(lines) - 1):
        yield start, end
        return
    for line in lines:
        yield start, start + len(line)
        start += len(line) + 1


def _split(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Span]:
    begin = start
    for stop in _END.finditer(text, start, end):
        if stop.end() - begin < LONGEST_SENTENCE and not _ends(
            text, begin, stop.start(), stop.end(), end, lexicon
        ):
            continue
        yield from _span(text, begin, stop.end())
        begin = stop.end()
    yield from _span(text, begin, end)


def _ends(text: str, begin: int, stop: int, after: int, end: int, lexicon: Lexicon) -> bool:
    """Tell the end of a sentence from an abbreviation, an initial or a decimal."""
    following = text[after : min(end, after + 40)].lstrip(" \t\n\"'“«„‘([–—-")
    if following and not (following[0].isupper() or following[0].isdigit()):
        return False
    if text[stop] != "." or not following:
        return True
    word = re.search(r"[\w.]+$", text[max(begin, stop - 20) : stop])
    last = word.group().casefold() if word else ""
    return not (last in lexicon.abbreviations or (len(last) == 1 and last.isalpha()))


def _span(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
        cut = cut if cut > start else start + LONGEST_SENTENCE
        yield Span(start, cut)
        start = cut
    if end > start:
        yield Span(start, end)


def parts(text: str) -> Iterator[Span]:
    """Cut a text that is longer than any article between paragraphs, lines or words."""
    start = 0
    while len(text) - start > LONGEST_PART:
        end = start + LONGEST_PART
        cuts = (text.rfind(mark, start + LONGEST_PART // 2, end) for mark in ("\n\n", "\n", " "))
        cut = next((cut for cut in cuts if cut > 0), end)
        yield Span(start, cut)
        start = cut
    yield Span(start, len(text))
