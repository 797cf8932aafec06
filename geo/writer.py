"""Writes places into a gazetteer file and takes them out again."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

from geo import arabic
from geo.admin1 import CITY_DIVISION
from geo.admin_words import split_kind
from geo.normalize import fold, latin, names_by_language, skeleton
from geo.precision import APPROXIMATE, precision_of
from geo.schema import ALTERNATE, APPLICATION_ID, CODE, DEMONYM, MAIN, ROMANISED, SCHEMA_VERSION, STEM, TABLES
from geo.sources.record import PlaceRecord

SLAVIC = frozenset(["UA", "BY", "RU", "MD", "BG", "RS", "MK", "ME", "BA", "KZ", "KG"])
"""Countries whose names reach reports through several romanisations."""
_DEMONYM_MARK = "~"
"""Before the demonyms, which are stored with the codes."""
_OUR_SCRIPTS = (0x0400, 0x052F)


def name_keys(record: PlaceRecord) -> dict[str, int]:
    """Return every key that finds a record, with the kind of name it is."""
    keys: dict[str, int] = {}

    def add(key: str, kind: int) -> None:
        if key and kind < keys.get(key, DEMONYM + 1):
            keys[key] = kind

    add(fold(record.name), MAIN)
    for name in (record.name, *record.alternates):
        add(fold(name), ALTERNATE)
        if any(_OUR_SCRIPTS[0] <= ord(char) <= _OUR_SCRIPTS[1] for char in name):
            add(latin(name), ROMANISED)
    for code in record.codes:
        add(fold(code), CODE)
    for demonym in record.demonyms:
        add(fold(demonym), DEMONYM)
    if precision_of(record.feature) in ("adm1", "adm2"):
        american = (
            record.country == "US"
        )  # the other names of its states are nicknames: the Empire State, the Golden State
        for name in (record.name, *(() if american else record.alternates)):
            kind = split_kind(name)
            if kind.kind and record.feature != CITY_DIVISION:
                add(kind.stem, STEM)
    return keys


def skeleton_keys(record: PlaceRecord) -> set[str]:
    """Return the looser keys of a place in a country with several romanisations."""
    if record.country in arabic.COUNTRIES:
        return set(filter(None, map(arabic.loose, (record.name, *record.alternates))))
    if record.country not in SLAVIC:
        return set()
    names = {name for name in (record.name, *record.alternates) if ord(name[0]) <= _OUR_SCRIPTS[1]}
    return {key for name in names if len(key := skeleton(name)) >= 3}


def prepare(connection: sqlite3.Connection) -> None:
    """Create the tables in an empty file that nobody else sees yet."""
    connection.executescript("PRAGMA page_size=8192; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
    connection.executescript(TABLES)
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")


def insert(connection: sqlite3.Connection, records: Collection[PlaceRecord]) -> None:
    """Insert records with all their names, in key order so that the file stays compact."""
    names: list[tuple[str, int, int, str]] = []
    skeletons: list[tuple[str, int, str]] = []
    ordered = sorted(records, key=lambda record: record.key)
    rows, spellings = [], []
    for record in ordered:
        keys = name_keys(record)
        names.extend((key, record.key, kind, record.country) for key, kind in keys.items())
        skeletons.extend((key, record.key, record.country) for key in skeleton_keys(record))
        others = sorted(record.alternates - {record.name})
        rows.append(_row(record, len(keys), others))
        spellings.append(
            (
                record.key,
                "\n".join(others),
                "\n".join(
                    [*sorted(record.codes), *(f"{_DEMONYM_MARK}{name}" for name in sorted(record.demonyms))]
                ),
                record.source,
            )
        )
    connection.executemany("INSERT INTO places VALUES(?,?,?,?,?,?,?,?,?,?,?,?)", rows)
    connection.executemany("INSERT INTO spellings VALUES(?,?,?,?)", spellings)
    connection.executemany("INSERT INTO names VALUES(?,?,?,?)", sorted(names))
    connection.executemany("INSERT INTO skeletons VALUES(?,?,?)", sorted(skeletons))
    connection.executemany("INSERT INTO towns VALUES(?,?,?,?,?,?,?)", _boxes(ordered))


def _row(record: PlaceRecord, name_count: int, others: Sequence[str]) -> tuple[int | str | float, ...]:
    own_names = names_by_language(record.name, others)
    return (
        record.key,
        record.name,
        record.lat,
        record.lon,
        record.feature,
        record.country,
        record.admin1,
        record.admin2,
        record.population,
        record.radius_m,
        name_count,
        "\n".join(f"{language} {name}" for language, name in own_names.items()),
    )


def _boxes(records: Iterable[PlaceRecord]) -> Iterator[tuple[int, float, float, float, float, float, float]]:
    for record in records:
        if precision_of(record.feature) == "settlement" and record.feature not in ("PPLX", APPROXIMATE):
            size = math.log10(record.population + 1)
            yield record.key, record.lon, record.lon, record.lat, record.lat, size, size


def delete(connection: sqlite3.Connection, records: Collection[PlaceRecord]) -> None:
    """Take stored records out, with all their names."""
    connection.executemany("DELETE FROM names WHERE name=? AND place=?", _pairs(records, name_keys))
    connection.executemany(
        "DELETE FROM skeletons WHERE skeleton=? AND place=?", _pairs(records, skeleton_keys)
    )
    for table, column in (("places", "key"), ("spellings", "place"), ("towns", "key"), ("admin1", "place")):
        connection.executemany(f"DELETE FROM {table} WHERE {column}=?", [(record.key,) for record in records])


def _pairs(
    records: Iterable[PlaceRecord], keys_of: Callable[[PlaceRecord], Iterable[str]]
) -> Iterator[tuple[str, int]]:
    return ((key, record.key) for record in records for key in keys_of(record))


_STORED = (
    "SELECT key, name, lat, lon, feature, country, admin1, admin2, population, s.source, s.names, s.codes, radius_m"
    " FROM places JOIN spellings s ON s.place = key WHERE "
)


def _stored(rows: Iterable[Sequence[Any]]) -> list[PlaceRecord]:
    records = []
    for row in rows:
        record = PlaceRecord(*row[:10])
        record.radius_m = row[12]
        record.alternates.update(filter(None, row[10].split("\n")))
        for code in filter(None, row[11].split("\n")):
            if code.startswith(_DEMONYM_MARK):
                record.demonyms.add(code.removeprefix(_DEMONYM_MARK))
            else:
                record.codes.add(code)
        records.append(record)
    return records


def records_of(connection: sqlite3.Connection, country: str) -> list[PlaceRecord]:
    """Return the stored places of a country."""
    return _stored(connection.execute(f"{_STORED} country=?", (country,)))


def records_by_key(connection: sqlite3.Connection, keys: Iterable[int]) -> list[PlaceRecord]:
    """Return the stored places among some GeoNames ids."""
    return [record for key in keys for record in _stored(connection.execute(f"{_STORED} key=?", (key,)))]


def insert_divisions(connection: sqlite3.Connection, records: Iterable[PlaceRecord]) -> None:
    """Insert the first-level divisions by country and code."""
    connection.executemany(
        "INSERT OR IGNORE INTO admin1 VALUES(?,?,?,?)",
        [
            (r.country, r.admin1, r.key, r.name)
            for r in records
            if r.feature in ("ADM1", CITY_DIVISION) and r.admin1
        ],
    )


def finish(connection: sqlite3.Connection, version: str, fingerprint: str) -> None:
    """Write counts and the mark that says the file is whole; the last thing that is written."""
    places = connection.execute("SELECT count(*) FROM places").fetchone()[0]
    names = connection.execute("SELECT count(*) FROM names").fetchone()[0]
    connection.executemany(
        "INSERT OR REPLACE INTO meta VALUES(?,?)",
        [
            ("schema", str(SCHEMA_VERSION)),
            ("version", version),
            ("fingerprint", fingerprint),
            ("places", str(places)),
            ("names", str(names)),
            ("complete", "yes"),
        ],
    )
    connection.commit()
