"""Ranks the candidates of a name: a linear score over features, probabilities by softmax."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from geo.context import Context
from geo.features import Features, features
from geo.model import Place
from geo.search import Match
from geo.sphere import distance_km
from geo.weights import Thresholds, Weights

MOST_OTHERS = 12
LIKELY_OTHER = 0.02


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score."""

    match: Match
    features: Features
    score: float
    probability: float


def rank(
    matches: Sequence[Match], kind: str, context: Context, others: Sequence[Sequence[Place]], weights: Weights
) -> list[Ranked]:
    """Return the candidates, most probable first; what is missing from 1 is the chance that it is none of them."""
    scored = []
    for match in matches:
        values = features(match, kind, context, others)
        scored.append(
            (sum(weights.features.get(name, 0.0) * value for name, value in values.items()), match, values)
        )
    if not scored:
        return []
    none = none_score(context, weights)
    highest = max(none, max(score for score, _, _ in scored))
    total = exp(none - highest) + sum(exp(score - highest) for score, _, _ in scored)
    ranked = [Ranked(match, values, score, exp(score - highest) / total) for score, match, values in scored]
    ranked.sort(key=lambda r: (-r.probability, -r.match.place.population, r.match.place.key))
    return ranked


def none_score(context: Context, weights: Weights) -> float:
    """Return the score of "none of these": the more is said, the more a right place would agree with."""
    gain = weights.features["country_agrees"] if context.country else 0.0
    gain += weights.features["inside"] * len(context.containers)
    return weights.none_bias + weights.none_expected * gain


def likely_places(ranked: Sequence[Ranked]) -> list[Place]:
    """Return the places that the other names of a phrase are compared with."""
    return [r.match.place for r in ranked[:MOST_OTHERS] if r.probability >= LIKELY_OTHER]


def status(ranked: Sequence[Ranked], limits: Thresholds) -> str:
    """Return `auto`, `ambiguous` or `unresolved` for one name."""
    if sum(r.probability for r in ranked) < limits.resolved:
        return "unresolved"
    best = ranked[0].match.place
    same, others = 0.0, [0.0]
    for r in ranked:
        place = r.match.place
        if distance_km(best.lat, best.lon, place.lat, place.lon) <= limits.same_place_km:
            same += r.probability
        else:
            others.append(r.probability)
    return "auto" if same >= limits.auto and max(others) <= limits.runner_up else "ambiguous"


def plausible(ranked: Sequence[Ranked], limits: Thresholds) -> list[Ranked]:
    """Return the best candidates that together hold most of the probability."""
    total, kept, reached = sum(r.probability for r in ranked), [], 0.0
    for r in ranked:
        if r.probability < limits.improbable * ranked[0].probability:
            break
        kept.append(r)
        reached += r.probability
        if reached >= limits.plausible * total:
            break
    return kept
