"""Rows on their way to be judged, in one file that is read by the processes which judge them."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from pathlib import Path

from data.importing.table_file import Row


class Waiting:
    """Rows by the place where they were put; written by one process, read by any."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.touch()
        self._file = path.open("r+b")

    def put(self, rows: Sequence[Row]) -> int:
        """Append rows and say where they are."""
        place = self._file.seek(0, 2)
        parts = [row.number for row in rows], [row.cells for row in rows], [row.problem for row in rows]
        pickle.dump(parts, self._file, pickle.HIGHEST_PROTOCOL)
        self._file.flush()
        return place

    def at(self, place: int) -> list[Row]:
        """Read the rows that were put there."""
        self._file.seek(place)
        return list(map(Row, *pickle.load(self._file)))

    def close(self) -> None:
        """Close the file; it stays where it is."""
        self._file.close()
