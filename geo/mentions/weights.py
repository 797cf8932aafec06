"""The learned weights of the mention model, read from `mention_weights.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from geo.mentions.segments import Part, Segment

PASSES = ("first", "second")
MOST_KEPT = 50_000


class MentionWeights:
    """What each feature counts, in natural-log odds for being a place name, in one pass."""

    def __init__(self, table: Mapping[str, float]) -> None:
        self.table = table
        self._sums: dict[object, float] = {}

    def score(self, item: Segment) -> float:
        """Return the sum of a segment's features' weights.

        The sum over a part (what stands to the left, say) is kept: the same parts come again and again.
        """
        group, sums = item.reading.group, self._sums
        total = 0.0
        known = sums.get(item.reading.features)
        total += self._add_up(item.reading.features, "") if known is None else known
        for part in (item.left, item.right, item.document, item.believed):
            if part:
                known = sums.get((group, part))
                total += self._add_up(part, group) if known is None else known
        return total

    def _add_up(self, part: Part, group: str) -> float:
        of = self.table.get
        total = sum(of(name, 0.0) for name in part)
        if group:
            total += sum(of(f"{group}|{name}", 0.0) for name in part)
        if len(self._sums) >= MOST_KEPT:
            self._sums.clear()
        self._sums[(group, part) if group else part] = total
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
