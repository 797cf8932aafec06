"""Judged rows put together as one file: an id stands for one row of it only."""

from __future__ import annotations

from collections.abc import Sequence

from data.errors import InputError
from data.importing.doubts import UnknownNames
from data.importing.judging import Judge, Judged
from data.importing.piece import Piece, packed
from data.importing.rejects import Rejected
from data.importing.rowcheck import RowProblems
from data.importing.seen import Seen
from data.importing.table_file import Row
from data.importing.tally import Tally


class Preparer:
    """Takes the judged rows of a file in their order, and knows which ids stood in it before."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._seen = Seen()
        self.doubts = judge.doubts()

    def prepare(
        self, rows: Sequence[Row], judged: Judged, tally: Tally, *, again: bool = False
    ) -> tuple[Piece, list[Rejected]]:
        """Give the rows to write and those to put aside; rows looked at `again` are no rows of their own."""
        tally.contested += len(judged.refused)
        alone = not again and self._seen.add(judged.entries)
        if alone:
            piece, rejected = judged.piece, [*judged.rejected, *judged.refused.values()]
            doubts = judged.doubts
        else:
            whole = judged if judged.piece.packed else self._judge.judge(rows)
            piece, rejected, doubts = self._sorted_out(rows, whole)
        tally += piece.tally
        if not again:
            self.doubts += doubts
        return piece, sorted(rejected, key=lambda reject: reject.number)

    def _sorted_out(self, rows: Sequence[Row], judged: Judged) -> tuple[Piece, list[Rejected], UnknownNames]:
        """Look at each row, because some ids stand in several."""
        standing = self._seen.first(entry[0] for entry in judged.entries)
        cells = {row.number: row.cells for row in rows}
        prepared, known = {row.number: row for row in judged.piece.rows()}, judged.piece.known()
        rejected, tally, doubts, kept = list(judged.rejected), Tally(), self.doubts.empty(), []
        for event_id, content, number in judged.entries:
            first_content, first = standing.setdefault(event_id, (content, number))
            if first != number and first_content != content:
                rejected.append(Rejected.of(number, cells[number], _stands(event_id, first)))
                continue
            if number in judged.refused:
                rejected.append(judged.refused[number])
                continue
            row = prepared[number]
            kept.append(row)
            doubts.note(number, row)
            if first == number:
                tally.add(row, known.get(event_id))
            else:
                tally.unchanged += 1
                tally.repeated += 1
        ids = tuple(row.event["event_id"] for row in kept)
        return Piece(ids, tally, None, packed(kept, known)), rejected, doubts

    def close(self) -> None:
        """Forget the ids of the file."""
        self._seen.close()


def _stands(event_id: str, row: int) -> RowProblems:
    return RowProblems(
        [
            InputError(
                column="event_id",
                value=event_id,
                problem=f"already stands in row {row} with other content",
                expected="give each incident an id of its own",
            )
        ]
    )
