"""Dates as people write them, with the precision they have and no more."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Order = Literal["dmy", "mdy"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january січень січня январь января",
            "feb february лютий лютого февраль февраля",
            "mar march березень березня март марта",
            "apr april квітень квітня апрель апреля",
            "may травень травня май мая",
            "jun june червень червня июнь июня",
            "jul july липень липня июль июля",
            "aug august серпень серпня август августа",
            "sep sept september вересень вересня сентябрь сентября",
            "oct october жовтень жовтня октябрь октября",
            "nov november листопад листопада ноябрь ноября",
            "dec december грудень грудня декабрь декабря",
        ),
        start=1,
    )
    for name in names.split()
}
_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp][Mm])?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(rf"(\d{{4}})(?:[-/.](\d{{1,2}})(?:[-/.](\d{{1,2}}){_TIME})?)?$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})$", re.IGNORECASE)
_NUMERIC = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}$")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})$")
_NAMED = (
    re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[ .-]+(?P<m>[^\W\d]+)\.?[ ,.-]+(?P<y>\d{4})", re.IGNORECASE),
    re.compile(r"(?P<m>[^\W\d]+)\.?[ -]+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?[ -]+(?P<y>\d{4})", re.IGNORECASE),
    re.compile(r"(?P<d>)(?P<m>[^\W\d]+)\.?[ ,-]+(?P<y>\d{4})", re.IGNORECASE),
)
_EITHER_WAY = re.compile(r"(?<!\d)(\d{1,2})([-/])(\d{1,2})\2(?:\d{4}|\d{2})(?!\d)")
_BETWEEN = re.compile(r"\s*(?:\.\.|/(?=\d{4}-)|\s[-–—]\s|–|—|\bto\b|\buntil\b)\s*")


@dataclass(frozen=True)
class Dated:
    """Earliest and latest possible day, and how closely that is."""

    start: date
    end: date
    precision: str
    """A code of the list `date_precision`."""


def interval(text: str) -> tuple[date, date]:
    """Read an ISO year, month, day or date-time as its first and last day.

    Raise `ValueError` whose text completes the sentence "this value ...".
    """
    match = _ISO.match(text.strip())
    if match is None:
        raise ValueError("is not a date")
    dated = _span(match[1], match[2], match[3])
    return dated.start, dated.end


def parse(text: str, order: Order | None = None) -> Dated:
    """Read a date, a month, a year, a week or a range of them.

    `order` settles dates like 05/06/2023. Raise `ValueError` whose text completes "this value ...".
    """
    text = " ".join(text.split())
    if match := _COMPACT.match(text):
        return _span(*match.groups())
    try:
        return _single(text, order)
    except _NotSingle:
        parts = _BETWEEN.split(text)
        if len(parts) != 2 or not all(parts):
            raise ValueError("is not a date") from None
    try:
        first, last = (_single(part, order) for part in parts)
    except _NotSingle:
        raise ValueError("is not a date") from None
    if first.start > last.end:
        raise ValueError("ends before it starts")
    return Dated(first.start, last.end, first.precision if first == last else "range")


class _NotSingle(Exception):
    """The text is not one date; it may still be a range."""


def _single(text: str, order: Order | None) -> Dated:
    if match := _ISO.match(text):
        return _span(*match.groups())
    if match := _WEEK.match(text):
        try:
            start = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        except ValueError:
            raise ValueError("names a week that does not exist") from None
        return Dated(start, start + timedelta(days=6), "week")
    if match := _NUMERIC.match(text):
        return _numeric(int(match[1]), int(match[3]), match[4], "dmy" if match[2] == "." else order)
    if match := _MONTH_YEAR.match(text):
        return _span(match[2], match[1], None)
    for pattern in _NAMED:
        match = pattern.match(text)
        if match and match["m"].casefold() in _MONTHS and re.fullmatch(_TIME, text[match.end() :]):
            return _span(match["y"], str(_MONTHS[match["m"].casefold()]), match["d"] or None)
    raise _NotSingle


def _numeric(first: int, second: int, year: str, order: Order | None) -> Dated:
    year = year if len(year) == 4 else f"20{year}"
    if first > 12 and second > 12:
        raise ValueError(f"has no such day: neither {first} nor {second} is a month")
    if order is None and first != second and first <= 12 and second <= 12:
        raise AmbiguousOrder
    day_first = order != "mdy" if first <= 12 and second <= 12 else first > 12
    day, month = (first, second) if day_first else (second, first)
    return _span(year, str(month), str(day))


class AmbiguousOrder(ValueError):
    """A date like 05/06/2023 where nothing tells day from month."""

    def __init__(self) -> None:
        super().__init__("may be day/month or month/day")


def widened(day: date, precision: str) -> tuple[date, date]:
    """Give the week, month or year around a day of which only that is known."""
    if precision == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if precision == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if precision == "year":
        return day.replace(month=1, day=1), day.replace(month=12, day=31)
    return day, day


def _span(year: str, month: str | None, day: str | None) -> Dated:
    y, m = int(year), int(month) if month else None
    if not 1000 <= y <= 2999:
        raise ValueError("has an impossible year")
    if m is None:
        return Dated(date(y, 1, 1), date(y, 12, 31), "year")
    if not 1 <= m <= 12:
        raise ValueError(f"has no such month: {m}")
    last = calendar.monthrange(y, m)[1]
    if day is None:
        return Dated(date(y, m, 1), date(y, m, last), "month")
    if not 1 <= int(day) <= last:
        raise ValueError(f"has no such day: {int(day)} in month {m} of {y}")
    return Dated(date(y, m, int(day)), date(y, m, int(day)), "day")


@dataclass
class OrderVotes:
    """Collects from a whole column whether the day or the month is written first."""

    day_first: int = 0
    month_first: int = 0
    undecided: int = 0

    def add(self, texts: Iterable[str] | Mapping[str, int]) -> None:
        """Look at further values of the column, or at values with their number."""
        for text, times in Counter(texts).items():
            for match in _EITHER_WAY.finditer(text):
                first, second = int(match[1]), int(match[3])
                if first > 12 >= second:
                    self.day_first += times
                elif second > 12 >= first:
                    self.month_first += times
                elif first <= 12 and first != second:
                    self.undecided += times

    @property
    def order(self) -> Order | None:
        """The order of the column, None where values contradict one another or none decides."""
        if bool(self.day_first) == bool(self.month_first):
            return None
        return "dmy" if self.day_first else "mdy"
