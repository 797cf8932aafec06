"""One row: cells in, an incident with its reports out, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from data import schema
from data.dates import Dated, Order, parse, widened
from data.errors import InputError
from data.importing.mapping import Mapped
from data.importing.rules import COUNTS, people, position, refuse, types, units
from data.importing.values import date_error, text_of, value_of
from data.records.write import digest, not_plain
from data.sources import linked
from data.textscan import scan

_DATES = ("date_start", "date_end", "date_precision")
_REPORT_FIELDS = {"source_title": "title", "source_credibility": "credibility"}
_KEPT_CHARACTERS = 20_000
Rule = Callable[[dict[str, Any]], None]
_RULES: tuple[tuple[Rule, frozenset[str]], ...] = (
    (position, frozenset(("lat", "lon"))),
    (people, COUNTS),
    (types, frozenset(("event_type", "event_subtype"))),
    (units, frozenset(("country",))),
)
"""Each with the fields of which it says something."""
_TELLING = frozenset(("publisher", "url", "title", "quote"))
"""Without any of these a report says nothing."""
_OURS = frozenset(schema.fields("events"))
_REMEMBERED = 4_096
"""So many different values of a column are kept as read."""


class Incident(NamedTuple):
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


class _Column:
    """A column that gives a field: of equal cells only the first is read."""

    def __init__(self, index: int, name: str, kind: str, read: Callable[[str], Any]) -> None:
        self.index = index
        self.name = name
        self.kind = kind
        """Type of its values: one of `schema.Field.type`."""
        self._read = read
        self._known: dict[str, Any] = {"": None}

    def values(self, cells: Sequence[str]) -> tuple[list[Any], bool]:
        """Give the value of each cell, None for an empty one, its `InputError` for a wrong one; and whether any is."""
        if len(self._known) > _REMEMBERED:
            self._known = {"": None}
        different = set(cells)
        for cell in different.difference(self._known):
            try:
                self._known[cell] = self._read(cell)
            except InputError as error:
                self._known[cell] = _kept(error)
        known = self._known.__getitem__
        values = [known(cells[0])] * len(cells) if len(different) == 1 else list(map(known, cells))
        return values, InputError in map(type, map(known, different))


class RowCheck:
    """Checks the rows of one file."""

    def __init__(
        self,
        header: Sequence[str],
        mapped: Mapped,
        orders: Mapping[int, Order | None],
        country: str | None = None,
    ) -> None:
        self.made_of = (header, mapped, orders, country)
        """What another one like it is made of."""
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
        self._periods: dict[tuple[Any, ...], dict[str, Any] | InputError] = {}
        self._givens: dict[tuple[str, ...], frozenset[str]] = {}
        self._left_over = [
            (i, name) for i, name in enumerate(header) if name in mapped.unused and name not in _OURS
        ]

    def check(self, cells: Sequence[str]) -> Incident:
        """Turn cells into an incident; raise `RowProblems`."""
        (checked,) = self.check_all([cells])
        if isinstance(checked, RowProblems):
            raise checked
        return checked

    def check_all(self, rows: Sequence[Sequence[str]]) -> list[Incident | RowProblems]:
        """Turn many rows into incidents, or what is wrong with them."""
        columns = list(zip(*rows, strict=True)) or [()] * len(self._header)
        problems: list[list[InputError]] = [[] for _row in rows]
        events, given, odd = _typed(self._events, columns, problems)
        reports: list[list[dict[str, Any]]] = [[] for _row in rows]
        for number, readings in self._reports.items():
            for row, report in enumerate(_typed(readings, columns, problems)[0]):
                if not _TELLING.isdisjoint(report):
                    if "publisher" not in report:
                        self._publisher(number, report, problems[row])
                    reports[row].append(report)
        rules = self._rules(given)
        parts = enumerate(zip(rows, events, reports, problems, strict=True))
        return [self._checked(rules, row not in odd, *part) for row, part in parts]

    def _rules(self, given: Set[str]) -> list[Rule]:
        """Name what must hold for rows of which none gives other fields."""
        rules: list[Rule] = [self._dates]
        rules += (rule for rule, fields in _RULES if not fields.isdisjoint(given))
        return rules

    def _checked(
        self,
        rules: Sequence[Rule],
        plain: bool,
        cells: Sequence[str],
        event: dict[str, Any],
        reports: list[dict[str, Any]],
        problems: list[InputError],
    ) -> Incident | RowProblems:
        for rule in rules:
            try:
                rule(event)
            except InputError as error:
                problems.append(_kept(error))
        if problems:
            return RowProblems(problems)
        if self._country and "reported_country" not in event:
            event["reported_country"] = self._country
        source_hash = digest([event, reports], plain=plain)
        event.setdefault("event_id", f"i-{source_hash[:16]}")
        if "original" not in event:
            event["original"] = self._unread(cells)
        given = self._given(event)
        try:
            reports = linked(reports, event["event_id"])
        except InputError as error:
            return RowProblems([error])
        _fill_in(event, reports)
        return Incident(event, reports, source_hash, given)

    def _given(self, event: Mapping[str, Any]) -> frozenset[str]:
        names = tuple(event)
        if names not in self._givens:
            self._givens[names] = self._may_empty.union(names)
        return self._givens[names]

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

    def _reading(self, table: str, name: str, index: int) -> _Column:
        if name in _DATES[:2]:
            return _Column(index, name, "text", lambda cell: text_of(cell) or None)
        field = schema.fields(table)[_REPORT_FIELDS.get(name, name) if table == "reports" else name]

        def read(cell: str) -> Any:
            text = text_of(cell)
            return value_of(field, text, self._header[index], self._orders.get(index)) if text else None

        return _Column(index, field.name, field.type, read)

    def _publisher(self, number: int, report: dict[str, Any], problems: list[InputError]) -> None:
        """Name the publisher of a report that has none by its link."""
        if "url" in report:
            report["publisher"] = (urlsplit(report["url"]).hostname or "").removeprefix("www.")
            return
        column = next(iter(self._mapped.reports[number].values()))
        problems.append(
            InputError(
                column=self._header[column],
                value="",
                problem=f"source {number} has no publisher",
                expected="give its publisher or its link",
            )
        )

    def _dates(self, event: dict[str, Any]) -> None:
        """Read the days of an incident; most were read before, in another row."""
        said = (event.pop("date_start", None), event.pop("date_end", None), event.get("date_precision"))
        if said not in self._periods:
            if len(self._periods) > _REMEMBERED:
                self._periods.clear()
            try:
                self._periods[said] = self._period(*said)
            except InputError as error:
                self._periods[said] = _kept(error)
        period = self._periods[said]
        if isinstance(period, InputError):
            raise period
        event.update(period)

    def _period(self, first: str | None, last: str | None, stated: str | None) -> dict[str, Any]:
        read: list[Dated | None] = []
        for name, text in (("date_start", first), ("date_end", last)):
            index = self._mapped.events.get(name)
            if text is None or index is None:
                read.append(None)
                continue
            try:
                read.append(self._parsed(text, self._orders.get(index)))
            except ValueError as problem:
                raise date_error(self._header[index], text, problem) from None
        return _period(read[0], read[1], stated=stated)


def _kept(error: InputError) -> InputError:
    """Let an error that is kept hold no frames, and by them all rows of its batch."""
    error.__context__ = error.__cause__ = None
    return error.with_traceback(None)


def _typed(
    readings: Sequence[_Column], columns: Sequence[Sequence[str]], problems: Sequence[list[InputError]]
) -> tuple[list[dict[str, Any]], set[str], set[int]]:
    """Read columns into one dictionary for each row, without what is empty or wrong.

    Name the fields given too, and the rows that are hashed with more care.
    """
    whole: dict[str, list[Any]] = {}
    partly: dict[str, list[Any]] = {}
    made: list[list[Any]] = []
    for column in readings:
        values, wrong = column.values(columns[column.index])
        for row, value in enumerate(values) if wrong else ():
            if isinstance(value, InputError):
                problems[row].append(value)
                values[row] = None
        empty = values.count(None)
        if empty < len(values):
            (partly if empty else whole)[column.name] = values
            if column.kind in ("float", "json"):
                made.append(values)
    rows = (
        [dict(zip(whole, row, strict=True)) for row in zip(*whole.values(), strict=True)]
        if whole
        else [{} for _row in problems]
    )
    for name, values in partly.items():
        for fields, value in zip(rows, values, strict=True):
            if value is not None:
                fields[name] = value
    return rows, {*whole, *partly}, not_plain(made)


def _period(first: Dated | None, last: Dated | None, *, stated: str | None) -> dict[str, Any]:
    first, last = first or last, last or first
    if first is None or last is None:
        if stated not in (None, "unknown"):
            refuse("date_start", "", f"is empty though the precision is {stated}", "give the date")
        return {"date_precision": "unknown"}
    start, end = first.start, last.end
    if start > end:
        refuse("date_end", end, f"is before the earliest day {start}", "give the earlier day first")
    precision = stated or (first.precision if first == last else "range")
    if precision == "unknown":
        refuse("date_precision", stated, "is unknown though a date is given", "leave out one of them")
    if precision in ("day", "exact_time") and start != end:
        refuse("date_precision", stated, f"does not fit {start} to {end}", "use range, week, month or year")
    if start == end:
        start, end = widened(start, precision)
    return {"date_start": start, "date_end": end, "date_precision": precision}


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
    subtype = schema.label("event_subtype", event.get("event_subtype"))
    return f"{subtype or schema.label('event_type', event['event_type'])}, {event['place_text']}"
