"""The tables of the records, made from the schema."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.types import TypeEngine

from data import schema

_TYPES: dict[str, type[TypeEngine[Any]] | TypeEngine[Any]] = {
    "text": Text,
    "int": BigInteger,
    "float": Double,
    "bool": Boolean,
    "date": Date,
    "datetime": DateTime,
    "json": JSON(none_as_null=True),
}
_KEYS = {
    "events": ("event_id",),
    "reports": ("report_id",),
    "places": ("mention_id",),
    "decisions": ("decision_id",),
    "effects": ("seq", "event_id"),
    "imports": ("import_id",),
    "rejects": ("file_sha256", "row"),
    "mappings": ("signature",),
}

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _column(field: schema.Field) -> Column[Any]:
    references = [ForeignKey(field.references)] if field.references else []
    key = field.name in _KEYS[field.table]
    kind = Integer if field.name == "row" and key else _TYPES[field.type]
    return Column(field.name, kind, *references, primary_key=key, nullable=not (field.required or key))


def _table(name: str) -> Table:
    return Table(name, metadata, *(_column(field) for field in schema.fields(name).values()))


imports = _table("imports")
events = _table("events")
reports = _table("reports")
places = _table("places")
decisions = _table("decisions")
effects = _table("effects")
rejects = _table("rejects")
mappings = _table("mappings")

changes = Table(
    "changes",
    metadata,
    Column("name", Text, primary_key=True),
    Column("seq", BigInteger, nullable=False),
)
"""The change sequence: one row per counted thing ("events"), holding the last number given out."""

Index(None, events.c.seq)
Index(None, reports.c.event_id)
Index(None, places.c.event_id)
Index(None, imports.c.file_sha256)
Index(None, rejects.c.import_id)
Index(None, decisions.c.seq)
Index(None, effects.c.event_id)
Index(None, events.c.merged_into)
Index(None, events.c.place_text)
_DECIDED = places.c.decided_by.is_not(None)
Index(None, places.c.decided_by, sqlite_where=_DECIDED, postgresql_where=_DECIDED)
