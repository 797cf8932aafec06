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
    if not any(report.get("independent_of") for report in reports):
        alone = [name for report in reports for name in _names(report)]
        if len(set(alone)) == len(alone):
            return len(reports)
    ids = [report.get("report_id") or f"{event_id}:r{n}" for n, report in enumerate(reports, start=1)]
    known = set(ids)
    groups: list[set[str]] = []
    for report_id, report in zip(ids, reports, strict=True):
        group = {f"report:{report_id}", *_names(report)}
        if origin := report.get("independent_of"):
            among = origin in known or origin.startswith(f"{event_id}:r")
            group.add(f"report:{origin}" if among else f"publisher:{origin.casefold()}")
        for other in [other for other in groups if not other.isdisjoint(group)]:
            groups.remove(other)
            group |= other
        groups.append(group)
    return len(groups)


_TELLING_WORDS = 5


def _names(report: Mapping[str, Any]) -> list[str]:
    """Name a report by publisher, address and what it says, where that is long enough not to be said by chance."""
    names = [f"publisher:{report['publisher'].casefold()}"]
    names += [
        f"{kind}:{report[key]}" for kind, key in (("url", "url"), ("text", "text_sha256")) if report.get(key)
    ]
    texts = filter(None, (report.get("title"), report.get("quote")))
    return names + [f"words:{said}" for said in map(_said, texts) if said]


@lru_cache(4_096)
def _said(text: str) -> str:
    """Reduce a text to its words; to none where they are few. Titles of pages and data sets come again and again."""
    words = re.findall(r"\w+", text.casefold())
    return " ".join(words) if len(words) >= _TELLING_WORDS else ""
