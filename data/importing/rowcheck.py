"""One row: cells in, an incident with its reports out, or everything that is wrong with it."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from data import countries, schema
from data.dates import Dated, Order, parse
from data.errors import InputError
from data.importing.mapping import Mapped
from data.importing.values import date_error, text_of, value_of
from data.records.write import digest
from data.sources import linked
from data.textscan import scan

_DATES = ("date_start", "date_end", "date_precision")
_REPORT_FIELDS = {"source_title": "title", "source_credibility": "credibility"}
_DECIMALS = 7
_KEPT_CHARACTERS = 20_000
_OURS = frozenset(schema.fields("events"))
_COUNTS = frozenset(f"{group}_{name}" for group in schema.PEOPLE for name in ("min", "best", "max"))
_REMEMBERED = 4_096
"""So many different values of a column are kept as read."""
_Reading = tuple[int, str, Callable[[str], Any]]
"""Number of a column, the field it gives, and how a cell becomes that field's value, None for an empty one."""


@dataclass(frozen=True)
class Incident:
    """A row that passed: the incident's own fields and its reports, not yet placed."""

    event: dict[str, Any]
    reports: list[dict[str, Any]]
    source_hash: str
    given: frozenset[str]
    """Fields that this row states or leaves empty on purpose; only these are laid over an existing record."""


