"""Records on a real PostgreSQL server: the same tables, many processes at once, and a server that goes away."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from data import Store, StoreProblem, open_store
from data.progress import Step
from data.records import tables
from tests import postgres
from tests.data.conftest import Write

ASKING = """
import sys, data
with data.open_store(sys.argv[1], sample=False) as store:
    print("open", flush=True)
    seen = set()
    while max(seen, default=0) < int(sys.argv[2]):
        events = store.events
        seen.add(total := events.counts(audience="analyst").total)
        assert events.facets(audience="analyst")["status"]["count"].sum() == total
    print(sorted(seen), store.events.version)
"""
IMPORTING = "import sys; from data.cli import main; sys.argv = ['data', *sys.argv[1:]]; main()"


def rows(first: int, last: int) -> list[dict[str, str]]:
    where = {"place": "Bakhmut", "lat": "48.594", "lon": "38.0", "country": "Ukraine", "publisher": "Paper"}
    return [
        {"event_id": f"n{n}", "title": f"Clash {n}", "date": "2023-03-01", **where}
        for n in range(first, last)
    ]


@pytest.fixture
def url(postgresql: postgres.Server) -> str:
    return postgresql.database()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with open_store(url, sample=False) as opened:
        yield opened


@pytest.fixture
def mortal() -> Iterator[postgres.Server]:
    """A server that a test may stop."""
    yield from postgres.serve()


def test_a_migrated_store_has_exactly_the_tables_of_the_schema(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []


def test_two_dashboards_see_a_nightly_import_whole_or_not_at_all(url: str, table_file: Write) -> None:
    first, nightly = table_file(rows(0, 500), "first.csv"), table_file(rows(500, 3_000), "nightly.csv")
    with open_store(url, sample=False) as store:
        store.import_file(first, geocode=False)
    dashboards = [
        subprocess.Popen(
            [sys.executable, "-c", ASKING, url, "3000"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    assert [process.stdout.readline() for process in dashboards if process.stdout] == ["open\n"] * 2
    command = [sys.executable, "-c", IMPORTING, "import", str(nightly), "--no-geocode", "--store", url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    answers = [process.communicate(timeout=60) for process in dashboards]
    with open_store(url, sample=False) as store:
        assert answers == [(f"[500, 3000] {store.events.version}\n", "")] * 2


def test_two_imports_of_the_same_rows_at_once_take_them_in_once(url: str, table_file: Write) -> None:
    files = [table_file(rows(0, 400), f"{name}.csv") for name in ("one", "two")]
    done = []

    def run(path: Path) -> None:
        with open_store(url, sample=False) as store:
            done.append(store.import_file(path, geocode=False))

    threads = [threading.Thread(target=run, args=(path,)) for path in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted((summary.imported, summary.unchanged) for summary in done) == [(0, 400), (400, 0)]


@pytest.mark.parametrize("moment", ["reading", "saving"])
def test_a_server_that_goes_away_leaves_nothing_half_done(
    mortal: postgres.Server, table_file: Write, moment: str
) -> None:
    path = table_file(rows(0, 3_000), "rows.csv")
    with open_store(mortal.database(), sample=False) as store:

        def stop(step: Step) -> None:
            if step.what == moment and mortal.running:
                mortal.stop()

        with pytest.raises(
            StoreProblem, match=r"records cannot be (read|written).*is the database .* running"
        ):
            store.import_file(path, geocode=False, progress=stop)
        with pytest.raises(StoreProblem, match="records cannot be read"):
            _ = store.events
        mortal.start()
        assert store.is_empty()
        assert store.import_file(path, geocode=False).imported == 3_000
        assert store.events.counts().total == 3_000


def test_an_address_at_which_no_server_listens_is_explained() -> None:
    with pytest.raises(StoreProblem, match=r"is the database at 127.0.0.1 running"):
        open_store("postgresql://nobody@127.0.0.1:1/none", sample=False)
