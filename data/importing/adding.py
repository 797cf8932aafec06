"""New incidents added in bulk: what is staged goes into the tables as it is, in the order of their keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from data.importing.piece import COLUMNS
from data.importing.staging import PER_ROW
from data.records import dialects, tables
from data.records.staged import Staged

TOGETHER = 50
"""So many pieces are added at once: in the order of keys they fill an index page by page."""


def add_new(
    connection: Connection,
    files: Sequence[Path],
    rows: tuple[int, int],
    import_id: str,
    seq: int,
    now: datetime,
) -> None:
    """Add the incidents that are staged for a first to a last row, of which none is there yet."""
    numbers = rows[0] * PER_ROW, (rows[1] + 1) * PER_ROW - 1
    same = {"import_id": import_id, "seq": seq, "created_at": now, "updated_at": now, "version": 1}
    for table, names in COLUMNS:
        part = Staged(table.name, names, files, numbers)
        dialects.insert_staged(connection, table, part, same if table is tables.events else {})
    made = Staged(tables.events.name, ("event_id",), files, numbers)
    dialects.insert_staged(connection, tables.effects, made, {"seq": seq})
