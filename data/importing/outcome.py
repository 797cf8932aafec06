"""What a committed import did, and what a person said about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Outcome:
    """What the transaction did."""

    import_id: str
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    ambiguous: int = 0
    unresolved: int = 0
    in_review: int = 0


@dataclass(frozen=True)
class Mend:
    """That the one row of an import is one that another import did not take, mended by a person."""

    row_key: str
    reason: str | None
