"""The gazetteer file: its tables, its version, and the check when it is opened."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from geo.errors import GazetteerBroken, GazetteerMissing

SCHEMA_VERSION = 7
APPLICATION_ID = 0x44544C4E  # "DTLN"
REMEDY = "run `python -m geo build`"
REBUILD = "run `python -m geo build --force`"
"""Two remedies: `build` mends by itself what is noticed at opening; damage deep inside a file it has to be told."""

TABLES = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources(
    source TEXT PRIMARY KEY, label TEXT NOT NULL, places INTEGER NOT NULL, sha256 TEXT NOT NULL,
    origin TEXT NOT NULL, read_at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE places(
    key INTEGER PRIMARY KEY, name TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, feature TEXT NOT NULL,
    country TEXT NOT NULL, admin1 TEXT NOT NULL, admin2 TEXT NOT NULL, population INTEGER NOT NULL,
    radius_m REAL NOT NULL, name_count INTEGER NOT NULL, own_names TEXT NOT NULL);
CREATE INDEX places_by_country ON places(country, feature);
CREATE TABLE names(name TEXT NOT NULL, place INTEGER NOT NULL, kind INTEGER NOT NULL, country TEXT NOT NULL,
    PRIMARY KEY(name, place)) WITHOUT ROWID;
CREATE TABLE skeletons(skeleton TEXT NOT NULL, place INTEGER NOT NULL, country TEXT NOT NULL,
    PRIMARY KEY(skeleton, place)) WITHOUT ROWID;
CREATE TABLE spellings(place INTEGER PRIMARY KEY, names TEXT NOT NULL, codes TEXT NOT NULL, source TEXT NOT NULL);
CREATE TABLE admin1(country TEXT NOT NULL, code TEXT NOT NULL, place INTEGER NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY(country, code)) WITHOUT ROWID;
CREATE VIRTUAL TABLE towns USING rtree(key, west, east, south, north, low, high);
"""
"""`towns` is three-dimensional: longitude, latitude and the decimal logarithm of the population.

`names` and `skeletons` repeat the place's country, so that similar names of one are found without looking at places.
"""

MAIN, ALTERNATE, ROMANISED, STEM, CODE, DEMONYM = range(6)
"""`names.kind`: how a name stands for a place, strongest first."""


def connect(path: Path) -> sqlite3.Connection:
    """Open the file read-only; it is never written in place, so SQLite may skip all locking."""
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    connection.execute("PRAGMA cache_size=-4000")  # the system keeps the file's pages; each thread adds 4 MB
    return connection


def check(path: Path) -> None:
    """Raise GazetteerMissing or GazetteerBroken unless the file is whole and of this version."""
    if not path.exists():
        raise GazetteerMissing(f"There is no gazetteer at {path}: run `python -m geo build`.")
    try:
        connection = connect(path)
        try:
            _check_open(connection, path)
        finally:
            connection.close()
    except (sqlite3.Error, OSError, ValueError) as error:
        raise GazetteerBroken(f"The gazetteer {path} is damaged ({error}): {REMEDY}.") from error


def _check_open(connection: sqlite3.Connection, path: Path) -> None:
    meta = dict(connection.execute("SELECT name, value FROM meta"))
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise GazetteerBroken(f"{path} is not a Dateline gazetteer: {REMEDY}.")
    if meta.get("schema") != str(SCHEMA_VERSION):
        found = meta.get("schema", "none")
        raise GazetteerBroken(f"The gazetteer {path} has format {found}, this is {SCHEMA_VERSION}: {REMEDY}.")
    if meta.get("complete") != "yes":
        raise GazetteerBroken(f"The gazetteer {path} was not finished: {REMEDY}.")
    pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    if path.stat().st_size != pages * size:
        raise GazetteerBroken(f"The gazetteer {path} is cut short: {REMEDY}.")
    for table, column in (
        ("places", "key"),
        ("names", "name"),
        ("spellings", "place"),
        ("skeletons", "skeleton"),
    ):
        for order in ("", " DESC"):
            if (
                connection.execute(f"SELECT * FROM {table} ORDER BY {column}{order} LIMIT 1").fetchone()
                is None
            ):
                raise GazetteerBroken(f"The gazetteer {path} has an empty table {table!r}: {REMEDY}.")
