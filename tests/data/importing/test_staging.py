"""Files in which new incidents wait: gone with their plan; what a killed process left goes as soon as another looks."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from data import Store
from data.importing.staging import Staging
from data.importing.table_file import Row
from data.importing.waiting import Waiting
from tests.data.conftest import Write

ROW = {"title": "Clash", "place": "Bakhmut", "date": "2023-03-01", "source": "Paper"}
HOLD = """
import sys
from data.importing.staging import Staging
held = Staging(0)
print(held.folder, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for what is temporary."""
    (tmp_path / "room").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "room"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "room"))
    return tmp_path / "room"


def test_a_plan_that_is_saved_or_given_up_leaves_no_file(empty: Store, table_file: Write, room: Path) -> None:
    with empty.plan_import(table_file([ROW]), geocode=False) as plan:
        assert list(room.iterdir())
        empty.commit_plan(plan)
    assert not list(room.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="locks of whole files are not used there")
def test_what_a_killed_process_left_is_removed_and_what_a_living_one_holds_is_not(room: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    theirs = Path(process.stdout.readline().strip())
    Staging(0).close()
    assert list(room.iterdir()) == [theirs]
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    Staging(0).close()
    assert not list(room.iterdir())


def test_rows_are_read_by_another_where_they_were_put(tmp_path: Path) -> None:
    first, second = (
        [Row(2, ("a", "\ud800", ""))],
        [Row(3, ("", "", ""), "is cut off"), Row(4, ("x", "y", "z"))],
    )
    written, read = Waiting(tmp_path / "rows"), Waiting(tmp_path / "rows")
    places = [written.put(rows) for rows in (first, second)]
    assert [read.at(place) for place in reversed(places)] == [second, first]
    written.close()
    read.close()


@pytest.mark.both_databases
def test_what_came_between_plan_and_saving_is_not_added_twice(empty: Store, table_file: Write) -> None:
    rows = [{**ROW, "id": f"r{n}", "title": f"Clash {n}"} for n in range(4)]
    with empty.plan_import(table_file(rows), geocode=False) as plan:
        empty.import_file(table_file(rows[1:3], "others.csv"), geocode=False)
        summary = empty.commit_plan(plan)
    assert (summary.imported, summary.unchanged) == (2, 2)
