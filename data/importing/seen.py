"""The ids of one file, kept on disk, so that memory does not grow with the file."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence

_CACHE_KIB = 16_384


class Seen:
    """Remembers in which row each id of a file first stood, and with which content. Closed with its owner."""

    def __init__(self) -> None:
        # "" is SQLite's own nameless file, gone when closed; the plan may be made and saved by different threads
        self._db = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        self._db.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
        self._db.execute("CREATE TABLE seen (id INTEGER PRIMARY KEY, content INTEGER, row INTEGER)")
        self._db.execute("BEGIN")  # and never the end of it: nothing has to outlive this process

    def first(self, event_ids: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Give content and row of those ids that stood in the file before."""
        keys = {_number(event_id): event_id for event_id in event_ids}
        marks = ",".join("?" * len(keys))
        found = self._db.execute(f"SELECT id, content, row FROM seen WHERE id IN ({marks})", tuple(keys))
        return {keys[key]: (content, row) for key, content, row in found}

    def add(self, rows: Sequence[tuple[str, int, int]]) -> bool:
        """Remember ids with content and row, where they stand first; say whether all do."""
        numbered = [(_number(event_id), content, row) for event_id, content, row in rows]
        added = self._db.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", numbered).rowcount
        return added == len(numbered)

    def close(self) -> None:
        """Forget everything."""
        self._db.close()


def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)
