"""How fast places are found: `python -m benchmarks.geo_speed` (builds a gazetteer of its own; about three minutes).

Rates are by the clock, and by the processor's time where other work on the machine matters. With `../shared` the
gazetteer has Ukraine and Belarus installed, the strings are investigators' own and the documents those of the corpora.
Each kind of work is done in a fresh process, whose memory is what it holds at the end. Peers: `benchmarks.geo_peers`.
"""

import csv
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import psutil

import geo
from benchmarks.geo_places import SHARED
from benchmarks.machine import describe, table
from geo.batch import to_json
from geo.build import build
from geo.bulk import Job, run
from geo.install import install
from geo.search import Search
from geo.store import Store
from geo.train.incidents import NAMES, questions

SEED, MEGABYTE = 7, 1e6
INCIDENTS = SHARED / "incidents" / "eyes_on_russia_2022.csv"
CORPORA = [SHARED / "corpora" / f"{name}.jsonl" for name in ("trnews", "geovirus")]
ANSWER = """
import sys, time, psutil, benchmarks, geo
from geo.bulk import Job, answer_lines
from pathlib import Path
imported = psutil.Process().memory_info().rss
began = time.perf_counter()
gazetteer = geo.open_gazetteer(Path(sys.argv[1]))
opened = time.perf_counter() - began
at_opening = psutil.Process().memory_info().rss
lines = sys.stdin.buffer.read().split(b"\\n")
began, busy = time.perf_counter(), time.process_time()
answer_lines(lines, gazetteer, Job(sys.argv[1], int(sys.argv[3]), command=sys.argv[2]))
spent, worked = time.perf_counter() - began, time.process_time() - busy
print(opened, imported, at_opening, psutil.Process().memory_info().rss, len(lines) / spent, len(lines) / worked)
"""
Row = tuple[str, str, str]


class Alone:
    """Answers lines in fresh processes and remembers what they needed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.opened_s: list[float] = []
        self.memory: list[tuple[float, float, float]] = []

    def rate(self, lines: Iterable[bytes], command: str = "batch", limit: int = 10) -> str:
        done = subprocess.run(
            [sys.executable, "-c", ANSWER, str(self._path), command, str(limit)],
            input=b"\n".join(lines),
            capture_output=True,
            check=True,
        )
        opened, imported, at_opening, at_end, by_clock, by_processor = map(float, done.stdout.split())
        self.opened_s.append(opened)
        self.memory.append((imported, at_opening, at_end))
        return f"{by_clock:,.0f}/s, {by_processor:,.0f}/s of processor time"


def rate(count: int, work: Callable[[], object]) -> str:
    began, busy = time.perf_counter(), time.process_time()
    work()
    spent, worked = time.perf_counter() - began, time.process_time() - busy
    return f"{count / spent:,.0f}/s, {count / worked:,.0f}/s of processor time"


def misspelt(name: str, chosen: random.Random) -> str:
    at = chosen.randrange(1, len(name) - 1)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def asked(place: str, within: Iterable[str], country: str) -> bytes:
    return to_json({"place": place, "within": list(within), "country": country}).encode()


def as_they_repeat() -> list[bytes]:
    """Return every row of the incidents' table that names a place."""
    with INCIDENTS.open(encoding="utf-8", newline="") as file:
        named = [
            ([name for column in NAMES if (name := row[column].strip())], row["country"].strip())
            for row in csv.DictReader(file)
        ]
    return [asked(names[0], names[1:], country) for names, country in named if names]


def look_ups(path: Path, names: list[str], ukrainian: list[str], chosen: random.Random) -> list[Row]:
    store = Store(path)
    search, gazetteer = Search(store), geo.open_gazetteer(path)
    wrong = [misspelt(name, chosen) for name in chosen.sample(ukrainian, 1_000)]
    typed = [name[: chosen.randrange(2, 6)] for name in chosen.sample(names, 300)]
    gazetteer.suggest("q")
    return [
        ("exact look-ups", rate(len(names), lambda: [store.keys(name) for name in names]), "100,000/s"),
        (
            "fuzzy, misspelt villages",
            rate(1_000, lambda: [search.similar(n, "UA") for n in wrong]),
            "1,000/s",
        ),
        ("prefix search", rate(len(typed), lambda: [gazetteer.suggest(part) for part in typed]), ""),
        ("100 towns in view", rate(1, lambda: gazetteer.towns((22.0, 44.0, 40.0, 52.0), 100)), "50/s"),
    ]


def bulk(path: Path, towns: list[tuple[str, str]], alone: Alone) -> list[Row]:
    lines = [asked(name, (), country) for name, country in towns]
    gazetteer, job = geo.open_gazetteer(path), Job(str(path), 10)
    began = time.perf_counter()
    list(run(iter(lines), gazetteer, job, psutil.cpu_count(), None))
    all_cores = f"{len(lines) / (time.perf_counter() - began):,.0f}/s"
    rows = [
        ("batch, 5,000 distinct towns", alone.rate(lines), "5,000/s"),
        (f"the same on all {psutil.cpu_count()} cores", all_cores, ""),
    ]
    if INCIDENTS.exists():
        distinct = [asked(q.place, q.within, q.country) for q in questions(INCIDENTS)]
        repeated = as_they_repeat()
        rows += [
            (f"batch, {len(distinct)} distinct strings", alone.rate(distinct), "5,000/s"),
            (f"batch, the table's {len(repeated):,} rows", alone.rate(repeated), ""),
        ]
    if all(corpus.exists() for corpus in CORPORA):
        documents = [line for corpus in CORPORA for line in corpus.read_bytes().splitlines()]
        size = sum(len(json.loads(line)["text"]) for line in documents) / len(documents)
        rows += [
            (
                f"{command}, {len(documents)} documents of {size:,.0f}",
                alone.rate(documents, command, 5),
                "500/s",
            )
            for command in ("resolve", "parse")
        ]
    return rows


def main() -> None:
    """Build, open, look up, answer; print figures beside the aims."""
    chosen = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gazetteer.sqlite"
        began = time.perf_counter()
        build(path, force=True)
        built = time.perf_counter() - began
        if (SHARED / "gazetteer").is_dir():
            install(["UA", "BY"], str(SHARED / "gazetteer"), path=path, dumps=Path(folder))
        with sqlite3.connect(path) as connection:
            names = [row[0] for row in connection.execute("SELECT name FROM names WHERE kind < 2")]
            towns = connection.execute(
                "SELECT name, country FROM places WHERE feature='PPL' ORDER BY key"
            ).fetchall()
        ukrainian = sorted({name for name, country in towns if country == "UA" and len(name) > 5})
        alone = Alone(path)
        rows = look_ups(path, chosen.sample(names, 20_000), ukrainian, chosen)
        rows += bulk(path, chosen.sample(towns, 5_000), alone)
        most = [max(stage) / MEGABYTE for stage in zip(*alone.memory, strict=True)]
        rows = [
            ("gazetteer built", f"{built:.1f} s", "60 s"),
            ("gazetteer file", f"{path.stat().st_size / MEGABYTE:.0f} MB", ""),
            ("gazetteer opened", f"{min(alone.opened_s) * 1000:.0f} ms", "50 ms"),
            *rows,
            (
                "memory: imported, opened, at most at the end",
                "{:.0f}, {:.0f}, {:.0f} MB".format(*most),
                "120 MB",
            ),
        ]
    load = psutil.getloadavg()[0]
    print(f"\nPlaces (load of the machine while measured: {load:.1f})\n" + table(rows))


if __name__ == "__main__":
    print(describe())
    main()
