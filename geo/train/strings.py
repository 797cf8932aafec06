"""Learns from place strings with positions how much each observation counts, tested on places it has not seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from geo import rank
from geo.around import Around, around_of
from geo.asking import Asked
from geo.context import Context
from geo.errors import PlaceTextError
from geo.features import company
from geo.model import Place
from geo.normalize import skeleton
from geo.precision import AREA_CLASSES, precision_of
from geo.priors import NO_PRIORS
from geo.rank import Ranked
from geo.resolve import Resolver
from geo.sphere import distance_km
from geo.train.calibration import fit_table
from geo.train.incidents import RIGHT_KM, Question
from geo.train.logit import fit
from geo.train.strings_expected import EXPECTED, FIRM, NONE, SET_BY_HAND
from geo.weights import Weights

FOLDS = 5
BLOCK_DEGREES = 0.5
"""Strings are dealt to folds by blocks of land of this size."""
RIDGE = 1.0
AS_NEAR_KM = 5.0
"""Candidates this little farther from the incident than the nearest one are right as well."""
_COLUMNS = (*EXPECTED, *NONE)
_CENTRE = np.array([*EXPECTED.values(), *NONE.values()])
_FIRMNESS = np.array([FIRM.get(name, 1.0) for name in _COLUMNS])
_USED = np.ones(len(_COLUMNS), dtype=bool)


@dataclass(frozen=True, slots=True)
class Row:
    """A string with its candidates, and which of them are right."""

    question: Question
    context: Context
    ranked: Sequence[Ranked]
    right: frozenset[int]
    """Keys of the right candidates, empty when there is none."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a string was answered."""

    question: Question
    probability: float
    right: bool
    status: str


def rows(resolver: Resolver, questions: Sequence[Question]) -> list[Row]:
    """Look up the strings that ask for one place; those about several have no one position."""
    found = []
    for question in questions:
        try:
            _, asked = resolver.understand(
                question.place, question.within, question.country, None, NO_PRIORS, []
            )
        except PlaceTextError:
            continue
        if len(asked) == 1:
            one = asked[0]
            found.append(Row(question, one.context, one.ranked, _right(question, one)))
    return found


def _right(question: Question, asked: Asked) -> frozenset[int]:
    """Return the candidates nearest to the incident; an area only when an area is asked for or nothing else is near."""
    near: list[tuple[float, Place]] = []
    areas: list[Place] = []
    for match in asked.matches:
        place = match.place
        kind = precision_of(place.feature)
        if question.is_right(place.lat, place.lon, kind, place.radius_m):
            if kind in AREA_CLASSES:
                areas.append(place)
            else:
                near.append((distance_km(question.lat, question.lon, place.lat, place.lon), place))
    if near and not asked.name.kind.startswith("adm"):
        least = min(away for away, _ in near)
        return frozenset(place.key for away, place in near if away <= least + AS_NEAR_KM)
    return frozenset(place.key for place in areas or [place for _, place in near])


def learn(training: Sequence[Row]) -> dict[str, float]:
    """Return the weights that make the right candidates most probable, held towards what is expected of them."""
    asked = [row for row in training if row.ranked]
    values = np.array([_vector(r.features, row.context) for row in asked for r in row.ranked])
    groups = np.repeat(np.arange(len(asked)), [len(row.ranked) for row in asked])
    right = np.array([r.match.place.key in row.right for row in asked for r in row.ranked])
    learned = fit(values, groups, right, np.ones(len(asked)), _USED, RIDGE, _CENTRE, _FIRMNESS)
    by_name = dict(zip(_COLUMNS, (round(float(weight), 3) for weight in learned), strict=True))
    return by_name | SET_BY_HAND


def _vector(values: Mapping[str, float], context: Context) -> list[float]:
    """Return a candidate as numbers; what "none of these" gains counts against every candidate."""
    against = (-1.0, -1.0 if context.country else 0.0, -float(len(context.containers)))
    return [*(values.get(name, 0.0) for name in EXPECTED), *against]


def put(learned: Mapping[str, float], weights: Weights) -> Weights:
    """Return weights with what was learned, not calibrated."""
    return replace(
        weights,
        features={name: learned[name] for name in EXPECTED},
        none_bias=learned["none_bias"],
        none_country=learned["none_country"],
        none_inside=learned["none_inside"],
        said=(0.0, 1.0),
        held=(0.0, 1.0),
    )