class RowProblems(Exception):
    """A row that did not pass, with every problem found in it."""

    def __init__(self, problems: Sequence[InputError]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems


class RowCheck:
    """Checks the rows of one file."""

    def __init__(
        self,
        header: Sequence[str],
        mapped: Mapped,
        orders: Mapping[int, Order | None],
        country: str | None = None,
    ) -> None:
        self._header = header
        self._mapped = mapped
        self._orders = orders
        self._country = country
        required = {name for name, field in schema.fields("events").items() if field.required}
        dates = _DATES if {"date_start", "date_end"} & set(mapped.events) else ()
        self._may_empty = frozenset({*dates, *(set(mapped.events) - required - {"status"})})
        self._events = [self._reading("events", *column) for column in mapped.events.items()]
        self._reports = {
            number: [self._reading("reports", *column) for column in columns.items()]
            for number, columns in mapped.reports.items()
        }
        self._parsed = lru_cache(_REMEMBERED)(parse)
        self._left_over = [
            (i, name) for i, name in enumerate(header) if name in mapped.unused and name not in _OURS
        ]

    def check(self, cells: Sequence[str]) -> Incident:
        """Turn cells into an incident; raise `RowProblems`."""
        problems: list[InputError] = []
        event = _typed(self._events, cells, problems)
        reports = []
        for number, columns in self._mapped.reports.items():
            report = self._report(number, columns, cells, problems)
            if report:
                reports.append(report)
        for rule in (self._dates(cells), _position, _people, _types, _units):
            try:
                rule(event)
            except InputError as error:
                problems.append(error)
        if problems:
            raise RowProblems(problems)
        if self._country and "reported_country" not in event:
            event["reported_country"] = self._country
        source_hash = digest([event, reports])
        event.setdefault("event_id", f"i-{source_hash[:16]}")
        if "original" not in event:
            event["original"] = self._unread(cells)
        given = self._given(event)
        try:
            reports = linked(reports, event["event_id"])
        except InputError as error:
            raise RowProblems([error]) from None
        _fill_in(event, reports)
        return Incident(event, reports, source_hash, given)

    def _given(self, event: Mapping[str, Any]) -> frozenset[str]:
        return self._may_empty.union(event)

    def _unread(self, cells: Sequence[str]) -> dict[str, str] | None:
        """Keep the cells that no field took, up to a sane size."""
        kept: dict[str, str] = {}
        room = _KEPT_CHARACTERS
        for index, name in self._left_over:
            text = cells[index].strip()
            room -= len(name) + len(text)
            if text and not name.startswith("_") and room >= 0:
                kept[name] = text
        return kept or None

    def _reading(self, table: str, name: str, index: int) -> _Reading:
        """Prepare the reading of one column. Most have few different values, each of which is read once."""
        if name in _DATES[:2]:
            return index, name, lambda cell: text_of(cell) or None
        field = schema.fields(table)[_REPORT_FIELDS.get(name, name) if table == "reports" else name]

        def read(cell: str) -> Any:
            text = text_of(cell)
            return value_of(field, text, self._header[index], self._orders.get(index)) if text else None

        words = field.type == "text" and not field.codes and name not in ("url", "source_url")
        return index, field.name, read if words or field.type == "json" else lru_cache(_REMEMBERED)(read)

    def _report(
        self, number: int, columns: Mapping[str, int], cells: Sequence[str], problems: list[InputError]
    ) -> dict[str, Any] | None:
        report = _typed(self._reports[number], cells, problems)
        if not {"publisher", "url", "title", "quote"} & set(report):
            return None
        if "publisher" not in report:
            if "url" not in report:
                column = next(iter(columns.values()))
                problems.append(
                    InputError(
                        column=self._header[column],
                        value="",
                        problem=f"source {number} has no publisher",
                        expected="give its publisher or its link",
                    )
                )
            else:
                report["publisher"] = (urlsplit(report["url"]).hostname or "").removeprefix("www.")
        return report

    def _dates(self, cells: Sequence[str]) -> Callable[[dict[str, Any]], None]:
        def rule(event: dict[str, Any]) -> None:
            read: list[Dated | None] = []
            for name in ("date_start", "date_end"):
                text = event.pop(name, None)
                index = self._mapped.events.get(name)
                if text is None or index is None:
                    read.append(None)
                    continue
                try:
                    read.append(self._parsed(text, self._orders.get(index)))
                except ValueError as problem:
                    raise date_error(self._header[index], text, problem) from None
            event.update(_period(read[0], read[1], stated=event.get("date_precision")))

        return rule


def _typed(readings: Sequence[_Reading], cells: Sequence[str], problems: list[InputError]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for index, name, read in readings:
        if cell := cells[index]:
            try:
                value = read(cell)
            except InputError as error:
                problems.append(error)
                continue
            if value is not None:
                row[name] = value
    return row


def _period(first: Dated | None, last: Dated | None, *, stated: str | None) -> dict[str, Any]:
    first, last = first or last, last or first
    if first is None or last is None:
        if stated not in (None, "unknown"):
            _refuse("date_start", "", f"is empty though the precision is {stated}", "give the date")
        return {"date_precision": "unknown"}
    start, end = first.start, last.end
    if start > end:
        _refuse("date_end", end, f"is before the earliest day {start}", "give the earlier day first")
    precision = stated or (first.precision if first == last else "range")
    if precision == "unknown":
        _refuse("date_precision", stated, "is unknown though a date is given", "leave out one of them")
    if precision in ("day", "exact_time") and start != end:
        _refuse("date_precision", stated, f"does not fit {start} to {end}", "use range, week, month or year")
    if start == end:
        start, end = _widened(start, precision)
    return {"date_start": start, "date_end": end, "date_precision": precision}


def _widened(day: date, precision: str) -> tuple[date, date]:
    """Give the week, month or year around a day of which only that is known."""
    if precision == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if precision == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if precision == "year":
        return day.replace(month=1, day=1), day.replace(month=12, day=31)
    return day, day


def _position(event: dict[str, Any]) -> None:
    lat, lon = event.get("lat"), event.get("lon")
    if (lat is None) != (lon is None):
        missing, other = ("lat", "lon") if lat is None else ("lon", "lat")
        _refuse(missing, "", f"is missing though {other} is given", "give both or neither")
    if lat is None or lon is None:
        return
    lat, lon = (round(degrees, _DECIMALS) + 0.0 for degrees in (lat, lon))  # no zero below zero
    event |= {"lat": lat, "lon": lon}
    if not -90 <= lat <= 90:
        advice = "give degrees north, -90 to 90" + ("; are lat and lon swapped?" if -90 <= lon <= 90 else "")
        _refuse("lat", lat, "is out of range", advice)
    if not -180 <= lon <= 180:
        _refuse("lon", lon, "is out of range", "give degrees east, -180 to 180")
    if lat == 0 and lon == 0:
        _refuse(
            "lat, lon", "0, 0", "is a point in the sea that stands for a missing position", "leave both empty"
        )
    if event.get("geo_precision") in ("country", "unlocated"):
        precision = event["geo_precision"]
        _refuse(
            "geo_precision",
            precision,
            "carries no coordinates",
            "leave lat and lon empty or state the precision",
        )
    if (event.get("radius_m") or 0) < 0:
        _refuse("radius_m", event["radius_m"], "is negative", "give metres, 0 or more")


def check_values(event: dict[str, Any]) -> None:
    """Check an incident that was not read from a row: codes, days, position, people, type; raise `InputError`."""
    for name, field in schema.fields("events").items():
        value = event.get(name)
        if field.codes and value is not None and value not in schema.codes(field.codes):
            _refuse(
                name,
                value,
                f"is not a code of {field.label}",
                f"give one of {', '.join(schema.codes(field.codes))}",
            )
    start, end = event.get("date_start"), event.get("date_end")
    if start and end and start > end:
        _refuse("date_end", end, f"is before the earliest day {start}", "give the earlier day first")
    for rule in (_position, _people, _types):
        rule(event)


def _units(event: dict[str, Any]) -> None:
    """Check a country code that a file of ours gives."""
    given = event.get("country")
    if given is None:
        return
    code = countries.code_of(given)
    if code is None:
        _refuse("country", given, "is no country", "give its ISO 3166 code, like UA")
    event["country"] = code


def _people(event: dict[str, Any]) -> None:
    if _COUNTS.isdisjoint(event):
        return
    for group in schema.PEOPLE:
        given = [(name, event.get(f"{group}_{name}")) for name in ("min", "best", "max")]
        known = [(name, count) for name, count in given if count is not None]
        for (low, less), (high, more) in pairwise(known):
            if less > more:
                _refuse(f"{group}_{low}", less, f"is above {group}_{high} = {more}", "low <= best <= high")


def _types(event: dict[str, Any]) -> None:
    subtype = event.get("event_subtype")
    if subtype is None:
        return
    belongs = schema.codes("event_subtype")[subtype].more["event_type"]
    if event.setdefault("event_type", belongs) != belongs:
        _refuse(
            "event_subtype",
            subtype,
            f"belongs to {belongs}",
            f"change one of them; type is {event['event_type']}",
        )


def check_incident(event: Mapping[str, Any]) -> None:
    """Check a whole incident, as it would stand in the records after a correction; raise `InputError`."""
    start, end, precision = event["date_start"], event["date_end"], event["date_precision"]
    if (start is None) != (end is None) or (start is None) != (precision == "unknown"):
        _refuse(
            "date_precision", precision, "does not fit the dates", "give both days and a precision, or none"
        )
    if start is not None and start > end:
        _refuse("date_end", end, f"is before the earliest day {start}", "give the earlier day first")
    if precision in ("day", "exact_time") and start != end:
        _refuse(
            "date_precision", precision, f"does not fit {start} to {end}", "use range, week, month or year"
        )
    _people(dict(event))
    _types(dict(event))


def _fill_in(event: dict[str, Any], reports: Sequence[Mapping[str, Any]]) -> None:
    """Set what must be there and the file does not say, never more closely than it is known."""
    event.setdefault("event_type", "other")
    event.setdefault("modality", "reported")
    event.setdefault("sensitivity", "public")
    if event["event_type"] == "detention_capture":
        event.setdefault("protected_persons", True)
    if "place_text" not in event:
        event["place_text"] = _place_from_context(event)
    if "title" not in event:
        event["title"] = _title(event)
    texts = [event["title"], event.get("summary") or "", *(r.get("quote") or "" for r in reports)]
    places = [event.get(name) or "" for name in ("place_text", "reported_admin1", "reported_admin2")]
    flags = scan("\n".join(texts), places)
    event["flags"] = [{"kind": flag.kind, "text": flag.text} for flag in flags] or None
    event.setdefault("status", "in_review" if flags else "published")


def _place_from_context(event: Mapping[str, Any]) -> str:
    parts = [event.get(f"reported_{name}") for name in ("admin2", "admin1", "country")]
    words = ", ".join(part for part in parts if part)
    if not words and event.get("lat") is not None:
        return f"{event['lat']}, {event['lon']}"
    return words or "not stated"


def _title(event: Mapping[str, Any]) -> str:
    summary = str(event.get("summary") or "")
    first = summary.split(". ")[0].strip().rstrip(".")
    if first:
        return first if len(first) <= 120 else first[:117].rsplit(" ", 1)[0] + "..."
    return f"{schema.label('event_type', event['event_type'])}, {event['place_text']}"


def _refuse(column: str, value: object, problem: str, expected: str) -> None:
    raise InputError(column=column, value=value, problem=problem, expected=expected)
