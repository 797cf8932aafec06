"""How far a long piece of work is, said as a person wants to know it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Step:
    """A moment of a long piece of work."""

    what: str
    """What is being done: `looking`, `reading`, `saving`."""
    done: int
    """Units done in this step."""
    total: int | None = None
    """Units there are, where that is known already."""
    seconds: float = 0.0
    """Time since the step began."""
    unit: str = "rows"

    @property
    def share(self) -> float | None:
        """How much of the step is done, 0 to 1; None where nobody can know."""
        return min(1.0, self.done / self.total) if self.total else None

    @property
    def rate(self) -> float | None:
        """The rate so far, once there is one."""
        return self.done / self.seconds if self.seconds >= 0.5 and self.done else None

    @property
    def seconds_left(self) -> float | None:
        """How long the step will still take at the rate so far."""
        rate = self.rate
        return (self.total - self.done) / rate if rate and self.total else None

    def __str__(self) -> str:
        if self.total is None and not self.done:
            return self.what
        of = f" of {self.total:,}" if self.total else ""
        parts = [f"{self.what} {self.done:,}{of} {self.unit}"]
        if rate := self.rate:
            parts.append(f"{rate:,.0f} {self.unit}/s")
        if (left := self.seconds_left) is not None and self.done != self.total:
            parts.append(f"{_duration(left)} left")
        return ", ".join(parts)


Progress = Callable[[Step], None]
"""Told every step; may raise `Cancelled` to stop the work, which then leaves everything as it was."""


def silent(_step: Step) -> None:
    """Report no progress."""


class Clock:
    """Tells the steps of one kind with the time since it began."""

    def __init__(self, tell: Progress, what: str, total: int | None = None, unit: str = "rows") -> None:
        self._tell, self._what, self._total, self._unit = tell, what, total, unit
        self._began = time.monotonic()
        self.tell(0)

    def tell(self, done: int) -> None:
        """Say that so many units are done."""
        self._tell(Step(self._what, done, self._total, time.monotonic() - self._began, self._unit))

    def over(self, rows: Iterable[T], every: int = 1_000) -> Iterator[T]:
        """Pass rows on and tell about them now and then."""
        done = 0
        for done, row in enumerate(rows, start=1):
            yield row
            if done % every == 0:
                self.tell(done)
        if done % every:
            self.tell(done)


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5_400 else f"{seconds / 3600:.1f} h"
