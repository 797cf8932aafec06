"""From a question and filters to an answer: each shape is compiled once for an engine, then only filled in."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from data.filters import Filters
from data.publication import ALWAYS, Audience
from data.records.write import now
from data.table.columns import table
from data.table.engine import Engine, found
from data.table.template import Template, blank, compiled

Build = Callable[[ir.Table, ir.BooleanValue], ir.Table]
"""From the event table and a condition to a question."""
_KEPT_TEMPLATES = 512


@dataclass(frozen=True)
class Choice:
    """Which rows a question is about."""

    filters: Filters
    moment: datetime | None
    """Rows that are public at this moment; None for an analyst, who sees all."""
    indexed: bool
    """Whether the text searched for is looked up in an index."""

    @property
    def text(self) -> str | None:
        """The text to look up."""
        return self.filters.q if self.indexed else None

    def values(self) -> dict[str, Any]:
        """Give what goes into the blanks of a question."""
        given = self.filters.values()
        return given if self.moment is None else {**given, "moment": self.moment}

    def shape(self) -> tuple[Any, ...]:
        """Give what a compiled question depends on."""
        return (*self.values(), self.filters.properties, None if self.indexed else self.filters.q)

    def condition(self, rows: ir.Table) -> ir.BooleanValue:
        """Say the choice over the event table, with blanks."""
        index = found() if self.text else None
        chosen = self.filters.predicate(rows, blank, index)
        if self.moment is None:
            return chosen
        return chosen & (rows.public_from <= blank("moment", self.moment))


class Ask:
    """Asks questions of one unchanging state."""

    def __init__(self, asking: Asking, choice: Choice, run: Callable[[str], pa.Table]) -> None:
        self._asking, self._choice, self._run = asking, choice, run

    def __call__(
        self, name: tuple[Any, ...], build: Build, numbers: tuple[str, ...] = (), **values: Any
    ) -> pa.Table:
        """Answer the question of this name; `numbers` and `values` are its own blanks and what goes into them."""
        template = self._asking.template(name, build, self._choice, numbers)
        answer = self._run(template.filled({**self._choice.values(), **values}))
        return answer if answer.schema == template.schema else template.asked(answer).cast(template.schema)


class Asking:
    """Compiled questions for one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._rows = table()
        self._templates: OrderedDict[tuple[Any, ...], Template] = OrderedDict()
        self._lock = threading.Lock()

    def choice(self, filters: Filters, audience: Audience) -> Choice:
        """Say which rows filters choose for an audience, as of now."""
        return Choice(filters, self._moment(audience), self._engine.capabilities.text_index)

    def _moment(self, audience: Audience) -> datetime | None:
        """Give the last moment at which an embargo ended: until the next one what is public stays the same."""
        if audience != "public":
            return None
        embargoes = self._engine.generation.embargoes
        ended = bisect_right(embargoes, now())
        return embargoes[ended - 1] if ended else ALWAYS

    @contextmanager
    def open(self, choice: Choice) -> Iterator[Ask]:
        """Open one unchanging state for questions."""
        with self._engine.asking(choice.text) as run:
            yield Ask(self, choice, run)

    def template(
        self, name: tuple[Any, ...], build: Build, choice: Choice, numbers: tuple[str, ...] = ()
    ) -> Template:
        """Compile a question, once for every shape of choice."""
        key = (name, choice.shape())
        with self._lock:
            if key in self._templates:
                self._templates.move_to_end(key)
                return self._templates[key]
        question = build(self._rows, choice.condition(self._rows))
        made = compiled(question, self._engine.dialect, numbers)
        with self._lock:
            self._templates[key] = made
            while len(self._templates) > _KEPT_TEMPLATES:
                self._templates.popitem(last=False)
        return made
