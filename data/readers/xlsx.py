"""XLSX workbooks: the first sheet that has rows, cell values as they are, formulas by their last result."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException

from data.errors import FileProblem
from data.importing.table_file import Row
from data.readers import archive
from data.readers.table import Table, as_text, sha256_of

NAME = "xlsx"
_BROKEN = (
    zipfile.BadZipFile,
    ParseError,
    DefusedXmlException,
    KeyError,
    ValueError,
    TypeError,
    EOFError,
    OSError,
)


def recognises(path: Path, head: bytes) -> bool:
    """Know it by the workbook inside the archive."""
    if not head.startswith(archive.SIGNATURE) or not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as file:
        return "xl/workbook.xml" in file.namelist()


def open_table(path: Path) -> Table:
    """Open the first sheet with rows; the first filled row names the columns."""
    if not openpyxl.DEFUSEDXML:
        raise FileProblem("XLSX is only read with defusedxml installed")
    for sheet in _sheets(path):
        for _number, cells in _filled(path, sheet):
            header = tuple(as_text(value).strip() for value in cells)
            while header and not header[-1]:
                header = header[:-1]
            note = {"sheet": sheet}
            return Table(path, sha256_of(path), NAME, header, partial(_rows, path, sheet, header), note=note)
    raise FileProblem(f"{path.name} has no sheet with rows; nothing was imported")


def _rows(path: Path, sheet: str, header: tuple[str, ...]) -> Iterator[Row]:
    width, seen = len(header), False
    for number, values in _filled(path, sheet):
        if not seen:
            seen = True
            continue
        cells = [as_text(value, spreadsheet=True) for value in values]
        beyond = any(cell.strip() for cell in cells[width:])
        problem = f"has values beyond the {width} columns that have a name" if beyond else None
        yield Row(number, tuple((cells + [""] * width)[:width]), problem)


def _sheets(path: Path) -> list[str]:
    with _workbook(path) as book:
        return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _filled(path: Path, sheet: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
    with _workbook(path) as book:
        worksheet = book[sheet]
        worksheet.reset_dimensions()
        for number, values in enumerate(worksheet.iter_rows(values_only=True), start=1):
            if any(value is not None and str(value).strip() for value in values):
                yield number, values


@contextmanager
def _workbook(path: Path) -> Iterator[Any]:
    with archive.opened(path):
        pass
    try:
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            try:
                yield book
            finally:
                book.close()
    except DefusedXmlException as error:
        raise FileProblem(
            f"{path.name} has XML that defines entities, which no table needs; it was not read"
        ) from error
    except _BROKEN as error:
        raise FileProblem(
            f"{path.name} is a broken workbook ({str(error).partition(chr(10))[0]}); save it again or as CSV"
        ) from error
