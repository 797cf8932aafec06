"""The day on which an article was published, where its first lines say it: a line for it, or the dateline of a wire.

Nothing is taken from the middle of a text: there a day is that of an event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from data import dates
from data.report import when
from data.report.date_words import months, weekdays
from data.report.lexicon import Lexicon
from data.report.model import Span
from data.report.relative_days import Reference

_LINES, _CHARACTERS = 6, 2_000
"""How much of a text is its head: so many lines with words."""
_LONGEST_LINE = 160
"""A longer line is no line for the day."""
_DATELINE = 120
"""Characters of a line within which its dateline ends."""
_CAPITALS = 3
"""Letters of which the name of a town in capitals has at least so many."""
_PIECES = re.compile(r"[|·•]")
_ZONE = r"(?:\s*\(?(?:[A-Z]{2,4})?(?:[+-]\d{1,2}(?::?\d{2})?)?\)?)?"
_TIME = rf"\d{{1,2}}[:.h]\d{{2}}(?::\d{{2}})?(?:\s*[ap]\.?m\.?)?{_ZONE}"
_AGENCY = r"(?:\([^()\n]{2,40}\)|/[^/\n]{2,40}/)"
_TOWN = r"[^\W\d_][\w.’'ʼ-]*(?:[ -][^\W\d_][\w.’'ʼ-]*){0,3}"
_BEFORE = re.compile(rf"(?P<town>{_TOWN})(?:,\s*{_TOWN}){{0,2}}\s*(?:{_AGENCY})?\s*[,.:]?\s*")
_AFTER = re.compile(rf"\s*[,.]?\s*(?:{_AGENCY}\.?)?\s*(?:--|[–—:.-](?=\s)|(?<=\.)(?=\s))\s*")
_UNDATED = re.compile(rf"(?P<town>{_TOWN})(?:,\s*{_TOWN}){{0,2}}\s*(?:{_AGENCY})?\s*(?:--|–|—|-(?=\s))\s*")


@dataclass(frozen=True)
class Published:
    """What the head of a text says of its publication."""

    day: date | None
    said_at: Span | None
    """The words that say the day."""
    dateline: Span | None
    """Where it was written: words that tell nothing of an event."""


def published(text: str, lexicon: Lexicon) -> Published:
    """Give the day of publication that the head of a text states; a line for it comes before a dateline."""
    lined: list[tuple[bool, date, Span]] = []
    lines: list[tuple[date | None, Span | None, Span]] = []
    for line in _head(text):
        if (found := _day_line(text, line, lexicon)) is not None:
            lined.append(found)
        elif (dateline := _dateline(text, line, lexicon)) is not None:
            lines.append(dateline)
    if len({day for day, _, _ in lines if day}) > 1:
        lines = []  # a chronicle, whose lines begin with the days of events
    head = lines[0][2] if lines else None
    said = [found for found in lined if not found[0]] or lined
    if said and (len({day for _, day, _ in said}) == 1 or said[0][0]):
        return Published(*said[0][1:], head)
    return Published(*lines[0][:2], head) if lines else Published(None, None, None)


def _head(text: str) -> Iterator[Span]:
    start = count = 0
    for line in text[:_CHARACTERS].splitlines(keepends=True):
        words = line.strip()
        if words:
            begin = start + line.index(words[0])
            yield Span(begin, begin + len(words))
            count += 1
        if count == _LINES:
            return
        start += len(line)


def _day_line(text: str, line: Span, lexicon: Lexicon) -> tuple[bool, date, Span] | None:
    """Read a line, or a piece of one between bars, that is a day and nothing else; and whether it only says updated."""
    if line.end - line.start > _LONGEST_LINE:
        return None
    start = line.start
    for piece in _PIECES.split(text[line.start : line.end]):
        span = Span(start, start + len(piece))
        start = span.end + 1
        day, rest = _day(text, span, lexicon)
        if day is None:
            continue
        rest = re.sub(_TIME, " ", rest)
        updated = _updated(lexicon.code).search(rest) is not None
        if not re.search(r"\w", _small(lexicon.code).sub(" ", rest)):
            return updated, day, _trimmed(text, span)
    return None


def _day(text: str, span: Span, lexicon: Lexicon) -> tuple[date | None, str]:
    """Give the one day with its year that some words name, and the words without it."""
    words = text[span.start : span.end]
    days = [d for d in when.find(text, span, lexicon, Reference(None)) if d.whole and d.precision == "day"]
    if days:
        here = days[0].span
        return days[0].start, text[span.start : here.start] + " " + text[here.end : span.end]
    small = _small(lexicon.code).sub(" ", words).strip(" .,:")
    try:
        dated = dates.parse(small)
    except ValueError:
        return None, words
    return (dated.start, "") if dated.precision == "day" else (None, words)


def _dateline(text: str, line: Span, lexicon: Lexicon) -> tuple[date | None, Span | None, Span] | None:
    """Read "GAZA, 3 March 2024 (Agency) -" and its like at the start of a line, or the town in capitals alone."""
    head = Span(line.start, min(line.end, line.start + _DATELINE))
    for day in when.find(text, head, lexicon, Reference(None)):
        before = _weekday(lexicon.code).sub("", text[line.start : day.span.start])
        after = _AFTER.match(text, day.span.end, line.end)
        town = _BEFORE.fullmatch(before)
        if not (day.whole and day.precision == "day" and after) or (before.strip() and town is None):
            continue
        first = text[line.start : line.end].split()[0].rstrip(".").casefold()
        dashed = re.search(r"[–—-]", after.group()) is not None
        if town is None and not (dashed and (first[0].isdigit() or first in months(lexicon.code))):
            continue  # "On 3 March 2024. ..": without a town only a bare day and a dash make a dateline
        if town is None or all(word[:1].isupper() for word in town["town"].split()):
            return day.start, Span(line.start, day.span.end), Span(line.start, after.end())
    town = _UNDATED.match(text, line.start, head.end)
    if town and town["town"].isupper() and sum(map(str.isalpha, town["town"])) >= _CAPITALS:
        return None, None, Span(line.start, town.end())
    return None


def _trimmed(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    return Span(span.end - len(words.lstrip()), span.start + len(words.rstrip()))


@cache
def _small(language: str) -> re.Pattern[str]:
    """Make the expression for what may stand beside the day in its line."""
    raw = _raw(language)
    names = "|".join(sorted(map(re.escape, weekdays(language)), key=len, reverse=True))
    return re.compile(
        rf"\b(?:{raw['published']}|{raw['updated']}|{raw['line_words']}|{names})(?!\w)\.?", re.IGNORECASE
    )


@cache
def _updated(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_raw(language)['updated']})(?!\w)", re.IGNORECASE)


@cache
def _weekday(language: str) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, weekdays(language)), key=len, reverse=True))
    return re.compile(rf"(?:{names})\s*,?\s*$", re.IGNORECASE)


def _raw(language: str) -> dict[str, str]:
    from data.report.lexicon import lexicon

    words: dict[str, str] = lexicon(language).raw["publication"]
    return words
