"""XLSX: dates as dates, numbers as numbers, no text that a spreadsheet would run; a second sheet says what it is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from data.errors import DataError
from data.export import flat
from data.export.metadata import Choices, Metadata
from data.export.rows import Selection
from data.importing.values import neutralised
from data.readers.hxl import tag_of

BESIDE = False
"""What the rows are is told on a sheet of its own."""
MOST_ROWS = 1_048_000
LONGEST = 32_767
"""Characters that a cell can hold; a structure that is longer is left out, a text cut."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def write(path: Path, selection: Selection, metadata: Metadata, choices: Choices) -> int:
    """Write all rows; return how many there were. Raise `DataError` when a sheet cannot hold them."""
    book = Workbook(write_only=True)
    sheet, about = book.create_sheet("Incidents"), book.create_sheet("About")
    sheet.freeze_panes = "A2"
    names = flat.columns(selection)
    sheet.append(names)
    if choices.hxl:
        sheet.append([_cell(sheet, _fitting(tag_of(name))) for name in names])
    count = 0
    for batch in selection.batches:
        count += batch.num_rows
        if count > MOST_ROWS:
            raise DataError(
                f"a sheet holds {MOST_ROWS:,} rows at most; choose fewer incidents or another format"
            )
        columns = [flat.each(column, _fitting) for column in flat.by_column(batch, selection)]
        for values in zip(*columns, strict=True):
            sheet.append([_cell(sheet, value) for value in values])
    for name, value in metadata.to_dict(count).items():
        text = "; ".join(f"{k}={v}" for k, v in value.items()) if isinstance(value, dict) else value
        about.append([name, _cell(about, _fitting(text))])
    book.save(path)
    return count


def _fitting(value: Any) -> Any:
    """Make a text one that a cell can hold and no spreadsheet runs."""
    if not isinstance(value, str):
        return value
    text = neutralised(_UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", value))
    if len(text) > LONGEST:
        return "" if text.startswith("{") else text[:LONGEST]
    return text


def _cell(sheet: Any, value: Any) -> Any:
    """Say of a text that it is one, even where it looks like a formula; a cell cannot be written twice."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    return cell
