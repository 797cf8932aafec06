"""Numbers and hashes every change of the records must carry."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import orjson
from sqlalchemy import Connection, update

from data import schema
from data.records import dialects
from data.records.tables import changes

_FIELDS = schema.fields("events")
_CONTENT = tuple(name for name, field in _FIELDS.items() if field.origin != "system" or name == "merged_into")
_FLOATS = tuple(index for index, name in enumerate(_CONTENT) if _FIELDS[name].type == "float")
_FAST = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME
_SAME = frozenset((str, int, bool, date, datetime, type(None)))
"""Values that orjson always writes as the standard library does."""


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


def digest(content: object, length: int = 32, *, plain: bool | None = None) -> str:
    """Hash any plain value, the same on every machine; `plain` says whether `not_plain` would name it, if known."""
    return hashlib.sha256(_canonical(content, plain=plain)).hexdigest()[:length]


def _canonical(content: object, *, plain: bool | None) -> bytes:
    """Write a value the one way that hashes rest on; orjson does it ten times as fast where it writes the same."""
    try:
        if _is_plain(content) if plain is None else plain:
            return orjson.dumps(content, default=str, option=_FAST)
    except TypeError:  # half characters, numbers of more than 64 bits, what has no parts
        pass
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def not_plain(columns: Iterable[Sequence[Any]]) -> set[int]:
    """Number the rows of which orjson may write a value otherwise than the standard library does."""
    return {
        row
        for values in columns
        if not _SAME.issuperset(map(type, values))
        for row, value in enumerate(values)
        if type(value) not in _SAME and not _is_plain((value,))
    }


def _is_plain(value: Any) -> bool:
    """Say whether orjson writes a value as the standard library does; numbers are looked at here, they are many."""
    for part in value.values() if isinstance(value, dict) else value:
        kind = type(part)
        if kind is float:
            if part and not 1e-4 <= abs(part) < 1e16:  # beyond, the exponent is written in another way
                return False
        elif kind not in _SAME and not _is_plain(part):
            return False
    return True


def content_hash(event: Mapping[str, Any]) -> int:
    """Hash what an incident says, apart from when and by which import it came; fits a 64-bit column."""
    # a number has the form it has when read back, so that a hash does not depend on which way it came
    stored: list[Any] = list(map(event.get, _CONTENT))
    for index in _FLOATS:
        if stored[index] is not None:
            stored[index] = float(stored[index])
    return int(digest(stored, 15), 16)


def content_hashes(columns: Mapping[str, Sequence[Any]]) -> list[int]:
    """Hash what each of many incidents says, all their fields given as columns."""
    stored = [columns[name] for name in _CONTENT]
    for index in _FLOATS:
        stored[index] = [None if value is None else float(value) for value in stored[index]]
    odd = not_plain(stored)
    rows = enumerate(zip(*stored, strict=True))
    return [int(digest(row, 15, plain=number not in odd), 16) for number, row in rows]
