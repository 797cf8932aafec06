"""Days that a text names, relative to its publication, each with the precision it has and no more.

The expressions to look for come from the lexicon; what a single day, weekday or "three days ago" is, dateparser says.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from data.progress import Clock, Progress, silent
from data.report.date_words import SEASONS, months, patterns, weekdays
from data.report.lexicon import Lexicon
from data.report.model import Span
from data.report.relative_days import RELATIVE, Read, Reference, last_week, month_span, single
from data.report.sentences import parts

_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d{2}(?![\d-]|[.,/]\d)")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class When:
    """A date as the text gives it."""

    start: date
    end: date
    precision: str
    span: Span
    whole: bool = True
    """Whether the text itself gives the year, so that it does not depend on the reference."""


def find(
    text: str, span: Span, lexicon: Lexicon, reference: Reference, *, future: bool = False
) -> list[When]:
    """Give the dates in a part of a text, by place; those that need a reference are left out when there is none."""
    found: list[When] = []
    taken: list[Span] = []  # sorted, none over another
    for name, pattern in patterns(lexicon.code).items():
        for match in pattern.finditer(text, span.start, span.end):
            here = Span(*match.span())
            at = bisect(taken, here)
            if any(here.overlaps(other) for other in taken[max(0, at - 1) : at + 1]):
                continue
            taken.insert(at, here)
            read = _READERS[name](match, lexicon, reference, future)
            if read is not None:
                start, end, precision, whole = read
                found.append(When(start, end, precision, here, whole))
    return sorted(found, key=lambda when: when.span)


def spans(text: str, span: Span, lexicon: Lexicon) -> list[Span]:
    """Give the parts of a text that are dates, known or not, so that nothing else is read from them."""
    return [
        Span(*match.span())
        for pattern in patterns(lexicon.code).values()
        for match in pattern.finditer(text, span.start, span.end)
    ]


def reference(
    text: str, published: date | None, lexicon: Lexicon, today: date, progress: Progress = silent
) -> Reference:
    """Take the day of publication, or else the latest day that a text with a year in it names."""
    if published is not None:
        return Reference(published)
    years = [year for m in _YEAR.finditer(text) if (year := int(m.group())) <= today.year]
    if not years:
        return Reference(None)
    last = min(today, date(max(years), 12, 31))
    clock = Clock(progress, "looking for the day of publication in", len(text), "characters")
    days = []
    for part in parts(text):
        days += [
            when.end
            for when in find(text, part, lexicon, Reference(last))
            if when.precision == "day"
            and when.end <= last
            and _is_calendar_day(text[when.span.start : when.span.end])
        ]
        clock.tell(part.end)
    return Reference(max(days), inferred=True) if days else Reference(None)


def _is_calendar_day(words: str) -> bool:
    return any(char.isdigit() for char in words)


def widened_to_year(when: When) -> tuple[date, date]:
    """Give the whole years around a date."""
    return date(when.start.year, 1, 1), date(when.end.year, 12, 31)


def _month(words: str, lexicon: Lexicon) -> int:
    return months(lexicon.code)[words.rstrip(".").casefold()]


@cache
def _parser(language: str, base: date, prefer: str) -> Any:
    from dateparser.date import DateDataParser

    settings = {
        "RELATIVE_BASE": datetime(base.year, base.month, base.day, 12),
        "PREFER_DATES_FROM": prefer,
        "DATE_ORDER": "DMY",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    return DateDataParser(languages=[language], settings=settings)


@lru_cache(maxsize=4_000)
def _day(words: str, language: str, base: date, prefer: str = "past") -> date | None:
    """Ask dateparser which day some words mean."""
    try:
        made = _parser(language, base, prefer).get_date_data(words).date_obj
    except (ValueError, OverflowError):
        return None
    return made.date() if made is not None else None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year_of(month: int, reference: Reference, future: bool) -> int | None:
    """Give the year of a month named without one: the latest that is not after the reference, or the next."""
    if reference.day is None:
        return None
    if future:
        return reference.day.year + (month < reference.day.month)
    return reference.day.year - (month > reference.day.month)


def _iso(match: re.Match[str], _lexicon: Lexicon, _reference: Reference, _future: bool) -> Read:
    year, month, day = (int(match[name] or match[f"{name}2"]) for name in "ymd")
    return single(_valid(year, month, day) if 1900 <= year <= 2100 else None, whole=True)


def _days(match: re.Match[str], lexicon: Lexicon, reference: Reference, future: bool) -> Read:
    first, last = int(match["d"] or match["d2"]), int(match["e"] or match["e2"])
    month = _month(match["m"] or match["n"], lexicon)
    until = _month(match["n2"], lexicon) if match["n2"] else month
    stated = match["y"] or match["y2"]
    year = int(stated) if stated else _year_of(until, reference, future)
    if year is None:
        return None
    start, end = _valid(year - (month > until), month, first), _valid(year, until, last)
    return (start, end, "range", bool(stated)) if start and end and start < end else None


def _one(words: str, stated: str | None, lexicon: Lexicon, reference: Reference, future: bool) -> date | None:
    """Read a calendar day or a weekday, which may be the day of publication."""
    number = weekdays(lexicon.code).get(words.casefold())
    if number is not None:
        return _weekday_near(number, reference, future)
    if stated:
        return _day(f"{words} {stated}", lexicon.code, date(int(stated), 12, 31))
    if reference.day is None:
        return None
    if future:
        return _day(words, lexicon.code, reference.day, "future")
    return _day(words, lexicon.code, reference.day + _DAY)


def _calendar_day(match: re.Match[str], lexicon: Lexicon, reference: Reference, future: bool) -> Read:
    return single(_one(match["on"], match["y"], lexicon, reference, future), whole=bool(match["y"]))


def _weekday(match: re.Match[str], lexicon: Lexicon, reference: Reference, future: bool) -> Read:
    if reference.day is None:
        return None
    day = _weekday_near(
        weekdays(lexicon.code)[match["on"].casefold()], reference, future or bool(match["will"])
    )
    same = day == reference.day and day is not None
    return single(day - timedelta(days=7) if same and day and match["was"] else day)


def _weekday_near(number: int, reference: Reference, future: bool) -> date | None:
    """Give the last such weekday up to the day of publication, or the next one after it."""
    if reference.day is None:
        return None
    back = (reference.day.weekday() - number) % 7
    return reference.day + timedelta(days=7 - back if future else -back)


def _night_to(match: re.Match[str], lexicon: Lexicon, reference: Reference, future: bool) -> Read:
    day = _one(match["on"], match["y"], lexicon, reference, future)
    return (day - _DAY, day, "range", bool(match["y"])) if day else None


def _part(match: re.Match[str], lexicon: Lexicon, reference: Reference, future: bool) -> Read:
    """Read "early", "mid" and "late": of a month a third, of a year the first or last quarter or the middle third."""
    which = 0 if match["early"] else 1 if match["mid"] else 2
    base = reference.day
    if match["week"]:
        return last_week(match, lexicon, reference, future)
    month = _month(match["m"], lexicon) if match["m"] else None
    stated = match["y"] or match["y2"]
    if stated:
        year: int | None = int(stated)
    elif base is None:
        return None
    elif match["lasty"]:
        year = base.year - 1
    elif match["thisy"]:
        year = base.year
    elif match["thism"] or match["lastm"]:
        shown = base if match["thism"] else base.replace(day=1) - _DAY
        year, month = shown.year, shown.month
    else:
        year = _year_of(month or 1, reference, future)
    if year is None:
        return None
    if month is None:
        first, last = ((1, 3), (5, 8), (10, 12))[which]
        start, end = date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
    else:
        length = calendar.monthrange(year, month)[1]
        low, high = ((1, 10), (11, 20), (21, length))[which]
        start, end = date(year, month, low), date(year, month, high)
    if base is not None and start <= base < end and not future:
        end = base
    return start, end, "range", bool(stated)


def _season(match: re.Match[str], _lexicon: Lexicon, reference: Reference, future: bool) -> Read:
    first, last = next(months for name, months in SEASONS.items() if match[name])
    if match["y"]:
        year = int(match["y"])
    elif match["was"] is not None and reference.day is not None:
        year = reference.day.year - (last >= reference.day.month)
    else:
        return None
    start = date(year - (first > last), first, 1)
    return start, date(year, last, calendar.monthrange(year, last)[1]), "range", bool(match["y"])


def _month_only(match: re.Match[str], lexicon: Lexicon, reference: Reference, future: bool) -> Read:
    month = _month(match["m"] or match["m2"], lexicon)
    year = int(match["y"]) if match["y"] else _year_of(month, reference, future)
    return month_span(year, month, bool(match["y"])) if year is not None else None


def _year(match: re.Match[str], _lexicon: Lexicon, _reference: Reference, _future: bool) -> Read:
    groups = match.groupdict()
    year = int(groups["y"] or groups.get("y3") or 0)
    return date(year, 1, 1), date(year, 12, 31), "year", True


_READERS: Mapping[str, Any] = {
    "iso": _iso, "days": _days, "night_to": _night_to, "day": _calendar_day, "part": _part, "season": _season,
    "month": _month_only, "weekday": _weekday, "year": _year, **RELATIVE,
}  # fmt: skip
