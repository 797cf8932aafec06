"""Rows of a file judged without regard to the rest of it: what is wrong with each, what it means, where it lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine

from data.errors import InputError
from data.importing.doubts import UnknownNames
from data.importing.piece import Piece, are_new, packed
from data.importing.prepared import Prepared
from data.importing.rejects import NUL, Rejected
from data.importing.rowcheck import Incident, RowCheck, RowProblems
from data.importing.staging import Stage
from data.importing.table_file import Row
from data.importing.tally import Tally
from data.placing import Placer
from data.records import dialects, read


@dataclass(frozen=True)
class Judged:
    """What was found out of some rows."""

    piece: Piece
    """The rows that can be taken as far as they themselves say."""
    entries: list[tuple[str, int, int]]
    """Id, content and number of every row that says something whole, in their order."""
    refused: dict[int, Rejected]
    """Those of them whose id belongs to another incident, by number."""
    rejected: list[Rejected]
    """The other rows that cannot be taken."""
    doubts: UnknownNames


class Judge:
    """Checks rows and asks for their places."""

    def __init__(self, engine: Engine, check: RowCheck, placer: Placer) -> None:
        self._engine = engine
        self._check = check
        self._placer = placer

    def judge(self, rows: Sequence[Row], stage: Stage | None = None, *, keep: bool = True) -> Judged:
        """Judge some rows of the file; where all are new they go to the stage, and `keep` says whether here too."""
        tally, doubts = Tally(), self.doubts()
        rows = [_without_nul(row, doubts) for row in rows]
        rejected: list[Rejected] = []
        checked: list[tuple[Row, Incident]] = []
        for row, found in self._checked(rows):
            if isinstance(found, RowProblems):
                rejected.append(Rejected.of(row.number, row.cells, found))
            else:
                checked.append((row, found))
        with dialects.reading(self._engine) as connection:
            known = read.fingerprints(connection, [incident.event["event_id"] for _row, incident in checked])
        kept: list[Prepared] = []
        entries: list[tuple[str, int, int]] = []
        refused: dict[int, Rejected] = {}
        for row, incident in checked:
            event_id = incident.event["event_id"]
            entries.append((event_id, int(incident.source_hash[:15], 16), row.number))
            before = known.get(event_id)
            if before is not None and _is_another(incident, before):
                refused[row.number] = Rejected.of(row.number, row.cells, _another(incident, before))
                continue
            prepared = self._placed(row, incident, before)
            kept.append(prepared)
            tally.add(prepared, before)
            doubts.note(row.number, prepared)
        ids = tuple(row.event["event_id"] for row in kept)
        stretch = None
        if stage is not None and kept and are_new(kept, known, tally):
            stage.add(kept)
            stretch = kept[0].number, kept[-1].number
        piece = Piece(ids, tally, stretch, packed(kept, known) if keep or not stretch else None)
        return Judged(piece, entries, refused, rejected, doubts)

    def doubts(self) -> UnknownNames:
        """Make a list of names that are not known."""
        return UnknownNames(looked_up=self._placer.can_look_up)

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


def _without_nul(row: Row, doubts: UnknownNames) -> Row:
    """Leave out characters of no meaning that SQLite would keep and PostgreSQL refuses with all of the import."""
    if NUL not in "".join(row.cells):
        return row
    doubts.note_nul(row.number)
    return row._replace(cells=tuple(cell.replace(NUL, "") for cell in row.cells))


def _is_another(incident: Incident, before: read.Fingerprint) -> bool:
    """Say whether a row's id belongs to an incident of another title, day and place: numbers of two files meet so."""
    stated = ("title", "date_start", "place_text")
    if not before.said or not incident.given >= set(stated):
        return False
    return all(incident.event.get(name) != was for name, was in zip(stated, before.said, strict=True))


def _another(incident: Incident, before: read.Fingerprint) -> RowProblems:
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
