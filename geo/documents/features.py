"""What the other names of a document say about each candidate, computed for all of them, or of several, at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.documents.beside import fill_beside
from geo.documents.columns import ALONE, AT, COLUMNS
from geo.documents.groups import Grouped
from geo.documents.names import Floats, Ints
from geo.documents.rows import ADMIN1, ADMIN2, COUNTRY, FAR, NEAR, Booleans, Rows, arc_km, inside

LEAST_EVIDENCE = 0.03
CHUNK, MOST_WITNESSES = 4_096, 300
"""Bounds on memory for documents with thousands of names."""


@dataclass(slots=True, eq=False)
class Hints:
    """What text, title and source say besides the mentions: (country or division number) -> share."""

    countries: dict[int, float]
    divisions: dict[int, float]
    source_country: int = 0


def together(rows: Rows, grouped: Grouped, belief: Floats, hints: Sequence[Hints]) -> Floats:
    """Return all features of all rows; `belief` is each row's probability in the pass before, `hints` a document's."""
    values = np.zeros((len(rows.group), len(COLUMNS)))
    values[:, : len(ALONE)] = rows.alone
    if not len(rows.group):
        return values
    kept = (belief >= LEAST_EVIDENCE).nonzero()[0]
    evidence = Evidence(rows, kept, belief[kept] * rows.weight[rows.group[kept]], grouped)
    _shares(values, rows, evidence)
    _distances(values, rows, evidence)
    _named(values, rows, evidence, belief)
    _namesakes(values, rows)
    fill_beside(values, rows, grouped, belief)
    for part, said in zip(rows.of_documents(grouped), hints, strict=True):
        _hinted(values[part], rows, part, said)
    alone = evidence.total[rows.group] <= 0
    values[:, AT["lone_population"]] = np.where(alone, values[:, AT["log_population"]], 0.0)
    return values


class Evidence:
    """The likely candidates, each a witness for where the others are."""

    def __init__(self, rows: Rows, kept: Ints, weight: Floats, grouped: Grouped) -> None:
        self.kept, self.weight = kept, weight
        self.group = rows.group[kept]
        self.others, self.closeness = grouped.others, grouped.closeness
        self.document = grouped.document
        per_group = np.bincount(self.group, weight, len(grouped.groups))
        self.total = self.others @ per_group
        self.total_nearby = self.closeness @ per_group

    def by_area(self, rows: Rows) -> tuple[Floats, Floats]:
        """Return for each group the evidence in each area, and its text-weighted kind."""
        size, width = len(self.others), len(rows.areas)
        cells = self.group[:, None] * width + rows.area[self.kept]
        table = np.bincount(cells.ravel(), np.repeat(self.weight, 2), size * width).reshape(size, width)
        table[:, rows.areas == 0] = 0.0
        return self.others @ table, self.closeness @ table

    def strongest(self, wanted: Booleans, weight: Floats) -> Ints:
        """Return which of the wanted witnesses are looked at: of each document as many as there is memory for."""
        found = wanted.nonzero()[0]
        if len(found) <= MOST_WITNESSES:
            return found
        document = self.document[self.group[found]]
        order = np.lexsort((-weight[found], document))
        rank = np.arange(len(order)) - np.searchsorted(document[order], document[order])
        return np.sort(found[order[rank < MOST_WITNESSES]])


def _or_infinite(whole: Floats) -> Floats:
    """Return what shares are taken of: of nothing there is none."""
    return np.where(whole > 0, whole, np.inf)


def _shares(values: Floats, rows: Rows, evidence: Evidence) -> None:
    group = rows.group[:, None]
    votes, nearby = evidence.by_area(rows)
    own = votes[group, rows.area]
    values[:, _of("country_share", "admin1_share")] = own / _or_infinite(evidence.total)[group]
    values[:, _of("country_votes", "admin1_votes")] = np.log1p(own)
    values[:, _of("country_nearby", "admin1_nearby")] = (
        nearby[group, rows.area] / _or_infinite(evidence.total_nearby)[group]
    )
    most = votes[:, rows.areas > 0].max(axis=1, initial=0.0)
    values[:, AT["country_first"]] = (own[:, 0] > 0) & (own[:, 0] >= most[rows.group])


def _of(*names: str) -> list[int]:
    return [AT[name] for name in names]


def _distances(values: Floats, rows: Rows, evidence: Evidence) -> None:
    """Fill in what the distances to the likely places of other names say, some rows at a time."""
    narrow = evidence.strongest(rows.kind[evidence.kept] < COUNTRY, evidence.weight)
    if not len(narrow):
        return
    kept, weight, groups = evidence.kept[narrow], evidence.weight[narrow], evidence.group[narrow]
    strong = np.zeros(len(evidence.others))
    np.maximum.at(strong, evidence.document[groups], 0.3 * weight)
    strong = strong[evidence.document]
    others, closeness = evidence.others[:, groups] * weight, evidence.closeness[:, groups] * weight
    total, total_nearby = _or_infinite(others.sum(axis=1)), _or_infinite(closeness.sum(axis=1))
    for first in range(0, len(rows.group), CHUNK):
        part = slice(first, first + CHUNK)
        own = rows.group[part]
        cosine = rows.unit[part] @ rows.unit[kept].T
        other, far = others[own], cosine >= FAR
        nearest = arc_km(np.where(other > strong[own, None], cosine, -1.0).max(axis=1))
        found = np.array(
            [
                (other * (cosine >= NEAR)).sum(axis=1) / total[own],
                (other * far).sum(axis=1) / total[own],
                (closeness[own] * far).sum(axis=1) / total_nearby[own],
                np.exp(-nearest / 30.0),
                np.exp(-nearest / 300.0),
            ]
        )
        values[part, _NEARNESS] = (found * (rows.kind[part] < COUNTRY)).T


_NEARNESS = _of("within_50_km", "within_161_km", "within_161_km_nearby", "nearest_30_km", "nearest_300_km")


def _namesakes(values: Floats, rows: Rows) -> None:
    """Fill in that a place is close while its largest namesake, perhaps a country, is far: local news means its own."""
    top = np.array(rows.starts)[rows.group]  # candidates come most populous first
    away = (values[top, AT["within_161_km"]] == 0) & (values[top, AT["country_named"]] == 0)
    same = np.where(rows.kind[top] == COUNTRY, rows.country[top] == rows.country, False)
    same |= np.where(rows.kind[top] == ADMIN1, rows.admin1[top] == rows.admin1, False)
    close = values[:, AT["within_50_km"]] * (away & ~same)
    values[:, AT["near_namesake"]] = np.where(rows.kind[top] < COUNTRY, close, 0.0)
    values[:, AT["near_not_country"]] = np.where(rows.kind[top] == COUNTRY, close, 0.0)


def _named(values: Floats, rows: Rows, evidence: Evidence, belief: Floats) -> None:
    """Fill in whether the country, division or district that a row lies in is itself named."""
    named = evidence.kept[evidence.strongest(rows.kind[evidence.kept] >= ADMIN2, belief[evidence.kept])]
    every = np.arange(len(rows.group))
    for first in range(0, len(rows.group) if len(named) else 0, CHUNK):
        part = slice(first, first + CHUNK)
        other = evidence.others[:, rows.group[named]][rows.group[part]]
        held = inside(rows, every[part, None], named) * other * belief[named]
        for kind, name in ((COUNTRY, "country_named"), (ADMIN1, "admin1_named"), (ADMIN2, "admin2_named")):
            of_kind = rows.kind[named] == kind
            if of_kind.any():
                values[part, AT[name]] = held[:, of_kind].max(axis=1) * (rows.kind[part] <= kind)


def _hinted(values: Floats, rows: Rows, part: slice, hints: Hints) -> None:
    """Fill in what a document's title and source say of its rows."""
    countries, divisions = rows.country[part], rows.admin1[part]
    if hints.countries:
        values[:, AT["title_share"]] = [hints.countries.get(number, 0.0) for number in countries.tolist()]
    if hints.divisions:
        values[:, AT["title_admin1_share"]] = [
            hints.divisions.get(number, 0.0) for number in divisions.tolist()
        ]
    if hints.source_country:
        values[:, AT["source_country"]] = countries == hints.source_country
