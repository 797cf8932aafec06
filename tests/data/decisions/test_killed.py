"""A process killed at any moment of an import or a review: nothing half saved, nothing lost, the next run completes."""

import multiprocessing
import os
import random
import signal
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy import func, select

import data.decisions.apply
import data.decisions.undo
import data.importing.importer
import data.importing.plan  # noqa: F401 - loaded before the processes start, so that they are killed at work
from data import Store, open_store
from data.decisions import PlaceDecision, Spot, StatusDecision
from data.records import tables, write
from tests.data.conftest import Write

ROWS, REVIEWED, MOMENTS = 200, 8, 20


def work(url: str, path: Path, told: Connection) -> None:
    """Import a file, then review: place, verify, and undo every third verification; tell each thing once it is done."""
    with open_store(url, sample=False) as store:
        told.send(store.import_file(path, geocode=False).import_id)
        for number in range(REVIEWED):
            event_id = f"e{number}"
            event = store.event(event_id, audience="analyst")
            assert event is not None
            if event["geo_status"] != "confirmed":
                told.send(store.decide(PlaceDecision({event_id: None}, spot=Spot(48.5, 38)), user="Ada"))
            if event["status"] != "verified" and number not in undone(store):
                told.send(store.decide(StatusDecision({event_id: None}, "verified"), user="Ada"))
            if number % 3 == 0 and number not in undone(store):
                verified = next(row for row in store.history(event_id) if row["kind"] == "status")
                told.send(store.undo(verified["decision_id"], user="Ada"))


def undone(store: Store) -> set[int]:
    """The incidents whose verification was undone."""
    return {int(row["what"][1:]) for row in store.history() if row["undoes"]}


def state(url: str) -> tuple[set[str], dict[str, tuple[str, str]]]:
    """What the log holds and where every incident stands, once it is sure that both agree and nothing is torn."""
    with open_store(url, sample=False) as store, store.engine.connect() as connection:
        log = {row["decision_id"]: row for row in store.history()}
        events = {row["event_id"]: dict(row) for row in connection.execute(select(tables.events)).mappings()}
        reports = connection.execute(select(func.count()).select_from(tables.reports)).scalar_one()
        logged = connection.execute(select(func.count()).select_from(tables.effects)).scalar_one()
        assert reports == len(events)
        assert logged == sum(row["changed"] for row in log.values() if not row["undoes"])
        assert all(row["content_hash"] == write.content_hash(row) for row in events.values())
        standing = {
            (row["kind"], row["what"]) for row in log.values() if not row["undoes"] and not row["reverted_by"]
        }
        for event_id, row in events.items():
            assert (row["geo_status"] == "confirmed") == (("place", event_id) in standing)
            assert (row["status"] == "verified") == (("status", event_id) in standing)
        assert {row["reverted_by"] for row in log.values() if row["reverted_by"]} == {
            row["decision_id"] for row in log.values() if row["undoes"]
        }
        return set(log), {e: (row["geo_status"], row["status"]) for e, row in events.items()}


def test_killed_at_twenty_random_moments_and_run_again(tmp_path: Path, table_file: Write) -> None:
    path = table_file(
        [
            {"id": f"e{n}", "title": f"T{n}", "place": "Bakhmut", "date": "2023", "publisher": "Paper"}
            for n in range(ROWS)
        ]
    )
    context = multiprocessing.get_context("fork")

    def run(url: str, after: int | None = None, seconds: float = 0.0) -> list[str]:
        """Work, or be killed so long after so many things were told; give what was told."""
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=work, args=(url, path, there))
        process.start()
        there.close()
        told: list[str] = []
        with suppress(EOFError):
            while after is None or len(told) < after:
                told.append(here.recv())
            time.sleep(seconds)
            assert process.pid
            os.kill(process.pid, signal.SIGKILL)
            while True:
                told.append(here.recv())
        process.join()
        return told

    whole = f"sqlite:///{tmp_path / 'whole.sqlite'}"
    began = time.monotonic()
    steps = len(run(whole))
    seconds = (time.monotonic() - began) / 2
    _log, expected = state(whole)
    assert len(expected) == ROWS
    chance = random.Random(7)
    counted = set()
    for number in range(MOMENTS):
        url = f"sqlite:///{tmp_path / f'{number}.sqlite'}"
        imports = number % 2 == 0
        after = 0 if imports else 1 + number * (steps - 1) // MOMENTS
        told = run(url, after, chance.uniform(0.0, seconds if imports else 0.02))
        log, there = state(url)
        assert len(there) in (0, ROWS)
        assert {name if ":" in name else f"import:{name}" for name in told} <= log
        counted.add(len(log))
        run(url)
        assert state(url)[1] == expected
    assert len(counted) > 3, "the moments were not spread over the work"
