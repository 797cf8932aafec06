"""What saving a plan would do, in numbers and in words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Counts:
    """What saving would do."""

    read: int
    new: int
    changed: int
    unchanged: int
    rejected: int
    corrected: int
    """Rows that were rejected and are taken now, corrected in place; they are among the new, changed or unchanged."""
    ambiguous: int
    unresolved: int
    in_review: int
    duplicates: int | None
    """New rows that may tell of an incident that is there, or of one another; None where nobody looked."""

    def sentence(self) -> str:
        """Say it in words: 120 new, 14 changed, 3 rejected, 9 possible duplicates, 21 places in doubt."""
        parts = [
            f"{self.new:,} new",
            f"{self.changed:,} changed",
            f"{self.unchanged:,} unchanged" if self.unchanged else "",
            f"{self.rejected:,} rejected",
            f"{self.duplicates:,} possible duplicate{'' if self.duplicates == 1 else 's'}"
            if self.duplicates is not None
            else "",
            f"{self.ambiguous:,} place{'' if self.ambiguous == 1 else 's'} in doubt",
            f"{self.unresolved:,} not found" if self.unresolved else "",
        ]
        return ", ".join(part for part in parts if part)
