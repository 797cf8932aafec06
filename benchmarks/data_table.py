"""Event table and import: the map's question on the sample and on 100,000 rows, beside pandas doing the same.

Generated rows are shuffled rows of the sample with positions scattered around theirs: for speed only, they say nothing.
"""

import argparse
import csv
import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.machine import describe, percentile, table
from data import EventTable, Filters, open_store
from data.store import SAMPLE

ASKED = 200
VIEWS_AROUND = ((22.0, 40.0), (44.0, 53.0))
"""Longitudes and latitudes between which the middle of a view lies."""


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


def ask_all(name: str, events: EventTable, peer: pd.DataFrame, aim_ms: int) -> list[tuple[str, str, str]]:
    """Ask the questions of a page and of pandas, each view never twice."""
    dice, filters = random.Random(2), Filters(types=("battle", "explosion_remote"))

    def cells(chosen: Filters | None = None) -> pd.DataFrame:
        bbox, zoom = views(dice)
        return events.cells(chosen, bbox=bbox, zoom=zoom)

    words = iter(f"{word} {n}" for word in ("bridge", "convoy", "school") for n in range(99))
    first = milliseconds(cells, 1)[0]
    plain, filtered = milliseconds(cells, ASKED), milliseconds(lambda: cells(filters), ASKED)
    in_pandas = milliseconds(lambda: pandas_cells(peer, *views(dice)), 20)
    rest = {
        "timeline, new filter": lambda: events.timeline(Filters(q=next(words))),
        "five facets, new filter": lambda: events.facets(Filters(q=next(words))),
        "page of 50 by date, new filter": lambda: events.frame(Filters(q=next(words)), limit=50),
    }
    aim = f"{aim_ms} ms"
    rows = [
        (f"{name}: first cells (question compiled)", f"{first:.0f} ms", ""),
        (f"{name}: cells, p50 of {ASKED}", f"{percentile(plain, 0.5):.0f} ms", ""),
        (f"{name}: cells, p95 of {ASKED}", f"{percentile(plain, 0.95):.0f} ms", aim),
        (f"{name}: cells with filters, p95 of {ASKED}", f"{percentile(filtered, 0.95):.0f} ms", aim),
        (f"{name}: the core of it in pandas, p95 of 20", f"{percentile(in_pandas, 0.95):.0f} ms", "peer"),
    ]
    for what, ask in rest.items():
        rows.append((f"{name}: {what}, p95 of 20", f"{percentile(milliseconds(ask, 20), 0.95):.0f} ms", ""))
    return rows


def with_mercator(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the tiles that the event table keeps, so that the peer need not compute them either."""
    placed = frame.dropna(subset=["lat"]).copy()
    radians = np.radians(placed.lat)
    placed["mx"] = ((placed.lon + 180) / 360 * 2**30).astype("int64")
    placed["my"] = ((0.5 - np.log(np.tan(np.pi / 4 + radians / 2)) / (2 * np.pi)) * 2**30).astype("int64")
    return placed


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=100_000)
    options = parser.parse_args()
    print(describe())
    rows: list[tuple[str, str, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        url, made = f"sqlite:///{folder}/records.sqlite", Path(folder) / "generated.csv"
        os.environ.setdefault("DATELINE_SAMPLE", "1")
        began = time.perf_counter()
        with open_store(f"sqlite:///{folder}/sample.sqlite", sample=True) as sample:
            rows.append(
                ("sample: first opening, import and places", f"{time.perf_counter() - began:.1f} s", "")
            )
            rows += ask_all("sample", sample.events, with_mercator(sample.events.frame()), 50)
        generated(made, options.rows)
        with open_store(url, sample=False) as store:
            for what in ("imported", "unchanged"):
                began = time.perf_counter()
                summary = store.import_file(made, geocode=False)
                spent = time.perf_counter() - began
                assert getattr(summary, what) == options.rows, summary
                rows.append((f"{options.rows:,}: {what}, rows a second", f"{options.rows / spent:,.0f}", ""))
            began = time.perf_counter()
            events = store.events
            rows.append(
                (f"{options.rows:,}: records to event table", f"{time.perf_counter() - began:.2f} s", "")
            )
            rows += ask_all(f"{options.rows:,}", events, with_mercator(events.frame()), 50)
    print(table(rows))


if __name__ == "__main__":
    main()
