"""The event table at any size: every question of a page, a warm start, changes, fifty visitors at once, memory.

Beside it, in the same run: pandas holding everything, and PostgreSQL with PostGIS where it is installed. The rows are
rows of the sample, many times over, with positions and days scattered: for speed only, they say nothing.

    python -m benchmarks.data_table --rows 10000000
"""

import argparse
import itertools
import os
import random
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.data_peers import peers
from benchmarks.machine import describe, milliseconds, percentile, resident_mb, seconds, table
from benchmarks.made_rows import CHANGED, change_some, multiply, views
from data import EventTable, Filters, open_store

ASKED = 200
VISITORS = 50
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
