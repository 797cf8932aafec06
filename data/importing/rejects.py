"""The rows that could not be taken, in a file that can be corrected and imported again."""

from __future__ import annotations

import csv
import filecmp
import os
import re
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TextIO

from data.importing.rowcheck import RowProblems

NOTES = ("_row", "_column", "_value", "_problem")
_LONGEST = 32_000


def safe_cell(text: str) -> str:
    """Keep a spreadsheet from running a cell as a formula; the importer takes the apostrophe off again."""
    if re.match(r"[=+\-@\t\r]", text) and not re.fullmatch(r"[-+]?\d+([.,]\d+)?", text):
        return f"'{text}"
    return text


class RejectsFile:
    """Collects rejected rows; nothing is left behind unless `keep` is called."""

    def __init__(self, folder: Path, stem: str, header: Sequence[str]) -> None:
        self.count = 0
        self.path = folder / f"{stem}.rejects.csv"
        self._header = header
        self._temporary = folder / f".{stem}.rejects.{os.getpid()}.part"
        self._file: TextIO | None = None

    def add(self, number: int, cells: Sequence[str], problems: RowProblems) -> None:
        """Put a row aside with what is wrong with it."""
        if self._file is None:
            self._temporary.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._temporary.open("w", encoding="utf-8-sig", newline="")
            self._writer = csv.writer(self._file)
            self._writer.writerow([*self._header, *NOTES])
        found = problems.problems
        notes = (
            str(number),
            " | ".join(problem.column for problem in found),
            " | ".join(str(problem.value) for problem in found),
            " | ".join(problem.reason for problem in found),
        )
        self._writer.writerow([safe_cell(cell)[:_LONGEST] for cell in (*cells, *notes)])
        self.count += 1

    def keep(self) -> Path | None:
        """Move the file to its place, once the import is committed; None when nothing was rejected."""
        if self._file is None:
            return None
        self._file.close()
        self.path = self._free()
        os.replace(self._temporary, self.path)
        return self.path

    def _free(self) -> Path:
        """Choose a name that overwrites nobody's corrections: an older file stays unless it says the same."""
        path, number = self.path, 2
        while path.exists() and not filecmp.cmp(path, self._temporary, shallow=False):
            path, number = self.path.with_name(f"{self.path.stem}-{number}.csv"), number + 1
        return path

    def __enter__(self) -> RejectsFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
            self._temporary.unlink(missing_ok=True)
