"""Lets one process at a time change a gazetteer; reading needs no lock."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

LONGEST_WAIT_S = 3_600.0


@contextlib.contextmanager
def only_one(gazetteer: Path, progress: Callable[[str], None]) -> Iterator[None]:
    """Wait until no other process changes the gazetteer, and keep others waiting until the block ends.

    SQLite's own lock on an empty file: it works on every system and ends with its process, however that ends.
    """
    gazetteer.parent.mkdir(parents=True, exist_ok=True)
    file = gazetteer.with_name(f".{gazetteer.name}.lock")
    with contextlib.closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            progress("another process is changing the gazetteer: waiting for it")
            lock.execute(f"PRAGMA busy_timeout={int(LONGEST_WAIT_S * 1000)}")
            lock.execute("BEGIN EXCLUSIVE")
        yield
