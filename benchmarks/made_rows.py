"""Rows made of the sample's, many times over, with positions and days scattered: for speed only, they say nothing."""

import csv
import random
import sqlite3
from pathlib import Path

from data import open_store
from data.store import SAMPLE

CHANGED = 1_000
AROUND = ((22.0, 40.0), (44.0, 53.0))
"""Longitudes and latitudes between which positions, and the middle of a view, lie."""


def views(dice: random.Random) -> tuple[tuple[float, float, float, float], int]:
    """Give a view of a 1280 x 860 map somewhere between the whole country and a town."""
    zoom = dice.randint(4, 12)
    x, y = (dice.uniform(*edges) for edges in AROUND)
    width = 1280 / 256 * 360 / 2**zoom
    return (x - width / 2, y - width / 4, x + width / 2, y + width / 4), zoom


def generated(path: Path, rows: int, seed: int = 1) -> None:
    """Write so many rows made of the sample's."""
    dice = random.Random(seed)
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        sample = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*sample[0], "lat", "lon", "geo_precision"])
        writer.writeheader()
        for number in range(rows):
            lon, lat = (dice.uniform(*edges) for edges in AROUND)
            precision = dice.choices(("settlement", "near", "adm2", "exact"), (80, 8, 2, 10))[0]
            words = dice.choice(sample)["place_text"]
            place = {
                "place_text": words,
                "lat": f"{lat:.3f}",
                "lon": f"{lon:.3f}",
                "geo_precision": precision,
            }
            writer.writerow({**dice.choice(sample), "event_id": f"x{number}", **place})


def multiply(path: Path, rows: int) -> None:
    """Fill records with so many rows made of the sample's, without importing each."""
    with open_store(f"sqlite:///{path}", sample=True):
        pass
    connection = sqlite3.connect(path)
    columns = [row[1] for row in connection.execute("PRAGMA table_info(events)")]
    (there,) = connection.execute("SELECT count(*) FROM events").fetchone()
    (west, east), (south, north) = AROUND
    chance = "(abs(random()) % 1000000 / 1e6)"
    taken: dict[str, str] = {name: f's."{name}"' for name in columns} | {
        "event_id": "'x' || g.i",
        "title": "s.title || ' ' || g.i",
        "lat": f"round({south} + {north - south} * {chance}, 3)",
        "lon": f"round({west} + {east - west} * {chance}, 3)",
        "geo_precision": "k.code",
        "radius_m": "k.radius_m",
        "geo_status": "CASE WHEN g.i % 50 THEN 'auto' ELSE 'ambiguous' END",
        "date_start": "d.day",
        "date_end": "d.day",
        "date_precision": "'day'",
        "content_hash": "abs(random()) >> 4",
        "seq": "2",
    }
    names, values = ", ".join(f'"{name}"' for name in columns), ", ".join(taken[name] for name in columns)
    connection.executescript(
        f"""
        CREATE TEMP TABLE s AS SELECT row_number() OVER () - 1 AS k, * FROM events;
        CREATE TEMP TABLE k AS SELECT 0 AS first, 79 AS last, 'settlement' AS code, 3000.0 AS radius_m
            UNION ALL SELECT 80, 87, 'near', 5000.0 UNION ALL SELECT 88, 89, 'adm2', 25000.0
            UNION ALL SELECT 90, 99, 'exact', 150.0;
        CREATE TEMP TABLE d AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1399)
            SELECT i, date('2022-01-01', '+' || i || ' days') AS day FROM n;
        CREATE INDEX temp.s_k ON s (k);
        CREATE INDEX temp.d_i ON d (i);
        INSERT INTO events ({names})
            WITH RECURSIVE g(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM g WHERE i < {rows - there})
            SELECT {values} FROM g CROSS JOIN s ON s.k = (g.i * 7919) % {there}
            CROSS JOIN k ON (g.i * 31) % 100 BETWEEN k.first AND k.last CROSS JOIN d ON d.i = (g.i * 389) % 1400;
        UPDATE changes SET seq = 2 WHERE name = 'events';
        """
    )
    connection.commit()
    connection.close()


def change_some(path: Path, times: int) -> None:
    """Change a thousand incidents, as another process would."""
    with sqlite3.connect(path) as connection:
        (seq,) = connection.execute("UPDATE changes SET seq = seq + 1 RETURNING seq").fetchone()
        some = (
            f"SELECT event_id FROM events WHERE event_id LIKE 'x%' LIMIT {CHANGED} OFFSET {times * CHANGED}"
        )
        connection.execute(f"UPDATE events SET title = title || '!', seq = {seq} WHERE event_id IN ({some})")
    connection.close()
