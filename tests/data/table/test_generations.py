"""Generation files: a warm restart, several processes on one store, and files that cannot be trusted."""

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from data import Filters, Store, open_store
from data.records import dialects, tables, write
from data.table import copy, generations, words
from data.table.copy import Copy
from data.table.event_table import EventTable
from geo.paths import home
from tests.data.conftest import Write

WORLD = (-180.0, -90.0, 180.0, 90.0)
OPEN = """
import sys, data
from data.table import copy
copy.ON_DISK = copy.IN_MEMORY = 50
print("ready", flush=True)
with data.open_store(sys.argv[1], sample=False) as store:
    print(store.events.counts().total, store.events.version)
"""


def rows(first: int, last: int, **more: str) -> list[dict[str, str]]:
    where = {"lat": "48.594", "country": "Ukraine", "admin1": "Donetsk Oblast", "publisher": "Paper"}
    return [
        {"event_id": f"n{n}", "title": f"Clash {n} at bridge", "date": f"2023-03-{n % 28 + 1:02}",
         "place": f"Бахмут {n % 7}", "lon": f"{38 + n % 50 / 10}", **where, **more}
        for n in range(first, last)
    ]  # fmt: skip


@pytest.fixture(autouse=True)
def _small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep files from a hundred rows on, so that tests need few."""
    monkeypatch.setattr(copy, "ON_DISK", 100)
    monkeypatch.setattr(copy, "IN_MEMORY", 30)


@pytest.fixture
def big(empty: Store, table_file: Write) -> Store:
    """A store whose event table lies in a file."""
    empty.import_file(table_file(rows(0, 400), "big.csv"), geocode=False)
    assert empty.events.counts().total == 400
    return empty


def files(store: Store) -> list[Path]:
    return sorted(generations.folder(home(), store.engine).glob("*"))


def answers(events: EventTable) -> list[object]:
    """What a table says, in every way it can."""
    by_word = [
        events.frame(Filters(q=q)).to_csv() for q in ("bridge", "lash 7", "бахмут 3", "17 at", "%", "- 3")
    ]
    return [
        events.version,
        events.frame(order_by="title").to_csv(),
        events.frame(order_by="-date", limit=20, offset=5).to_csv(),
        events.cells(bbox=WORLD, zoom=7).to_csv(),
        events.facets()["region"].to_csv(),
        events.timeline().to_csv(),
        by_word,
    ]


def test_a_restart_is_warm_and_says_the_same(big: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_args: object) -> None:
        raise AssertionError("the records were read again")

    before = answers(big.events)
    monkeypatch.setattr(Copy, "_changed", refused)
    with open_store(big.url, sample=False) as again:
        assert answers(again.events) == before
    assert not [path for path in files(big) if "scratch" in path.name]


def test_changes_lie_over_the_file_and_say_what_a_new_copy_says(
    big: Store, table_file: Write, tmp_path: Path
) -> None:
    changed = rows(10, 20, title="Another bridge") + rows(400, 405, lon="39.9999")
    big.import_file(table_file(changed, "changed.csv"), geocode=False)
    over = answers(big.events)
    shutil.rmtree(generations.folder(home(), big.engine))
    with open_store(big.url, sample=False) as anew:
        assert answers(anew.events) == over
        assert anew.events.counts(Filters(q="another")).matching == 10


@pytest.mark.parametrize("many", [0, 64], ids=("blocks joined", "blocks listed"))
def test_a_search_by_blocks_finds_what_reading_everything_finds(
    big: Store, table_file: Write, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    big.import_file(table_file(rows(10, 20, title="Another bridge"), "changed.csv"), geocode=False)
    words_apart = ("bridge", "another", "clash 1", "бахмут 3", "100%")
    everything = [list(big.events.frame(Filters(q=q)).event_id) for q in words_apart]
    monkeypatch.setattr(words, "_MOST", 1)
    monkeypatch.setattr(words, "_MANY", many)
    with open_store(big.url, sample=False) as again:
        assert [list(again.events.frame(Filters(q=q)).event_id) for q in words_apart] == everything
    assert len(everything[1]) == 10


def test_many_changes_go_into_a_new_file_meanwhile(big: Store, table_file: Write) -> None:
    for first in (400, 440, 480):
        big.import_file(table_file(rows(first, first + 40), f"{first}.csv"), geocode=False)
        assert big.events.counts().total == first + 40
    until = time.monotonic() + 30
    while not any(path.name.startswith("00000000000") and int(path.name[:12]) > 1 for path in files(big)):
        assert time.monotonic() < until, files(big)
        time.sleep(0.05)
    before = answers(big.events)
    with open_store(big.url, sample=False) as again:
        assert answers(again.events) == before


def test_rows_removed_from_the_records_leave_the_table(big: Store) -> None:
    with dialects.writing(big.engine) as connection:
        write.next_seq(connection)
        for table in (tables.reports, tables.places, tables.events):
            connection.execute(delete(table).where(table.c.event_id.in_(["n1", "n2", "n399"])))
    assert big.events.counts().total == 397
    assert not {"n1", "n2", "n399"} & set(big.events.frame().event_id)
    with open_store(big.url, sample=False) as again:
        assert again.events.version == big.events.version


def test_the_file_of_a_store_that_went_another_way_is_not_believed(
    empty: Store, table_file: Write, tmp_path: Path
) -> None:
    records = Path(empty.engine.url.database or "")
    empty.import_file(table_file(rows(0, 300), "first.csv"), geocode=False)
    empty.close()
    backup = tmp_path / "backup.sqlite"
    shutil.copy(records, backup)
    with open_store(empty.url, sample=False) as store:
        store.import_file(table_file(rows(300, 500), "second.csv"), geocode=False)
        assert store.events.counts().total == 500
    shutil.copy(backup, records)
    with open_store(empty.url, sample=False) as store:
        store.import_file(table_file(rows(600, 720), "other.csv"), geocode=False)
        assert store.events.counts().total == 420
        assert "n601" in set(store.events.frame().event_id)


def test_a_damaged_file_is_made_again(big: Store) -> None:
    before = answers(big.events)
    big.close()
    for path in files(big):
        path.write_bytes(path.read_bytes()[:5_000])
    with open_store(big.url, sample=False) as again:
        assert answers(again.events) == before


def test_processes_share_a_store_and_one_killed_while_writing_harms_nobody(big: Store) -> None:
    def start() -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", OPEN, big.url]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    expected = f"400 {big.events.version}\n"
    big.close()
    dice = random.Random(3)
    for _ in range(3):
        shutil.rmtree(generations.folder(home(), big.engine), ignore_errors=True)
        killed, *others = (start() for _ in range(3))
        assert killed.stdout is not None
        assert killed.stdout.readline() == "ready\n"
        time.sleep(dice.uniform(0, 0.5))
        killed.send_signal(signal.SIGKILL)
        killed.communicate()
        said = [other.communicate(timeout=120) for other in others]
        assert said == [("ready\n" + expected, "")] * 2
    assert not [path for path in files(big) if "scratch" in path.name]


def test_a_change_number_alone_is_enough_to_notice_a_change_of_status(big: Store) -> None:
    with dialects.writing(big.engine) as connection:
        seq = write.next_seq(connection)
        change = update(tables.events).where(tables.events.c.event_id == "n5")
        connection.execute(change.values(status="retracted", seq=seq, content_hash=5))
    assert big.events.counts().total == 399
    assert big.events.counts(audience="analyst").total == 400


def test_records_begun_anew_at_the_same_address_are_not_answered_from_the_file_of_before(
    tmp_path: Path, table_file: Write
) -> None:
    path = tmp_path / "again.sqlite"
    for last in (400, 200):  # the second file holds the beginning of the first, row by row the same
        path.unlink(missing_ok=True)
        with open_store(f"sqlite:///{path}", sample=False) as store:
            store.import_file(table_file(rows(0, last), "rows.csv"), geocode=False)
        with open_store(f"sqlite:///{path}", sample=False) as store:
            assert store.events.counts().total == last
