"""Makes the divisions of countries that stay as they are exact, once GeoNames' own table is there."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from statistics import median

from geo import writer
from geo.admin1 import ExactCodes
from geo.extent import SMALLEST_DIVISION_M
from geo.sources.record import PlaceRecord
from geo.sphere import distance_km


def relink(connection: sqlite3.Connection, exact: ExactCodes, except_in: Collection[str]) -> int:
    """Correct divisions that were joined to the wrong code or to none; return how many."""
    stored = {
        (row[0], row[1]): row[2] for row in connection.execute("SELECT country, code, place FROM admin1")
    }
    wrong = [
        (country, code, name, key)
        for (country, code), (name, key) in exact.items()
        if country not in except_in and stored.get((country, code)) != key
    ]
    connection.executemany("DELETE FROM admin1 WHERE country=? AND code=?", [row[:2] for row in wrong])
    stale = [(stored[row[0], row[1]],) for row in wrong if (row[0], row[1]) in stored]
    connection.executemany("UPDATE places SET admin1='' WHERE key=?", stale)
    corrected = 0
    for country, code, name, key in wrong:
        row = connection.execute("SELECT name FROM places WHERE key=?", (key,)).fetchone()
        if row is None:
            division = _from_towns(connection, country, code, name, key)
            if division is None:
                continue
            writer.insert(connection, [division])
            row = (name,)
        connection.execute("UPDATE places SET admin1=? WHERE key=?", (code, key))
        connection.execute("INSERT OR REPLACE INTO admin1 VALUES(?,?,?,?)", (country, code, key, row[0]))
        corrected += 1
    return corrected


def _from_towns(
    connection: sqlite3.Connection, country: str, code: str, name: str, key: int
) -> PlaceRecord | None:
    """Return a division that no source describes, placed amid its towns; None when it has no towns."""
    towns = connection.execute(
        "SELECT lat, lon, population FROM places WHERE country=? AND admin1=? AND feature GLOB 'PPL*'",
        (country, code),
    ).fetchall()
    if not towns:
        return None
    lat, lon = median(row[0] for row in towns), median(row[1] for row in towns)
    reach_km = max(distance_km(lat, lon, row[0], row[1]) for row in towns)
    return PlaceRecord(
        key=key,
        name=name,
        lat=lat,
        lon=lon,
        feature="ADM1",
        country=country,
        admin1=code,
        population=sum(row[2] for row in towns),
        source="admin1CodesASCII.txt",
        radius_m=max(SMALLEST_DIVISION_M, 1000 * reach_km),
    )
