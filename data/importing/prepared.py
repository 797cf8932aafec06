"""A row as it waits to be saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from data import schema
from data.placing import Placed

_EVENT, _REPORT = tuple(schema.fields("events")), tuple(schema.fields("reports"))


class Prepared(NamedTuple):
    """A checked row; `place` is absent where the records hold it already."""

    number: int
    event: dict[str, Any]
    reports: list[dict[str, Any]]
    source_hash: str
    given: frozenset[str]
    place: Placed | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """Wait on disk as bare values: names of fields would be most of what is written and read."""
        event = tuple(map(self.event.get, _EVENT))
        reports = [tuple(map(report.get, _REPORT)) for report in self.reports]
        return _again, (self.number, event, reports, self.source_hash, self.given, self.place)


def _again(number: int, event: Sequence[Any], reports: Sequence[Sequence[Any]], *rest: Any) -> Prepared:
    return Prepared(number, _named(_EVENT, event), [_named(_REPORT, report) for report in reports], *rest)


def _named(names: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}
