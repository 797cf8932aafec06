"""What answers the questions: the copy in this process, or an engine elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import ibis
import ibis.expr.types as ir
import pyarrow as pa


@dataclass(frozen=True)
class Generation:
    """One state of the event table."""

    seq: int
    """Number of the last change it holds."""
    version: str
    """Hash of the content: two stores with the same incidents have the same version."""
    embargoes: tuple[datetime, ...]
    """The moments at which something becomes public, in order."""


@dataclass(frozen=True)
class Capabilities:
    """What can be done where the event table is kept."""

    engine: str
    """Name for people."""
    editable: bool
    """Whether imports and decisions of this store show in it."""
    text_index: bool
    """Whether a search looks words up instead of reading every text."""
    quantiles: bool
    """Whether exact quantiles can be asked for; without them a first look at the map shows the whole extent."""
    snapshot: bool
    """Whether one unchanging state answers several questions; without that an export is a single one."""
    at_once: int
    """How many questions it is asked at the same time; more wait for their turn."""


class Engine(Protocol):
    """Answers compiled questions; safe to share between threads."""

    dialect: str
    capabilities: Capabilities

    @property
    def generation(self) -> Generation:
        """The state that questions are answered from."""
        ...

    def refresh(self) -> bool:
        """Take over what changed since last time; say whether anything did."""
        ...

    def asking(self, text: str | None = None) -> AbstractContextManager[Callable[[str], pa.Table]]:
        """Open one unchanging state for compiled questions; the table `found` in them holds the rows with the text."""
        ...

    def stream(
        self, rows: int, text: str | None = None
    ) -> AbstractContextManager[tuple[str, Callable[[str], pa.RecordBatchReader]]]:
        """Open one unchanging state, whose version comes first, for answers in batches, one after the other."""
        ...

    def close(self) -> None:
        """Give connections and memory back."""
        ...


def found() -> ir.Table:
    """Give the numbers of the rows that hold a text, as an unbound Ibis table."""
    return ibis.table({"n": "int64"}, name="found")
