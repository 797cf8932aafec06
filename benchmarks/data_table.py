"""The event table at any size: every question of a page, a warm start, changes, fifty visitors at once, memory.

Beside it, in the same run: pandas holding everything, and PostgreSQL with PostGIS where it is installed. The rows are
rows of the sample, many times over, with positions and days scattered: for speed only, they say nothing.

    python -m benchmarks.data_table --rows 10000000
"""

import argparse
import csv
import itertools
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import psutil

from benchmarks.machine import describe, percentile, table
from data import EventTable, Filters, open_store
from data.store import SAMPLE

ASKED = 200
VISITORS = 50
CHANGED = 1_000
VIEWS_AROUND = ((22.0, 40.0), (44.0, 53.0))
"""Longitudes and latitudes between which the middle of a view lies."""
AIMS_MS = {
    "cells": (40, 150),
    "timeline": (60, 200),
    "facets": (60, 200),
    "page": (30, 300),
    "word": (100, 300),
}
WARM = """
import sys, data
with data.open_store(sys.argv[1], sample=False) as store:
    print(store.events.counts())
"""
READ = "import sys, pandas as pd; print(len(pd.read_parquet(sys.argv[1])))"


def generated(path: Path, rows: int, seed: int = 1) -> None:
    """Write so many rows made of the sample's."""
    dice = random.Random(seed)
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        sample = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*sample[0], "lat", "lon", "geo_precision"])
        writer.writeheader()
        for number in range(rows):
            lon, lat = (dice.uniform(*edges) for edges in VIEWS_AROUND)
            precision = dice.choices(("settlement", "near", "adm2", "exact"), (80, 8, 2, 10))[0]
            words = dice.choice(sample)["place_text"]
            place = {
                "place_text": words,
                "lat": f"{lat:.3f}",
                "lon": f"{lon:.3f}",
                "geo_precision": precision,
            }
            writer.writerow({**dice.choice(sample), "event_id": f"x{number}", **place})


def views(dice: random.Random) -> tuple[tuple[float, float, float, float], int]:
    """Give a view of a 1280 x 860 map somewhere between the whole country and a town."""
    zoom = dice.randint(4, 12)
    x, y = (dice.uniform(*edges) for edges in VIEWS_AROUND)
    width = 1280 / 256 * 360 / 2**zoom
    return (x - width / 2, y - width / 4, x + width / 2, y + width / 4), zoom


def milliseconds(ask: Callable[[], Any], times: int) -> list[float]:
    """Ask again and again."""
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        spent.append((time.perf_counter() - began) * 1000)
    return spent


