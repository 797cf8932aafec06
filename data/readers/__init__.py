"""Every kind of file that can be imported: found out by its content, never by its name.

A file is first opened by what it is written in (`CONTAINERS`: text, XLSX, Parquet, ...), then a table whose columns are
those of a known data set (`LAYOUTS`: ACLED, UCDP, ...) is read as such. Each is one module with a `NAME`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType

from data.errors import FileProblem
from data.readers import (
    acled,
    eyes_on_russia,
    gdelt,
    geojson,
    gpkg,
    hxl,
    kml,
    parquet,
    text,
    timemap,
    ucdp,
    ushahidi,
    viina,
    xlsx,
)
from data.readers.table import Table, has, missing_columns

CONTAINERS: dict[str, ModuleType] = {
    m.NAME: m for m in (xlsx, kml, parquet, gpkg, timemap, geojson, gdelt, text)
}
"""Each has `recognises(path, head)` and `open_table(path)`; the last one takes what nothing else does."""
LAYOUTS: dict[str, ModuleType] = {m.NAME: m for m in (hxl, acled, ucdp, viina, ushahidi, eyes_on_russia)}
"""Each has `MARKS`, the columns it is known by, and `read(table)`; HXL, known by its tags, has `recognises(table)`."""
FORMATS = (*(name for name in CONTAINERS if name != "csv"), *LAYOUTS, "csv")
"""What `--format` may say; `csv` reads columns by their names alone."""
_HEAD = 1 << 16


def open_file(path: Path, kind: str | None = None) -> Table:
    """Find out what a file is and open it; `kind` overrules. Raise `FileProblem` when it is no table."""
    container = _container(path, kind)
    try:
        table: Table = container.open_table(path)
    except (FileNotFoundError, IsADirectoryError):
        raise FileProblem(f"{path} cannot be read; check the name") from None
    if any("\0" in name for name in table.header):  # stands for nothing, and PostgreSQL refuses it
        table = replace(table, header=tuple(name.replace("\0", "") for name in table.header))
    if kind in CONTAINERS:
        return table
    if kind is not None:
        return _as(table, LAYOUTS[kind])
    layout = next((layout for layout in LAYOUTS.values() if _recognised(table, layout)), None)
    return table if layout is None else _as(table, layout)


def _container(path: Path, kind: str | None) -> ModuleType:
    if kind in CONTAINERS:
        return CONTAINERS[kind]
    if path.is_dir():
        raise FileProblem(f"{path} is a folder; give a file")
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError:
        raise FileProblem(f"{path} does not exist; check the name") from None
    except OSError as error:
        raise FileProblem(f"{path} cannot be read: {error.strerror}") from error
    return next((c for c in CONTAINERS.values() if c.recognises(path, head)), text)


def _recognised(table: Table, layout: ModuleType) -> bool:
    return bool(layout.recognises(table)) if hasattr(layout, "recognises") else has(table, layout.MARKS)


def _as(table: Table, layout: ModuleType) -> Table:
    if not _recognised(table, layout):
        raise missing_columns(table, layout.NAME, layout.MARKS)
    read: Table = layout.read(table)
    return read
