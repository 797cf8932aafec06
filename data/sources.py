"""Which reports of an incident rest on one another: the same wire story twice is one source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from data.errors import InputError


def linked(reports: Sequence[dict[str, Any]], event_id: str) -> list[dict[str, Any]]:
    """Turn a number in `independent_of` (1 is the first report of the row) into that report's id.

    Any other text names an origin that is not among the reports, such as a news agency. Raise `InputError`.
    """
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

    Together go a report and the one it repeats, reports of the same origin, of the same publisher, of the same address.
    """
    groups: dict[str, str] = {}

    def top(name: str) -> str:
        while groups.setdefault(name, name) != name:
            name = groups[name]
        return name

    for number, report in enumerate(reports, start=1):
        itself = f"report:{event_id}:r{number}"
        names = [f"publisher:{report['publisher'].casefold()}"]
        if report.get("url"):
            names.append(f"url:{report['url']}")
        if origin := report.get("independent_of"):
            among = origin.startswith(f"{event_id}:r")
            names.append(f"report:{origin}" if among else f"publisher:{origin.casefold()}")
        for name in names:
            groups[top(name)] = top(itself)
    return len({top(f"report:{event_id}:r{number}") for number in range(1, len(reports) + 1)})
