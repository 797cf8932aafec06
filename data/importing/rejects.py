"""The rows that could not be taken, and a file of them that can be corrected and imported again."""

from __future__ import annotations

import csv
import filecmp
import os
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from data.errors import InputError
from data.importing.rowcheck import RowProblems
from data.importing.values import neutralised, text_of

NUL = "\0"
NOTES = ("_row", "_column", "_value", "_problem")
_LONGEST = 32_000
MOST_KEPT = 10_000
"""Of a cell the records keep so many characters."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a row."""

    column: str
    value: str
    reason: str
    """What is wrong and what to do."""

    def __str__(self) -> str:
        return str(
            InputError(column=self.column, value=self.value, problem=self.reason, expected="")
        ).removesuffix("; ")


@dataclass(frozen=True)
class Rejected:
    """A row put aside."""

    number: int
    cells: tuple[str, ...]
    faults: tuple[Fault, ...]

    @classmethod
    def of(cls, number: int, cells: Sequence[str], found: RowProblems) -> Rejected:
        """Keep what a check has found."""
        faults = tuple(
            Fault(p.column, str(p.value)[:1000], p.reason.replace(NUL, "")) for p in found.problems
        )
        return cls(number, tuple(cell.replace(NUL, "") for cell in cells), faults)

    @classmethod
    def recorded(cls, row: Mapping[str, Any], header: Sequence[str]) -> Rejected | None:
        """Read a row from the records; None when they do not hold it whole."""
        original, faults = row["original"], row["faults"]
        whole = list(original) == _distinct(header) and all(
            len(cell) < MOST_KEPT for cell in original.values()
        )
        if not faults or not whole:
            return None
        return cls(row["row"], tuple(original.values()), tuple(Fault(**fault) for fault in faults))

    @property
    def said(self) -> str:
        """All that is wrong with it, in words."""
        return "; ".join(map(str, self.faults))

    def __str__(self) -> str:
        return f"row {self.number}: {self.said}"

    def record(self, header: Sequence[str]) -> dict[str, Any]:
        """Give the row as the records keep it."""
        return {
            "row": self.number,
            "column": self.faults[0].column,
            "value": self.faults[0].value,
            "problem": "; ".join(fault.reason for fault in self.faults),
            "original": dict(zip(_distinct(header), (cell[:MOST_KEPT] for cell in self.cells), strict=False)),
            "faults": [asdict(fault) for fault in self.faults],
        }


def _distinct(header: Sequence[str]) -> list[str]:
    """Number columns of one name, so that each keeps its cell."""
    seen: Counter[str] = Counter()
    names = []
    for name in header:
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


class RejectsFile:
    """Rejected rows in a file beside its place; left behind only if `keep` is called."""

    def __init__(self, folder: Path, stem: str, header: Sequence[str], rejected: Iterable[Rejected]) -> None:
        self._path = folder / f"{stem}.rejects.csv"
        self._temporary = folder / f".{stem}.rejects.{secrets.token_hex(4)}.part"
        self._written = False
        try:
            self._write(header, rejected)
        except BaseException:
            self.close()
            raise

    def _write(self, header: Sequence[str], rejected: Iterable[Rejected]) -> None:
        rows = iter(rejected)
        first = next(rows, None)
        if first is None:
            return
        self._temporary.parent.mkdir(parents=True, exist_ok=True)
        self._written = True
        with self._temporary.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([*header, *NOTES])
            for row in chain((first,), rows):
                notes = (
                    str(row.number),
                    " | ".join(fault.column for fault in row.faults),
                    " | ".join(fault.value for fault in row.faults),
                    " | ".join(fault.reason for fault in row.faults),
                )
                cells = (text_of(cell) for cell in row.cells)  # one that is safe already stays as it is
                writer.writerow([neutralised(cell)[:_LONGEST] for cell in (*cells, *notes)])

    def keep(self) -> Path | None:
        """Move the file to its place, once the import is committed; None when nothing was rejected."""
        if not self._written:
            return None
        path = self._free()
        os.replace(self._temporary, path)
        return path

    def _free(self) -> Path:
        """Choose a name that overwrites nobody's corrections: an older file stays unless it says the same."""
        path, number = self._path, 2
        while path.exists() and not filecmp.cmp(path, self._temporary, shallow=False):
            path, number = self._path.with_name(f"{self._path.stem}-{number}.csv"), number + 1
        return path

    def close(self) -> None:
        """Take away what was not kept."""
        self._temporary.unlink(missing_ok=True)

    def __enter__(self) -> RejectsFile:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()
