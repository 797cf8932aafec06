"""Learns how to rank the names of documents, pass after pass, and how far to trust the result."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from geo.documents.columns import ALONE, AT, COLUMNS, GIVEN, TOGETHER
from geo.documents.features import together
from geo.documents.names import Floats, Ints
from geo.documents.ranking import Model, believe_alone, rank, second_features, softmax
from geo.documents.rows import Rows
from geo.train.calibration import Table, fit_table
from geo.train.data import Booleans, Judge, Prepared, mark
from geo.train.logit import fit

RIDGE = 2.0
"""Pull of every standardised weight towards 0."""
REPEATED = 0.7
"""A name met n times in a document counts n to this power."""
FOLDS = 5
GIVEN_WEIGHTS = {
    "listed_alike": 4.0,
    "outside_state": -5.0,
    "outside_region": -3.0,
    "given_country": 1.5,
    "given_elsewhere": -1.5,
    "given_near": 2.5,
    "source_near": 2.0,
    "confirmed": 5.0,
}
"""Set by hand: no corpus says what somebody knew beforehand, or how newspapers of one country write."""
EXPECTED = {
    "inside_next": 5.0,
    "outside_next": -3.0,
    "inside_phrase": 1.5,
    "outside_phrase": -1.0,
    "holds_previous": 1.0,
    "holds_not_previous": -1.0,
    "type_agrees": 2.0,
    "type_differs": -2.0,
    "name_similar": -3.0,
    "name_part": -2.0,
    "name_other": -1.0,
    "other_called_so": -1.0,
    "capital": 0.5,
    "capital_apart": 2.5,
    "small_code": -2.0,
    "capitals": -1.0,
    "kind_continent": 2.0,
    "kind_country": 2.0,
    "kind_section": -1.0,
    "longer_name": 1.0,
    "source_country": 0.5,
    "country_named": 0.5,
    "admin1_named": 0.5,
    "admin2_named": 0.5,
    "nearest_30_km": 0.5,
    "near_namesake": 2.0,
    "near_not_country": 6.0,
}
"""What a reader expects of a feature before any corpus; corpora that have enough of it overrule this."""
FIRM = {"inside_next": 20.0, "outside_next": 20.0, "near_not_country": 20.0, "capital_apart": 200.0}
"""“X, Texas” means what it says, and Lebanon between small towns is one, however rare in a corpus: held more firmly."""
_FIRMNESS = np.array([FIRM.get(name, 1.0) for name in COLUMNS])
_EXPECTED = np.array([EXPECTED.get(name, 0.0) for name in COLUMNS])
_LEARNED = {
    "alone": np.array([name in ALONE for name in COLUMNS]),
    "together": np.array([name in ALONE or name in TOGETHER for name in COLUMNS]),
}
Views = Sequence[tuple[Rows, Floats]]


def _stack(
    documents: Sequence[Prepared], views: Views, judge: Judge
) -> tuple[Floats, Ints, Booleans, Floats]:
    """Put documents under each other, groups numbered through; groups without gold, and similar names, are left out."""
    values, groups, right, weights, offset = [], [], [], [], 0
    for one, (rows, features) in zip(documents, views, strict=True):
        kept = (one.weight[rows.group] > 0) & (features[:, AT["name_similar"]] == 0)
        values.append(features[kept])
        groups.append(rows.group[kept] + offset)
        right.append(mark(one, rows, judge)[kept])
        weights.append(one.weight**REPEATED)
        offset += len(one.weight)
    return np.concatenate(values), np.concatenate(groups), np.concatenate(right), np.concatenate(weights)


def learn(documents: Sequence[Prepared], judge: Judge) -> Model:
    """Return the weights of the passes; each pass sees what the one before believed."""
    views: list[tuple[Rows, Floats]] = []
    for one in documents:
        values = np.zeros((len(one.rows.group), len(COLUMNS)))
        values[:, : len(ALONE)] = one.rows.alone
        views.append((one.rows, values))
    alone = fit(*_stack(documents, views, judge), _LEARNED["alone"], RIDGE, _EXPECTED, _FIRMNESS)
    beliefs = [believe_alone(one.rows, alone, len(one.weight)) for one in documents]
    views = [
        (one.rows, together(one.rows, one.grouped, belief, [one.hints]))
        for one, belief in zip(documents, beliefs, strict=True)
    ]
    first = fit(*_stack(documents, views, judge), _LEARNED["together"], RIDGE, _EXPECTED, _FIRMNESS)
    beliefs = [
        softmax(values @ first, rows.group, len(one.weight))
        for one, (rows, values) in zip(documents, views, strict=True)
    ]
    views = [
        second_features(one.rows, one.grouped, belief, [one.hints])
        for one, belief in zip(documents, beliefs, strict=True)
    ]
    second = fit(*_stack(documents, views, judge), _LEARNED["together"], RIDGE, _EXPECTED, _FIRMNESS)
    for name in GIVEN:
        first[COLUMNS.index(name)] = second[COLUMNS.index(name)] = GIVEN_WEIGHTS[name]
    return Model(alone, first, second)


def outcomes(documents: Sequence[Prepared], model: Model, judge: Judge) -> list[tuple[float, bool]]:
    """Return probability and rightness of the best candidate of every mention with gold that has one."""
    found = []
    for one in documents:
        rows, _, probability = rank(one.rows, one.grouped, model, [one.hints])
        best: dict[int, int] = {}
        for row in np.argsort(-probability, kind="stable"):
            best.setdefault(int(rows.group[row]), int(row))
        for gold, at in zip(one.example.gold, one.grouped.of_mention, strict=True):
            if gold is not None and at in best:
                found.append((float(probability[best[at]]), judge.right(gold, rows.places[best[at]])))
    return found


def calibrate(
    documents: Sequence[Prepared], judge: Judge, fold_of: Callable[[Prepared], int]
) -> tuple[Table, list[tuple[float, bool]]]:
    """Return the calibration table, fitted on documents that the model had not seen, and what it was fitted on."""
    seen: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        inside = [one for one in documents if fold_of(one) == fold]
        outside = [one for one in documents if fold_of(one) != fold]
        if inside and outside:
            seen += outcomes(inside, learn(outside, judge), judge)
    return fit_table(seen), seen
