"""Rows judged by several processes: the same in the records as by one, and nothing at all when one of them dies."""

import os
import signal
from pathlib import Path
from typing import Any

import psutil
import pytest

import geo
from data import Cancelled, DataError, Step, Store, open_store
from data.importing import crew
from tests.data.conftest import Write
from tests.data.importing.test_import import content

ROWS = 6_000


@pytest.fixture
def many(table_file: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that several processes look at: ids that come again, rows that are wrong."""
    monkeypatch.setattr(crew, "MANY_ROWS", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    row = {"title": "Clash", "place": "Bakhmut", "date": "2023-03-01", "source": "Paper"}
    rows: list[dict[str, Any]] = [{**row, "id": f"r{n}", "title": f"Clash {n}"} for n in range(ROWS)]
    rows[1_500] |= {"date": "31/31/2024"}
    rows[3_500] |= rows[500]
    rows[4_500] |= {"id": "r700"}
    return table_file(rows)


@pytest.mark.both_databases
def test_many_processes_find_what_one_does(
    empty: Store, many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = empty.import_file(many, geocode=False)
    assert (summary.read, summary.imported, summary.unchanged, summary.rejected) == (ROWS, ROWS - 3, 1, 2)
    monkeypatch.setattr(crew, "MANY_ROWS", ROWS + 1)
    with open_store(f"sqlite:///{tmp_path / 'alone.sqlite'}", sample=False) as alone:
        assert alone.import_file(many, geocode=False).first_problems == summary.first_problems
        assert alone.events.version == empty.events.version


@pytest.mark.both_databases
def test_what_came_while_many_processes_worked_is_not_added_twice(
    empty: Store, many: Path, table_file: Write
) -> None:
    row = {"id": "r2000", "title": "Clash 2000", "place": "Bakhmut", "date": "2023-03-01", "source": "Paper"}
    with empty.plan_import(many, geocode=False) as plan:
        empty.import_file(table_file([row], "other.csv"), geocode=False)
        summary = empty.commit_plan(plan)
    assert (summary.imported, summary.unchanged, summary.rejected) == (ROWS - 4, 2, 2)


def test_many_processes_ask_one_gazetteer(
    empty: Store, many: Path, gazetteer: geo.Gazetteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty.gazetteer = gazetteer
    empty.import_file(many)
    monkeypatch.setattr(crew, "MANY_ROWS", ROWS + 1)
    with open_store(f"sqlite:///{tmp_path / 'alone.sqlite'}", sample=False, gazetteer=gazetteer) as alone:
        alone.import_file(many)
        assert alone.events.version == empty.events.version
        assert set(alone.events.frame().geo_status) == {"auto"}


def _workers() -> list[psutil.Process]:
    return [p for p in psutil.Process().children() if "data.importing.crew" in p.cmdline()]


def test_a_process_that_dies_is_said_and_nothing_is_changed(empty: Store, many: Path) -> None:
    before, killed = content(empty), []

    def progress(step: Step) -> None:
        if step.what == "reading" and step.done and not killed:
            killed.extend(_workers())
            for worker in killed:
                os.kill(worker.pid, signal.SIGKILL)

    with pytest.raises(DataError, match="nothing was changed: import the file again"):
        empty.import_file(many, geocode=False, progress=progress)
    assert killed
    assert content(empty) == before
    assert not _workers()


def test_a_cancelled_import_leaves_no_process_behind(empty: Store, many: Path) -> None:
    before = content(empty)

    def progress(step: Step) -> None:
        if step.what == "reading" and step.done:
            assert _workers()
            raise Cancelled("enough")

    with pytest.raises(Cancelled):
        empty.import_file(many, geocode=False, progress=progress)
    assert content(empty) == before
    assert not _workers()
