"""A row that was not taken, mended by a person: checked and placed as its file was, an import of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from data.decisions import log
from data.errors import DecisionRefused, InputError
from data.importing.commit import commit
from data.importing.judging import Judge
from data.importing.mapping import Mapped, map_columns
from data.importing.outcome import Mend
from data.importing.rejects import MOST_KEPT
from data.importing.rowcheck import RowCheck
from data.importing.table_file import Row
from data.placing import Placer
from data.readers.table import OWN, Table
from data.records import dialects, tables


@dataclass(frozen=True)
class Mended:
    """What became of a mended row."""

    decision_id: str | None = None
    """The import that took it in, to be undone by; None while something is wrong."""
    event_id: str | None = None
    faults: tuple[str, ...] = field(default=())
    """What is still wrong with it, in words; nothing was changed."""


def mend(
    engine: Engine,
    placer: Placer,
    file_sha256: str,
    row: int,
    cells: Mapping[str, str],
    user: str,
    reason: str | None,
) -> Mended:
    """Take in a row that was put aside, with other cells (column -> text).

    Raise `DecisionRefused` when it was settled meanwhile, or its import was undone.
    """
    found = _reject(engine, file_sha256, row)
    original, options = found["original"] or {}, found["options"] or {}
    _refuse_cut(original, cells)
    header = tuple(original)
    mapped = mapped_as(header, options)
    orders = {
        header.index(name): order for name, order in options.get("orders", {}).items() if name in header
    }
    check = RowCheck(header, mapped, orders, options.get("country"))
    mended = tuple(cells.get(name, text) for name, text in original.items())
    judged = Judge(engine, check, placer).judge([Row(row, mended)])
    rejected = [*judged.rejected, *judged.refused.values()]
    if rejected:
        faults = rejected[0].faults
        return Mended(faults=tuple(f"{fault.column}: {fault.value!r} {fault.reason}" for fault in faults))
    key = log.row_key(file_sha256, row)
    name = f"{found['file_name']}, row {row}"
    digest = hashlib.sha256("\0".join((key, *mended)).encode("utf-8", "surrogatepass")).hexdigest()
    outcome = commit(
        engine,
        Table(Path(name), digest, str(options.get("format")), header, lambda: iter(())),
        [judged.piece],
        [],
        {**{name: said for name, said in options.items() if name != "again"}, "mends": key},
        1,
        user,
        mend=Mend(key, (reason or "").strip()[:2000] or None),
    )
    return Mended(f"import:{outcome.import_id}", judged.piece.ids[0])


def mapped_as(header: Sequence[str], options: Mapping[str, Any]) -> Mapped:
    """Read columns as the import of a file did, whose record says what each field came from."""
    columns: Mapping[str, str] = options.get("columns") or {}
    meant = frozenset(field for field, column in columns.items() if field in OWN and field == column)
    given = {field: column for field, column in columns.items() if field not in OWN}
    return map_columns(header, given, meant, guess=False)


def _reject(engine: Engine, file_sha256: str, row: int) -> dict[str, Any]:
    rejects, imports = tables.rejects.c, tables.imports.c
    query = (
        select(tables.rejects, imports.file_name, imports.options)
        .join(tables.imports, imports.import_id == rejects.import_id)
        .where(rejects.file_sha256 == file_sha256, rejects.row == row)
    )
    with dialects.reading(engine) as connection:
        found = connection.execute(query).mappings().first()
    if found is None:
        raise DecisionRefused("there is no such row any more: its import was undone")
    return dict(found)


def _refuse_cut(original: Mapping[str, str], cells: Mapping[str, str]) -> None:
    for column, text in original.items():
        if len(text) >= MOST_KEPT and cells.get(column, text) == text:
            raise InputError(
                column=column,
                value=text,
                problem=f"was longer than {MOST_KEPT:,} characters and is not kept whole",
                expected="shorten it here, or mend the row in its file and import that",
            )
