"""Minimises a smooth function by L-BFGS with a backtracking line search; deterministic, numpy only."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
MEMORY, STEPS, TOLERANCE = 12, 200, 1e-6


def minimise(value: Callable[[Floats], tuple[float, Floats]], start: Floats) -> Floats:
    """Return where a function is least; `value` gives its value and its gradient."""
    at = start.copy()
    now, slope = value(at)
    moves: list[tuple[Floats, Floats, float]] = []
    for _ in range(STEPS):
        direction = -_times_inverse(moves, slope)
        along = float(direction @ slope)
        length = 1.0 if moves else 1.0 / max(1.0, float(np.abs(slope).sum()))
        while True:
            there = at + length * direction
            then, slope_there = value(there)
            if then <= now + 1e-4 * length * along or length < 1e-10:
                break
            length *= 0.5
        step, turn = there - at, slope_there - slope
        if float(step @ turn) > 1e-12:
            moves = [*moves[-(MEMORY - 1) :], (step, turn, 1.0 / float(step @ turn))]
        done = abs(now - then) <= TOLERANCE * max(1.0, abs(now))
        at, now, slope = there, then, slope_there
        if done:
            break
    return at


def _times_inverse(moves: list[tuple[Floats, Floats, float]], slope: Floats) -> Floats:
    """Return the gradient times the inverse curvature that the last moves suggest."""
    result = slope.copy()
    shares = []
    for step, turn, scale in reversed(moves):
        share = scale * float(step @ result)
        shares.append(share)
        result -= share * turn
    if moves:
        step, turn, scale = moves[-1]
        result *= 1.0 / (scale * float(turn @ turn))
    for (step, turn, scale), share in zip(moves, reversed(shares), strict=True):
        result += (share - scale * float(turn @ result)) * step
    return result
