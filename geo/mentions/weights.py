"""The learned weights of the mention model, read from `mention_weights.toml`."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from geo.mentions.segments import Part, Segment

PASSES = ("first", "second")
MOST_KEPT = 10_000
AS_NEWSPAPERS = 8.0
"""Set by hand: a name that the gazetteer has, with a shortened state behind it, is a place whatever else it may be."""


class MentionWeights:
    """What each feature counts, in natural-log odds for being a place name, in one pass."""

    def __init__(self, table: Mapping[str, float]) -> None:
        self.table = table
        self._sums: dict[str, dict[Part, float]] = defaultdict(dict)
        """Part -> the sum over it, for each group of names; under no group, over the parts that say what a name is."""

    def score(self, item: Segment) -> float:
        """Return the sum of a segment's features' weights.

        The sum over a part (what stands to the left, say) is kept: the same parts come again and again.
        """
        reading = item.reading
        total = self._sums[""].get(reading.features)
        if total is None:
            total = self._add_up(reading.features, "")
        sums = self._sums[reading.group]
        if item.as_newspapers:
            total += AS_NEWSPAPERS
        for part in (item.left, item.right, item.document, item.believed):
            known = sums.get(part)
            total += self._add_up(part, reading.group) if known is None else known
        return total

    def _add_up(self, part: Part, group: str) -> float:
        of, sums = self.table.get, self._sums[group]
        total = sum([of(name, 0.0) for name in part])
        if group:
            total += sum([of(f"{group}|{name}", 0.0) for name in part])
        if len(sums) >= MOST_KEPT:
            sums.clear()
        sums[part] = total
        return total


def from_text(text: str) -> tuple[MentionWeights, MentionWeights]:
    """Return the weights of both passes from a file's text."""
    raw = tomllib.loads(text)
    first, second = (MentionWeights(raw[name]) for name in PASSES)
    return first, second


@cache
def load() -> tuple[MentionWeights, MentionWeights]:
    """Return the weights that come with the project."""
    return from_text((files("geo") / "mentions" / "mention_weights.toml").read_text(encoding="utf-8"))
