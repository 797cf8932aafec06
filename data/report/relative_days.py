"""Days that a text counts from its publication: "yesterday", "three days ago", "last month"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from data.report.lexicon import Lexicon

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reference:
    """What dates are relative to."""

    day: date | None
    """The day of publication, given or taken from the text."""
    inferred: bool = False
    """Whether it was only taken from the text."""


Read = tuple[date, date, str, bool] | None
"""First and last day, precision, and whether the text itself gives the year."""


def single(day: date | None, whole: bool = False) -> Read:
    """Give one day as it is read from a text."""
    return (day, day, "day", whole) if day is not None else None


def month_span(year: int, month: int, whole: bool) -> Read:
    """Give a whole month as it is read from a text."""
    last = calendar.monthrange(year, month)[1]
    return date(year, month, 1), date(year, month, last), "month", whole


def _number(words: str | None, lexicon: Lexicon) -> int:
    if not words:
        return 1
    known: Mapping[str, int] = lexicon.raw["numbers"]["words"]
    return int(words) if words.isdecimal() else known.get(words.casefold(), 1)


def _unit(words: str, lexicon: Lexicon) -> str:
    units: Mapping[str, str] = lexicon.raw["dates"]["units"]
    return next((short for stem, short in units.items() if words.casefold().startswith(stem)), "d")


def _ago(match: re.Match[str], lexicon: Lexicon, reference: Reference, _future: bool) -> Read:
    day = reference.day
    if day is None:
        return None
    count, unit = _number(match["n"], lexicon), _unit(match["unit"], lexicon)
    if unit == "d":
        return single(day - timedelta(days=min(count, 20_000)))
    if unit == "w":
        monday = day - timedelta(days=day.weekday() + 7 * min(count, 3_000))
        return monday, monday + timedelta(days=6), "week", False
    months = day.year * 12 + day.month - 1 - count * (12 if unit == "y" else 1)
    if months < 12:
        return None
    if unit == "y":
        return date(months // 12, 1, 1), date(months // 12, 12, 31), "year", False
    return month_span(months // 12, months % 12 + 1, False)


def _recent(match: re.Match[str], lexicon: Lexicon, reference: Reference, _future: bool) -> Read:
    if reference.day is None:
        return None
    unit, stated = _unit(match["unit"], lexicon), match["n"]
    alone = match["unit"].casefold() in lexicon.raw["dates"]["one_day"].split("|")
    length = (
        1
        if alone
        else (_number(stated, lexicon) if stated else 3 if unit == "d" else 2) * (7 if unit == "w" else 1)
    )
    return reference.day - timedelta(days=length), reference.day, "range", False


def _this_week(_match: re.Match[str], _lexicon: Lexicon, reference: Reference, future: bool) -> Read:
    day = reference.day
    if day is None:
        return None
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6) if future else max(monday, day), "week", False


def last_week(_match: re.Match[str], _lexicon: Lexicon, reference: Reference, _future: bool) -> Read:
    """Give the whole week before that of the reference."""
    day = reference.day
    if day is None:
        return None
    monday = day - timedelta(days=day.weekday() + 7)
    return monday, monday + timedelta(days=6), "week", False


def _this_month(_match: re.Match[str], _lexicon: Lexicon, reference: Reference, _future: bool) -> Read:
    return month_span(reference.day.year, reference.day.month, False) if reference.day else None


def _last_month(_match: re.Match[str], _lexicon: Lexicon, reference: Reference, _future: bool) -> Read:
    if reference.day is None:
        return None
    before = reference.day.replace(day=1) - _DAY
    return month_span(before.year, before.month, False)


def _this_year(_match: re.Match[str], _lexicon: Lexicon, reference: Reference, _future: bool) -> Read:
    day = reference.day
    return (date(day.year, 1, 1), date(day.year, 12, 31), "year", False) if day else None


def _last_year(_match: re.Match[str], _lexicon: Lexicon, reference: Reference, _future: bool) -> Read:
    day = reference.day
    return (date(day.year - 1, 1, 1), date(day.year - 1, 12, 31), "year", False) if day else None


def _shifted(days: int, first: int | None = None) -> Any:
    def read(_match: re.Match[str], _lexicon: Lexicon, reference: Reference, _future: bool) -> Read:
        if reference.day is None:
            return None
        end = reference.day + timedelta(days=days)
        if first is None:
            return single(end)
        return reference.day + timedelta(days=first), end, "range", False

    return read


RELATIVE: Mapping[str, Any] = {
    "ago": _ago, "recent": _recent, "this_week": _this_week, "last_week": last_week,
    "this_month": _this_month, "last_month": _last_month, "this_year": _this_year, "last_year": _last_year,
    "before_yesterday": _shifted(-2), "yesterday": _shifted(-1),
    "night": _shifted(0, -1), "today": _shifted(0), "tomorrow": _shifted(1),
}  # fmt: skip
"""Each expression of the lexicon that counts from the publication, and what reads it."""
