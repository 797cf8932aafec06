"""Write prepared rows into the records, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update

from data import schema
from data.decisions import layers, log, merging
from data.decisions.images import changed_fields, write_events
from data.errors import StoreProblem
from data.importing.adding import TOGETHER, add_new
from data.importing.changes import Writes, note_changes
from data.importing.outcome import Mend, Outcome
from data.importing.piece import Piece, new_event, new_places, new_reports
from data.importing.prepared import Prepared
from data.importing.rejects import Rejected
from data.importing.spool import in_batches
from data.importing.staging import Staging
from data.progress import Clock, Progress, silent
from data.readers.table import Table
from data.records import dialects, read, tables, write

_EVENTS = schema.fields("events")
_PLACE = (
    *(name for name, f in _EVENTS.items() if f.origin == "place"),
    *("lat", "lon", "radius_m", "geo_precision", "country", "admin1", "admin2"),
)
_PLACE_WORDS = ("place_text", "reported_country", "reported_admin1", "reported_admin2")
_DECIDED = ("confirmed", "rejected")


def commit(
    engine: Engine,
    table: Table,
    pieces: Iterable[Piece],
    rejected: Iterable[Rejected],
    options: dict[str, Any],
    total: int,
    user: str = "import",
    progress: Progress = silent,
    mend: Mend | None = None,
    staging: Staging | None = None,
    rows_of: Callable[[Piece], Sequence[Prepared]] = Piece.rows,
) -> Outcome:
    """Write everything in one transaction; write nothing at all when nothing is new, or when `progress` raises.

    Incidents that are staged are added from there, others are read by `rows_of`.
    """
    with dialects.writing(engine, staging.files if staging else ()) as connection:
        if mend:
            log.refuse_settled(connection, mend.row_key, table.path.name)
        job = _Job(connection, table, log.who(user), mend, staging, rows_of)
        clock = Clock(progress, "saving", total)
        for piece in pieces:
            job.take(piece)
            clock.tell(job.taken)
        job.finish(rejected, options, total)
    return job.outcome


class _Job:
    """One transaction's work; the change number and the import are taken when first needed."""

    def __init__(
        self,
        connection: Connection,
        table: Table,
        user: str,
        mend: Mend | None,
        staging: Staging | None,
        rows_of: Callable[[Piece], Sequence[Prepared]],
    ) -> None:
        self._connection = connection
        self._files = staging.files if staging else []
        self._same_since_read = staging is not None and staging.seq == read.last_seq(connection)
        self._rows_of = rows_of
        self._table = table
        self._user = user
        self._mend = mend
        self._now = write.now()
        self._seq = 0
        earlier = connection.execute(
            select(tables.imports.c.import_id)
            .join(tables.decisions, tables.decisions.c.what == tables.imports.c.import_id)
            .where(tables.imports.c.file_sha256 == table.sha256, log.STANDING)
            .order_by(tables.imports.c.seq.desc())
        ).scalar()
        self._earlier = earlier
        self.outcome = Outcome(str(earlier or ""))
        self.taken = 0
        """Rows written so far."""
        self._waiting: list[Piece] = []

    def take(self, piece: Piece) -> None:
        """Write what is new or changed in some rows; new ones wait, to be written together in the order of keys."""
        if piece.stretch and self._are_still_new(piece):
            self._waiting.append(piece)
            if len(self._waiting) >= TOGETHER:
                self._write_waiting()
            return
        self._write_waiting()
        self._take(self._rows_of(piece))
        self.taken += len(piece.ids)

    def _are_still_new(self, piece: Piece) -> bool:
        return self._same_since_read or not read.fingerprints(self._connection, piece.ids)

    def _write_waiting(self) -> None:
        """Write pieces whose incidents are all new."""
        pieces, self._waiting = self._waiting, []
        stretches = [piece.stretch for piece in pieces if piece.stretch]
        if not stretches:
            return
        self._begin()
        rows = stretches[0][0], stretches[-1][1]
        add_new(self._connection, self._files, rows, self.outcome.import_id, self._seq, self._now)
        for piece in pieces:
            self.outcome.imported += piece.tally.new
            self.outcome.ambiguous += piece.tally.ambiguous
            self.outcome.unresolved += piece.tally.unresolved
            self.outcome.in_review += piece.tally.in_review
            self.taken += len(piece.ids)

    def _take(self, batch: Sequence[Prepared]) -> None:
        unique: dict[str, Prepared] = {}
        for prepared in batch:
            unique.setdefault(prepared.event["event_id"], prepared)
        self.outcome.unchanged += len(batch) - len(unique)
        known = read.fingerprints(self._connection, list(unique))
        changed = [event_id for event_id, before in known.items() if _may_change(unique[event_id], before)]
        before = read.events_by_id(self._connection, changed)
        self._covered = layers.covered(self._connection, changed)
        self._decided = layers.decided_places(self._connection, changed)
        writes = Writes()
        for event_id, prepared in unique.items():
            if event_id in before or event_id not in known:
                self._sort(prepared, before.get(event_id), writes)
            else:
                self.outcome.unchanged += 1
        self._write(writes)

    def _sort(self, prepared: Prepared, before: dict[str, Any] | None, writes: Writes) -> None:
        if before is None:
            event = self._new(prepared)
            writes.new.append(event)
            self.outcome.imported += 1
        else:
            event, was, now = self._merged(prepared, before)
            if (
                event["content_hash"] == before["content_hash"]
                and event["source_hash"] == before["source_hash"]
            ):
                self.outcome.unchanged += 1
                return
            self._begin()
            by = {"import_id": self.outcome.import_id, "import_row": prepared.number}
            was |= {name: before[name] for name in by}
            event |= {**by, "seq": self._seq, "updated_at": self._now, "version": before["version"] + 1}
            writes.changed.append(event)
            writes.changes[event["event_id"]] = was, now | by
            writes.replaced_reports.append(event["event_id"])
            if not self._keeps_place(prepared, before):
                writes.replaced_places.append(event["event_id"])
            self.outcome.updated += 1
        self._tally(event)
        placed = before is None or not self._keeps_place(prepared, before)
        self._children(prepared, writes, placed=placed)

    def _new(self, prepared: Prepared) -> dict[str, Any]:
        if prepared.place is None:
            raise StoreProblem(
                f"row {prepared.number}: its incident was taken away since the file was read; read the file again"
            )
        self._begin()
        event = new_event(prepared)
        event["content_hash"] = write.content_hash(event)
        when = {"import_id": self.outcome.import_id, "seq": self._seq, "version": 1}
        return event | when | {"created_at": self._now, "updated_at": self._now}

    def _merged(self, prepared: Prepared, before: dict[str, Any]) -> tuple[dict[str, Any], ...]:
        """Lay the file's columns over what sources said; what people decided lies over both and stays.

        Give the incident, and the fields in which the sources changed, as they were and are.
        """
        covered = self._covered.get(before["event_id"], {})
        source = before | covered
        event = dict(source)
        if before["source_hash"] != prepared.source_hash:
            event |= {name: prepared.event.get(name) for name in prepared.given}
            event |= merging.summed_up(prepared.reports, prepared.event["event_id"])
            event["flags"] = prepared.event.get("flags")
            if event["flags"] and event["flags"] != before["flags"] and "status" not in prepared.given:
                event["status"] = "in_review"
        if self._keeps_place(prepared, before):
            event |= {name: source[name] for name in _PLACE}
        elif prepared.place is not None:
            event |= prepared.place.fields
        event["source_hash"] = prepared.source_hash
        was, now = changed_fields(source, event)
        event |= {name: before[name] for name in covered}
        event["content_hash"] = write.content_hash(event)
        return event, was, now

    def _keeps_place(self, prepared: Prepared, before: Mapping[str, Any]) -> bool:
        """Say whether an incident's place stays: a person decided on it, or nothing new is said of it."""
        if prepared.place is None or not prepared.given & {*_PLACE_WORDS, "lat", "lon"}:
            return True
        if not set(_PLACE_WORDS).isdisjoint(self._covered.get(before["event_id"], {})):
            return True  # a person corrected the words; the place goes with these
        same_words = all(
            prepared.event.get(name) == before[name] for name in _PLACE_WORDS if name in prepared.given
        )
        decided = before["geo_status"] in _DECIDED or before["event_id"] in self._decided
        return same_words and (decided or not prepared.place.asked)

    def _children(self, prepared: Prepared, writes: Writes, *, placed: bool) -> None:
        writes.reports += new_reports(prepared)
        if placed:
            writes.places += new_places(prepared)

    def _write(self, writes: Writes) -> None:
        run = self._connection.execute
        if writes.new:
            dialects.insert_rows(
                self._connection, tables.events, [tuple(map(row.get, _EVENTS)) for row in writes.new]
            )
            made = [(self._seq, row["event_id"], None, None) for row in writes.new]
            dialects.insert_rows(self._connection, tables.effects, made)
        merged = merging.involved(self._connection, list(writes.changes))
        for event_id in merged:
            merging.take_back(self._connection, event_id, merging.root_of(self._connection, event_id))
        note_changes(self._connection, writes, self._seq)
        write_events(self._connection, writes.changed)
        for table, ids, mark in (
            (tables.reports, writes.replaced_reports, ":r"),
            (tables.places, writes.replaced_places, ":p"),
        ):
            key = next(iter(table.primary_key))
            for event_id in ids:
                run(
                    delete(table).where(
                        table.c.event_id == event_id, key.startswith(event_id + mark, autoescape=True)
                    )
                )
        for table, rows in ((tables.reports, writes.reports), (tables.places, writes.places)):
            dialects.insert_rows(self._connection, table, [tuple(row.values()) for row in rows])
        merging.settle(self._connection, merged, self._seq)

    def _begin(self) -> None:
        """Take a change number and open the import's own record, once."""
        if self._seq:
            return
        self._seq = write.next_seq(self._connection)
        self.outcome.import_id = f"{self._now:%Y%m%dT%H%M%S}-{self._table.sha256[:8]}-{self._seq}"
        row = dict.fromkeys(("read", "imported", "updated", "unchanged", "rejected"), 0)
        self._connection.execute(
            insert(tables.imports),
            {
                **row,
                "import_id": self.outcome.import_id,
                "file_name": self._table.path.name,
                "file_sha256": self._table.sha256,
                "at": self._now,
                "seq": self._seq,
            },
        )

    def _tally(self, event: Mapping[str, Any]) -> None:
        self.outcome.ambiguous += event["geo_status"] == "ambiguous"
        self.outcome.unresolved += event["geo_status"] == "unresolved"
        self.outcome.in_review += event["status"] == "in_review"

    def finish(self, rejected: Iterable[Rejected], options: dict[str, Any], total: int) -> None:
        """Note the rejects and close the import's record; an import of nothing new leaves no trace."""
        self._write_waiting()
        if self._earlier is None:
            self._begin()
        self._put_aside(rejected)
        if not self._seq:
            return
        done = {
            "read": total,
            "imported": self.outcome.imported,
            "updated": self.outcome.updated,
            "unchanged": self.outcome.unchanged,
            "rejected": total - (self.outcome.imported + self.outcome.updated + self.outcome.unchanged),
        }
        self._connection.execute(
            update(tables.imports)
            .where(tables.imports.c.import_id == self.outcome.import_id)
            .values(options=options, **done)
        )
        self._connection.execute(
            insert(tables.decisions),
            {
                "decision_id": f"import:{self.outcome.import_id}",
                "kind": "import",
                "what": self.outcome.import_id,
                "after": {
                    "file": self._table.path.name,
                    **done,
                    **({"mends": self._mend.row_key} if self._mend else {}),
                },
                "user": self._user,
                "reason": self._mend.reason if self._mend else None,
                "at": self._now,
                "changed": self.outcome.imported + self.outcome.updated,
                "seq": self._seq,
            },
        )

    def _put_aside(self, rejected: Iterable[Rejected]) -> None:
        """Note the rows that are rejected for the first time; forget those of the file that are mended."""
        of_file = tables.rejects.c.file_sha256 == self._table.sha256
        mended = set(self._connection.execute(select(tables.rejects.c.row).where(of_file)).scalars())
        for part in in_batches(rejected, 1_000):
            fresh = [row.record(self._table.header) for row in part if row.number not in mended]
            mended.difference_update(row.number for row in part)
            if fresh:
                self._begin()
                by = {"file_sha256": self._table.sha256, "import_id": self.outcome.import_id}
                self._connection.execute(insert(tables.rejects), [{**row, **by} for row in fresh])
        for rows in in_batches(sorted(mended), 500):
            self._connection.execute(delete(tables.rejects).where(of_file, tables.rejects.c.row.in_(rows)))


def _may_change(prepared: Prepared, before: read.Fingerprint) -> bool:
    """Say whether a row can change an incident at all: it says something else, or brings a place for one without."""
    return prepared.source_hash != before.source_hash or (prepared.place is not None and before.unplaced)
