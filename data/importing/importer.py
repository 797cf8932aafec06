"""Import one file: prepare all rows without holding anybody up, then commit them in one short transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from data.dates import Order
from data.errors import FileProblem, InputError
from data.importing.commit import Outcome, Prepared, commit
from data.importing.doubts import UnknownNames
from data.importing.mapping import map_columns
from data.importing.rejects import RejectsFile
from data.importing.rowcheck import RowCheck, RowProblems
from data.importing.spool import Spool
from data.importing.survey import survey
from data.importing.table_file import Row
from data.placing import Placer
from data.readers import open_file
from data.readers.table import Table
from data.records import dialects, read

BATCH = 1_000
Progress = Callable[[int, str], None]
"""Called with the number of rows done and what is being done."""


@dataclass(frozen=True)
class Options:
    """How to read a file; what is not given is found out."""

    columns: Mapping[str, str] | None = None
    """Field -> column, from --map."""
    country: str | None = None
    """Country of rows that name none."""
    dates: Order | None = None
    """Order of day and month in dates like 05/06/2023."""
    format: str | None = None
    """One of `data.readers.FORMATS`; found out from the content when not given."""


@dataclass(frozen=True)
class Summary:
    """What an import did."""

    read: int
    imported: int
    updated: int
    unchanged: int
    rejected: int
    rejects_file: str | None
    import_id: str
    ambiguous: int
    """Rows taken in whose place is in doubt."""
    unresolved: int
    """Rows taken in whose place was not found."""
    in_review: int
    """Rows taken in that wait for a person because the text scan found something."""
    format: str = "csv"
    """What the file was read as."""
    warnings: tuple[str, ...] = ()
    """What is odd about the file as a whole."""
    first_problems: tuple[str, ...] = ()
    """The first few problems, in words."""

    def to_dict(self) -> dict[str, Any]:
        """Give the summary line of the command."""
        return {
            name: value for name, value in asdict(self).items() if name not in ("first_problems", "warnings")
        }


def import_file(
    engine: Engine,
    path: Path,
    placer: Placer,
    rejects_folder: Path,
    options: Options | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Take the rows of a file into the records; the good ones come in, the bad ones are put aside.

    Nothing is written before the whole file has been read and placed, and then all of it in one transaction:
    a killed import leaves the records as they were. Raise `FileProblem` when the file is no table at all.
    """
    options = options or Options()
    table = open_file(path, options.format)
    mapped = map_columns(table.header, options.columns, table.meant)
    orders, warnings = survey(table, mapped, options.dates, options.country)
    check = RowCheck(table.header, mapped, orders, options.country)
    tell = progress or (lambda _done, _what: None)
    with Spool() as spool, RejectsFile(rejects_folder, path.stem, table.header) as rejects:
        rejected, total, problems, unknown = _prepare(engine, table, check, placer, spool, rejects, tell)
        if not total:
            raise FileProblem(f"{path.name} has a header and no rows; nothing was imported")
        tell(total, "saving")
        described = {
            "format": table.kind,
            **table.note,
            "columns": mapped.described(table.header),
            "unused": list(mapped.unused),
            "country": options.country,
            "dates": options.dates,
        }
        outcome = commit(engine, table, spool, rejected, described, total)
        kept = rejects.keep()
    return _summary(table, outcome, total, len(rejected), kept, problems, (*warnings, *unknown))


