"""Answers kept for the next time, as `functools.lru_cache` does, but they can also be put in beforehand."""

from __future__ import annotations

from collections.abc import Callable, Sized
from typing import Generic, TypeVar

Answer = TypeVar("Answer", bound=Sized)


class Kept(Generic[Answer]):
    """A function of two texts whose answers are kept, half of them forgotten when they hold too much.

    An answer counts as one and what it holds: many empty ones are kept as lightly as a few long ones.
    """

    def __init__(self, ask: Callable[[str, str], Answer], most: int) -> None:
        self._ask, self._most, self._held = ask, most // 2, 0
        self._new: dict[tuple[str, str], Answer] = {}
        self._old: dict[tuple[str, str], Answer] = {}

    def __call__(self, key: str, country: str = "") -> Answer:
        """Return the answer, asked for or kept."""
        at = (key, country)
        found = self._new.get(at)
        if found is None:
            found = self._old.get(at)
            if found is None:
                found = self._ask(key, country)
            self.keep(at, found)
        return found

    def __contains__(self, at: tuple[str, str]) -> bool:
        return at in self._new or at in self._old

    def keep(self, at: tuple[str, str], answer: Answer) -> None:
        """Keep an answer; those not asked for since half as much else was are forgotten."""
        if self._held >= self._most:
            self._old, self._new, self._held = self._new, {}, 0
        self._new[at] = answer
        self._held += 1 + len(answer)
