"""Rows of one file into what will be written, and what is wrong with those that cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine

from data.errors import InputError
from data.importing.doubts import UnknownNames
from data.importing.prepared import Prepared
from data.importing.rejects import Rejected
from data.importing.rowcheck import Incident, RowCheck, RowProblems
from data.importing.seen import Seen
from data.importing.table_file import Row
from data.placing import Placer
from data.records import dialects, read

Standing = Mapping[str, tuple[int, int]]
"""Content and row of the ids that stood in the file before."""


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


class Preparer:
    """Checks the rows of a file one batch after the other, and asks for their places."""

    def __init__(self, engine: Engine, check: RowCheck, placer: Placer) -> None:
        self._engine = engine
        self._check = check
        self._placer = placer
        self._seen = Seen()
        self.doubts = UnknownNames(looked_up=placer.can_look_up)

    def prepare(
        self, rows: Sequence[Row], tally: Tally, *, again: bool = False
    ) -> tuple[list[Prepared], list[Rejected]]:
        """Give the rows to write and those to put aside; rows looked at `again` are no rows of their own."""
        rejected: list[Rejected] = []
        checked: list[tuple[Row, Incident]] = []
        for row, found in self._checked(rows):
            if isinstance(found, RowProblems):
                rejected.append(Rejected.of(row.number, row.cells, found))
            else:
                checked.append((row, found))
        ids = [incident.event["event_id"] for _row, incident in checked]
        standing = dict(self._seen.first(ids))
        with dialects.reading(self._engine) as connection:
            known = read.fingerprints(connection, ids)
        kept: list[Prepared] = []
        first: list[tuple[str, int, int]] = []
        for row, incident in checked:
            event_id = incident.event["event_id"]
            entry = (int(incident.source_hash[:15], 16), row.number)
            try:
                repeated = _repeated(entry, standing.get(event_id), event_id)
                if not repeated:
                    standing[event_id] = entry
                    first.append((event_id, *entry))
                before = known.get(event_id)
                if before is not None and _is_another(incident, before):
                    tally.contested += 1
                    raise _refused(incident, before)
                prepared = self._placed(row, incident, before)
            except RowProblems as found:
                rejected.append(Rejected.of(row.number, row.cells, found))
                continue
            kept.append(prepared)
            if repeated:
                tally.unchanged += 1
                tally.repeated += 1
            else:
                tally.add(prepared, before)
            if not again:
                self.doubts.note(row.number, prepared)
        if not again:
            self._seen.add(first)
        return kept, sorted(rejected, key=lambda reject: reject.number)

    def _checked(self, rows: Sequence[Row]) -> Iterator[tuple[Row, Incident | RowProblems]]:
        whole = [row for row in rows if not row.problem]
        yield from zip(whole, self._check.check_all([row.cells for row in whole]), strict=True)
        for row in rows:
            if row.problem:
                error = InputError(
                    column="row", value=row.number, problem=row.problem, expected="mend the row"
                )
                yield row, RowProblems([error])

    def _placed(self, row: Row, incident: Incident, before: read.Fingerprint | None) -> Prepared:
        """Ask for the place unless the row is there already, equal and placed."""
        equal = before is not None and before.source_hash == incident.source_hash
        if before and equal and not (before.unplaced and self._placer.can_look_up):
            place = None
        else:
            place = self._placer.place(incident.event)
        return Prepared(
            row.number, incident.event, incident.reports, incident.source_hash, incident.given, place
        )

    def close(self) -> None:
        """Forget the ids of the file."""
        self._seen.close()


def _repeated(entry: tuple[int, int], standing: tuple[int, int] | None, event_id: str) -> bool:
    """Say whether an equal row stood in the file before; refuse one of the same id and other content."""
    if standing is None or standing[1] == entry[1]:
        return False
    if standing[0] == entry[0]:
        return True
    raise RowProblems(
        [
            InputError(
                column="event_id",
                value=event_id,
                problem=f"already stands in row {standing[1]} with other content",
                expected="give each incident an id of its own",
            )
        ]
    )


def _is_another(incident: Incident, before: read.Fingerprint) -> bool:
    """Say whether a row's id belongs to an incident of another title, day and place: numbers of two files meet so."""
    stated = ("title", "date_start", "place_text")
    if not before.said or not incident.given >= set(stated):
        return False
    return all(incident.event.get(name) != was for name, was in zip(stated, before.said, strict=True))


def _refused(incident: Incident, before: read.Fingerprint) -> RowProblems:
    return RowProblems(
        [
            InputError(
                column="event_id",
                value=incident.event["event_id"],
                problem=f"is another incident already ({before.said[0]})",
                expected="give it an id of its own; to correct an incident leave title, day or place as it is",
            )
        ]
    )
