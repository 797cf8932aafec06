"""New incidents added in bulk: what is ready goes into the tables as it is, in the order of their keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from operator import itemgetter

from sqlalchemy import Connection

from data.importing.piece import COLUMNS, Piece
from data.records import dialects, tables

TOGETHER = 20
"""So many pieces are added at once."""


def add_new(connection: Connection, pieces: Sequence[Piece], import_id: str, seq: int, now: datetime) -> None:
    """Add the incidents of pieces of which none is there yet; sorted, so that an index is filled page by page."""
    same = {"import_id": import_id, "seq": seq, "created_at": now, "updated_at": now, "version": 1}
    of_tables = zip(*(piece.values() for piece in pieces), strict=True)
    for (table, names), parts in zip(COLUMNS, of_tables, strict=True):
        rows = sorted(chain.from_iterable(parts), key=itemgetter(0))
        dialects.insert_ready(connection, table, names, rows, same if table is tables.events else {})
    made = sorted((name,) for piece in pieces for name in piece.ids)
    dialects.insert_ready(connection, tables.effects, ("event_id",), made, {"seq": seq})
