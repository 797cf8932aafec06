"""The choices of the sidebar with their counts, all from one question.

Rows are counted by every combination of the five choices, without what is chosen among them. Each facet follows from
that by adding up, so ticking another box asks nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa
from ibis import _

from data import schema
from data.filters import CODE_LISTS, Filters
from data.sentence import region_label


@dataclass(frozen=True)
class Facet:
    """One choice."""

    name: str
    """Field of `Filters`."""
    column: str
    """Column that it is counted by."""
    ranked: bool = True
    """Whether that column holds places in the code list instead of codes."""


FACETS = {
    "type": Facet("types", "type_rank"),
    "region": Facet("regions", "region", ranked=False),
    "precision": Facet("precisions", "precision_rank"),
    "status": Facet("statuses", "status", ranked=False),
    "place": Facet("place_statuses", "status_rank"),
}


def unchosen(filters: Filters) -> Filters:
    """Leave out what is chosen in any facet."""
    nothing: dict[str, Any] = {facet.name: () for facet in FACETS.values()}
    return replace(filters, **nothing)


def combinations(table: ir.Table, condition: ir.BooleanValue) -> ir.Table:
    """Count per combination of the choices."""
    columns = [facet.column for facet in FACETS.values()]
    return table.filter(condition).group_by(*columns).aggregate(count=_.count())


class Combinations:
    """Rows counted by every combination of the choices."""

    def __init__(self, counted: pa.Table) -> None:
        self._count = counted["count"].to_numpy()
        self._values = {word: _coded(facet, counted[facet.column]) for word, facet in FACETS.items()}

    def __len__(self) -> int:
        return len(self._count)

    def facet(self, word: str, filters: Filters) -> pd.DataFrame:
        """Count each choice of a facet, with what is chosen in the others; chosen ones stay at 0."""
        name, seen = FACETS[word].name, np.ones(len(self), bool)
        for other, facet in FACETS.items():
            if other != word and (chosen := getattr(filters, facet.name)):
                places, values = self._values[other]
                among = np.array([value in chosen for value in values] + [False], bool)
                seen &= among[places]
        places, values = self._values[word]
        sums = np.bincount(places[seen], self._count[seen], len(values) + 1)
        found = {value: int(count) for value, count in zip(values, sums, strict=False) if count}
        return _labelled(name, found, getattr(filters, name))


def _coded(facet: Facet, column: pa.ChunkedArray) -> tuple[np.ndarray[Any, Any], list[str]]:
    """Give for each row the place of its value in a list; what is missing or not in the list comes after its end."""
    if facet.ranked:
        codes = list(schema.codes(CODE_LISTS[facet.name]))
        return np.minimum(column.to_numpy(), len(codes)), codes
    values = column.combine_chunks().dictionary_encode()
    return values.indices.fill_null(len(values.dictionary)).to_numpy(), values.dictionary.to_pylist()


def _labelled(name: str, found: dict[str, int], chosen: tuple[str, ...]) -> pd.DataFrame:
    if name in CODE_LISTS:
        values = [code for code in schema.codes(CODE_LISTS[name]) if code in found or code in chosen]
        labels = [schema.label(CODE_LISTS[name], value) for value in values]
    else:
        values = sorted({*found, *chosen}, key=lambda value: (-found.get(value, 0), value))
        labels = [region_label(value) for value in values]
    counted = np.array([found.get(value, 0) for value in values], "int64")
    return pd.DataFrame(
        {"value": pd.array(values, dtype="str"), "label": pd.array(labels, dtype="str"), "count": counted}
    )
