"""The doors: a table in, the same table again, places by name only, every format out, all taken back; beside pandas.

Generated rows are those of `made_rows`, one in a thousand broken; each step runs in a process of its own, so that its
memory is its own (with the processes that help it).

    SIZE=1000000 python -m benchmarks.data_doors
"""

import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.machine import describe, table
from benchmarks.made_rows import generated
from data import Filters, open_store
from data.export import FORMATS, to_file
from data.importing import crew

SLOW, MOST_FOR_SLOW = ("names", "xlsx", "kml", "gpkg"), 200_000
"""What goes row by row, or looks places up, says enough at 100,000 rows; with more than this it is left out."""
BROKEN = 1_000
"""One row in so many has a day that does not exist."""
NAMES_ONLY = ("lat", "lon", "geo_precision")
AIMS = {
    "import": "60 s and 1.5 GB at 1,000,000",
    "again": "20 s at 1,000,000",
    "geojson": "100,000 rows/s",
}


PEERS: dict[str, Callable[[pd.DataFrame, Path], Any]] = {
    "pandas json": lambda frame, out: frame.to_json(out, orient="records", lines=True),
    "pandas csv": lambda frame, out: frame.to_csv(out, index=False),
    "pandas parquet": lambda frame, out: frame.to_parquet(out),
}
"""The same frame written by pandas."""


def break_some(path: Path) -> None:
    """Give one row in a thousand a day that does not exist."""
    with (
        path.open(encoding="utf-8", newline="") as file,
        path.with_suffix(".new").open("w", newline="") as out,
    ):
        rows = csv.reader(file)
        header = next(rows)
        writer = csv.writer(out)
        writer.writerow(header)
        column = header.index("date_start")
        for number, row in enumerate(rows):
            if number % BROKEN == BROKEN // 2:
                row[column] = "2022-02-31"
            writer.writerow(row)
    path.with_suffix(".new").replace(path)


def without(path: Path, out: Path, columns: tuple[str, ...]) -> None:
    """Leave columns out, so that places are known by name only."""
    with path.open(encoding="utf-8", newline="") as file, out.open("w", newline="") as target:
        reader = csv.DictReader(file)
        kept = [name for name in reader.fieldnames or () if name not in columns]
        writer = csv.DictWriter(target, kept, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(reader)


def step(what: str, folder: Path) -> None:
    """Do one thing and print seconds, rows and the most memory it took."""
    made, began, rows = folder / "made.csv", 0.0, 0
    if what in ("import", "again", "names"):
        from geo import open_gazetteer

        name = "names" if what == "names" else "made"
        gazetteer = open_gazetteer() if what == "names" else None
        with open_store(f"sqlite:///{folder / name}.sqlite", sample=False, gazetteer=gazetteer) as store:
            began = time.perf_counter()
            summary = store.import_file(folder / f"{name}.csv", geocode=what == "names")
            rows = summary.read
            assert (summary.unchanged > 0) == (what == "again"), summary
    elif what == "undo":
        with open_store(f"sqlite:///{folder / 'made.sqlite'}", sample=False) as store:
            done, rows = store.history(limit=1)[0], store.events.counts(audience="analyst").total
            began = time.perf_counter()
            store.undo(done["decision_id"], user="bench")
    elif what == "pandas in":
        began = time.perf_counter()
        frame = pd.read_csv(made)
        frame.to_sql("events", f"sqlite:///{folder / 'pandas.sqlite'}", index=False, chunksize=10_000)
        rows = len(frame)
    elif what.startswith("pandas"):
        frame = pd.read_csv(made)
        began = time.perf_counter()
        PEERS[what](frame, folder / "pandas.out")
        rows = len(frame)
    else:
        with open_store(f"sqlite:///{folder / 'made.sqlite'}", sample=False) as store:
            assert store.events.version
            began = time.perf_counter()
            rows = to_file(store, Filters(), folder / f"out.{what}", audience="analyst").rows
    spent = time.perf_counter() - began
    mine, helpers = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    most_mb = (mine.ru_maxrss + crew.size() * helpers.ru_maxrss) / 1024
    print(spent, rows, most_mb, sum(used.ru_utime + used.ru_stime for used in (mine, helpers)))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=int(os.environ.get("SIZE", "100000")))
    parser.add_argument("--step", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(sys.argv[1:] if __name__ == "__main__" else [])
    if options.step:
        step(options.step, options.folder)
        return
    rows: list[tuple[str, str, str]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generated(folder / "made.csv", options.rows)
        break_some(folder / "made.csv")
        without(folder / "made.csv", folder / "names.csv", NAMES_ONLY)
        for what in ("import", "again", "pandas in", "names", *FORMATS, *PEERS, "undo"):
            if what in SLOW and options.rows > MOST_FOR_SLOW:
                continue
            called = [sys.executable, "-m", "benchmarks.data_doors", "--step", what, "--folder", name]
            answer = subprocess.run(called, capture_output=True, text=True, env=os.environ, check=True).stdout
            spent, count, memory, used = (float(number) for number in answer.split())
            said = f"{spent:.1f} s, {count / spent:,.0f} rows/s, {memory:,.0f} MB, {used:.1f} s of processors in all"
            aim = "peer" if what.startswith("pandas") else AIMS.get(what, "")
            rows.append((f"{options.rows:,}: {what}", said, aim))
    print(table(rows))


if __name__ == "__main__":
    if "--step" not in sys.argv:
        print(describe())
    main()
