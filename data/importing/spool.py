"""What waits on disk for the transaction, so that memory does not grow with the file."""

from __future__ import annotations

import gc
import pickle
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Generic, TypeVar

T = TypeVar("T")
_ALLOCATIONS = 50_000


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for garbage less often meanwhile: most rows are dropped by counting, and looking costs a third more time."""
    usual = gc.get_threshold()
    gc.set_threshold(_ALLOCATIONS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def in_batches(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Cut any number of rows into lists of so many."""
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch


class Spool(Generic[T]):
    """Batches written once and read back in order, any number of times; gone when closed."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
        self._reading = threading.Lock()

    def add(self, batch: list[T]) -> None:
        """Append a batch."""
        if batch:
            self._file.seek(0, 2)
            pickle.dump(batch, self._file, pickle.HIGHEST_PROTOCOL)

    def batches(self) -> Iterator[list[T]]:
        """Read all batches from the beginning."""
        at = 0
        while True:
            with self._reading:  # a screen may look at the rows while they are saved
                self._file.seek(at)
                try:
                    batch = pickle.load(self._file)
                except EOFError:
                    return
                at = self._file.tell()
            yield batch

    def close(self) -> None:
        """Give the room back."""
        self._file.close()
