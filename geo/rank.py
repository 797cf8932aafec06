"""Ranks the candidates of a name: a linear score over features, probabilities by softmax."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from typing import NamedTuple

from geo.context import Context
from geo.facts import is_rivalled
from geo.features import Features, features
from geo.model import Place
from geo.phrase import Name
from geo.precision import APPROXIMATE
from geo.search import Match
from geo.sphere import distance_km
from geo.weights import Thresholds, Weights

MOST_OTHERS = 12
LIKELY_OTHER = 0.02
SURELY_MISSPELT = 0.82
"""A name that is less similar than this is never taken for a place's without asking."""
SURELY_PLACED_M = 28_000.0
"""A village that is only known to lie amid a wider community than this is too often elsewhere in it to be sure."""
ROUNDING = 1e-9
COMPANY = ("company", "company_roughly")


class Ranked(NamedTuple):
    """A candidate with its score."""

    match: Match
    features: Features
    score: float
    probability: float


def rank(
    matches: Sequence[Match],
    name: Name,
    context: Context,
    others: Sequence[Sequence[Place]],
    weights: Weights,
) -> list[Ranked]:
    """Return the candidates, most probable first; what is missing from 1 is the chance that it is none of them."""
    return order([(m, features(m, name.kind, context, others)) for m in matches], context, weights)


def order(candidates: Sequence[tuple[Match, Features]], context: Context, weights: Weights) -> list[Ranked]:
    """Return candidates with their probabilities, most probable first."""
    known = weights.features
    scored = [(m, values, sum([known[name] * x for name, x in values.items()])) for m, values in candidates]
    return _ordered(scored, context, weights)


def _ordered(
    scored: Sequence[tuple[Match, Features, float]], context: Context, weights: Weights
) -> list[Ranked]:
    """Turn scores into calibrated probabilities, with "none of these" as one more competitor."""
    if not scored:
        return []
    none = none_score(context, weights)
    highest = max([none, *[score for _, _, score in scored]])
    raised = [exp(score - highest) for _, _, score in scored]
    total = exp(none - highest) + sum(raised)
    best = max(raised) / total
    alone = raised.count(max(raised)) == 1  # what was learned of the best says nothing of two that are equal
    sure = weights.calibrated(best) if alone else best
    rest = (1.0 - sure) / max(1e-9, 1.0 - best)
    ranked = []
    for (match, values, score), share in zip(scored, raised, strict=True):
        said = share / total
        ranked.append(Ranked(match, values, score, sure if said == best else min(sure, said * rest)))
    ranked.sort(key=lambda r: (-r.score, -r.match.place.population, r.match.place.key))
    return ranked


def none_score(context: Context, weights: Weights) -> float:
    """Return the score of "none of these": the more is said, the more a right place would agree with."""
    gain = weights.none_country if context.countries else 0.0
    return weights.none_bias + gain + weights.none_inside * len(context.containers)


def without_company(ranked: Sequence[Ranked], context: Context, weights: Weights) -> list[Ranked]:
    """Rank as if nothing was known of the table's other places."""
    alone = [(r.match, {name: x for name, x in r.features.items() if name not in COMPANY}) for r in ranked]
    return order(alone, context, weights)


def likely_places(ranked: Sequence[Ranked]) -> list[Place]:
    """Return the places that the other names of a phrase are compared with."""
    return [r.match.place for r in ranked[:MOST_OTHERS] if r.probability >= LIKELY_OTHER]


def status(ranked: Sequence[Ranked], context: Context, weights: Weights) -> str:
    """Return `auto`, `ambiguous` or `unresolved` for one name; company of a table's other places makes none sure."""
    found = _status(ranked, weights.status)
    if found == "auto" and not _is_held(context):
        matches = [r.match for r in ranked]
        if context.left_aside or matches[0].how == "heard" or is_rivalled(matches):
            return "ambiguous"
    if found == "auto" and context.around is not None:
        alone = without_company(ranked, context, weights)
        if alone[0].match.place.key != ranked[0].match.place.key or _status(alone, weights.status) != "auto":
            return "ambiguous"
    return found


def _is_held(context: Context) -> bool:
    """Tell whether anything that is known says where a place lies, beside names that are not known here."""
    return bool(context.countries or context.containers or context.decided)


def _status(ranked: Sequence[Ranked], limits: Thresholds) -> str:
    left = sum([r.probability for r in ranked])
    if left < limits.resolved:
        return "unresolved"
    match = ranked[0].match
    best, same = match.place, 0.0
    roughly = best.feature == APPROXIMATE and best.radius_m > SURELY_PLACED_M
    if roughly or match.how == "holding" or match.similarity < SURELY_MISSPELT:
        return "ambiguous"
    for r in ranked:
        place = r.match.place
        if distance_km(best.lat, best.lon, place.lat, place.lon) <= limits.same_place_km:
            same += r.probability
        if same >= limits.auto:
            return "auto"
        left -= r.probability
        if same + left < limits.auto - ROUNDING:
            break
    return "ambiguous"


def plausible(ranked: Sequence[Ranked], limits: Thresholds) -> list[Ranked]:
    """Return the best candidates that together hold most of the probability."""
    total, kept, reached = sum([r.probability for r in ranked]), [], 0.0
    for r in ranked:
        if r.probability < limits.improbable * ranked[0].probability:
            break
        kept.append(r)
        reached += r.probability
        if reached >= limits.plausible * total:
            break
    return kept
