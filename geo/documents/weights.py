"""The learned weights of `resolve` over documents, read once from `document_weights.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from geo.documents.columns import COLUMNS
from geo.documents.names import Floats
from geo.documents.ranking import PASSES, Model


@dataclass(frozen=True, slots=True)
class Limits:
    """When an answer is sure enough."""

    wrong_cost: float
    """What a wrong confident answer costs, in right ones; `auto` follows from it."""
    auto: float
    resolved: float
    same_place_km: float


@dataclass(frozen=True, slots=True, eq=False)
class DocumentWeights:
    """Weights of the passes, the calibration table and the thresholds."""

    model: Model
    said: tuple[float, ...]
    """Probabilities as the model says them, ascending..."""
    held: tuple[float, ...]
    """... and how often such answers were right."""
    limits: Limits

    def calibrated(self, probability: Floats) -> Floats:
        """Return how often answers of these probabilities are right."""
        held: Floats = np.interp(probability, self.said, self.held)
        return held


def from_text(text: str) -> DocumentWeights:
    """Return the weights of a file's text."""
    raw: Mapping[str, Any] = tomllib.loads(text)
    passes: dict[str, Floats] = {
        name: np.array([float(raw[name].get(column, 0.0)) for column in COLUMNS]) for name in PASSES
    }
    table = raw["calibration"]
    return DocumentWeights(
        Model(**passes), tuple(table["said"]), tuple(table["held"]), Limits(**raw["status"])
    )


@cache
def load() -> DocumentWeights:
    """Return the weights that come with the project."""
    text = (files("geo") / "document_weights.toml").read_text(encoding="utf-8")
    return from_text(text)
