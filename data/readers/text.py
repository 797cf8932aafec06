"""Plain CSV and TSV, any encoding, any usual delimiter."""

from __future__ import annotations

from pathlib import Path

from data.importing import table_file
from data.readers.table import Table

NAME = "csv"


def recognises(path: Path, head: bytes) -> bool:
    """Take whatever nothing else took; what is no text is refused when opened."""
    return True


def open_table(path: Path) -> Table:
    """Open a delimited text file."""
    found = table_file.open_table(path)
    note = {"encoding": found.encoding, "delimiter": found.delimiter}
    return Table(path, found.sha256, NAME, found.header, found.rows, note=note, lines=found.lines)
