"""From likeness to a proposal: a probability, and the observations that carried it as sentences."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from data.duplicates.compare import (
    FEATURES,
    Floats,
    both_exact,
    column,
    compared,
    distances_km,
    rarity,
    shared_words,
    texts,
    whole_words,
)

_MOST_WORDS = 4


@dataclass(frozen=True)
class Weights:
    """The content of `weights.toml`."""

    features: Floats
    """Log odds for one unit of each of FEATURES, in order."""
    up_to_km: Floats
    log_ratio: Floats
    proposed: float
    """Pairs of at least this probability are proposed."""


@dataclass(frozen=True)
class Proposal:
    """Two incidents that may be one; the first is the one with the smaller id."""

    event_id: str
    other_id: str
    probability: float
    reasons: tuple[str, ...]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """Read the weights."""
    found: dict[str, Any] = tomllib.loads((files(__package__) / "weights.toml").read_text("utf-8"))
    amounts = {**found["learned"], **found["assumed"]}
    return Weights(
        np.array([float(amounts[name]) for name in FEATURES]),
        np.array(found["distance"]["up_to_km"], float),
        np.array(found["distance"]["log_ratio"], float),
        float(found["limits"]["proposed"]),
    )


def probabilities(left: pd.DataFrame, right: pd.DataFrame, telling: dict[str, float]) -> Floats:
    """Return how probable it is that the two records of each pair are one incident."""
    w = weights()
    distance = np.searchsorted(w.up_to_km, np.nan_to_num(distances_km(left, right)))
    odds = compared(left, right, telling) @ w.features
    odds += np.where(both_exact(left, right), w.log_ratio[distance], 0.0)
    return np.asarray(0.5 * (1.0 + np.tanh(odds / 2)))  # the logistic function, which overflows as a fraction


def proposals(events: pd.DataFrame, pairs: pd.DataFrame) -> list[Proposal]:
    """Return the pairs that are probably one incident, the most probable first.

    `events` is an event frame; `pairs` names two of its `event_id` in each row (`event_id`, `other_id`).
    """
    if pairs.empty:
        return []
    rows = events.set_index("event_id", drop=False)
    left, right = (rows.loc[pairs[name]].reset_index(drop=True) for name in ("event_id", "other_id"))
    telling = rarity(texts(events))
    said = probabilities(left, right, telling)
    kept = [int(i) for i in np.argsort(-said, kind="stable") if said[i] >= weights().proposed]
    likeness = reasons(left.iloc[kept], right.iloc[kept], telling)
    return [
        Proposal(str(left["event_id"].iloc[i]), str(right["event_id"].iloc[i]), round(float(said[i]), 3), why)
        for i, why in zip(kept, likeness, strict=True)
    ]


def reasons(left: pd.DataFrame, right: pd.DataFrame, telling: dict[str, float]) -> list[tuple[str, ...]]:
    """Say of each pair what speaks for one incident and what against."""
    values = dict(zip(FEATURES, compared(left, right, telling).T, strict=True))
    distances = distances_km(left, right)
    shared = shared_words(left, right)
    readable = [whole_words(text) for text in texts(left)]
    places = zip(column(left, "place_text"), column(right, "place_text"), strict=True)
    made = []
    for i, (here, there) in enumerate(places):
        said = [
            _days(values["days_apart"][i], values["wide_dates"][i]),
            _place(here, there, float(distances[i])),
        ]
        common = sorted(shared[i], key=lambda word: (-telling.get(word, 0.0), word))[:_MOST_WORDS]
        if common:
            said.append("both say " + ", ".join(f"“{readable[i][word]}”" for word in common))
        if values["people_agree"][i]:
            said.append("numbers of people that can be the same")
        if values["people_differ"][i]:
            said.append("but numbers of people that cannot be the same")
        if values["same_actors"][i]:
            said.append("the same actors")
        if values["other_type"][i]:
            said.append("but recorded as different types")
        made.append(tuple(said))
    return made


def _days(apart: float, wide: float) -> str:
    if apart:
        return "one day apart" if apart == 1 else f"{apart:.0f} days apart"
    return "the same day" if wide == 0 else "dates that can be the same"


def _place(here: str, there: str, distance_km: float) -> str:
    if np.isnan(distance_km):
        return f"both at “{here}”" if here.casefold() == there.casefold() else "places not known"
    if distance_km < 0.05:
        return "the same position"
    return f"{distance_km * 1000:.0f} m apart" if distance_km < 1 else f"{distance_km:.0f} km apart"