def pandas_cells(frame: pd.DataFrame, bbox: tuple[float, float, float, float], zoom: int) -> pd.DataFrame:
    """Do the core of the map's question in pandas: filter, cut to cells, count."""
    west, south, east, north = bbox
    seen = frame[frame.lon.between(west, east) & frame.lat.between(south, north)]
    cell = 1 << (28 - zoom)
    grouped = seen.groupby([seen.mx // cell, seen.my // cell])
    return grouped.agg(
        count=("lat", "size"), lat=("lat", "mean"), lon=("lon", "mean"), title=("title", "first"),
        event_type=("event_type", lambda types: types.mode().iloc[0]), date=("date_start", "min"),
    )  # fmt: skip


def multiply(path: Path, rows: int) -> None:
    """Fill records with so many rows made of the sample's, without importing each."""
    with open_store(f"sqlite:///{path}", sample=True):
        pass
    connection = sqlite3.connect(path)
    columns = [row[1] for row in connection.execute("PRAGMA table_info(events)")]
    (there,) = connection.execute("SELECT count(*) FROM events").fetchone()
    (west, east), (south, north) = VIEWS_AROUND
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


def questions(events: EventTable, dice: random.Random) -> dict[str, Callable[[], Any]]:
    """Every question of a page, each time with another view, period or word."""
    number = itertools.count()

    def period(**more: Any) -> Filters:
        return Filters(date_start=date(2022, 1, 1) + timedelta(days=next(number) % 1000), **more)

    def cells() -> pd.DataFrame:
        bbox, zoom = views(dice)
        return events.cells(bbox=bbox, zoom=zoom)

    return {
        "cells": cells,
        "timeline": lambda: events.timeline(period(types=("battle", "riot"))),
        "facets": lambda: events.facets(period(statuses=("published", "verified"))),
        "page": lambda: events.frame(period(), order_by="-date", limit=50),
        "word": lambda: events.counts(Filters(q=str(70_000 + next(number)))),
    }


def in_pandas(frame: pd.DataFrame, dice: random.Random) -> dict[str, Callable[[], Any]]:
    """The same, in pandas."""
    number = itertools.count()

    def since() -> pd.DataFrame:
        return frame[frame.date_end >= pd.Timestamp(2022, 1, 1) + pd.Timedelta(days=next(number) % 1000)]

    def facets() -> list[Any]:
        seen = since()
        return [
            seen[name].value_counts()
            for name in ("event_type", "geo_precision", "status", "geo_status", "admin1")
        ]

    def timeline() -> Any:
        seen = since()
        return seen.groupby([seen.date_start.dt.to_period("M"), "event_type"], observed=True).size()

    def word() -> int:
        asked = str(70_000 + next(number))
        columns = ("title", "summary", "place_text", "actors")
        found = [frame[name].str.contains(asked, case=False, regex=False).fillna(False) for name in columns]
        return int(np.logical_or.reduce(found).sum())

    return {
        "cells": lambda: pandas_cells(frame, *views(dice)),
        "timeline": timeline,
        "facets": facets,
        "page": lambda: since().nlargest(50, "date_start"),
        "word": word,
    }


def in_postgis(
    frame: pd.DataFrame, dice: random.Random
) -> tuple[Callable[[], Any], Callable[[], None]] | None:
    """Ask PostgreSQL with PostGIS for a grid of the view; None where it is not installed."""
    from tests import postgres

    programs = postgres.programs()
    if programs is None:
        return None
    import psycopg

    server = postgres.Server(programs)
    address = server.database().replace("+psycopg", "")
    connection = psycopg.connect(address, autocommit=True)
    try:
        connection.execute("CREATE EXTENSION postgis")
    except psycopg.Error:
        connection.close()
        server.remove()
        return None
    connection.execute(
        "CREATE TABLE e (event_type text, title text, date_start date, lon float8, lat float8)"
    )
    with connection.cursor().copy("COPY e FROM STDIN") as copy:
        columns = ["event_type", "title", "date_start", "lon", "lat"]
        for row in frame[columns].astype(object).where(frame[columns].notna(), None).itertuples(index=False):
            copy.write_row(row)
    connection.execute("ALTER TABLE e ADD geom geometry(Point, 4326)")
    connection.execute("UPDATE e SET geom = ST_SetSRID(ST_MakePoint(lon, lat), 4326)")
    connection.execute("CREATE INDEX ON e USING gist (geom)")
    connection.execute("VACUUM ANALYZE e")

    def ask() -> list[Any]:
        bbox, zoom = views(dice)
        return connection.execute(
            "SELECT ST_SnapToGrid(geom, %s), count(*), avg(lat), avg(lon), min(title), min(date_start), "
            "mode() WITHIN GROUP (ORDER BY event_type) FROM e WHERE geom && ST_MakeEnvelope(%s, %s, %s, %s, 4326) "
            "GROUP BY 1",
            (360 / 2 ** (zoom + 2), *bbox),
        ).fetchall()

    def close() -> None:
        connection.close()
        server.remove()

    return ask, close


def at_once(events: EventTable, seconds: float = 10.0) -> tuple[float, float, int]:
    """Let fifty visitors ask for a while: answers a second, the 95th percentile in ms, errors."""
    spent: list[float] = []
    errors: list[BaseException] = []
    until = time.perf_counter() + seconds

    def visit(seed: int) -> None:
        dice = random.Random(seed)
        asked = [
            *questions(events, dice).values(),
            events.counts,
            events.extent,
            events.facets,
            events.timeline,
        ]
        while time.perf_counter() < until:
            try:
                spent.extend(milliseconds(dice.choice(asked), 1))
            except Exception as error:
                errors.append(error)

    threads = [threading.Thread(target=visit, args=(seed,)) for seed in range(VISITORS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(spent) / seconds, percentile(spent, 0.95), len(errors)


def seconds(*command: str) -> float:
    """Run a process of its own."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", *command], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def resident_mb() -> float:
    return psutil.Process().memory_info().rss / 1e6


def measured(path: Path, rows: int, folder: Path) -> list[tuple[str, str, str]]:
    url, big = f"sqlite:///{path}", rows > 3_000_000
    began = time.perf_counter()
    with open_store(url, sample=False) as store:
        assert store.events.counts(audience="analyst").total == rows
        lines = [("records to event table and file, cold", f"{time.perf_counter() - began:.1f} s", "")]
        store.events.to_parquet(folder / "events.parquet")
    lines.append(
        ("start to first answer, warm file", f"{seconds(WARM, url):.1f} s", "4 s" if big else "1.5 s")
    )
    with open_store(url, sample=False) as store:
        events = store.events
        for name, ask in questions(events, random.Random(2)).items():
            ask()
            spent = milliseconds(ask, ASKED if name == "cells" else 50)
            said = f"{percentile(spent, 0.5):.0f} / {percentile(spent, 0.95):.0f} ms"
            lines.append((f"{name}: p50 / p95", said, f"{AIMS_MS[name][big]} ms"))
        spent = []
        for times in range(3):
            change_some(path, times)
            spent += milliseconds(lambda: store.events.counts(), 1)
        lines.append((f"{CHANGED:,} changes seen", f"{max(spent):.0f} ms", "500 ms"))
        rate, slowest, errors = at_once(events)
        lines.append((f"{VISITORS} threads, mixed: answers a second", f"{rate:.0f}", "300"))
        lines.append((f"{VISITORS} threads, mixed: p95, errors", f"{slowest:.0f} ms, {errors}", "400 ms, 0"))
        lines.append(("resident after all that", f"{resident_mb():.0f} MB", "2500 MB" if big else "600 MB"))
    return lines


def peers(folder: Path) -> list[tuple[str, str, str]]:
    path = folder / "events.parquet"
    lines = [("pandas: start, read_parquet", f"{seconds(READ, str(path)):.1f} s", "peer")]
    before = resident_mb()
    frame = pd.read_parquet(path)
    for name in ("date_start", "date_end"):
        frame[name] = pd.to_datetime(frame[name])
    lines.append(("pandas: resident, more", f"{resident_mb() - before:.0f} MB", "peer"))
    for name, ask in in_pandas(frame.dropna(subset=["mx"]), random.Random(2)).items():
        spent = milliseconds(ask, 8)
        lines.append(
            (f"pandas: {name}, p50 / max of 8", f"{percentile(spent, 0.5):.0f} / {max(spent):.0f} ms", "peer")
        )
    placed = frame.dropna(subset=["lat"])
    if server := in_postgis(placed, random.Random(2)):
        ask, close = server
        spent = milliseconds(ask, 20)
        close()
        said = f"{percentile(spent, 0.5):.0f} / {percentile(spent, 0.95):.0f} ms"
        lines.append(("PostgreSQL + PostGIS: cells, p50 / p95 of 20", said, "peer"))
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=int(os.environ.get("SIZE", "1000000")))
    options, _others = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder:
        home = os.environ.get("DATELINE_HOME")
        path = Path(folder) / "records.sqlite"
        multiply(path, options.rows)
        os.environ["DATELINE_HOME"] = folder
        try:
            print(
                f"\nEvent table, {options.rows:,} incidents\n"
                + table(measured(path, options.rows, Path(folder)))
            )
            print("\nPeers\n" + table(peers(Path(folder))))
        finally:
            os.environ.pop("DATELINE_HOME")
            if home is not None:
                os.environ["DATELINE_HOME"] = home


if __name__ == "__main__":
    print(describe())
    main()
