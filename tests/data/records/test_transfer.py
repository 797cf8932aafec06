"""Moving a store between databases: everything arrives and is proved, or nothing does."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert

from data import Step, Store, StoreProblem, open_store
from data.records import dialects, tables, transfer
from tests import postgres
from tests.data.conftest import Write


def version_and_rows(url: str) -> tuple[str, int]:
    with open_store(url, sample=False) as store:
        return store.events.version, len(store.events.frame(audience="analyst"))


def test_a_store_goes_to_postgresql_and_back_and_says_the_same(
    filled: Store, postgresql: postgres.Server, tmp_path: Path
) -> None:
    server, back = postgresql.database(), f"sqlite:///{tmp_path / 'back.sqlite'}"
    there = transfer.copy(filled.url, server)
    again = transfer.copy(server, back)
    assert there == again
    assert {moved.table: moved.rows for moved in there}["events"] == 9
    assert version_and_rows(server) == version_and_rows(back) == (filled.events.version, 9)
    with open_store(back, sample=False) as moved:
        assert moved.event("a1", "analyst") == filled.event("a1", "analyst")
        assert moved.history() == filled.history()


def test_a_moved_store_can_be_worked_on(
    filled: Store, postgresql: postgres.Server, table_file: Write
) -> None:
    server = postgresql.database()
    transfer.copy(filled.url, server)
    with open_store(server, sample=False) as moved:
        file = table_file([{"event_id": "a4", "title": "Protest, corrected"}], "change.csv")
        assert moved.import_file(file, geocode=False).updated == 1
        assert moved.events.counts().total == 7


def test_a_target_that_holds_anything_is_left_alone(filled: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match="same store"):
        transfer.copy(filled.url, filled.url)
    other = f"sqlite:///{tmp_path / 'other.sqlite'}"
    transfer.copy(filled.url, other)
    with pytest.raises(StoreProblem, match=r"holds .* already"):
        transfer.copy(filled.url, other)


def test_a_source_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match="no store"):
        transfer.copy(f"sqlite:///{tmp_path / 'no.sqlite'}", f"sqlite:///{tmp_path / 'target.sqlite'}")
    assert list(tmp_path.iterdir()) == []


def test_a_copy_that_fails_in_the_middle_leaves_an_empty_target(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'target.sqlite'}"

    def tell(step: Step) -> None:
        if step.what == "copying reports":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        transfer.copy(filled.url, url, tell)
    with open_store(url, sample=False) as target:
        assert target.is_empty()
    assert transfer.copy(filled.url, url)


def test_what_arrives_otherwise_than_sent_is_noticed(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, send = f"sqlite:///{tmp_path / 'target.sqlite'}", transfer._send

    def badly(here: Connection, there: Connection, table: tables.Table, tell: transfer.Progress) -> object:
        digest = send(here, there, table, tell)
        if table.name == "rejects":
            a_reject = {"file_sha256": "x", "row": 1, "problem": "made up", "original": {}}
            imported = there.execute(tables.imports.select()).mappings().first()
            assert imported
            there.execute(insert(table), a_reject | {"import_id": imported["import_id"]})
        return digest

    monkeypatch.setattr(transfer, "_send", badly)
    with pytest.raises(StoreProblem, match="rejects did not arrive as sent"):
        transfer.copy(filled.url, url)
    with dialects.reading(dialects.engine_for(url)) as connection:
        assert connection.execute(tables.events.select()).first() is None


def test_the_command_says_what_it_proved(filled: Store, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "data", "copy", filled.url, f"sqlite:///{tmp_path / 'target.sqlite'}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "events: 9 rows, sha256" in done.stderr
    assert {table["table"]: table["rows"] for table in json.loads(done.stdout)}["reports"] == 1
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert again.returncode == 2
    assert again.stderr.startswith("error: the target holds")
