"""The face of the event table: filters in, typed frames out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, cast

import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from data.duplicates.pairs import near_in_time_and_place
from data.filters import BBox, Filters
from data.publication import Audience
from data.table import cells as _cells
from data.table import drawing, questions
from data.table.answers import Answer, Answers
from data.table.asking import Ask, Asking
from data.table.columns import PUBLIC, typed
from data.table.engine import Capabilities, Engine
from data.table.facets import FACETS, Combinations, combinations, unchosen
from data.table.paging import Question, first_found, named, page_question, period_question, periods
from data.table.template import blank
from data.table.timeline import binned

_BATCH = 8_192
_LOOKED_UP = 2_000
"""Pages of so many rows at most are first found by number, then read."""


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

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._asking = Asking(engine)
        self._counted = (
            engine.dialect == "pyspark"
        )  # an offset, as Ibis writes it for Spark, forgets the order
        self._answers = Answers(engine.capabilities.at_once)

    def refresh(self) -> bool:
        """Take over changes made by any process; cheap when there are none. Say whether there were."""
        return self._engine.refresh()

    @property
    def version(self) -> str:
        """Hash of the content: the same incidents give the same version, whenever they were imported."""
        return self._engine.generation.version

    @property
    def capabilities(self) -> Capabilities:
        """What can be done where the event table is kept."""
        return self._engine.capabilities

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

        name, build, blanks, values = page_question(PUBLIC, order_by, limit, offset, counted=self._counted)

        def answer(ask: Ask) -> pd.DataFrame:
            if limit is None or limit > _LOOKED_UP or self._counted:
                return typed(ask(name, build, blanks, **values))
            return typed(named(ask, first_found(ask, order_by, limit, offset), PUBLIC))

        if limit is None or limit > _LOOKED_UP:  # takes long: nobody should wait for its turn
            with self._asking.open(self._asking.choice(filters or Filters(), audience)) as ask:
                return answer(ask)
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
        columns: tuple[str, ...] = PUBLIC,
    ) -> Iterator[tuple[str, pa.RecordBatchReader]]:
        """Open rows in batches, with the version of the state they come from; for exports."""
        choice = self._asking.choice(filters or Filters(), audience)
        whole = page_question(columns, order_by, limit, offset, counted=self._counted)
        by_day = order_by.removeprefix("-") == "date" and limit is None and not offset
        with self._engine.stream(_BATCH, choice.text) as (version, run):

            def answer(question: Question) -> pa.RecordBatchReader:
                name, build, numbers, values = question
                template = self._asking.template(name, build, choice, numbers)
                batches = run(template.filled({**choice.values(), **values}))
                asked = pa.schema([batches.schema.field(name) for name in template.schema.names])
                return pa.RecordBatchReader.from_batches(asked, map(template.asked, batches))

            parts = []
            if by_day and self.capabilities.snapshot:
                days = answer((("days",), questions.days, (), {})).read_all()
                parts = periods(zip(*days.to_pydict().values(), strict=True), descending=order_by[0] == "-")
            first, *others = [period_question(columns, order_by, period) for period in parts] or [whole]
            batches = answer(first)
            following = chain.from_iterable(map(answer, others))
            yield version, pa.RecordBatchReader.from_batches(batches.schema, chain(batches, following))

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
        edges, shape = looked_at.numbers(), looked_at.shape

        def answer(ask: Ask) -> pd.DataFrame:
            def asked(build: Callable[..., ir.Table], **more: Any) -> pa.Table:
                question = (build.__name__, shape)
                return ask(question, lambda t, c: build(t, c, shape), _cells.NUMBERS, **edges, **more)

            drawn = drawing.merged(asked(_cells.cells))
            names = named(ask, drawn["n"][drawn["single"]].tolist(), ("event_id", "title"))
            shared = drawn["shared"]
            if not shared.any():
                return drawing.shaped(drawn, names, None)
            xs, ys = (",".join(map(str, np.unique(drawn[axis][shared]))) for axis in ("x0", "y0"))
            return drawing.shaped(drawn, names, asked(_cells.at_spots, xs=xs, ys=ys))

        return self._answer(("cells", looked_at), filters, audience, answer)

    def timeline(
        self, filters: Filters | None = None, *, max_bins: int = 250, audience: Audience = "public"
    ) -> pd.DataFrame:
        """Count per bin and type: `start`, `end` (last day of the bin), `event_type`, `count`, `bin`.

        `bin` is day, week, month or year, also in `.attrs["bin"]`. Incidents without a date are left out.
        """

        def answer(ask: Ask) -> pd.DataFrame:
            return binned(ask(("timeline",), questions.timeline), max_bins)

        return self._answer(("timeline", max_bins), filters, audience, answer)

    def facets(
        self, filters: Filters | None = None, *, audience: Audience = "public"
    ) -> dict[str, pd.DataFrame]:
        """Count each choice of each filter, with that filter itself left out; chosen ones stay at 0."""
        chosen = filters or Filters()

        free = unchosen(chosen)
        picked = tuple(getattr(chosen, facet.name) for facet in FACETS.values())
        state = (self._engine.generation, self._asking.choice(free, audience))

        def answer(ask: Ask) -> dict[str, pd.DataFrame]:
            counted = self._answers.part(
                ("combinations", state), lambda: Combinations(ask(("combinations",), combinations))
            )
            return {word: counted.facet(word, chosen) for word in FACETS}

        return self._answer(("facets", picked), free, audience, answer)

    def counts(self, filters: Filters | None = None, *, audience: Audience = "public") -> Counts:
        """Count all incidents, those that match, and those of them without a position."""

        def answer(ask: Ask) -> tuple[int, int]:
            (row,) = ask(("counts",), questions.counts).to_pylist()
            return int(row["matching"]), int(row["unplaced"])

        total, _unplaced = self._answer(("counts",), None, audience, answer)
        return Counts(total, *self._answer(("counts",), filters, audience, answer))

    def extent(self, filters: Filters | None = None, *, audience: Audience = "public") -> Extent:
        """Give first and last day and the box around the positions."""

        def answer(ask: Ask) -> Extent:
            (row,) = ask(("extent",), questions.extent).to_pylist()
            if row["west"] is None:
                return Extent(row["date_min"], row["date_max"], None)
            box = (row["west"], row["south"], row["east"], row["north"])
            if not self.capabilities.quantiles:
                return Extent(row["date_min"], row["date_max"], box)
            (inner,) = ask(("core",), questions.core).to_pylist()
            core = (inner["core_west"], inner["core_south"], inner["core_east"], inner["core_north"])
            return Extent(row["date_min"], row["date_max"], box, core)

        return self._answer(("extent",), filters, audience, answer)

    def rows(self, event_ids: Iterable[str]) -> pd.DataFrame:
        """Give named incidents, whatever their status, in no particular order."""
        ids = sorted(event_ids)
        with self._asking.open(self._asking.choice(Filters(), "analyst")) as ask:
            return typed(
                ask(
                    ("by_id",),
                    lambda t, _c: t.filter(t.event_id.isin(blank("ids", ids))).select(*PUBLIC),
                    ids=ids or [""],
                )
            )

    def pairs(self, event_ids: Sequence[str] | None = None, *, audience: Audience = "public") -> pd.DataFrame:
        """Name the incidents near one another in time and place: `event_id`, `other_id`, the smaller one first.

        With `event_ids`, only pairs of which one is among these.
        """
        among = None if event_ids is None else blank("ids", list(event_ids))
        with self._asking.open(self._asking.choice(Filters(), audience)) as ask:
            found: pd.DataFrame = ask(
                ("pairs", among is None),
                lambda t, c: near_in_time_and_place(t, c, among),
                ids=list(event_ids or ()) or [""],
            ).to_pandas()
        return found

    def to_parquet(self, path: Path) -> int:
        """Write the whole table, for an engine elsewhere to load; give the number of rows."""
        choice = self._asking.choice(Filters(), "analyst")
        sql = self._asking.template(("all",), lambda t, _c: t, choice).filled({})
        with (
            self._engine.stream(_BATCH) as (_version, run),
            run(sql) as batches,
            pq.ParquetWriter(path, batches.schema, compression="zstd") as writer,
        ):
            rows = 0
            for batch in batches:
                writer.write_batch(batch)
                rows += batch.num_rows
        return rows

    def close(self) -> None:
        """Give the memory back."""
        self._answers.close()
        self._engine.close()

    def _answer(
        self,
        question: tuple[Any, ...],
        filters: Filters | None,
        audience: Audience,
        answer: Callable[[Ask], Answer],
    ) -> Answer:
        """Answer once per state of the data, question and choice: whoever asks the same meanwhile waits for it."""
        choice = self._asking.choice(filters or Filters(), audience)

        def work_out() -> Answer:
            with self._asking.open(choice) as ask:
                return answer(ask)

        return _own(self._answers.get((self._engine.generation, question, choice), work_out))


def _own(answer: Answer) -> Answer:
    """Give a caller frames that may be changed."""
    if isinstance(answer, dict):
        return cast(Answer, {name: _own(part) for name, part in answer.items()})
    return cast(Answer, answer.copy(deep=False)) if isinstance(answer, pd.DataFrame) else answer
