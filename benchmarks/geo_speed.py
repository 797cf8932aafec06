"""How fast places are found: `python -m benchmarks.geo_speed` (builds a gazetteer of its own; about two minutes).

With `../shared` the gazetteer has Ukraine and Belarus installed, and the strings are investigators' own. Memory is what
a process of its own holds that has opened the gazetteer and answered everything; what it was before is given too.
"""

import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

import geo
from benchmarks.geo_places import SHARED
from benchmarks.machine import describe, table
from geo.batch import to_json
from geo.build import build
from geo.bulk import Job, answer_lines, run
from geo.install import install
from geo.search import Search
from geo.store import Store
from geo.train.incidents import questions

SEED = 7
ANSWER = """
import sys, time, psutil
import geo
from geo.bulk import Job, answer_lines
from pathlib import Path
imported = psutil.Process().memory_info().rss
began = time.perf_counter()
gazetteer = geo.open_gazetteer(Path(sys.argv[1]))
opened = time.perf_counter() - began
at_opening = psutil.Process().memory_info().rss
lines = sys.stdin.buffer.readlines()
began = time.perf_counter()
answer_lines(lines, gazetteer, Job(sys.argv[1], 10))
spent = time.perf_counter() - began
print(imported, at_opening, psutil.Process().memory_info().rss, opened, len(lines) / spent)
"""


def timed(count: int, began: float) -> str:
    return f"{count / (time.perf_counter() - began):,.0f}/s"


def alone(path: Path, lines: list[bytes]) -> list[float]:
    """Answer lines in a fresh process; return bytes before, opened and at the end, seconds to open, lines a second."""
    done = subprocess.run(
        [sys.executable, "-c", ANSWER, str(path)], input=b"\n".join(lines), capture_output=True, check=True
    )
    return [float(part) for part in done.stdout.split()]


def misspelt(name: str, chosen: random.Random) -> str:
    at = chosen.randrange(1, len(name) - 1)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def main() -> None:
    """Build, open, look up, resolve; print figures beside the aims."""
    chosen = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gazetteer.sqlite"
        began = time.perf_counter()
        build(path, force=True)
        built = time.perf_counter() - began
        dumps = SHARED / "gazetteer"
        if dumps.is_dir():
            install(["UA", "BY"], str(dumps), path=path, dumps=Path(folder))
        with sqlite3.connect(path) as connection:
            names = [row[0] for row in connection.execute("SELECT name FROM names WHERE kind < 2")]
            towns = connection.execute(
                "SELECT name, country FROM places WHERE feature='PPL' ORDER BY key"
            ).fetchall()
        names = chosen.sample(names, 20_000)
        store = Store(path)
        began = time.perf_counter()
        for name in names:
            store.keys(name)
        exact = timed(len(names), began)
        ukrainian = sorted({name for name, country in towns if country == "UA" and len(name) > 5})
        search = Search(store)
        wrong = [misspelt(name, chosen) for name in chosen.sample(ukrainian, 1_000)]
        began = time.perf_counter()
        for name in wrong:
            search.similar(name, "UA")
        fuzzy = timed(len(wrong), began)
        lines = [
            to_json({"id": at, "place": name, "country": country}).encode()
            for at, (name, country) in enumerate(chosen.sample(towns, 5_000))
        ]
        before, at_opening, at_end, opened, batch = alone(path, lines)
        gazetteer = geo.open_gazetteer(path)
        job = Job(str(path), 10)
        began = time.perf_counter()
        list(run(iter(lines), gazetteer, job, psutil.cpu_count(), None))
        all_cores = timed(len(lines), began)
        rows = [
            ("gazetteer built", f"{built:.1f} s", "60 s"),
            ("gazetteer file", f"{path.stat().st_size / 1e6:.0f} MB", ""),
            ("gazetteer opened", f"{opened * 1000:.0f} ms", "50 ms"),
            ("exact look-ups", exact, "100,000/s"),
            ("fuzzy look-ups, misspelt villages", fuzzy, "1,000/s"),
            ("batch, distinct towns, one core", f"{batch:,.0f}/s", "5,000/s"),
            ("batch, distinct towns, all cores", all_cores, ""),
        ]
        source = SHARED / "incidents" / "eyes_on_russia_2022.csv"
        if source.exists():
            asked = [
                json.dumps({"id": at, "place": q.place, "within": q.within, "country": q.country}).encode()
                for at, q in enumerate(questions(source))
            ]
            strings = alone(path, asked)
            at_end = max(at_end, strings[2])
            rows.append(("batch, investigators' distinct strings", f"{strings[4]:,.0f}/s", "5,000/s"))
            began = time.perf_counter()
            answer_lines(asked * 5, gazetteer, job)
            rows.append(("the same, each of them five times", timed(5 * len(asked), began), ""))
        for what, ask in (
            ("100 towns in view", lambda: gazetteer.towns((22.0, 44.0, 40.0, 52.0), 100)),
            ("suggestions for “s”", lambda: gazetteer.suggest("s")),
            ("suggestions for “novo”", lambda: gazetteer.suggest("novo")),
        ):
            gazetteer.suggest("q")
            began = time.perf_counter()
            ask()
            rows.append((what, f"{(time.perf_counter() - began) * 1000:.1f} ms", "20 ms"))
        memory = f"{before / 1e6:.0f}, {at_opening / 1e6:.0f}, {at_end / 1e6:.0f} MB"
        rows.append(("memory: imported, opened, after all that", memory, "120 MB"))
    load = psutil.getloadavg()[0]
    print(f"\nPlaces (load of the machine while measured: {load:.1f})\n" + table(rows))


if __name__ == "__main__":
    print(describe())
    main()
