"""What else runs here, asked the same: pandas holding everything, and PostgreSQL with PostGIS where it is installed."""

import itertools
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import psutil
import pyarrow.parquet as pq

from benchmarks.machine import milliseconds, percentile, resident_mb, seconds
from benchmarks.made_rows import views

BYTES_PER_ROW = 2_300
"""What pandas was seen to take for a row, the second copy while reading not counted."""
READ = "import sys, pandas as pd; print(len(pd.read_parquet(sys.argv[1])))"


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


def in_postgis(path: Path, dice: random.Random) -> tuple[Callable[[], Any], Callable[[], None]] | None:
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
        "CREATE TABLE e (event_type text, title text, date_start date, lon float8, lat float8, "
        "geom geometry(Point, 4326) GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)) STORED)"
    )
    columns = ["event_type", "title", "date_start", "lon", "lat"]
    with connection.cursor().copy(f"COPY e ({', '.join(columns)}) FROM STDIN (FORMAT csv)") as copy:
        for batch in pq.ParquetFile(path).iter_batches(columns=columns):
            copy.write(batch.to_pandas().dropna(subset=["lat"]).to_csv(index=False, header=False))
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


def peers(folder: Path, rows: int) -> list[tuple[str, str, str]]:
    path = folder / "events.parquet"
    return [*_pandas(path, rows), ("PostgreSQL + PostGIS: cells, p50 / p95 of 20", _postgis(path), "peer")]


def _pandas(path: Path, rows: int) -> list[tuple[str, str, str]]:
    needed = rows * BYTES_PER_ROW
    if needed > psutil.virtual_memory().available / 2:
        return [("pandas", f"not run: would take some {needed / 1e9:.0f} GB", "peer")]
    lines = [("pandas: start, read_parquet", f"{seconds(READ, str(path)):.1f} s", "peer")]
    before = resident_mb()
    frame = pd.read_parquet(path)
    for name in ("date_start", "date_end"):
        frame[name] = pd.to_datetime(frame[name])
    lines.append(("pandas: resident, more", f"{resident_mb() - before:.0f} MB", "peer"))
    for name, ask in in_pandas(frame.dropna(subset=["mx"]), random.Random(2)).items():
        spent = milliseconds(ask, 8)
        said = f"{percentile(spent, 0.5):.0f} / {max(spent):.0f} ms"
        lines.append((f"pandas: {name}, p50 / max of 8", said, "peer"))
    return lines


def _postgis(path: Path) -> str:
    server = in_postgis(path, random.Random(2))
    if server is None:
        return "not installed"
    ask, close = server
    spent = milliseconds(ask, 20)
    close()
    return f"{percentile(spent, 0.5):.0f} / {percentile(spent, 0.95):.0f} ms"