def outcome(row: Row, weights: Weights) -> Outcome:
    """Return how weights answer a string."""
    ranked = rank.order([(r.match, r.features) for r in row.ranked], row.context, weights)
    if not ranked:
        return Outcome(row.question, 0.0, False, "unresolved")
    place = ranked[0].match.place
    good = row.question.is_right(place.lat, place.lon, precision_of(place.feature), place.radius_m)
    return Outcome(row.question, ranked[0].probability, good, rank.status(ranked, row.context, weights))


def surroundings(alone: Sequence[Row], weights: Weights) -> Around | None:
    """Return where the sure answers lie, as a table of these strings would."""
    points = []
    for row in alone:
        ranked = rank.order([(r.match, r.features) for r in row.ranked], row.context, weights)
        if ranked and rank.status(ranked, row.context, weights) == "auto":
            place = ranked[0].match.place
            if precision_of(place.feature) in ("settlement", "feature"):
                points.append((place.lat, place.lon))
    return around_of(points)


def in_company(alone: Sequence[Row], around: Around | None) -> list[Row]:
    """Return the strings as rows of one table, whose other places lie `around`."""
    if around is None:
        return []
    return [
        replace(
            row,
            context=replace(row.context, around=around),
            ranked=[
                r._replace(features={**r.features, **company(r.match.place, around)}) for r in row.ranked
            ],
        )
        for row in alone
    ]


def folds(alone: Sequence[Row]) -> list[tuple[list[Row], list[Row]]]:
    """Return (training, held out) by blocks of land; no place of the one is in the other."""
    blocks = [(round(r.question.lat / BLOCK_DEGREES), round(r.question.lon / BLOCK_DEGREES)) for r in alone]
    number = {block: at % FOLDS for at, block in enumerate(sorted(set(blocks)))}
    split = []
    for fold in range(FOLDS):
        held_out = [row for row, block in zip(alone, blocks, strict=True) if number[block] == fold]
        training = [
            row
            for row, block in zip(alone, blocks, strict=True)
            if number[block] != fold
            and not any(_same_place(row.question, other.question) for other in held_out)
        ]
        split.append((training, held_out))
    return split


def _same_place(one: Question, other: Question) -> bool:
    if skeleton(one.place) != skeleton(other.place):
        return False
    return distance_km(one.lat, one.lon, other.lat, other.lon) <= RIGHT_KM


def train(alone: Sequence[Row], start: Weights) -> Weights:
    """Return what two passes learn: each string alone, then each also in its company."""
    first = put(learn(alone), start)
    return put(learn([*alone, *in_company(alone, surroundings(alone, first))]), start)


@dataclass(frozen=True, slots=True)
class Fold:
    """Strings of places that the weights were not trained on: alone, and as rows of one table."""

    alone: list[Row]
    together: list[Row]
    weights: Weights

    def outcomes(self, weights: Weights) -> tuple[list[Outcome], list[Outcome]]:
        """Return how weights answer them."""
        return [outcome(row, weights) for row in self.alone], [outcome(row, weights) for row in self.together]


def hold_out(alone: Sequence[Row], start: Weights) -> list[Fold]:
    """Train once for each fold on the others."""
    found = []
    for training, held_out in folds(alone):
        learned = train(training, start)
        around = surroundings([*training, *held_out], learned)
        found.append(Fold(held_out, in_company(held_out, around), learned))
    return found


def calibrate(weights: Weights, held_out: Sequence[Fold]) -> Weights:
    """Return weights whose probabilities say how often such answers were right in strings held out."""
    seen = [
        (one.probability, one.right)
        for fold in held_out
        for outcomes in fold.outcomes(fold.weights)
        for one in outcomes
        if one.probability
    ]
    table = fit_table(seen)
    return replace(weights, said=table.said, held=table.held)


def calibrated_outcomes(held_out: Sequence[Fold]) -> tuple[list[Outcome], list[Outcome]]:
    """Return the answers to strings held out, probabilities calibrated on the other folds."""
    singly, together = [], []
    for fold in held_out:
        others = [other for other in held_out if other is not fold]
        one, both = fold.outcomes(calibrate(fold.weights, others))
        singly += one
        together += both
    return singly, together
