"""Which reports of an incident rest on one another: the same wire story twice is one source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from data.errors import InputError


def linked(reports: Sequence[dict[str, Any]], event_id: str) -> list[dict[str, Any]]:
    """Turn a number in `independent_of` (1 is the first report of the row) into that report's id.

    Any other text names an origin that is not among the reports, such as a news agency. Raise `InputError`.
    """
    if not any(report.get("independent_of") for report in reports):
        return list(reports)
    made = []
    for number, report in enumerate(reports, start=1):
        origin = report.get("independent_of")
        if origin and origin.isdigit():
            if not 1 <= int(origin) <= len(reports) or int(origin) == number:
                raise InputError(
                    column="independent_of" + ("" if number == 1 else f"_{number}"),
                    value=origin,
                    problem="is not the number of another source of the row",
                    expected=f"give one of 1 to {len(reports)}, or the name of what it repeats",
                )
            report = report | {"independent_of": f"{event_id}:r{int(origin)}"}
        made.append(report)
    return made


def independent_count(reports: Sequence[Mapping[str, Any]], event_id: str) -> int:
    """Count the groups of reports that do not depend on one another.

    Together go a report and the one it repeats, and reports of the same origin, publisher, address or words: one wire
    story that two papers print is one source. Reports that came with another incident, merged into this one, keep
    their own ids.
    """
    if len(reports) < 2:
        return len(reports)
    inside = f"{event_id}:r"
    holders: dict[tuple[str, str], int] = {}
    for number, report in enumerate(reports):
        holders["report", report.get("report_id") or f"{inside}{number + 1}"] = number
    groups = list(range(len(reports)))
    for number, report in enumerate(reports):
        names = _names(report)
        if origin := report.get("independent_of"):
            own = ("report", origin)
            among = own in holders or origin.startswith(inside)
            names.append(own if among else ("publisher", origin.casefold()))
        for name in names:
            other, group = groups[holders.setdefault(name, number)], groups[number]
            if other != group:
                groups = [other if one == group else one for one in groups]
    return len(set(groups))


_TELLING_WORDS = 5


def _names(report: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Name a report by publisher, address and what it says, where that is long enough not to be said by chance."""
    names = [("publisher", report["publisher"].casefold())]
    names += [(key, report[key]) for key in ("url", "text_sha256") if report.get(key)]
    for text in (report.get("title"), report.get("quote")):
        if text and (said := _said(text)):
            names.append(("words", said))
    return names


@lru_cache(4_096)
def _said(text: str) -> str:
    """Reduce a text to its words; to none where they are few. Titles of pages and data sets come again and again."""
    words = re.findall(r"\w+", text.casefold())
    return " ".join(words) if len(words) >= _TELLING_WORDS else ""
