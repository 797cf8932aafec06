"""Dates, numbers and distances as an analyst would say them."""

from datetime import date, datetime
from typing import Any

NOT_KNOWN = "Date not known"


def as_day(value: Any) -> date | None:
    """Read a date from what stores and JSON give: a date, a timestamp, an ISO text or nothing."""
    if value is None or value != value:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def day(value: Any) -> str | None:
    """Say a day: 8 Apr 2025."""
    found = as_day(value)
    return f"{found.day} {found:%b %Y}" if found else None


def days(start: Any, end: Any, precision: str = "day", *, brief: bool = False) -> str:
    """Say a date no more closely than it is known; `brief` leaves out the remark that says so in words."""
    first, last = as_day(start), as_day(end)
    if precision == "unknown" or (first is None and last is None):
        return NOT_KNOWN
    if first is None:
        return f"{day(last)} or earlier"
    if last is None:
        return f"{day(first)} or later"
    if precision == "year":
        return str(first.year) if brief else f"In {first.year}, day not known"
    if precision == "month":
        return f"{first:%b %Y}" if brief else f"{first:%B %Y}, day not known"
    if first == last:
        return day(first) or NOT_KNOWN
    words = f"{_short_start(first, last)} – {day(last)}"
    if brief:
        return words
    return f"Week of {words}" if precision == "week" else f"{words}, exact day not known"


def _short_start(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return str(first.day)
    return f"{first.day} {first:%b}" if first.year == last.year else day(first) or ""


def distance(metres: float | None) -> str:
    """Say a distance with as many figures as an uncertainty deserves."""
    if metres is None or metres != metres:
        return "an unknown distance"
    if metres < 1000:
        return f"{round(metres, -1):.0f} m"
    km = metres / 1000
    return f"{km:.1f} km" if km < 3 and km % 1 else f"{km:.0f} km"


def percent(probability: float | None) -> str | None:
    """Say a probability; never 0 % or 100 %, which nobody knows."""
    if probability is None:
        return None
    if probability < 0.01:
        return "under 1 %"
    return f"{min(99, round(probability * 100))} %"


def people(what: str, low: Any, best: Any, high: Any) -> str | None:
    """Say a count of people: `2 captured`, `3 to 5 killed (best estimate 4)`."""
    low, best, high = (None if v is None or v != v else int(v) for v in (low, best, high))
    known = [v for v in (low, best, high) if v is not None]
    if not known:
        return None
    if min(known) == max(known):
        if low is None and high is not None and best is None:
            return f"up to {high:,} {what}"
        if high is None and best is None:
            return f"at least {low:,} {what}"
        return f"{known[0]:,} {what}"
    estimate = (
        f" (best estimate {best:,})" if best is not None and best not in (min(known), max(known)) else ""
    )
    return f"{min(known):,} to {max(known):,} {what}{estimate}"


def number_of(count: int, noun: str) -> str:
    """Say `1 source`, `3 sources`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def sentence(words: str) -> str:
    """Begin with a capital letter and leave all others as they are."""
    return words[:1].upper() + words[1:]
