"""The expressions that are dates, made for each language from the words in its lexicon, the most telling first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from data.report.lexicon import lexicon

SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
"""First and last month."""
_NUMBER = r"(?:19|20)\d{2}"
_ISO = r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)|(?P<d2>\d{1,2})\.(?P<m2>\d{1,2})\.(?P<y2>\d{4})"
_PLAIN = ("this_week", "last_week", "this_month", "last_month", "this_year", "last_year")
_RELATIVE = ("before_yesterday", "yesterday", "night", "today", "tomorrow")


@cache
def months(language: str) -> Mapping[str, int]:
    """Give the number of a month by each of its names."""
    groups = lexicon(language).raw["dates"]["months"].split()
    return {name: number for number, names in enumerate(groups, start=1) for name in names.split("|")}


@cache
def weekdays(language: str) -> Mapping[str, int]:
    """Give the number of a weekday, Monday 0, by each of its names."""
    groups = lexicon(language).raw["dates"]["weekdays"].split()
    return {name: number for number, names in enumerate(groups) for name in names.split("|")}


@cache
def patterns(language: str) -> Mapping[str, re.Pattern[str]]:
    """Give the expressions by kind, in the order in which they take words away from one another."""
    words: Mapping[str, Any] = lexicon(language).raw["dates"]
    month, weekday = (
        rf"(?:{_either(months(language))})\.?",
        _either(weekdays(language)),
    )
    made = {
        "iso": _ISO,
        **_days(words, month, weekday),
        **_months(words, month),
        "ago": words["ago"],
        "recent": words["recent"],
        **{name: words[name] for name in _PLAIN},
        "weekday": rf"{words['day_lead']}(?:(?P<was>{words['last']})|(?P<will>{words['next']})|{words['this']})?"
        rf"(?P<on>{weekday})(?!\w)",
        "year": rf"(?:{words['in_year']})(?P<y>{_NUMBER})(?![\d-]){words['year_word']}",
        **{name: words[name] for name in _RELATIVE},
    }
    if words.get("years_word"):
        made["year"] += rf"|(?P<y3>{_NUMBER}){words['years_word']}"
    return {name: re.compile(rf"(?<!\w)(?:{text})(?!\w)", re.IGNORECASE) for name, text in made.items()}


def _either(names: Any) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


def _days(words: Mapping[str, Any], month: str, weekday: str) -> dict[str, str]:
    """Single days and ranges of them: "April 3-5", "overnight on Sunday", "8 April 2025"."""
    ordinal, to, lead = words["ordinal"], words["range_words"], words["range_lead"]
    maybe_year = rf"(?:{words['of_year']}(?P<y>{_NUMBER}){words['year_word']})?"
    day_month = rf"\d{{1,2}}{ordinal}\s+(?:of\s+)?{month}(?!\w)"
    month_day = rf"{month}\s+\d{{1,2}}{ordinal}(?!\d)"
    return {
        "days": rf"{lead}(?P<d>\d{{1,2}}){ordinal}{to}(?P<e>\d{{1,2}}){ordinal}\s+(?:of\s+)?(?P<m>{month})"
        rf"{maybe_year}\b"
        rf"|{lead}(?P<n>{month})\s+(?P<d2>\d{{1,2}}){ordinal}{to}(?:(?P<n2>{month})\s+)?(?P<e2>\d{{1,2}}){ordinal}"
        rf"(?:{words['of_year']}(?P<y2>{_NUMBER}))?(?!\d)",
        "night_to": rf"(?:{words['night_to']})(?P<on>(?:{weekday})\b|{day_month}|{month_day}){maybe_year}",
        "day": rf"{words['day_lead']}(?P<on>{day_month}|{month_day}){maybe_year}",
    }


def _months(words: Mapping[str, Any], month: str) -> dict[str, str]:
    """Months, seasons, and parts of them and of years: "late 2024", "in early March", "last summer"."""
    part = f"(?:(?P<early>{words['early']})|(?P<mid>{words['mid']})|(?P<late>{words['late']}))"
    seasons = "|".join(f"(?P<{name}>{words[name]})" for name in SEASONS)
    of_year, year_word = words["of_year"], words["year_word"]
    stated = rf"(?P<y>{_NUMBER}){year_word}"
    relative = "|".join(
        f"(?P<{short}>{words[name]})"
        for short, name in (
            ("lasty", "last_year"),
            ("thisy", "this_year"),
            ("thism", "this_month"),
            ("lastm", "last_month"),
            ("week", "last_week"),
        )
    )
    return {
        "part": rf"{part}(?:(?P<m>{month})(?:{of_year}{stated})?(?!\w)|(?P<y2>{_NUMBER})(?!\d){year_word}|{relative})",
        "season": rf"(?:{words['last']}(?P<was>)|{words['this']})?(?:{seasons})(?:(?:{words['season_gap']}){stated})?"
        rf"(?!\w)",
        "month": rf"(?:{words['in_month']})?(?P<m>{month})(?:{of_year}|\s+){stated}(?!\d)"
        rf"|{words['in_month']}(?P<m2>{month})(?!\w)",
    }
