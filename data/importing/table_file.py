"""A delimited text file as numbered rows of cells, read in constant memory."""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from data import schema
from data.errors import FileProblem
from data.importing.encoding import detect

DELIMITERS = (",", ";", "\t", "|")
LONGEST_CELL = 1 << 20
_SAMPLE, _PART = 1 << 16, 1 << 20


class Row(NamedTuple):
    """One data row as it stands in the file."""

    number: int
    """As a spreadsheet counts: the header is row 1 when it is the first."""
    cells: tuple[str, ...]
    problem: str | None = None
    """Why it cannot be read as a row of this table."""


@dataclass(frozen=True)
class TableFile:
    """A file found to be a table."""

    path: Path
    sha256: str
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    headless: bool = False
    """Whether the first row is data already and `header` was known beforehand."""
    lines: int = 0
    """How many lines follow the first one: as many rows, where no cell has several lines."""

    def rows(self) -> Iterator[Row]:
        """Read the data rows one after the other; blank ones are skipped."""
        number = 0
        with self.path.open(encoding=self.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=self.delimiter, strict=True)
            header_seen = self.headless
            while True:
                number += 1
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    yield self._unreadable(number, str(error))
                    if "unexpected end" in str(error):
                        return
                    continue
                except UnicodeDecodeError as error:
                    raise FileProblem(
                        f"{self.path.name} row {number} is not {self.encoding} text ({error.reason}); save it as UTF-8"
                    ) from error
                if not any(map(str.strip, cells)):
                    continue
                if not header_seen:
                    header_seen = True
                    continue
                yield self._row(number, cells)

    def _row(self, number: int, cells: list[str]) -> Row:
        width = len(self.header)
        while len(cells) > width and not cells[-1].strip():
            cells.pop()
        if len(cells) == width:
            return Row(number, tuple(cells))
        problem = f"has {len(cells)} of {width} columns; "
        problem += (
            "is the file cut off here?" if len(cells) < width else "put values with a delimiter in quotes"
        )
        return Row(number, tuple((cells + [""] * width)[:width]), problem)

    def _unreadable(self, number: int, error: str) -> Row:
        if "field larger" in error:
            raise FileProblem(
                f"{self.path.name} row {number} has a value longer than {LONGEST_CELL:,} characters; "
                "is a quotation mark never closed?"
            )
        problem = (
            "the file ends inside a quoted value: it is cut off or a quotation mark is never closed; get the whole file"
            if "unexpected end" in error
            else "has text after a closing quotation mark; double the quotation marks inside a quoted value"
        )
        return Row(number, ("",) * len(self.header), problem)


def open_table(path: Path) -> TableFile:
    """Find out how a file is encoded and delimited and what its columns are called.

    Raise `FileProblem` when it is not a table with a header.
    """
    csv.field_size_limit(LONGEST_CELL)
    if path.is_dir():
        raise FileProblem(f"{path} is a folder; give a file")
    try:
        encoding = detect(path)
        with path.open(encoding=encoding, newline="") as file:
            sample = file.read(_SAMPLE)
        sha256, lines = _hash(path)
    except FileNotFoundError:
        raise FileProblem(f"{path} does not exist; check the name") from None
    except UnicodeError as error:
        raise FileProblem(f"{path.name} cannot be read as {encoding} text; save it as UTF-8") from error
    except OSError as error:
        raise FileProblem(f"{path} cannot be read: {error.strerror}") from error
    if not sample.strip("\ufeff \t\r\n;,"):
        raise FileProblem(f"{path.name} is empty; nothing was imported")
    delimiter = _delimiter(sample)
    return TableFile(path, sha256, encoding, delimiter, _header(path, encoding, delimiter), lines=lines)


def _hash(path: Path) -> tuple[str, int]:
    """Hash a file and count the lines after its first one."""
    found, ends, part = hashlib.sha256(), 0, b""
    with path.open("rb") as file:
        while more := file.read(_PART):
            part = more
            found.update(part)
            ends += part.count(b"\n")
    return found.hexdigest(), max(0, ends - part.endswith(b"\n"))


def _delimiter(sample: str) -> str:
    """Choose what splits the first rows into the most columns, the same number in nearly all of them."""
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        widths = [len(cells) for cells in _cells(sample, delimiter) if cells][:50]
        if not widths or widths[0] < 2:
            continue
        agreeing = Counter(widths)[widths[0]] / len(widths)
        score = agreeing * widths[0]
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _cells(sample: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(sample.splitlines(keepends=True), delimiter=delimiter)
    try:
        yield from reader
    except csv.Error:
        return


def _header(path: Path, encoding: str, delimiter: str) -> tuple[str, ...]:
    with path.open(encoding=encoding, newline="") as file:
        header = next(
            (cells for cells in csv.reader(file, delimiter=delimiter) if any(cell.strip() for cell in cells)),
            [],
        )
    header = [cell.strip() for cell in header]
    while header and not header[-1]:
        header.pop()
    if not header:
        raise FileProblem(f"{path.name} has no header; put the names of the columns on the first line")
    data_like = sum(bool(re.fullmatch(r"[-+]?\d+([.,/:-]\d+)*|https?://\S+", cell)) for cell in header)
    known = sum(schema.plain(re.sub(r"_\d+$", "", cell)) in schema.column_names() for cell in header)
    if data_like > known:
        raise FileProblem(
            f"{path.name} has no header: its first line looks like data ({', '.join(header)[:80]}); "
            "put the names of the columns on the first line"
        )
    return tuple(header)
