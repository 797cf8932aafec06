"""Ranks all names of a document together: on their own first, then twice with each other as witnesses."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from geo.documents.columns import ALONE, AT
from geo.documents.features import ADMIN1, COUNTRY, FAR_KM, Evidence, Hints, Rows, distances_km, together
from geo.documents.given import Given, apply
from geo.documents.groups import Grouped
from geo.documents.names import Floats, Ints

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


def with_focus(rows: Rows, grouped: Grouped, belief: Floats) -> Rows:
    """Add to each group the place that the rest of the document is about, as one more candidate.

    It answers names that the gazetteer does not have: most of them lie near it. Countries need no such help.
    """
    size = len(grouped.groups)
    if size < 2 or not len(rows.group):
        return rows
    likely = np.flatnonzero(belief >= 0.2)
    narrow = likely[rows.kind[likely] < COUNTRY]
    kept = narrow if len(narrow) else likely
    if not len(kept):
        return rows
    weight = belief[kept] * rows.weight[rows.group[kept]]
    evidence = Evidence(rows, kept, weight, grouped)
    apart = distances_km(rows.unit[kept], rows.unit[kept])
    drawn = np.exp(-apart / FAR_KM) * np.where(rows.kind[kept] < ADMIN1, 1.0, WIDE_SHARE)[:, None]
    named = (rows.alone[:, AT["name_main"]] + rows.alone[:, AT["name_demonym"]]) > 0
    sure_area = np.bincount(rows.group[named & (rows.kind == COUNTRY)], minlength=size) > 0
    chosen: list[int] = []
    groups: list[int] = []
    for at in range(size):
        if not grouped.groups[at].mentions or sure_area[at]:
            continue
        other = grouped.others[at, evidence.group] * weight * (0.3 + evidence.closeness[at, evidence.group])
        if not other.any():
            continue
        chosen.append(int(kept[int(np.argmax(other * (drawn @ other)))]))
        groups.append(at)
    if not chosen:
        return rows
    alone = np.zeros((len(chosen), rows.alone.shape[1]))
    for name in ("kind_country", "kind_continent", "kind_adm1", "kind_adm2", "kind_feature"):
        alone[:, AT[name]] = rows.alone[chosen, AT[name]]
    group = np.concatenate([rows.group, groups])
    order = np.argsort(group, kind="stable")
    places = rows.places + [rows.places[i] for i in chosen]
    hows = rows.hows + ["focus"] * len(chosen)

    def more(column: Ints) -> Ints:
        return np.concatenate([column, column[chosen]])[order]

    return replace(
        rows,
        places=[places[i] for i in order],
        hows=[hows[i] for i in order],
        group=group[order],
        starts=[0, *np.cumsum(np.bincount(group, minlength=size)).tolist()],
        alone=np.concatenate([rows.alone, alone])[order],
        unit=np.concatenate([rows.unit, rows.unit[chosen]])[order],
        country=more(rows.country),
        admin1=more(rows.admin1),
        kind=more(rows.kind),
        radius_km=np.concatenate([rows.radius_km, rows.radius_km[chosen]])[order],
    )


def second_features(
    rows: Rows, grouped: Grouped, belief: Floats, hints: Hints, given: Given | None = None
) -> tuple[Rows, Floats]:
    """Return the rows with the document's focus added, and their features."""
    extended = with_focus(rows, grouped, belief)
    if extended is rows:
        values = together(rows, grouped, belief, hints)
    else:
        is_focus = np.array([how == "focus" for how in extended.hows])
        believed = np.zeros(len(is_focus))
        believed[~is_focus] = belief
        values = together(extended, grouped, believed, hints)
        size, group = len(grouped.groups), extended.group[is_focus]
        known = np.bincount(rows.group, rows.alone[:, AT["name_similar"]] == 0, minlength=size)[group] > 0
        whole = np.bincount(rows.group, rows.alone[:, AT["missing_part"]] == 0, minlength=size)[group] > 0
        values[is_focus, AT["focus"]] = 1.0
        values[is_focus, AT["focus_without_name"]] = ~known
        values[is_focus, AT["focus_part"]] = known & ~whole
        values[is_focus, AT["focus_share"]] = values[is_focus, AT["within_161_km"]]
    if given is not None:
        apply(values, extended, grouped, given)
    return extended, values


def rank(
    rows: Rows, grouped: Grouped, model: Model, hints: Hints, given: Given | None = None
) -> tuple[Rows, Floats, Floats]:
    """Return the rows (the document's focus added), their features and their probabilities."""
    size = len(grouped.groups)
    belief = believe_alone(rows, model.alone, size)
    values = together(rows, grouped, belief, hints)
    if given is not None:
        apply(values, rows, grouped, given)
    belief = softmax(values @ model.first, rows.group, size)
    rows, values = second_features(rows, grouped, belief, hints, given)
    return rows, values, softmax(values @ model.second, rows.group, size)
