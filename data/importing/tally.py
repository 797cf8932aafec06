"""What saving some rows would do, in numbers."""

from __future__ import annotations

from dataclasses import dataclass, fields

from data.importing.prepared import Prepared
from data.records import read


@dataclass
class Tally:
    """What saving some rows would do."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    ambiguous: int = 0
    """Of the new and changed ones, those whose place is in doubt."""
    unresolved: int = 0
    """Of the new and changed ones, those whose place was not found."""
    in_review: int = 0
    """Of the new ones, those that wait for a person because the text scan found something."""
    repeated: int = 0
    """Of the unchanged ones, those that stood in the file before."""
    contested: int = 0
    """Rows put aside because another incident has their id."""

    def add(self, prepared: Prepared, before: read.Fingerprint | None) -> None:
        """Count a row; `before` is what is known of its incident already."""
        status = prepared.place.fields["geo_status"] if prepared.place else None
        if before is None:
            self.new += 1
            self.in_review += prepared.event["status"] == "in_review"
        elif before.source_hash != prepared.source_hash or status not in (None, "unresolved"):
            self.changed += 1
        else:
            self.unchanged += 1
            return
        self.ambiguous += status == "ambiguous"
        self.unresolved += status == "unresolved"

    def __iadd__(self, other: Tally) -> Tally:
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))
        return self
