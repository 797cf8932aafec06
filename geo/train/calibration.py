"""How far a probability can be trusted: a monotone table from what was said to what held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

BINS, LEAST = 12, 25
PRIOR = 2.0
"""A bin is held towards what the model said with the weight of this many answers."""


@dataclass(frozen=True, slots=True)
class Table:
    """Knots of the map from said to held probability, both ascending."""

    said: tuple[float, ...]
    held: tuple[float, ...]


def fit_table(seen: Sequence[tuple[float, bool]]) -> Table:
    """Return a monotone piecewise linear map, from bins of equal size pooled until they ascend."""
    if len(seen) < LEAST:
        return Table((0.0, 1.0), (0.0, 1.0))
    said = np.array([p for p, _ in seen])
    right = np.array([r for _, r in seen], dtype=float)
    order = np.argsort(said, kind="stable")
    blocks: list[list[float]] = []
    for part in np.array_split(order, max(2, min(BINS, len(seen) // LEAST))):
        mean = float(said[part].mean())
        blocks.append([len(part), mean, (float(right[part].sum()) + PRIOR * mean) / (len(part) + PRIOR)])
        while len(blocks) > 1 and blocks[-2][2] > blocks[-1][2]:
            size, mean, held = blocks.pop()
            before = blocks[-1]
            total = before[0] + size
            before[1:] = [
                (before[0] * before[1] + size * mean) / total,
                (before[0] * before[2] + size * held) / total,
            ]
            before[0] = total
    knots = [(0.0, 0.0), *((mean, held) for _, mean, held in blocks)]
    knots.append((1.0, max(knots[-1][1], min(0.999, (1 + knots[-1][1]) / 2))))
    return Table(tuple(round(s, 4) for s, _ in knots), tuple(round(h, 4) for _, h in knots))


def expected_error(seen: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Return the expected calibration error: how far what was said lies from what held, over bins of equal width."""
    if not seen:
        return 0.0
    said = np.array([p for p, _ in seen])
    right = np.array([r for _, r in seen], dtype=float)
    at = np.minimum((said * bins).astype(int), bins - 1)
    return float(
        sum(
            abs(float(said[at == b].mean()) - float(right[at == b].mean())) * float((at == b).mean())
            for b in range(bins)
            if (at == b).any()
        )
    )
