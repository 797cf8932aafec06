"""The face of the event table: filters in, typed frames out."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar, cast

import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
from sqlalchemy import Engine

from data import schema
from data.duplicates.pairs import near_in_time_and_place
from data.filters import CODE_LISTS, BBox, Filters
from data.publication import Audience, public_rows
from data.records.write import now
from data.sentence import region_label
from data.table import cells as _cells
from data.table import questions
from data.table.columns import PUBLIC, table, typed
from data.table.engine import Copy
from data.table.template import Template, compiled

_FACETS = {
    "type": ("types", "event_type"),
    "region": ("regions", "region"),
    "precision": ("precisions", "geo_precision"),
    "status": ("statuses", "status"),
    "place": ("place_statuses", "geo_status"),
}
_KEPT_ANSWERS = 512
_KEPT_ROWS = 5_000
_BATCH = 8_192
_STEP = {
    "day": pd.DateOffset(days=1),
    "week": pd.DateOffset(weeks=1),
    "month": pd.DateOffset(months=1),
    "year": pd.DateOffset(years=1),
}
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Counts:
    """How many incidents there are, match, and of these have no position."""

    total: int
    matching: int
    unplaced: int


@dataclass(frozen=True)
class Extent:
    """First and last day and where the positions are; None where there is nothing."""

    date_min: date | None
    date_max: date | None
    bbox: BBox | None
    """Box around all positions."""
    core: BBox | None = None
    """Box around all but the outermost positions, for a first look that shows more than empty land."""


class EventTable:
    """Answers questions about incidents; safe to share between threads.

    Every method takes `audience`: `public` (the default) sees what the publication rule allows,
    `analyst` sees all. Frames may be changed by the caller.
    """

    def __init__(self, records: Engine) -> None:
        self._copy = Copy(records)
        self._table = table()
        self._answers: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._templates: OrderedDict[tuple[Any, ...], tuple[Template, Template]] = OrderedDict()
        self._lock = threading.Lock()

    def refresh(self) -> bool:
        """Take over changes made by any process; cheap when there are none. Say whether there were."""
        return self._copy.refresh()

    @property
    def version(self) -> str:
        """Hash of the content: the same incidents give the same version, whenever they were imported."""
        return self._copy.generation.version

    def frame(
        self,
        filters: Filters | None = None,
        *,
        order_by: str = "date",
        limit: int | None = None,
        offset: int = 0,
        audience: Audience = "public",
    ) -> pd.DataFrame:
        """Give the rows themselves, public columns; `order_by="-date"` for the latest first."""

        def answer(condition: Callable[[], ir.BooleanValue]) -> pd.DataFrame:
            return typed(
                self._copy.ask(questions.page(self._table, condition(), PUBLIC, order_by, limit, offset))
            )

        return self._answer(("frame", order_by, limit, offset), filters, audience, answer)

    @contextmanager
    def stream(
        self,
        filters: Filters | None = None,
        *,
        order_by: str = "date",
        limit: int | None = None,
        offset: int = 0,
        audience: Audience = "public",
    ) -> Iterator[tuple[str, pa.RecordBatchReader]]:
        """Open rows in batches, with the version of the state they come from; for exports."""
        condition = self._condition(filters or Filters(), audience)
        question = questions.page(self._table, condition, PUBLIC, order_by, limit, offset)
        with self._copy.stream(question, _BATCH) as (version, batches):
            yield version, batches

    def cells(
        self,
        filters: Filters | None = None,
        *,
        bbox: tuple[float, float, float, float],
        zoom: int,
        audience: Audience = "public",
    ) -> pd.DataFrame:
        """Give what a map draws: counted cells, singles, areas in doubt, regions.

        `event_id` and `title` stand on singles only; `event_ids` lists up to 50 incidents at the very
        same spot; `region` (country:region) is given on rows of precision `adm1` only.
        """
        looked_at = _cells.view(bbox, zoom)

        def answer(_condition: Callable[[], ir.BooleanValue]) -> pd.DataFrame:
            counting, listing = self._cell_templates(filters or Filters(), audience, wraps=looked_at.wraps)
            numbers = looked_at.numbers()
            rows = self._copy.run(counting.filled(**numbers)).to_pandas(date_as_object=False)
            shared = rows[rows.same_spot & (rows["count"] > 1)]
            if shared.empty:
                return _cells.shaped(rows, None)
            xs, ys = ([int(n) for n in shared[axis].unique()] for axis in ("mx", "my"))
            return _cells.shaped(rows, self._copy.run(listing.filled(**numbers, xs=xs, ys=ys)).to_pandas())

        return self._answer(("cells", looked_at), filters, audience, answer)

    def timeline(
        self, filters: Filters | None = None, *, max_bins: int = 250, audience: Audience = "public"
    ) -> pd.DataFrame:
        """Count per bin and type: `start`, `end` (last day of the bin), `event_type`, `count`, `bin`.

        `bin` is day, week, month or year, also in `.attrs["bin"]`. Incidents without a date are left out.
        """

        def answer(condition: Callable[[], ir.BooleanValue]) -> pd.DataFrame:
            (span,) = self._copy.ask(questions.extent(self._table, condition())).to_pylist()
            name = "day"
            if span["date_min"] is not None:
                name = questions.bin_for(span["date_min"], span["date_max"], max_bins)
            frame = typed(self._copy.ask(questions.timeline(self._table, condition(), name)))
            frame["start"] = frame["start"].astype("datetime64[us]")
            ends = frame["start"] + _STEP[name] - pd.Timedelta(days=1)
            frame.insert(1, "end", ends.astype("datetime64[us]"))
            frame["count"] = frame["count"].astype("int64")
            frame["bin"] = pd.Categorical([name] * len(frame), categories=list(_STEP))
            frame.attrs["bin"] = name
            return frame

        return self._answer(("timeline", max_bins), filters, audience, answer)

    def facets(
        self, filters: Filters | None = None, *, audience: Audience = "public"
    ) -> dict[str, pd.DataFrame]:
        """Count each choice of each filter, with that filter itself left out; chosen ones stay at 0."""
        filters = filters or Filters()
        return {word: self._facet(word, filters, audience) for word in _FACETS}

    def _facet(self, word: str, filters: Filters, audience: Audience) -> pd.DataFrame:
        name, column = _FACETS[word]
        chosen: tuple[str, ...] = getattr(filters, name)

        def answer(condition: Callable[[], ir.BooleanValue]) -> pd.DataFrame:
            rows = self._copy.ask(questions.facet(self._table, condition(), column)).to_pydict()
            found = dict(zip(rows["value"], rows["count"], strict=True))
            if name in CODE_LISTS:
                values = [c for c in schema.codes(CODE_LISTS[name]) if found.get(c) or c in chosen]
                labels = [schema.label(CODE_LISTS[name], value) for value in values]
            else:
                values = sorted({*found, *chosen}, key=lambda value: (-found.get(value, 0), value))
                labels = [region_label(value) for value in values]
            counted = [found.get(value, 0) for value in values]
            return pd.DataFrame({"value": values, "label": labels, "count": counted}).astype(
                {"value": "str", "label": "str", "count": "int64"}
            )

        return self._answer(("facet", word, chosen), filters.without(name), audience, answer)

    def counts(self, filters: Filters | None = None, *, audience: Audience = "public") -> Counts:
        """Count all incidents, those that match, and those of them without a position."""

        def answer(condition: Callable[[], ir.BooleanValue]) -> Counts:
            visible = self._condition(Filters(), audience)
            (row,) = self._copy.ask(questions.counts(self._table, visible, condition())).to_pylist()
            return Counts(**{name: int(value) for name, value in row.items()})

        return self._answer(("counts",), filters, audience, answer)

    def extent(self, filters: Filters | None = None, *, audience: Audience = "public") -> Extent:
        """Give first and last day and the box around the positions."""

        def answer(condition: Callable[[], ir.BooleanValue]) -> Extent:
            (row,) = self._copy.ask(questions.extent(self._table, condition())).to_pylist()
            if row["west"] is None:
                return Extent(row["date_min"], row["date_max"], None)
            box = (row["west"], row["south"], row["east"], row["north"])
            core = (row["core_west"], row["core_south"], row["core_east"], row["core_north"])
            return Extent(row["date_min"], row["date_max"], box, core)

        return self._answer(("extent",), filters, audience, answer)

    def rows(self, event_ids: Iterable[str]) -> pd.DataFrame:
        """Give named incidents, whatever their status, in no particular order."""
        named = self._table.filter(self._table.event_id.isin(sorted(event_ids))).select(*PUBLIC)
        return typed(self._copy.ask(named))

    def pairs(self, event_ids: Sequence[str] | None = None, *, audience: Audience = "public") -> pd.DataFrame:
        """Name the incidents near one another in time and place: `event_id`, `other_id`, the smaller one first.

        With `event_ids`, only pairs of which one is among these.
        """
        condition = self._condition(Filters(), audience)
        found: pd.DataFrame = self._copy.ask(
            near_in_time_and_place(self._table, condition, event_ids)
        ).to_pandas()
        return found

    def _cell_templates(
        self, filters: Filters, audience: Audience, *, wraps: bool
    ) -> tuple[Template, Template]:
        """Compile the map's questions once for filters and audience; dragging and zooming fill in numbers."""
        key = (filters, audience, self._moment(audience), wraps)
        with self._lock:
            if key in self._templates:
                return self._templates[key]
        condition = self._condition(filters, audience)
        made = (
            compiled(_cells.cells(self._table, condition, wraps=wraps), _cells.HOLES, self._copy.dialect),
            compiled(_cells.at_spots(self._table, condition, wraps=wraps), _cells.HOLES, self._copy.dialect),
        )
        with self._lock:
            self._templates[key] = made
            while len(self._templates) > _KEPT_ANSWERS:
                self._templates.popitem(last=False)
        return made

    def close(self) -> None:
        """Give the memory back."""
        self._copy.close()

    def _condition(self, filters: Filters, audience: Audience) -> ir.BooleanValue:
        condition = filters.predicate(self._table)
        moment = self._moment(audience)
        return condition & public_rows(self._table, moment) if moment else condition

    def _moment(self, audience: Audience) -> datetime | None:
        """Give the last moment at which an embargo ended: until the next one what is public stays the same."""
        if audience != "public":
            return None
        embargoes = self._copy.generation.embargoes
        ended = bisect_right(embargoes, now())
        return embargoes[ended - 1] if ended else datetime(1, 1, 1)

    def _answer(
        self,
        question: tuple[Any, ...],
        filters: Filters | None,
        audience: Audience,
        answer: Callable[[Callable[[], ir.BooleanValue]], Answer],
    ) -> Answer:
        """Answer once per state of the data, question and filters; small answers are kept."""
        filters = filters or Filters()
        key = (self._copy.generation.seq, question, filters, audience, self._moment(audience))
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return cast(Answer, _own(self._answers[key]))
        result = answer(lambda: self._condition(filters, audience))
        if not isinstance(result, pd.DataFrame) or len(result) <= _KEPT_ROWS:
            with self._lock:
                self._answers[key] = result
                while len(self._answers) > _KEPT_ANSWERS:
                    self._answers.popitem(last=False)
        return cast(Answer, _own(result))


def _own(answer: Any) -> Any:
    return answer.copy(deep=False) if isinstance(answer, pd.DataFrame) else answer
