"""Several processes and one store: an import that is killed leaves all or nothing, two at once both arrive."""

import random
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import func, select

from data import Store
from data.records import tables
from tests.data.conftest import Write
from tests.data.importing.test_import import GOOD, take

pytestmark = pytest.mark.both_databases

KILLED = """
import sys, data
from pathlib import Path
store = data.open_store(sys.argv[1], sample=False)
print("ready", flush=True)
store.import_file(Path(sys.argv[2]), geocode=False)
print("done", flush=True)
"""


def test_an_import_killed_at_any_moment_leaves_nothing_or_all(empty: Store, table_file: Write) -> None:
    rows = [{**GOOD, "id": f"k{n}", "title": f"Clash {n}"} for n in range(6_000)]
    path = table_file(rows)
    outcomes = set()
    dice = random.Random(4)
    for _ in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, empty.url, str(path)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(dice.uniform(0, 1.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        with empty.engine.connect() as connection:
            count = connection.execute(select(func.count()).select_from(tables.events)).scalar()
            reports = connection.execute(select(func.count()).select_from(tables.reports)).scalar()
            imports = connection.execute(select(func.count()).select_from(tables.imports)).scalar()
            if connection.dialect.name == "sqlite":
                assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert (count, reports, imports) in ((0, 0, 0), (6_000, 6_000, 1))
        outcomes.add(count)
        assert empty.events.counts().total == count
    assert 0 in outcomes
    summary = take(empty, path)
    assert summary.imported + summary.unchanged == 6_000


def test_another_process_imports_while_this_one_reads(empty: Store, table_file: Write) -> None:
    path = table_file([{**GOOD, "id": f"p{n}", "title": f"Clash {n}"} for n in range(5_000)])
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, empty.url, str(path)], stdout=subprocess.PIPE, text=True
    )
    seen = set()
    while process.poll() is None:
        seen.add(empty.events.counts().total)
        empty.events.cells(bbox=(0, 0, 50, 50), zoom=4)
        time.sleep(0.01)
    assert process.returncode == 0
    assert empty.events.counts().total == 5_000
    assert seen <= {0, 5_000}


def test_two_imports_at_once_both_arrive(empty: Store, table_file: Write) -> None:
    paths = [
        table_file([{**GOOD, "id": f"{name}{n}"} for n in range(2_000)], f"{name}.csv")
        for name in ("x", "y", "z")
    ]
    running = [
        subprocess.Popen([sys.executable, "-c", KILLED, empty.url, str(path)], stdout=subprocess.PIPE)
        for path in paths
    ]
    assert [process.wait(timeout=120) for process in running] == [0, 0, 0]
    assert empty.events.counts().total == 6_000
    assert [row["seq"] for row in empty.history()] == [3, 2, 1]
