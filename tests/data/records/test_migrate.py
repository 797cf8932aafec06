"""Migrations: what they make is what the schema says, from any number of processes at once."""

import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from data import StoreProblem, open_store, schema
from data.records import dialects, migrate, read, tables

OPEN = "import sys, data; data.open_store(sys.argv[1], sample=False).close(); print('open')"


def test_a_migrated_store_has_exactly_the_tables_of_the_schema(tmp_path: Path) -> None:
    engine = dialects.engine_for(f"sqlite:///{tmp_path / 'r.sqlite'}")
    migrate.upgrade(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []
    assert set(schema.tables()) | {"changes"} == set(tables.metadata.tables)


def test_a_new_store_is_in_wal_mode_with_foreign_keys_patience_and_long_pages(tmp_path: Path) -> None:
    engine = dialects.engine_for(f"sqlite:///{tmp_path / 'r.sqlite'}")
    with engine.connect() as connection:
        names = ("journal_mode", "foreign_keys", "busy_timeout", "page_size")
        pragma = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names}
    assert pragma == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "busy_timeout": dialects.BUSY_TIMEOUT_MS,
        "page_size": 16_384,
    }


def test_three_processes_may_open_a_new_store_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'r.sqlite'}"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN, url], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    assert [process.communicate(timeout=60) for process in running] == [("open\n", "")] * 3


def test_a_store_of_a_newer_program_is_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    open_store(f"sqlite:///{path}", sample=False).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StoreProblem, match=r"newer version.*update"):
        open_store(f"sqlite:///{path}", sample=False)


@pytest.mark.parametrize("content", [b"this is no database at all, and long enough to be looked at" * 20])
def test_a_file_that_is_no_store_is_refused_with_advice(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "r.sqlite"
    path.write_bytes(content)
    with pytest.raises(StoreProblem, match=r"move it away|move the file away"):
        open_store(f"sqlite:///{path}", sample=False)
    assert path.read_bytes() == content


@pytest.mark.parametrize("url", ["nonsense", "sqlite://", "sqlite:///:memory:", "nodb://x", "mysql://x/y"])
def test_an_address_that_cannot_be_shared_is_refused(url: str) -> None:
    with pytest.raises(StoreProblem):
        open_store(url, sample=False)


def test_a_new_file_that_another_is_writing_to_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    done = threading.Timer(0.3, other.execute, ("COMMIT",))
    done.start()
    migrate.upgrade(dialects.engine_for(f"sqlite:///{path}"))
    assert time.monotonic() - began >= 0.3
    done.join()
    other.close()


def test_what_is_told_of_reports_is_what_may_be_published_and_all_of_it() -> None:
    public = {name for name, field in schema.fields("reports").items() if field.public}
    assert set(read.REPORTED) == public - {"report_id", "event_id", "position"}
