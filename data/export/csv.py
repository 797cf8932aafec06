"""CSV as RFC 4180 says, safe to open in a spreadsheet; the columns are those that an import reads."""

from __future__ import annotations

import csv
from datetime import date
from typing import IO, Any

from data.export.metadata import Metadata
from data.export.rows import Row, Selection
from data.importing.rejects import safe_cell
from data.table.columns import PUBLIC

REPORT_COLUMNS = {
    "publisher": "publisher",
    "url": "url",
    "published_at": "published_at",
    "source_title": "title",
    "language": "language",
    "reliability": "reliability",
    "quote": "quote",
    "licence": "licence",
}
"""Column -> field of a report; the second report's columns end in `_2`, and so on."""
BESIDE = True
"""What the rows are is told in a file beside this one."""


def write(out: IO[str], selection: Selection, metadata: Metadata) -> int:
    """Write all rows; return how many there were."""
    numbers = range(1, max(1, selection.most_reports) + 1)
    suffixes = ["" if number == 1 else f"_{number}" for number in numbers]
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*PUBLIC, *(column + suffix for suffix in suffixes for column in REPORT_COLUMNS)])
    count = 0
    for row in selection.rows:
        writer.writerow(_cells(row, len(suffixes)))
        count += 1
    return count


def _cells(row: Row, reports: int) -> list[str]:
    cells = [_text(row[name]) for name in PUBLIC]
    for number in range(reports):
        report = row["reports"][number] if number < len(row["reports"]) else {}
        cells += [_text(report.get(field)) for field in REPORT_COLUMNS.values()]
    return cells


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return repr(round(value, 7))
    return safe_cell(value) if isinstance(value, str) else str(value)
