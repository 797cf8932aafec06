"""A file read, checked and placed, and not yet saved: what would happen, and what is wrong with which row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from data.dates import Order
from data.errors import FileProblem
from data.importing import again, crew
from data.importing.again import Earlier
from data.importing.counts import Counts
from data.importing.judging import Judge, Judged
from data.importing.mapping import Mapped, map_columns
from data.importing.options import Options, Remembered, opened
from data.importing.piece import Piece
from data.importing.prepared import Prepared
from data.importing.preparing import Preparer
from data.importing.rejects import Rejected
from data.importing.rowcheck import Incident, RowCheck
from data.importing.spool import Spool, in_batches, seldom_collected
from data.importing.staging import Staging
from data.importing.survey import DAY_OR_MONTH, Survey, Surveyed
from data.importing.table_file import Row
from data.importing.tally import Tally
from data.placing import Placer
from data.progress import Clock, Progress, silent
from data.readers.table import Table
from data.records import dialects, read

BATCH = 1_000
SAMPLED = 100
"""So many rows are kept at hand to be looked at."""
LOOKED_AT = 2_000
"""So many first rows say where the places of a table lie."""
_BYTES_PER_ROW = 500
"""Of a file whose rows nobody has counted yet."""
SHOWN = 500
"""So many rejected rows are kept at hand to be corrected."""


class Plan:
    """A file that waits to be saved, on disk and not in memory; close it when it is saved or given up."""

    def __init__(
        self,
        engine: Engine,
        table: Table,
        mapped: Mapped,
        options: Options,
        remembered: Remembered | None,
        placer: Placer,
    ) -> None:
        self.table = table
        self.mapped = mapped
        self.options = options
        """The options in force, with what was remembered."""
        self.remembered = remembered
        self.sample: list[Prepared] = []
        """The first rows as they would be saved."""
        self.rejected: list[Rejected] = []
        """The first rows that were put aside, to be corrected."""
        self.duplicates: int | None = None
        """How many new rows may be duplicates, once somebody has looked."""
        self.rows = 0
        self.put_aside = 0
        self.warnings: tuple[str, ...] = ()
        self.earlier: Earlier | None = None
        """The import that did the same before: its rows were not looked at again."""
        self._engine = engine
        self._placer = placer
        self.staging: Staging | None = None
        """Where new incidents wait."""
        self._key = again.key_of(table, mapped, options, placer)
        self._surveyed = Surveyed({}, (), None)
        self._spool: Spool[Piece] = Spool()
        self._rejects: Spool[Rejected] = Spool()
        self._tally = Tally()
        self._corrected: Piece | None = None
        self._corrected_tally = Tally()
        self._preparer: Preparer | None = None
        self._judge: Judge | None = None

    def read(self, progress: Progress = silent) -> None:
        """Read and check all rows."""
        inhabited = self._placer.is_inhabited if self._placer.can_look_up else None
        survey = Survey(self.table, self.mapped, self.options.dates, self.options.country, inhabited)
        self._surveyed, judged_by = survey.look(progress), None
        while judged_by != self.orders:  # rows at the end may show another order than those at the beginning
            judged_by = self.orders
            doubts = self._read(survey, progress)
            self._surveyed = survey.result()
        self.warnings = self._surveyed.warnings + doubts

    def _read(self, survey: Survey, progress: Progress) -> tuple[str, ...]:
        self._empty()
        check = self._check()
        self._look_around(check)
        self._judge = Judge(self._engine, check, self._placer)
        self._preparer = Preparer(self._judge)
        with dialects.reading(self._engine) as connection:
            self.staging = Staging(read.last_seq(connection))
        total = self._surveyed.rows or self.table.lines or None
        clock = Clock(progress, "reading", total)
        batches = in_batches(self.table.rows(), BATCH)
        expected = total or self.table.path.stat().st_size // _BYTES_PER_ROW
        asked = (batches, self._engine, check, self._placer, expected, self.staging)
        with closing(crew.judged(*asked)) as work:
            for rows, judged in work:
                if self.rows >= survey.rows:
                    survey.add(rows)
                self._add(rows, judged)
                clock.tell(self.rows)
        return self._preparer.doubts.warnings()

    def _add(self, rows: Sequence[Row], judged: Judged) -> None:
        assert self._preparer is not None
        piece, rejected = self._preparer.prepare(rows, judged, self._tally)
        self._spool.add([piece])
        self._put_away(rejected)
        if len(self.sample) < SAMPLED:
            self.sample += self.rows_of(piece)[: SAMPLED - len(self.sample)]
        self.rows += len(rows)

    def read_if_changed(self, progress: Progress = silent) -> None:
        """Read all rows, unless the records say what they would do: the same file again."""
        with dialects.reading(self._engine) as connection:
            earlier = again.find(connection, self.table, self._key)
            if earlier is None or not self._taken_over(connection, earlier):
                earlier = None
        if earlier is None:
            self.read(progress)
            return
        self.earlier, self._surveyed, self.warnings = earlier, earlier.surveyed, earlier.warnings
        self.rows, self._tally.unchanged = earlier.read, earlier.unchanged
        judge = Judge(self._engine, self._check(), self._placer)
        self.sample = judge.judge(list(islice(self.table.rows(), SAMPLED))).piece.rows()

    def _taken_over(self, connection: Connection, earlier: Earlier) -> bool:
        for rejects in in_batches(again.rejects(connection, self.table), BATCH):
            self._put_away([reject for reject in rejects if reject is not None])
        return self.put_aside == earlier.rejected

    def unchanged_since(self) -> bool:
        """Say whether the records still say that this file would change nothing."""
        if self.earlier is None:
            return False
        with dialects.reading(self._engine) as connection:
            return again.find(connection, self.table, self._key) == self.earlier

    def _check(self) -> RowCheck:
        return RowCheck(self.table.header, self.mapped, self.orders, self.options.country)

    def _look_around(self, check: RowCheck) -> None:
        """Let the first rows say where the places of the table lie."""
        if self._placer.can_look_up:
            first = [row.cells for row in islice(self.table.rows(), LOOKED_AT) if not row.problem]
            self._placer.look_around(f.event for f in check.check_all(first) if isinstance(f, Incident))

    def _put_away(self, rejected: list[Rejected]) -> None:
        self._rejects.add(rejected)
        self.rejected += rejected[: SHOWN - len(self.rejected)]
        self.put_aside += len(rejected)

    def _empty(self) -> None:
        self.close()
        self._spool, self._rejects, self._tally = Spool(), Spool(), Tally()
        self.earlier, self.sample, self.rejected, self.rows, self.put_aside = None, [], [], 0, 0

    @property
    def orders(self) -> Mapping[int, Order | None]:
        """For each column of dates whether the day or the month comes first."""
        return self._surveyed.orders

    @property
    def choices(self) -> Mapping[str, Mapping[str, Any]]:
        """Ways to read the file otherwise, in words, and the options that choose them."""
        return DAY_OR_MONTH if self._surveyed.unclear_dates else {}

    def correct(self, corrections: Mapping[int, Mapping[int | str, str]]) -> dict[int, Rejected | None]:
        """Take rejected rows with other cells, row number -> column (name or index) -> text.

        They stand in place of all earlier corrections.
        Give for each row what is still wrong with it, None when it will be saved with the others.
        """
        if self.earlier is not None:
            self.read()  # whether an id stands in another row is known only when all were looked at
        if self._preparer is None or self._judge is None:
            raise ValueError("a plan is read before it is corrected")
        by_number = {reject.number: reject for reject in self.rejected}
        rows = [
            self._mended(by_number[number], cells)
            for number, cells in sorted(corrections.items())
            if number in by_number
        ]
        self._corrected_tally = Tally()
        judged = self._judge.judge(rows)
        self._corrected, rejected = self._preparer.prepare(rows, judged, self._corrected_tally, again=True)
        wrong = {reject.number: reject for reject in rejected}
        return {row.number: wrong.get(row.number) for row in rows}

    def _mended(self, reject: Rejected, cells: Mapping[int | str, str]) -> Row:
        old = enumerate(zip(self.table.header, reject.cells, strict=True))
        given = [cells.get(index, cells.get(name, cell)) for index, (name, cell) in old]
        return Row(reject.number, tuple(given))

    @property
    def counts(self) -> Counts:
        """What saving would do now."""
        both = (self._tally, self._corrected_tally)

        def summed(name: str) -> int:
            return sum(getattr(tally, name) for tally in both)

        return Counts(
            read=self.rows,
            new=summed("new"),
            changed=summed("changed"),
            unchanged=summed("unchanged"),
            rejected=self.put_aside - len(self._taken),
            corrected=len(self._taken),
            ambiguous=summed("ambiguous"),
            unresolved=summed("unresolved"),
            in_review=summed("in_review"),
            duplicates=self.duplicates,
        )

    @property
    def _taken(self) -> list[int]:
        """Rejected rows that are taken now, corrected."""
        return sorted(row.number for row in self._corrected.rows()) if self._corrected else []

    def pieces(self) -> Iterator[Piece]:
        """Read what is to be written, corrected rows last."""
        for batch in self._spool.batches():
            yield from batch
        if self._corrected:
            yield self._corrected

    def rows_of(self, piece: Piece) -> list[Prepared]:
        """Read the rows of a piece, judged again where they wait in the stage of another process."""
        if piece.packed is None:
            assert self._judge is not None
            assert self.staging is not None
            piece = self._judge.judge(self.staging.waiting.at(piece.asked)).piece
        return piece.rows()

    def rejects(self) -> Iterator[Rejected]:
        """Read all rows that stay put aside."""
        taken = set(self._taken)
        for batch in self._rejects.batches():
            yield from (reject for reject in batch if reject.number not in taken)

    def described(self) -> dict[str, Any]:
        """Say how the file is read, for the record of the import."""
        repeated = None if self._tally.contested else self._tally.repeated
        kept = (
            again.note(self._key, self._surveyed, self.warnings, repeated)
            if self._key and not self._corrected
            else None
        )
        return {
            "again": kept,
            "format": self.table.kind,
            **self.table.note,
            "columns": self.mapped.described(self.table.header),
            "unused": list(self.mapped.unused),
            "country": self.options.country,
            "dates": self.options.dates,
            "orders": {self.table.header[column]: order for column, order in self.orders.items()},
            "corrected": self._taken,
        }

    def close(self) -> None:
        """Give up what waits; nothing was changed by it."""
        self._spool.close()
        self._rejects.close()
        if self._preparer is not None:
            self._preparer.close()
        if self.staging is not None:
            self.staging.close()

    def __enter__(self) -> Plan:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


@seldom_collected()
def make_plan(
    engine: Engine,
    path: Path,
    placer: Placer,
    options: Options | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Read, check and place a whole file without writing anything.

    Raise `FileProblem` when the file is no table at all, `Undecided` when it can be read in more than one way.
    """
    tell = progress or silent
    table, options, remembered = opened(engine, path, options or Options())
    mapped = map_columns(table.header, options.columns, table.meant, guess=options.guess)
    plan = Plan(engine, table, mapped, options, remembered, placer)
    try:
        plan.read_if_changed(tell)
        if not plan.rows:
            raise FileProblem(f"{path.name} has a header and no rows; nothing was imported")
    except BaseException:
        plan.close()
        raise
    return plan
