"""CSV as RFC 4180 says, safe to open in a spreadsheet; the columns are those that an import reads."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from data.export import flat
from data.export.metadata import Choices, Metadata
from data.export.rows import Selection
from data.importing.values import neutralised
from data.readers.hxl import tag_of

BESIDE = True
"""What the rows are is told in a file beside this one."""


def write(path: Path, selection: Selection, metadata: Metadata, choices: Choices) -> int:
    """Write all rows; return how many there were."""
    names = flat.columns(selection)
    count = 0
    with path.open("w", encoding=choices.encoding, newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(names)
        if choices.hxl:
            writer.writerow([tag_of(name) for name in names])
        for batch in selection.batches:
            columns = [flat.each(column, _cell) for column in flat.by_column(batch, selection)]
            writer.writerows(zip(*columns, strict=True))
            count += batch.num_rows
    return count


def _cell(value: Any) -> str:
    return neutralised(value) if isinstance(value, str) else flat.as_text(value)
