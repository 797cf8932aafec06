"""The event table at any size: every question of a page, a warm start, changes, fifty visitors at once, memory.

Beside it, in the same run: pandas holding everything, as far as memory goes, and PostgreSQL with PostGIS where it is
installed. The rows are rows of the sample, many times over, with positions and days scattered: for speed only, they say
nothing. They are written into the records by SQLite itself, not imported (`data_doors` measures that);
the event table is made from them as ever, by a process of its own, so that memory is that of an app started afterwards.

    python -m benchmarks.data_table --rows 10000000 [--no-peers] [--folder WHERE]
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
COLD = f"{WARM}    assert store.events.counts(audience='analyst').total == int(sys.argv[2])"
TO_PARQUET = """
import sys, data, pathlib
with data.open_store(sys.argv[1], sample=False) as store:
    store.events.to_parquet(pathlib.Path(sys.argv[2]))
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


def measured(path: Path, rows: int, folder: Path, with_peers: bool) -> list[tuple[str, str, str]]:
    url, big = f"sqlite:///{path}", rows > 3_000_000
    there, spent = (folder / "table").exists(), seconds(COLD, url, str(rows))
    lines = [("records to event table and file, cold", "there already" if there else f"{spent:.1f} s", "")]
    if with_peers:
        seconds(TO_PARQUET, url, str(folder / "events.parquet"))
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
    parser.add_argument("--no-peers", action="store_true", help="leave pandas and PostGIS out")
    parser.add_argument("--folder", type=Path, help="keep what is made there, and use what is there already")
    options, _others = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = os.environ.get("DATELINE_HOME")
        folder = options.folder or Path(temporary)
        path = folder / "records.sqlite"
        if not path.exists():
            multiply(path, options.rows)
        os.environ["DATELINE_HOME"] = str(folder)
        try:
            found = measured(path, options.rows, folder, not options.no_peers)
            print(f"\nEvent table, {options.rows:,} incidents\n{table(found)}")
            if not options.no_peers:
                print("\nPeers\n" + table(peers(folder, options.rows)))
        finally:
            os.environ.pop("DATELINE_HOME")
            if home is not None:
                os.environ["DATELINE_HOME"] = home


if __name__ == "__main__":
    print(describe())
    main()
