"""How fast places are found: `python -m benchmarks.geo_speed` (builds a gazetteer of its own; about a minute)."""

import random
import resource
import sqlite3
import tempfile
import time
from pathlib import Path

import geo
from benchmarks.machine import describe, table
from geo.batch import answer_line, to_json
from geo.build import build
from geo.store import Store

SEED = 7


def timed(count: int, began: float) -> str:
    return f"{count / (time.perf_counter() - began):,.0f}/s"


def main() -> None:
    """Build, open, look up, resolve; print figures beside the aims."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gazetteer.sqlite"
        began = time.perf_counter()
        build(path, force=True)
        built = time.perf_counter() - began
        began = time.perf_counter()
        gazetteer = geo.open_gazetteer(path)
        opened = time.perf_counter() - began
        with sqlite3.connect(path) as connection:
            names = [row[0] for row in connection.execute("SELECT name FROM names WHERE kind < 2")]
            towns = connection.execute(
                "SELECT name, country FROM places WHERE feature='PPL' ORDER BY key"
            ).fetchall()
        size_mb = path.stat().st_size / 1e6
        chosen = random.Random(SEED)
        names = chosen.sample(names, 20_000)
        store = Store(path)
        began = time.perf_counter()
        for name in names:
            store.keys(name)
        exact = timed(len(names), began)
        lines = [
            to_json({"id": at, "place": name, "country": country}).encode()
            for at, (name, country) in enumerate(chosen.sample(towns, 3_000))
        ]
        began = time.perf_counter()
        for line in lines:
            to_json(answer_line(line, gazetteer))
        batch = timed(len(lines), began)
        view = (22.0, 44.0, 40.0, 52.0)
        gazetteer.towns(view, 100)
        began = time.perf_counter()
        gazetteer.towns(view, 100)
        in_view = (time.perf_counter() - began) * 1000
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = [
        ("gazetteer built", f"{built:.1f} s", "60 s"),
        ("gazetteer file", f"{size_mb:.0f} MB", ""),
        ("gazetteer opened", f"{opened * 1000:.0f} ms", "50 ms"),
        ("exact look-ups", exact, "100,000/s"),
        ("batch, distinct places", batch, "5,000/s"),
        ("100 towns in view", f"{in_view:.1f} ms", "20 ms"),
        ("peak memory, the build included", f"{peak_mb:.0f} MB", ""),
    ]
    print("\nPlaces\n" + table(rows))


if __name__ == "__main__":
    print(describe())
    main()
