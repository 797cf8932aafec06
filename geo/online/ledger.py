"""What all processes of one DATELINE_HOME share about online geocoders: answers kept, and whose turn it is.

A SQLite file. Answers are kept with their age, "not found" too. Turns make one limiter of all threads and processes:
each request takes the next free moment of its provider, and waits for it.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from geo import paths
from geo.errors import OnlineRefused
from geo.online.found import Found, pack, unpack

DAY_S = 86_400.0
LOCK_WAIT_S = 30.0
_TABLES = """
CREATE TABLE IF NOT EXISTS answers(
    provider TEXT NOT NULL, question TEXT NOT NULL, found TEXT NOT NULL, asked_at REAL NOT NULL,
    expires_at REAL NOT NULL, PRIMARY KEY(provider, question)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS turns(provider TEXT PRIMARY KEY, free_at REAL NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer from the cache."""

    found: list[Found]
    asked_at: float
    """Seconds since 1970."""


class Ledger:
    """The shared file, opened by each thread for itself."""

    def __init__(self, path: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        self.path = path or paths.home() / "cache" / "online.sqlite"
        self._clock = clock
        self._local = threading.local()

    def _connection(self) -> sqlite3.Connection:
        here = getattr(self._local, "here", None)
        if here is not None and here[0] == os.getpid():
            return here[1]  # type: ignore[no-any-return]
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = _open(self.path)
        except (sqlite3.Error, OSError) as error:
            raise OnlineRefused(
                f"{self.path} cannot be used ({error}); without it requests cannot be limited"
            ) from error
        self._local.here = (os.getpid(), connection)
        return connection

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Hold the file's write lock, so that read and write are one step for every process."""
        connection = self._connection()
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise OnlineRefused(f"{self.path} cannot be written ({error})") from error

    def get(self, provider: str, question: str) -> Kept | None:
        """Return the answer kept for a question, None when there is none or it is too old."""
        row = (
            self._connection()
            .execute(
                "SELECT found, asked_at FROM answers WHERE provider=? AND question=? AND expires_at > ?",
                (provider, question, self._clock()),
            )
            .fetchone()
        )
        return Kept(unpack(row[0]), row[1]) if row else None

    def put(self, provider: str, question: str, found: list[Found], keep_days: float) -> None:
        """Keep an answer for some days; none at all when that is 0."""
        if keep_days <= 0:
            return
        now = self._clock()
        with self._writing() as connection:
            connection.execute("DELETE FROM answers WHERE expires_at <= ?", (now,))
            connection.execute(
                "INSERT OR REPLACE INTO answers VALUES(?,?,?,?,?)",
                (provider, question, pack(found), now, now + keep_days * DAY_S),
            )

    def wait_s(self, provider: str, delay_s: float, most_s: float) -> float:
        """Take the provider's next turn and return how long to wait for it; above `most_s` none is taken."""
        with self._writing() as connection:
            now = self._clock()
            row = connection.execute("SELECT free_at FROM turns WHERE provider=?", (provider,)).fetchone()
            turn = max(now, min(row[0], now + DAY_S)) if row else now
            if turn - now <= most_s:
                connection.execute("INSERT OR REPLACE INTO turns VALUES(?,?)", (provider, turn + delay_s))
            return turn - now

    def hold(self, provider: str, seconds: float) -> None:
        """Let nobody ask a provider for some time, as it demanded."""
        with self._writing() as connection:
            until = self._clock() + seconds
            connection.execute(
                "INSERT INTO turns VALUES(?1, ?2) ON CONFLICT(provider) DO UPDATE SET free_at=max(free_at, ?2)",
                (provider, until),
            )


def _open(path: Path) -> sqlite3.Connection:
    """Open the file; a damaged one is put aside, since all it holds can be asked again."""
    for last in (False, True):
        connection = sqlite3.connect(path, timeout=LOCK_WAIT_S, isolation_level=None)
        try:
            connection.executescript(_TABLES)
            return connection
        except sqlite3.OperationalError:
            connection.close()
            raise
        except sqlite3.DatabaseError:
            connection.close()
            if last:
                raise
            for suffix in ("-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            os.replace(path, path.with_name(path.name + ".damaged"))
    raise AssertionError("unreachable")
