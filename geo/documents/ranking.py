"""Ranks all names of documents together: on their own first, then twice with each other as witnesses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from geo.documents.columns import ALONE, AT
from geo.documents.features import Hints, together
from geo.documents.given import Given, apply
from geo.documents.groups import Grouped
from geo.documents.names import Floats, Ints
from geo.documents.rows import ADMIN1, COUNTRY, FAR_KM, Booleans, Rows, distances_km

WIDE_SHARE = 0.3
"""A region draws so much less than a town: its middle is a poor stand-in for a place somewhere in it."""
PASSES = ("alone", "first", "second")


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """The weights of the passes, one number a feature."""

    alone: Floats
    first: Floats
    second: Floats


def softmax(scores: Floats, group: Ints, size: int) -> Floats:
    """Return probabilities within groups, with “none of these” as one more competitor of score 0."""
    highest = np.zeros(size)
    np.maximum.at(highest, group, scores)
    raised = np.exp(scores - highest[group])
    total = np.bincount(group, raised, size) + np.exp(-highest)
    result: Floats = raised / total[group]
    return result


def believe_alone(rows: Rows, weights: Floats, size: int) -> Floats:
    """Return each row's probability from its name and place alone."""
    return softmax(rows.alone @ weights[: len(ALONE)], rows.group, size)


def with_focus(rows: Rows, grouped: Grouped, belief: Floats) -> tuple[Rows, Booleans]:
    """Add to each group the place that the rest of its document is about, and return which rows are these.

    It answers names that the gazetteer does not have: most of them lie near it. Countries need no such help.
    """
    size, count = len(grouped.groups), len(rows.group)
    likely = (belief >= 0.2).nonzero()[0]
    narrow, document = rows.kind[likely] < COUNTRY, grouped.document[rows.group[likely]]
    kept = likely[narrow | (np.bincount(document, narrow)[document] == 0)]
    if size < 2 or not len(kept):
        return rows, np.zeros(count, dtype=np.bool_)
    weight = belief[kept] * rows.weight[rows.group[kept]]
    apart = distances_km(rows.unit[kept], rows.unit[kept])
    drawn = np.exp(-apart / FAR_KM) * np.where(rows.kind[kept] < ADMIN1, 1.0, WIDE_SHARE)[:, None]
    of_kept = rows.group[kept]
    other = grouped.others[:, of_kept] * weight * (0.3 + grouped.closeness[:, of_kept])
    named = (rows.alone[:, AT["name_main"]] + rows.alone[:, AT["name_demonym"]]) > 0
    sure_area = np.bincount(rows.group[named & (rows.kind == COUNTRY)], minlength=size) > 0
    marked = np.array([len(group.mentions) > 0 for group in grouped.groups])
    groups = (marked & ~sure_area & other.any(axis=1)).nonzero()[0]
    chosen = kept[(other * (other @ drawn.T))[groups].argmax(axis=1)]
    group = np.concatenate([rows.group, groups])
    order = np.argsort(group, kind="stable")
    taken, is_focus = np.concatenate([np.arange(count), chosen])[order], order >= count
    alone = rows.alone[taken]
    alone[is_focus] *= _OF_PLACE
    return replace(
        rows,
        places=[rows.places[i] for i in taken],
        hows=["focus" if i >= count else rows.hows[i] for i in order],
        group=group[order],
        starts=[0, *np.bincount(group, minlength=size).cumsum().tolist()],
        alone=alone,
        unit=rows.unit[taken],
        country=rows.country[taken],
        admin1=rows.admin1[taken],
        area=rows.area[taken],
        kind=rows.kind[taken],
        reach=rows.reach[taken],
    ), is_focus


_OF_PLACE = np.array(
    [
        float(name in ("kind_country", "kind_continent", "kind_adm1", "kind_adm2", "kind_feature"))
        for name in ALONE
    ]
)
"""What can be said of a place whatever its name."""


def second_features(
    rows: Rows, grouped: Grouped, belief: Floats, hints: Sequence[Hints], given: Sequence[Given] = ()
) -> tuple[Rows, Floats]:
    """Return the rows with each document's focus added, and their features."""
    extended, is_focus = with_focus(rows, grouped, belief)
    believed = np.zeros(len(is_focus))
    believed[~is_focus] = belief
    values = together(extended, grouped, believed, hints)
    if is_focus.any():
        size, group = len(grouped.groups), extended.group[is_focus]
        known = np.bincount(rows.group, rows.alone[:, AT["name_similar"]] == 0, minlength=size)[group] > 0
        whole = np.bincount(rows.group, rows.alone[:, AT["missing_part"]] == 0, minlength=size)[group] > 0
        values[is_focus, AT["focus"]] = 1.0
        for column in ("near_namesake", "near_not_country"):  # these say that a place of the name is meant
            values[is_focus, AT[column]] = 0.0
        values[is_focus, AT["focus_without_name"]] = ~known
        values[is_focus, AT["focus_part"]] = known & ~whole
        values[is_focus, AT["focus_share"]] = values[is_focus, AT["within_161_km"]]
    apply(values, extended, grouped, given)
    return extended, values


def rank(
    rows: Rows, grouped: Grouped, model: Model, hints: Sequence[Hints], given: Sequence[Given] = ()
) -> tuple[Rows, Floats, Floats]:
    """Return the rows (each document's focus added), their features and their probabilities.

    `hints` and `given` hold one for each document.
    """
    size = len(grouped.groups)
    belief = believe_alone(rows, model.alone, size)
    values = together(rows, grouped, belief, hints)
    apply(values, rows, grouped, given)
    belief = softmax(values @ model.first, rows.group, size)
    rows, values = second_features(rows, grouped, belief, hints, given)
    return rows, values, softmax(values @ model.second, rows.group, size)
