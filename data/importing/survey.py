"""What all rows of a file say together: order of day and month, and whether positions can be right.

The first rows are looked at before any is judged, the others while they are: mostly the first ones say it all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data import countries
from data.dates import Order, OrderVotes
from data.errors import InputError, Undecided
from data.importing.mapping import Mapped
from data.importing.spool import in_batches
from data.importing.table_file import Row
from data.importing.values import number, text_of
from data.progress import Clock, Progress, silent
from data.readers.table import Table

ENOUGH = 3
"""So many positions with a country must there be before anything is said about all of them."""
LOOKED_AT = 5_000
"""Positions looked at from the beginning of a file."""
FIRST = 10_000
"""So many first rows are looked at beforehand, and more where day and month are still unclear."""
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

    @property
    def is_full(self) -> bool:
        return self.counted >= self.most

    def add(self, lat: float, lon: float, can_be: Inhabited) -> None:
        if not self.is_full:
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
        if None in self._columns:
            return False
        names = self._country_column is not None or self._default is not None
        return (names and not self._named.is_full) or (
            self._inhabited is not None and not self._unnamed.is_full
        )

    def add(self, cells: tuple[str, ...]) -> None:
        lat_column, lon_column = self._columns
        if lat_column is None or lon_column is None:
            return
        name = text_of(cells[self._country_column]) if self._country_column is not None else ""
        code = countries.code_of(name) if name else self._default
        named = code is not None and countries.has_extent(code)
        if (self._named if named else self._unnamed).is_full:
            return
        try:
            lat, lon = number("lat", text_of(cells[lat_column])), number("lon", text_of(cells[lon_column]))
        except InputError:
            return
        if named:
            self._named.add(lat, lon, lambda y, x: countries.may_contain(str(code), y, x))
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


class Survey:
    """Looks at the rows of a file, each of them once, and says what they have shown so far."""

    def __init__(
        self,
        table: Table,
        mapped: Mapped,
        dates: Order | None,
        country: str | None,
        inhabited: Inhabited | None = None,
    ) -> None:
        self._table, self._mapped, self._dates = table, mapped, dates
        self._columns = [mapped.events[name] for name in ("date_start", "date_end") if name in mapped.events]
        self._columns += [
            report["published_at"] for report in mapped.reports.values() if "published_at" in report
        ]
        self._votes = {column: OrderVotes() for column in ([] if dates else self._columns)}
        self._filled = dict.fromkeys(self._votes, 0)
        self._positions = _Positions(mapped, country, inhabited)
        self._wanted = bool(self._votes or self._positions.wanted)
        self.rows = 0
        """How many rows were looked at."""

    def look(self, progress: Progress = silent) -> Surveyed:
        """Look at the first rows; at all where that is needed to read their dates, or to know how many there are."""
        clock = Clock(progress, "looking")
        for rows in in_batches(self._table.rows(), 1_000) if self._wanted else ():
            self.add(rows)
            clock.tell(self.rows)
            if self.rows >= FIRST and self._table.lines and not self._is_unclear:
                return self.result(whole=False)
        return self.result()

    def add(self, rows: Sequence[Row]) -> None:
        """Look at the next rows."""
        for column, votes in self._votes.items():
            cells = Counter([row.cells[column] for row in rows])
            self._filled[column] += sum(times for cell, times in cells.items() if cell.strip())
            votes.add(cells)
        for row in rows if self._positions.wanted else ():
            self._positions.add(row.cells)
        self.rows += len(rows)

    @property
    def _is_unclear(self) -> bool:
        return any(votes.undecided and votes.order is None for votes in self._votes.values())

    @property
    def orders(self) -> dict[int, Order | None]:
        """For each column of dates whether the day or the month comes first."""
        return {column: self._dates or self._votes[column].order for column in self._columns}

    def result(self, *, whole: bool = True) -> Surveyed:
        """Say what the rows have shown; of the positions only where no further row counts.

        Raise `Undecided` when no date can be read without knowing, and when latitude and longitude are exchanged in
        most rows.
        """
        start = self._mapped.events.get("date_start")
        if start in self._votes:
            votes = self._votes[start]
            if votes.order is None and 0 < self._filled[start] == votes.undecided:
                raise Undecided(
                    f"{self._table.path.name}: column {self._table.header[start]} may be day/month or month/day and "
                    "no value decides; say --dates dmy or --dates mdy. Nothing was imported",
                    DAY_OR_MONTH,
                )
        unclear = sum(votes.undecided for votes in self._votes.values() if votes.order is None)
        known = whole or not self._positions.wanted
        warnings = _judged(self._positions, self._table, self._mapped) if known else ()
        rows = self.rows if whole and self._wanted else None
        return Surveyed(self.orders, warnings, rows, unclear)


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
