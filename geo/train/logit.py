"""A conditional logit with “none of these”, fitted by Newton's method: deterministic, numpy only."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
ITERATIONS, TOLERANCE = 60, 1e-7
STIFFNESS = 0.3


def fit(
    values: Floats,
    group: Ints,
    right: npt.NDArray[np.bool_],
    weight: Floats,
    used: npt.NDArray[np.bool_],
    ridge: float,
    expected: Floats | None = None,
    firmness: Floats | None = None,
) -> Floats:
    """Return the weights that make the right rows of each group most probable.

    `group` numbers the rows' groups from 0 in any order; a group without a right row is “none of these”, of score 0.
    Columns that are not `used` get 0. `ridge` holds every standardised weight, and `STIFFNESS` every weight, towards
    what is `expected` of it, else 0, as much more as its `firmness` says: what a corpus has too little of to tell
    keeps its expected weight.
    """
    order = np.argsort(group, kind="stable")
    numbers, starts, inverse = np.unique(group[order], return_index=True, return_inverse=True)
    x, r, w = values[order][:, used], right[order], weight[numbers]
    spread = x.std(axis=0)
    spread[spread < 1e-9] = 1.0
    x = x / spread
    centre = spread * (np.zeros(len(used)) if expected is None else expected)[used]
    pull = ridge + STIFFNESS * (1.0 if firmness is None else firmness[used]) / spread**2
    answered = np.add.reduceat(r.astype(float), starts) > 0

    def loss(beta: Floats) -> tuple[float, Floats, Floats]:
        scores = x @ beta
        highest = np.maximum(np.maximum.reduceat(scores, starts), 0.0)
        raised = np.exp(scores - highest[inverse])
        none = np.exp(-highest)
        total = np.add.reduceat(raised, starts) + none
        good = np.add.reduceat(np.where(r, raised, 0.0), starts)
        reached = np.where(answered, good, none)
        value = float(-(w * np.log(np.maximum(reached / total, 1e-300))).sum()) + float(
            pull @ (beta - centre) ** 2
        )
        return value, raised / total[inverse], np.where(r, raised / np.maximum(good, 1e-300)[inverse], 0.0)

    beta = centre.copy()
    value, p, q = loss(beta)
    for _ in range(ITERATIONS):
        row_weight = w[inverse]
        gradient = x.T @ (row_weight * (p - q)) + 2 * pull * (beta - centre)
        means = np.add.reduceat(x * p[:, None], starts, axis=0)
        hessian = (x * (row_weight * p)[:, None]).T @ x - (means * w[:, None]).T @ means
        step = np.linalg.solve(hessian + 2 * np.diag(pull), gradient)
        size = 1.0
        while size > 1e-6:
            tried = loss(beta - size * step)
            if tried[0] <= value:
                break
            size /= 2
        else:
            break
        beta = beta - size * step
        done = value - tried[0] < TOLERANCE * abs(value)
        value, p, q = tried
        if done:
            break
    weights = np.zeros(values.shape[1])
    weights[used] = beta / spread
    return weights
