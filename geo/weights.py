"""The weights file, read once."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When an answer is sure enough; see `weights.toml` for each."""

    wrong_cost: float
    """What a wrong confident answer costs, in right ones..."""
    auto: float
    """... so that the best place needs this probability."""
    lost_cost: float
    resolved: float
    plausible: float
    improbable: float
    same_place_km: float
    undecided_km: float


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by feature name, the score of "none of these", the calibration table, and thresholds."""

    features: Mapping[str, float]
    none_bias: float
    none_country: float
    none_inside: float
    status: Thresholds
    said: tuple[float, ...] = (0.0, 1.0)
    """Probabilities as the scores say them, ascending..."""
    held: tuple[float, ...] = (0.0, 1.0)
    """... and how often such answers were right."""

    def calibrated(self, probability: float) -> float:
        """Return how often answers of this probability are right."""
        at = bisect_right(self.said, probability)
        if at == len(self.said):
            return self.held[-1]
        low, high = self.said[at - 1], self.said[at]
        return self.held[at - 1] + (self.held[at] - self.held[at - 1]) * (probability - low) / (high - low)


def from_text(text: str) -> Weights:
    """Return the weights that a file's text holds."""
    raw = tomllib.loads(text)
    none, table = raw["none"], raw["calibration"]
    return Weights(
        raw["weights"],
        none["bias"],
        none["country"],
        none["inside"],
        Thresholds(**raw["status"]),
        tuple(table["said"]),
        tuple(table["held"]),
    )


@cache
def load() -> Weights:
    """Return the weights that come with the project."""
    return from_text((files("geo") / "weights.toml").read_text(encoding="utf-8"))
