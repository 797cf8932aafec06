"""The same file again: what its rows did is in the records, so none needs to be checked where nothing has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select

from data.decisions import log
from data.importing.mapping import Mapped
from data.importing.options import Options
from data.importing.rejects import Rejected
from data.importing.survey import Surveyed
from data.placing import Placer
from data.readers.table import Table
from data.records import tables, write

_IMPORTS, _EVENTS, _LOG = tables.imports.c, tables.events.c, tables.decisions.c
_PACKAGES = ("data", "geo")
_PROGRAM = {".py", ".toml", ".csv"}


@dataclass(frozen=True)
class Earlier:
    """An import of the same file, read in the same way, whose incidents are as it left them."""

    import_id: str
    read: int
    rejected: int
    surveyed: Surveyed
    warnings: tuple[str, ...]

    @property
    def unchanged(self) -> int:
        """Rows that would change nothing now."""
        return self.read - self.rejected


def key_of(table: Table, mapped: Mapped, options: Options, placer: Placer) -> str | None:
    """Name all that decides what becomes of the rows of a file; None where something may change unseen."""
    knowledge = placer.knowledge
    if knowledge is None:
        return None
    columns = [table.kind, dict(table.note), table.header, dict(mapped.events)]
    reports = [[number, dict(fields)] for number, fields in mapped.reports.items()]
    return write.digest([columns, reports, options.country, options.dates, knowledge, program()])


@cache
def program() -> str:
    """Hash the program that reads, checks and places: another one may judge otherwise."""
    root = Path(__file__).parents[2]
    found = hashlib.sha256()
    for package in _PACKAGES:
        for path in sorted((root / package).rglob("*")):
            if path.suffix in _PROGRAM:
                found.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return found.hexdigest()[:32]


def note(key: str, surveyed: Surveyed, warnings: tuple[str, ...], repeated: int | None) -> dict[str, Any]:
    """Give what an import keeps for the next time; `repeated` as `Tally` has it, None where other incidents counted."""
    return {"key": key, "surveyed": asdict(surveyed), "warnings": list(warnings), "repeated": repeated}


def find(connection: Connection, table: Table, key: str | None) -> Earlier | None:
    """Find the import that says what this file would do now; None when its rows must be looked at."""
    query = (
        select(tables.imports)
        .join(tables.decisions, _LOG.what == _IMPORTS.import_id)
        .where(_IMPORTS.file_sha256 == table.sha256, log.STANDING)
        .order_by(_IMPORTS.seq.desc())
    )
    row = connection.execute(query.limit(1)).mappings().first()
    said = row and (row["options"] or {}).get("again")
    if row is None or not said or said["key"] != key:
        return None
    if _count(connection, tables.rejects.c.file_sha256 == table.sha256) != row["rejected"]:
        return None
    if not (_own_are_as_left(connection, row, said["repeated"]) or _all_are_as_left(connection, row["seq"])):
        return None
    surveyed = said["surveyed"]
    orders = {int(column): order for column, order in surveyed["orders"].items()}
    again = Surveyed(**{**surveyed, "orders": orders, "warnings": tuple(surveyed["warnings"])})
    return Earlier(row["import_id"], row["read"], row["rejected"], again, tuple(said["warnings"]))


def rejects(connection: Connection, table: Table) -> Iterator[Rejected | None]:
    """Read the rows that were put aside, in their order; None for one that cannot be told exactly any more."""
    query = select(tables.rejects).where(tables.rejects.c.file_sha256 == table.sha256)
    for row in connection.execute(query.order_by(tables.rejects.c.row)).mappings():
        yield Rejected.recorded(dict(row), table.header)


def _own_are_as_left(connection: Connection, row: RowMapping, repeated: int | None) -> bool:
    """Say whether the import wrote every incident of its file, and nobody has touched one since."""
    written = row["imported"] + row["updated"]
    return bool(row["unchanged"] == repeated and _count(connection, _EVENTS.seq == row["seq"]) == written)


def _all_are_as_left(connection: Connection, seq: int) -> bool:
    """Say whether no incident at all was touched, or taken away, since a change number."""
    undone = _LOG.undoes.is_not(None) & (_LOG.seq > seq)
    return not _count(connection, _EVENTS.seq > seq) and not _count(connection, undone)


def _count(connection: Connection, condition: ColumnElement[bool]) -> int:
    return int(connection.execute(select(func.count()).where(condition)).scalar_one())
