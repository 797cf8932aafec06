"""Turns documents into rows with the right ones marked, pass after pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.documents.features import Hints
from geo.documents.groups import Grouped, group
from geo.documents.hints import read_hints
from geo.documents.names import Floats, Names
from geo.documents.rows import Rows, rows_of
from geo.model import Place
from geo.normalize import fold
from geo.store import Store
from geo.train.corpora import Example, Gold, same_area, within_reach

Booleans = npt.NDArray[np.bool_]


@dataclass(slots=True, eq=False)
class Prepared:
    """A document ready for training."""

    example: Example
    rows: Rows
    grouped: Grouped
    hints: Hints
    gold: list[Gold | None]
    """For each group, the gold of most of its mentions."""
    weight: Floats
    """For each group, how many mentions with gold it has; 0 leaves it out."""


class Judge:
    """Tells which places are right answers, entities of areas included."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._names: dict[int, frozenset[str]] = {}

    def names(self, place: Place) -> frozenset[str]:
        """Return all names of a place as keys."""
        if place.key not in self._names:
            spellings = (place.name, *self._store.spellings(place.key))
            self._names[place.key] = frozenset(fold(name) for name in spellings)
        return self._names[place.key]

    def right(self, gold: Gold, place: Place) -> bool:
        """Tell whether a place answers a mention: near enough, or the same area by name."""
        return within_reach(gold, place) or same_area(gold, place, self.names(place))


def prepare(examples: Sequence[Example], names: Names) -> list[Prepared]:
    """Look up and group the mentions of documents."""
    prepared = []
    for example in examples:
        grouped = group(example.document, example.document.mentions, names)
        gold: list[Gold | None] = []
        weight = np.zeros(len(grouped.groups))
        for at, one in enumerate(grouped.groups):
            marked = Counter(g for i in one.mentions if (g := example.gold[i]) is not None)
            gold.append(marked.most_common(1)[0][0] if marked else None)
            weight[at] = sum(marked.values())
        hints = read_hints(example.document, names)
        prepared.append(Prepared(example, rows_of(grouped), grouped, hints, gold, weight))
    return prepared


def mark(one: Prepared, rows: Rows, judge: Judge) -> Booleans:
    """Return which rows are right: the gold's own id if it is there, else the right places, else a right focus."""
    right = np.zeros(len(rows.group), dtype=bool)
    for at, gold in enumerate(one.gold):
        if gold is None:
            continue
        members = np.flatnonzero(rows.group == at)
        named = [i for i in members if rows.hows[i] != "focus"]
        exact = [i for i in named if gold.key is not None and rows.places[i].key == gold.key]
        good = exact or [i for i in named if judge.right(gold, rows.places[i])]
        if not good:
            good = [i for i in members if rows.hows[i] == "focus" and judge.right(gold, rows.places[i])]
        right[good] = True
    return right
