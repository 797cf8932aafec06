"""What the public may see: one rule, as a function of one incident and as an expression over a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal

import ibis
import ibis.expr.types as ir

from data import schema

Audience = Literal["public", "analyst"]
"""`public` sees rows that pass the rule; `analyst` (the command line, the review page) sees all."""

ALWAYS = datetime(1970, 1, 1)
"""A moment before any embargo."""
PUBLIC_STATUSES = tuple(c.code for c in schema.codes("status").values() if c.more["public"])
PUBLIC_SENSITIVITIES = tuple(c.code for c in schema.codes("sensitivity").values() if c.more["public"])


def is_public(event: Mapping[str, Any], now: datetime) -> bool:
    """Decide whether an incident may be shown to anybody: status, sensitivity and embargo all allow it.

    Whatever is missing, unknown or malformed denies.
    """
    embargo = event.get("embargo_until")
    if embargo is not None and not isinstance(embargo, datetime):
        return False
    return (
        event.get("status") in PUBLIC_STATUSES
        and event.get("sensitivity") in PUBLIC_SENSITIVITIES
        and (embargo is None or _utc(embargo) <= _utc(now))
    )


def public_from(table: ir.Table) -> ir.TimestampValue:
    """Say from which moment each row of a table is public by the same rule; never where that is missing."""
    allowed = table.status.isin(PUBLIC_STATUSES) & table.sensitivity.isin(PUBLIC_SENSITIVITIES)
    since_ever = ibis.literal(ALWAYS.isoformat(" ")).cast("timestamp")
    return ibis.cases((allowed, table.embargo_until.fill_null(since_ever)), else_=ibis.null("timestamp"))


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
