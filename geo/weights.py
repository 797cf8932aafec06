"""The weights file, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When an answer is sure enough; see `weights.toml` for each."""

    auto: float
    runner_up: float
    resolved: float
    plausible: float
    improbable: float
    same_place_km: float
    undecided_km: float


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by feature name, the score of "none of these", and thresholds."""

    features: Mapping[str, float]
    none_bias: float
    none_expected: float
    status: Thresholds


@cache
def load() -> Weights:
    """Return the weights that come with the project."""
    raw = tomllib.loads((files("geo") / "weights.toml").read_text(encoding="utf-8"))
    return Weights(raw["weights"], raw["none"]["bias"], raw["none"]["expected"], Thresholds(**raw["status"]))
