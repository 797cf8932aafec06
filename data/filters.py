"""What one is looking at: the same filters for map, timeline, table, export, command line and address bar."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import reduce
from operator import and_, or_
from typing import Any

import ibis.expr.types as ir

from data import countries, field_filters, schema
from data.dates import interval
from data.errors import InputError

BBox = tuple[float, float, float, float]
"""West, south, east, north in degrees; west greater than east crosses the antimeridian."""

CODE_LISTS = {
    "types": "event_type",
    "precisions": "geo_precision",
    "statuses": "status",
    "place_statuses": "geo_status",
}
PARAMETERS = {
    "types": "type",
    "countries": "country",
    "regions": "region",
    "precisions": "precision",
    "statuses": "status",
    "place_statuses": "place",
}
WORDS = {
    "datetime": "Period, like 2023-03-01/2023-06-30; .. leaves an end open.",
    "bbox": "west,south,east,north in degrees.",
    "type": "Incident types, comma-separated or repeated.",
    "country": "ISO codes of countries.",
    "region": "Regions, like 'UA:Donetsk Oblast'.",
    "precision": "Place precisions.",
    "status": "Record statuses.",
    "place": "Place statuses: auto, ambiguous, unresolved, ...",
    "q": "Text in title, summary, place or actors.",
}
"""The words for filters in addresses and on the command line, with what they take."""
_NUMBER = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")
_TIMED = re.compile(r"[0-9][Tt ][0-9]")
SEARCHED = ("title", "summary", "place_text", "actors")


@dataclass(frozen=True)
class Filters:
    """Which incidents to show; an empty field does not restrict."""

    date_start: date | None = None
    """First day of interest; an incident whose dates overlap the period belongs."""
    date_end: date | None = None
    """Last day of interest."""
    types: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    """ISO codes, upper case."""
    regions: tuple[str, ...] = ()
    """`UA:Donetsk Oblast`; `UA:` means no region known."""
    precisions: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    place_statuses: tuple[str, ...] = ()
    q: str | None = None
    """Text searched for in title, summary, place and actors, whatever its case."""
    bbox: BBox | None = None
    properties: field_filters.Properties = ()
    """Further fields of `data.field_filters.FIELDS` and the values they may have."""

    def __post_init__(self) -> None:
        for name in PARAMETERS:
            object.__setattr__(self, name, _checked(name, getattr(self, name)))
        if self.bbox is not None:
            object.__setattr__(self, "bbox", checked_bbox(self.bbox))
        object.__setattr__(self, "q", _text(self.q))
        object.__setattr__(self, "properties", field_filters.checked(self.properties))
        if self.date_start and self.date_end and self.date_start > self.date_end:
            raise InputError(
                column="datetime",
                value=f"{self.date_start}/{self.date_end}",
                problem="ends before it starts",
                expected="give the earlier day first",
            )

    @classmethod
    def from_query(cls, params: Mapping[str, Any]) -> Filters:
        """Read filters from address parameters, each a text or a list of texts.

        Raise `InputError` naming the parameter that is unknown or wrong.
        """
        for word in params:
            if word not in WORDS and word not in field_filters.FIELDS:
                raise InputError(
                    column=str(word),
                    value=params[word],
                    problem="is not a filter",
                    expected=f"use {', '.join(WORDS)} or a field: {', '.join(field_filters.FIELDS)}",
                )
        given = {word: [value] if isinstance(value, str) else list(value) for word, value in params.items()}
        start, end = _period(_one(given, "datetime"))
        lists = {name: _split(given.get(word, ())) for name, word in PARAMETERS.items()}
        further = [
            (word, field_filters.split(word, given[word])) for word in given if word in field_filters.FIELDS
        ]
        return cls(
            date_start=start,
            date_end=end,
            q=_one(given, "q"),
            bbox=_bbox(_one(given, "bbox")),
            properties=tuple(further),
            **lists,
        )

    def to_query(self) -> dict[str, str]:
        """Write the filters as address parameters; what does not restrict is left out."""
        query = {}
        if self.date_start or self.date_end:
            query["datetime"] = f"{self.date_start or '..'}/{self.date_end or '..'}"
        if self.bbox:
            query["bbox"] = ",".join(repr(float(edge)) for edge in self.bbox)
        for name, word in PARAMETERS.items():
            if values := getattr(self, name):
                query[word] = ",".join(re.sub(r"([\\,])", r"\\\1", value) for value in values)
        if self.q:
            query["q"] = self.q
        return query | {name: ",".join(values) for name, values in self.properties}

    def without(self, name: str) -> Filters:
        """Drop one field, as a facet does with its own."""
        empty: dict[str, Any] = {f.name: f.default for f in fields(self)}
        return replace(self, **{name: empty[name]})

    def sentence(self, counts: Any) -> str:
        """Say in words what is shown, as `data.sentence.sentence` does."""
        from data.sentence import sentence

        return sentence(self, counts)

    def values(self) -> dict[str, Any]:
        """Give what restricts, by name; equal names mean that `predicate` has the same shape."""
        given: dict[str, Any] = {"date_start": self.date_start, "date_end": self.date_end}
        given |= {name: getattr(self, name) for name in PARAMETERS}
        if self.q:
            given["q_literal" if re.search(r"[%_\\]", self.q) else "q"] = self.q
        if self.bbox:
            names = ("west", "south", "east", "north")
            given |= dict(zip(names, self.bbox, strict=True)) | (
                {"wraps": True} if self.bbox[0] > self.bbox[2] else {}
            )
        return {name: value for name, value in given.items() if value is not None and value not in ((), "")}

    def predicate(
        self,
        table: ir.Table,
        write: Callable[[str, Any], Any] = lambda _name, value: value,
        found: ir.Table | None = None,
    ) -> ir.BooleanValue:
        """Say the filters as an expression over a table of incidents, for filtering rows by it as a whole.

        `write` may put a blank in the place of a value; `found` are the numbers `n` of the rows that hold the text
        searched for, where an index has looked them up already. What is missing does not match: for days and numbers
        it is left unknown, so that DuckDB may pass over whole blocks; for lists of texts, which it is slow to look for
        while it reads, it is made false.
        """
        parts: list[ir.BooleanValue] = []
        if self.date_start:
            parts.append(table.date_end >= write("date_start", self.date_start))
        if self.date_end:
            parts.append(table.date_start <= write("date_end", self.date_end))
        columns = {"types": "event_type", "countries": "country", "regions": "region", **CODE_LISTS}
        for name, column in columns.items():
            if chosen := getattr(self, name):
                parts.append(table[column].isin(write(name, chosen)).fill_null(False))
        if self.q:
            parts.append(table.n.isin(found.n) if found is not None else _holds(table, self.q))
        if self.bbox:
            edges = zip(("west", "south", "east", "north"), self.bbox, strict=True)
            west, south, east, north = (write(name, edge) for name, edge in edges)
            inside = (table.lat >= south) & (table.lat <= north)
            right, left = table.lon >= west, table.lon <= east
            parts.append(inside & ((right | left) if self.bbox[0] > self.bbox[2] else (right & left)))
        parts += [part.fill_null(False) for part in field_filters.predicate(self.properties, table)]
        return reduce(and_, parts, table.event_id.notnull())


def like(text: str) -> tuple[str, bool]:
    """Write a text as a pattern for `ilike`; say whether it has wildcards of its own, which only `lower` can settle."""
    own = re.compile(r"[%_\\]")
    return "%" + own.sub("_", text) + "%", own.search(text) is not None


def contains(table: ir.Table, pattern: Any, lowered: Any = None) -> ir.BooleanValue:
    """Say that a text stands in any of the columns searched, whatever its case.

    Engines disagree on how to escape a wildcard, so a text that has one is checked a second time, `lowered`.
    """
    return _any(
        column.ilike(pattern) if lowered is None else column.ilike(pattern) & column.lower().contains(lowered)
        for column in (table[name] for name in SEARCHED)
    )


def checked_bbox(bbox: Iterable[float]) -> BBox:
    """Accept west, south, east, north within the world; raise `InputError` otherwise."""
    edges = tuple(float(edge) for edge in bbox)
    expected = "give west,south,east,north in degrees, for instance 22,44,41,53"
    if len(edges) == 6:  # OGC allows heights; they do not matter here
        edges = (edges[0], edges[1], edges[3], edges[4])
    if len(edges) != 4 or not all(math.isfinite(edge) for edge in edges):
        raise InputError(column="bbox", value=bbox, problem="is not four numbers", expected=expected)
    west, south, east, north = edges
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise InputError(column="bbox", value=bbox, problem="is not a box on the globe", expected=expected)
    return west, south, east, north


def _holds(table: ir.Table, text: str) -> ir.BooleanValue:
    pattern, literal = like(text)
    return contains(table, pattern, text.lower() if literal else None)


def _any(parts: Iterable[ir.BooleanValue]) -> ir.BooleanValue:
    return reduce(or_, (part.fill_null(False) for part in parts))


def _checked(name: str, values: Iterable[str]) -> tuple[str, ...]:
    values = tuple(sorted(set((values,) if isinstance(values, str) else values)))
    check: Callable[[str], bool]
    if name == "regions":
        check, expected = _is_region, "give country and region, like UA:Donetsk Oblast"
    elif name == "countries":
        values = tuple(sorted({value.upper() for value in values}))
        check, expected = _is_country, "give ISO codes of two letters, like UA"
    else:
        known = schema.codes(CODE_LISTS[name])
        check, expected = known.__contains__, f"use {', '.join(known)}"
    for value in values:
        if not check(value):
            raise InputError(column=PARAMETERS[name], value=value, problem="is not known", expected=expected)
    return values


def _is_region(value: str) -> bool:
    country, colon, _ = value.partition(":")
    return bool(colon) and _is_country(country)


def _is_country(value: str) -> bool:
    return len(value) == 2 and countries.code_of(value) == value


def _text(text: str | None) -> str | None:
    if text is not None and "\0" in text:
        raise InputError(column="q", value=text, problem="has a null character", expected="leave it out")
    return (text or "").strip() or None


def _one(given: Mapping[str, list[str]], word: str) -> str | None:
    values = given.get(word, [])
    if len(values) > 1:
        raise InputError(
            column=word, value=values, problem="is given more than once", expected="give it once"
        )
    return values[0] if values else None


def _split(values: Iterable[str]) -> tuple[str, ...]:
    parts = [part for value in values for part in re.findall(r"((?:[^\\,]|\\.|\\$)+)", value, re.DOTALL)]
    return tuple(re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL) for part in parts)


def _bbox(text: str | None) -> BBox | None:
    if text is None or not text.strip():
        return None
    edges = text.split(",")
    if not all(_NUMBER.fullmatch(edge.strip()) for edge in edges):
        expected = "give west,south,east,north in degrees, for instance 22,44,41,53"
        raise InputError(column="bbox", value=text, problem="is not four numbers", expected=expected)
    return checked_bbox([float(edge) for edge in edges])


def _period(text: str | None) -> tuple[date | None, date | None]:
    if text is None or not text.strip():
        return None, None
    start, slash, end = text.strip().partition("/")
    first = _edge(start, 0)
    return first, _edge(end, 1) if slash else _edge(start, 1)


def _edge(text: str, which: int) -> date | None:
    if text.strip() in ("", ".."):
        return None
    try:
        if not text.isascii():
            raise ValueError("is not a date")
        if _TIMED.search(text):  # a time is checked and says nothing more: days are local to the incident
            datetime.fromisoformat(text.strip().upper())
        return interval(text.upper())[which]
    except ValueError as problem:
        raise InputError(
            column="datetime",
            value=text,
            problem=str(problem),
            expected="give 2023-03-01/2023-06-30, .. for open",
        ) from None
