"""Numbers and hashes every change of the records must carry."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, update

from data import schema
from data.records import dialects
from data.records.tables import changes

_FIELDS = schema.fields("events")
_FLOATS = frozenset(name for name, field in _FIELDS.items() if field.type == "float")
_CONTENT = tuple(name for name, field in _FIELDS.items() if field.origin != "system" or name == "merged_into")


def now() -> datetime:
    """Give the present moment as the records keep it: UTC, without a zone, whole seconds."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def next_seq(connection: Connection) -> int:
    """Take the next change number; held until the transaction ends, so that numbers appear in order."""
    connection.execute(dialects.insert_or_ignore(connection, changes), {"name": "events", "seq": 0})
    taken = connection.execute(
        update(changes)
        .where(changes.c.name == "events")
        .values(seq=changes.c.seq + 1)
        .returning(changes.c.seq)
    )
    return int(taken.scalar_one())


def digest(content: object, length: int = 32) -> str:
    """Hash any plain value, the same on every machine."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def content_hash(event: Mapping[str, Any]) -> int:
    """Hash what an incident says, apart from when and by which import it came; fits a 64-bit column."""
    # a number has the form it has when read back, so that a hash does not depend on which way it came
    values = ((name, event.get(name)) for name in _CONTENT)
    stored = [float(v) if name in _FLOATS and v is not None else v for name, v in values]
    return int(digest(stored, 15), 16)
