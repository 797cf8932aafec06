"""The linear sequence model: a chunk of words is cut into names and other words (a semi-Markov field of order zero).

A cutting scores the sum of its names' scores; words outside names score nothing. Names may not overlap.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log1p

Stretch = tuple[int, int, float]
"""From word, to word (not included), score; counted in the chunk."""


def probabilities(size: int, stretches: Sequence[Stretch]) -> list[float]:
    """Return for each stretch the probability that it is a name, over all cuttings of a chunk of `size` words.

    >>> [round(p, 2) for p in probabilities(1, [(0, 1, 0.0)])]
    [0.5]
    >>> [round(p, 2) for p in probabilities(2, [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 4.0)])]
    [0.15, 0.15, 0.8]
    """
    if size == 1 and len(stretches) == 1:
        return [1.0 / (1.0 + exp(-min(max(stretches[0][2], -500.0), 500.0)))]
    forward = [0.0] * (size + 1)
    backward = [0.0] * (size + 1)
    ending: list[list[Stretch]] = [[] for _ in range(size + 1)]
    beginning: list[list[Stretch]] = [[] for _ in range(size + 1)]
    for stretch in stretches:
        ending[stretch[1]].append(stretch)
        beginning[stretch[0]].append(stretch)
    for at in range(1, size + 1):
        total = forward[at - 1]
        for first, _, score in ending[at]:
            total = _add(total, forward[first] + score)
        forward[at] = total
    for at in range(size - 1, -1, -1):
        total = backward[at + 1]
        for _, last, score in beginning[at]:
            total = _add(total, score + backward[last])
        backward[at] = total
    whole = forward[size]
    return [
        exp(min(0.0, forward[first] + score + backward[last] - whole)) for first, last, score in stretches
    ]


def best(size: int, stretches: Sequence[Stretch]) -> list[int]:
    """Return the stretches, by index, of the cutting that scores highest.

    >>> best(3, [(0, 1, 1.0), (1, 3, 1.5), (0, 3, 2.0), (2, 3, -1.0)])
    [0, 1]
    """
    reached: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)
    ending: list[list[int]] = [[] for _ in range(size + 1)]
    for index, (_, last, _) in enumerate(stretches):
        ending[last].append(index)
    for at in range(1, size + 1):
        top = (reached[at - 1][0], -1)
        for index in ending[at]:
            first, _, score = stretches[index]
            total = reached[first][0] + score
            if total > top[0]:
                top = (total, index)
        reached[at] = top
    chosen = []
    at = size
    while at > 0:
        index = reached[at][1]
        if index < 0:
            at -= 1
        else:
            chosen.append(index)
            at = stretches[index][0]
    return chosen[::-1]


def _add(one: float, other: float) -> float:
    """Return log(exp(one) + exp(other))."""
    high, low = (one, other) if one > other else (other, one)
    return high + log1p(exp(low - high)) if high - low < 40.0 else high
