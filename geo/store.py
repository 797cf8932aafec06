"""Reads the gazetteer file: look-ups by name, place and view. Safe to share between threads."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import cos, radians
from pathlib import Path
from typing import Any, NamedTuple

from geo import schema
from geo.errors import GazetteerBroken
from geo.kept import Kept
from geo.model import Place
from geo.sphere import distance_km

_PLACE = ", ".join(f"p.{column}" for column in Place._fields)
MOST_HOMONYMS = 600
"""How many places of one name are looked at; the most populous ones when there are more."""
MOST_LOOKED_AT = 20_000
"""No name has a tenth as many places; a file that does (a million rows of one name) is still answered at once."""
MOST_AT_ONCE = 200
MOST_KEPT = 20_000
"""Names and the places found under them that are kept: about 10 MB."""
_SIZE_STEPS = (6.0, 5.0, 4.3, 3.6, 3.0, 0.0)
"""Decimal logarithms of population by which a view is filled, largest towns first."""


class Hit(NamedTuple):
    """A place found under a name, and how the name stands for it (`schema.MAIN` ... `schema.CODE`)."""

    place: Place
    kind: int


class Store:
    """A gazetteer file, open for reading; one connection a thread."""

    def __init__(self, path: Path) -> None:
        schema.check(path)
        self.path = path
        self._local = threading.local()
        meta: dict[str, str] = dict(self._rows("SELECT name, value FROM meta"))
        self.version = str(meta["version"])
        self.count = int(meta["places"])
        self.name_count = int(meta["names"])
        self._admin1 = {(c, code): (key, name) for c, code, key, name in self._rows("SELECT * FROM admin1")}
        self.kept = Kept(self._hits, MOST_KEPT)
        self.loose_hits = lru_cache(maxsize=1_000)(self._loose_hits)
        self.place = lru_cache(maxsize=5_000)(self._place)

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            self._local.connection = connection = schema.connect(self.path)
        try:
            return connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise GazetteerBroken(
                f"The gazetteer {self.path} is damaged ({error}): {schema.REBUILD}."
            ) from error

    def hits(self, key: str, country: str = "") -> tuple[Hit, ...]:
        """Return the places under a folded name; with a country, its places are all there if there are very many."""
        found = self.kept(key)
        return self.kept(key, country) if country and len(found) == MOST_HOMONYMS else found

    def has(self, key: str) -> bool:
        """Tell whether a folded name stands for any place."""
        if (key, "") in self.kept:
            return bool(self.kept(key))
        return bool(self._rows("SELECT 1 FROM names WHERE name = ? LIMIT 1", (key,)))

    def _hits(self, key: str, country: str) -> tuple[Hit, ...]:
        rows = self._rows(
            f"SELECT n.kind, {_PLACE} FROM (SELECT place, kind FROM names WHERE name = ? LIMIT {MOST_LOOKED_AT}) n "
            f"JOIN places p ON p.key = n.place ORDER BY p.country = ? DESC, p.population DESC LIMIT {MOST_HOMONYMS}",
            (key, country),
        )
        return tuple(Hit(Place._make(row[1:]), row[0]) for row in rows)

    def look_ahead(self, keys: Iterable[str]) -> None:
        """Look many folded names up at once, which is a fifth of the work, and keep what is found for `hits`."""
        wanted = list({key for key in keys if (key, "") not in self.kept})
        for first in range(0, len(wanted), MOST_AT_ONCE):
            part = wanted[first : first + MOST_AT_ONCE]
            rows = self._rows(
                f"SELECT n.name, n.kind, {_PLACE} FROM (SELECT n.name, n.place, n.kind FROM json_each(?) asked "
                f"JOIN names n ON n.name = asked.value LIMIT {MOST_LOOKED_AT}) n "
                "JOIN places p ON p.key = n.place ORDER BY p.population DESC",
                (json.dumps(part),),
            )
            if len(rows) == MOST_LOOKED_AT:
                return
            found: dict[str, list[Hit]] = {key: [] for key in part}
            for row in rows:
                found[row[0]].append(Hit(Place._make(row[2:]), row[1]))
            for key, hits in found.items():
                self.kept.keep((key, ""), tuple(hits[:MOST_HOMONYMS]))

    def _loose_hits(self, skeleton: str) -> tuple[Place, ...]:
        """Return the places under a loose key, most populous first."""
        rows = self._rows(
            f"SELECT {_PLACE} FROM (SELECT place FROM skeletons WHERE skeleton = ? LIMIT {MOST_LOOKED_AT}) s "
            f"JOIN places p ON p.key = s.place ORDER BY p.population DESC LIMIT {MOST_HOMONYMS}",
            (skeleton,),
        )
        return tuple(map(Place._make, rows))

    def loose_keys(self, skeleton: str) -> list[int]:
        """Return the ids of the places under a loose key."""
        return [row[0] for row in self._rows("SELECT place FROM skeletons WHERE skeleton = ?", (skeleton,))]

    def places(self, keys: Sequence[int]) -> list[Place]:
        """Return some places by their ids, most populous first."""
        if not keys:
            return []
        marks = ",".join("?" * len(keys))
        return [
            Place._make(row)
            for row in self._rows(
                f"SELECT {_PLACE} FROM places p WHERE p.key IN ({marks}) ORDER BY p.population DESC", keys
            )
        ]

    def keys(self, key: str) -> list[int]:
        """Return the GeoNames ids under a folded name: the fastest look-up there is."""
        return [row[0] for row in self._rows("SELECT place FROM names WHERE name = ?", (key,))]

    def begins(self, prefix: str, last_kind: int, most: int) -> list[tuple[str, int]] | None:
        """Return (name, place) of the places with a name that begins so, most populous first; None for too many."""
        span = (prefix, prefix + "\U0010ffff", last_kind)
        within = "FROM names WHERE name >= ? AND name < ? AND kind <= ?"
        count = self._rows(f"SELECT count(*) FROM (SELECT 1 {within} LIMIT {most + 1})", span)[0][0]
        if count > most:
            return None
        return self._rows(
            f"SELECT min(n.name), n.place FROM (SELECT name, place {within}) n "
            "JOIN places p ON p.key = n.place GROUP BY n.place ORDER BY p.population DESC, n.place",
            span,
        )

    def keys_beginning(self, prefix: str, last_kind: int) -> list[int]:
        """Return the places with a name that begins so, in no order, some more than once."""
        joined = self._rows(
            "SELECT group_concat(place) FROM names WHERE name >= ? AND name < ? AND kind <= ?",
            (prefix, prefix + "\U0010ffff", last_kind),
        )[0][0]
        return [int(key) for key in joined.split(",")] if joined else []

    def large_places(self, population: int) -> list[tuple[int, int]]:
        """Return (key, population) of the places with at least so many people, by key."""
        return self._rows(
            "SELECT key, population FROM places WHERE population >= ? ORDER BY key", (population,)
        )

    def damage(self) -> list[str]:
        """Read the whole file and return what is wrong with it; takes some seconds."""
        try:
            found = [row[0] for row in self._rows("PRAGMA integrity_check(5)") if row[0] != "ok"]
            if found:
                return found
            said = {"places": self.count, "names": self.name_count}
            for table, count in said.items():
                stored = self._rows(f"SELECT count(*) FROM {table}")[0][0]
                if stored != count:
                    found.append(f"{stored:,} {table}, {count:,} were written")
            for table in ("names", "skeletons", "spellings", "admin1"):
                lost = self._rows(
                    f"SELECT count(*) FROM {table} WHERE place NOT IN (SELECT key FROM places)"
                )[0][0]
                if lost:
                    found.append(f"{lost:,} rows of {table} name a place that is not there")
        except GazetteerBroken as error:
            return [str(error.__cause__)]
        return found

    def similar_skeletons(self, prefix: str, country: str) -> list[tuple[str, int]]:
        """Return (loose key, place) of a country's places whose loose key begins with a prefix."""
        return self._rows(
            "SELECT skeleton, place FROM skeletons WHERE skeleton >= ? AND skeleton < ? AND country = ?",
            (prefix, prefix + "\U0010ffff", country),
        )

    def similar_names(self, prefix: str, country: str) -> list[tuple[str, int]]:
        """Return (name, place) of a country's places whose folded name begins with a prefix."""
        return self._rows(
            "SELECT name, place FROM names WHERE name >= ? AND name < ? AND country = ? AND kind < 4",
            (prefix, prefix + "\U0010ffff", country),
        )

    def division_names(self, country: str, narrowest: str) -> list[tuple[str, int]]:
        """Return (name, place) of every spelling of a country's divisions: `ADM1`, or down to `ADM2`."""
        rows = self._rows(
            "SELECT p.key, p.name, s.names FROM places p JOIN spellings s ON s.place = p.key "
            "WHERE p.country = ? AND p.feature IN ('ADM1', ?)",
            (country, narrowest),
        )
        return [(name, key) for key, main, names in rows for name in (main, *names.split("\n")) if name]

    def divisions_of(self, country: str) -> list[tuple[int, str]]:
        """Return (place, division code) of a country's places, in the order of their ids."""
        return self._rows(
            "SELECT key, admin1 FROM places WHERE country = ? AND admin1 <> '' ORDER BY key", (country,)
        )

    def town_positions(self, country: str) -> list[tuple[str, float, float]]:
        """Return (division code, lat, lon) of a country's settlements that have a position of their own."""
        return self._rows(
            "SELECT admin1, lat, lon FROM places WHERE country = ? AND admin1 <> '' "
            "AND feature GLOB 'PPL*' AND feature <> 'PPL~'",
            (country,),
        )

    def country_names(self) -> list[tuple[str, str]]:
        """Return (name, country code) of every name of every country."""
        rows = self._rows(
            "SELECT p.country, p.name, s.names FROM places p JOIN spellings s ON s.place = p.key "
            "WHERE p.feature GLOB 'PCL*'"
        )
        return [
            (name, country) for country, main, names in rows for name in (main, *names.split("\n")) if name
        ]

    def _place(self, key: int) -> Place | None:
        """Return a place by its GeoNames id."""
        rows = self._rows(f"SELECT {_PLACE} FROM places p WHERE p.key = ?", (key,))
        return Place._make(rows[0]) if rows else None

    def spellings(self, key: int) -> list[str]:
        """Return the other names of a place."""
        rows = self._rows("SELECT names FROM spellings WHERE place = ?", (key,))
        return [name for name in rows[0][0].split("\n") if name] if rows else []

    def admin1_name(self, country: str, code: str) -> str | None:
        """Return the name of a first-level division."""
        found = self._admin1.get((country, code))
        return found[1] if found else None

    def towns(self, west: float, south: float, east: float, north: float, limit: int) -> list[Place]:
        """Return the most populous settlements in view, largest first; `west > east` crosses the antimeridian."""
        spans = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
        found: list[tuple[float, int]] = []
        high = 20.0
        for low in _SIZE_STEPS:
            for left, right in spans:
                found += self._rows(
                    "SELECT low, key FROM towns WHERE east >= ? AND west <= ? AND north >= ? AND south <= ? "
                    f"AND low >= ? AND low < ? ORDER BY low DESC LIMIT {int(limit)}",
                    (left, right, south, north, low, high),
                )
            high = low
            if len(found) >= limit:
                break
        found.sort(reverse=True)
        places = (self.place(int(key)) for _, key in found[:limit])
        return sorted((p for p in places if p is not None), key=lambda p: -p.population)

    def nearest(self, lat: float, lon: float, limit: int) -> list[tuple[float, Place]]:
        """Return the nearest settlements with their distance in km, nearest first."""
        for reach in (0.1, 0.4, 1.6, 6.4, 25.0, 180.0):
            widened = min(180.0, reach / max(0.02, cos(radians(lat))))
            spans = [(lon - widened, lon + widened)]
            spans += [(low + turn, high + turn) for low, high in spans[:1] for turn in (-360.0, 360.0)]
            rows = [
                key
                for low, high in spans
                for (key,) in self._rows(
                    "SELECT key FROM towns WHERE east >= ? AND west <= ? AND north >= ? AND south <= ? LIMIT 5000",
                    (low, high, lat - reach, lat + reach),
                )
            ]
            if len(rows) >= limit or reach == 180.0:
                places = [place for key in set(rows) if (place := self.place(int(key))) is not None]
                by_distance = sorted((distance_km(lat, lon, p.lat, p.lon), p.key, p) for p in places)
                within = [(km, place) for km, _, place in by_distance if km <= reach * 111 or reach == 180.0]
                if len(within) >= limit or reach == 180.0:
                    return within[:limit]
        return []

    def sources(self) -> list[dict[str, Any]]:
        """Return what the gazetteer was built from, one row a source."""
        columns = ("source", "label", "places", "sha256", "origin", "read_at")
        return [dict(zip(columns, row, strict=True)) for row in self._rows("SELECT * FROM sources")]

    def close(self) -> None:
        """Close this thread's connection; the others close with their threads."""
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None