def _prepare(
    engine: Engine,
    table: Table,
    check: RowCheck,
    placer: Placer,
    spool: Spool,
    rejects: RejectsFile,
    tell: Progress,
) -> tuple[list[dict[str, Any]], int, tuple[str, ...], tuple[str, ...]]:
    rejected: list[dict[str, Any]] = []
    problems: list[str] = []
    seen: dict[str, tuple[int, str]] = {}
    doubts = UnknownNames(looked_up=placer.can_look_up)
    total = 0

    def put_aside(row: Row, found: RowProblems) -> None:
        rejects.add(row.number, row.cells, found)
        rejected.append(_reject(table, row, found))
        if len(problems) < 5:
            problems.append(f"row {row.number}: {found}")

    with dialects.reading(engine) as connection:
        for rows in _batches(table.rows()):
            batch = []
            for row in rows:
                try:
                    batch.append((row, _checked(row, check, seen)))
                except RowProblems as found:
                    put_aside(row, found)
            known = read.fingerprints(connection, [prepared.event["event_id"] for _row, prepared in batch])
            connection.rollback()
            kept = []
            for row, prepared in batch:
                try:
                    placed = _placed(_same(prepared, known), known, placer)
                    kept.append(placed)
                    doubts.note(row.number, placed)
                except RowProblems as found:
                    put_aside(row, found)
            spool.add(kept)
            total += len(rows)
            tell(total, "reading")
    return rejected, total, tuple(problems), doubts.warnings()


def _checked(row: Row, check: RowCheck, seen: dict[str, tuple[int, str]]) -> Prepared:
    if row.problem:
        raise RowProblems(
            [InputError(column="row", value=row.number, problem=row.problem, expected="mend the row")]
        )
    incident = check.check(row.cells)
    event_id, source_hash = incident.event["event_id"], incident.source_hash
    first, its_hash = (
        seen.setdefault(event_id, (row.number, source_hash))
        if "event_id" in incident.given
        else (0, source_hash)
    )
    if its_hash != source_hash:
        raise RowProblems(
            [
                InputError(
                    column="event_id",
                    value=event_id,
                    problem=f"already stands in row {first} with other content",
                    expected="give each incident an id of its own",
                )
            ]
        )
    return Prepared(row.number, incident.event, incident.reports, source_hash, incident.given)


def _same(prepared: Prepared, known: Mapping[str, read.Fingerprint]) -> Prepared:
    """Refuse a row whose id belongs to an incident of another title, day and place: numbers of two files meet so."""
    before = known.get(prepared.event["event_id"])
    stated = ("title", "date_start", "place_text")
    if before is None or not before.said or not prepared.given >= set(stated):
        return prepared
    if all(prepared.event.get(name) != was for name, was in zip(stated, before.said, strict=True)):
        raise RowProblems(
            [
                InputError(
                    column="event_id",
                    value=prepared.event["event_id"],
                    problem=f"is another incident already ({before.said[0]})",
                    expected="give it an id of its own; to correct an incident leave title, day or place as it is",
                )
            ]
        )
    return prepared


def _placed(prepared: Prepared, known: Mapping[str, read.Fingerprint], placer: Placer) -> Prepared:
    """Ask for the place unless the row is there already, equal and placed."""
    before = known.get(prepared.event["event_id"])
    if before and before.source_hash == prepared.source_hash and not (before.unplaced and placer.can_look_up):
        return prepared
    return prepared.with_place(placer.place(prepared.event))


def _reject(table: Table, row: Row, found: RowProblems) -> dict[str, Any]:
    first = found.problems[0]
    return {
        "file_sha256": table.sha256,
        "row": row.number,
        "column": first.column,
        "value": str(first.value)[:1000],
        "problem": "; ".join(problem.reason for problem in found.problems),
        "original": dict(zip(table.header, (cell[:10_000] for cell in row.cells), strict=False)),
    }


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _summary(
    table: Table,
    outcome: Outcome,
    total: int,
    rejected: int,
    kept: Path | None,
    problems: tuple[str, ...],
    warnings: tuple[str, ...],
) -> Summary:
    return Summary(
        read=total,
        imported=outcome.imported,
        updated=outcome.updated,
        unchanged=outcome.unchanged,
        rejected=rejected,
        rejects_file=str(kept) if kept else None,
        import_id=outcome.import_id,
        ambiguous=outcome.ambiguous,
        unresolved=outcome.unresolved,
        in_review=outcome.in_review,
        format=table.kind,
        warnings=warnings,
        first_problems=problems,
    )
