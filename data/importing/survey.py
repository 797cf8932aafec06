"""One look at a whole file before its rows are judged: order of day and month, and whether positions can be right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from data import countries
from data.dates import Order, OrderVotes
from data.errors import InputError, Undecided
from data.importing.mapping import Mapped
from data.importing.spool import in_batches
from data.importing.values import number, text_of
from data.progress import Clock, Progress, silent
from data.readers.table import Table

ENOUGH = 3
"""So many positions with a country must there be before anything is said about all of them."""
LOOKED_AT = 5_000
"""Positions looked at from the beginning of a file."""
ASKED = 200
"""Positions without a country of which the gazetteer is asked."""


Inhabited = Callable[[float, float], bool]
"""Says of a latitude and longitude whether anybody lives near."""


@dataclass
class _Tally:
    """Positions looked at, and how many can be right as given and with latitude and longitude exchanged."""

    wrong: str
    """What is odd about one that cannot be right."""
    most: int
    counted: int = 0
    right: int = 0
    exchanged: int = 0

    def add(self, lat: float, lon: float, can_be: Inhabited) -> None:
        if self.counted < self.most:
            self.counted += 1
            self.right += can_be(lat, lon)
            self.exchanged += abs(lon) <= 90 and can_be(lon, lat)


class _Positions:
    """Looks at positions: in the country that their row names, else anywhere that somebody lives."""

    def __init__(self, mapped: Mapped, country: str | None, inhabited: Inhabited | None) -> None:
        events = mapped.events
        self._columns = (events.get("lat"), events.get("lon"))
        self._country_column = events.get("country", events.get("reported_country"))
        self._default = countries.code_of(country) if country else None
        self._inhabited = inhabited
        self._named = _Tally("lie outside the country that their row names", LOOKED_AT)
        self._unnamed = _Tally("lie far from any settlement, in the sea perhaps", ASKED)
        self.tallies = (self._named, self._unnamed)

    @property
    def wanted(self) -> bool:
        knows = self._inhabited or self._country_column is not None or self._default is not None
        full = all(tally.counted >= tally.most for tally in self.tallies)
        return None not in self._columns and bool(knows) and not full

    def add(self, cells: tuple[str, ...]) -> None:
        lat_column, lon_column = self._columns
        if lat_column is None or lon_column is None:
            return
        name = text_of(cells[self._country_column]) if self._country_column is not None else ""
        code = countries.code_of(name) if name else self._default
        try:
            lat, lon = number("lat", text_of(cells[lat_column])), number("lon", text_of(cells[lon_column]))
        except InputError:
            return
        if code is not None and countries.has_extent(code):
            self._named.add(lat, lon, lambda y, x: countries.may_contain(code, y, x))
        elif self._inhabited and abs(lat) <= 90 and abs(lon) <= 180:
            self._unnamed.add(lat, lon, self._inhabited)


@dataclass(frozen=True)
class Surveyed:
    """What a look at the whole file has shown."""

    orders: dict[int, Order | None]
    """For each column of dates whether the day or the month comes first."""
    warnings: tuple[str, ...]
    """What is odd about the positions."""
    rows: int | None
    """How many rows there are, where they had to be looked at."""
    unclear_dates: int = 0
    """Dates that may be read either way although the column was looked at."""


def survey(
    table: Table,
    mapped: Mapped,
    dates: Order | None,
    country: str | None,
    progress: Progress = silent,
    inhabited: Inhabited | None = None,
) -> Surveyed:
    """Find for each date column whether the day or the month comes first; say what is odd about the positions.

    Raise `Undecided` when no date of the file can be read without knowing, and when latitude and longitude are
    exchanged in most rows.
    """
    columns = [mapped.events[name] for name in ("date_start", "date_end") if name in mapped.events]
    columns += [report["published_at"] for report in mapped.reports.values() if "published_at" in report]
    undecided = [] if dates else columns
    votes = {column: OrderVotes() for column in undecided}
    filled = dict.fromkeys(undecided, 0)
    positions = _Positions(mapped, country, inhabited)
    rows = None
    if undecided or positions.wanted:
        rows = 0
        clock = Clock(progress, "looking")
        for batch in in_batches(table.rows(), 1_000):
            for column in undecided:
                cells = [cell for row in batch if (cell := row.cells[column].strip())]
                filled[column] += len(cells)
                votes[column].add(cells)
            for row in batch if positions.wanted else ():
                positions.add(row.cells)
            clock.tell(rows := rows + len(batch))
    start = mapped.events.get("date_start")
    if start in votes and votes[start].order is None and 0 < filled[start] == votes[start].undecided:
        raise Undecided(
            f"{table.path.name}: column {table.header[start]} may be day/month or month/day and no value decides; "
            "say --dates dmy or --dates mdy. Nothing was imported",
            DAY_OR_MONTH,
        )
    orders = {c: dates or votes[c].order for c in columns}
    unclear = sum(vote.undecided for vote in votes.values() if vote.order is None)
    return Surveyed(orders, _judged(positions, table, mapped), rows, unclear)


DAY_OR_MONTH: Mapping[str, Mapping[str, Any]] = {
    "The day comes first (31/12/2023)": {"dates": "dmy"},
    "The month comes first (12/31/2023)": {"dates": "mdy"},
}
"""The choices where dates can be read either way, and the options that choose."""


def _judged(positions: _Positions, table: Table, mapped: Mapped) -> tuple[str, ...]:
    odd = [t for t in positions.tallies if t.counted >= ENOUGH and (t.counted - t.right) * 2 > t.counted]
    warnings = []
    for tally in odd:
        said = f"{tally.counted - tally.right} of {tally.counted} positions {tally.wrong}"
        lat, lon = (table.header[mapped.events[name]] for name in ("lat", "lon"))
        if tally.exchanged * 2 > tally.counted:
            exchanged = {**mapped.choices(table.header), "lat": lon, "lon": lat}
            raise Undecided(
                f"{table.path.name}: {said}, and not so with latitude and longitude exchanged; say "
                f"--map lat={lon} --map lon={lat}, or correct the file. Nothing was imported",
                {f"Exchange them: {lon} is the latitude, {lat} the longitude": {"columns": exchanged}},
            )
        warnings.append(f"{said}; look at the columns {lat} and {lon}, and at the country where one is named")
    return tuple(warnings)
