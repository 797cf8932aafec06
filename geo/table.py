"""The rows of a batch as one table: where its sure places lie leans the choice for all of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import chain, islice

from geo.batch import arguments
from geo.errors import PlaceTextError
from geo.gazetteer import Gazetteer
from geo.priors import Priors

TABLE_LINES, TABLE_BYTES = 2_000, 8 << 20
"""The first lines, up to so many, tell where a table's places lie."""


def as_table(lines: Iterator[bytes], gazetteer: Gazetteer, priors: Priors) -> tuple[Iterator[bytes], Priors]:
    """Return the lines, none taken away, and the priors with where the table's sure places lie."""
    first: list[bytes] = []
    size = 0
    for line in islice(lines, TABLE_LINES):
        first.append(line)
        size += len(line)
        if size > TABLE_BYTES:
            break
    around = gazetteer.surroundings(_readable(dict.fromkeys(first)))
    return chain(first, lines), replace(priors, around=around)


def _readable(lines: Iterable[bytes]) -> Iterator[tuple[str, list[str], str | None]]:
    for line in lines:
        with suppress(ValueError, PlaceTextError, RecursionError):
            row = json.loads(line)
            if isinstance(row, dict):
                yield arguments(row)
