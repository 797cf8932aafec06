"""What the other names of a document say about each candidate, computed for all of them, or of several, at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import log

import numpy as np
import numpy.typing as npt

from geo.documents.columns import ALONE, AT, COLUMNS
from geo.documents.groups import Grouped
from geo.documents.names import Floats, Ints
from geo.model import Place
from geo.sphere import EARTH_KM

NEAR_KM, FAR_KM = 50.0, 161.0
_NEAR, _FAR = np.cos(NEAR_KM / EARTH_KM), np.cos(FAR_KM / EARTH_KM)
"""Closer than so many kilometres means that the cosine of the angle between is greater than this."""
LEAST_EVIDENCE = 0.03
CHUNK, MOST_WITNESSES = 4_096, 300
"""Bounds on memory for documents with thousands of names."""
STRICT, LOOSE = ("inside_next", "outside_next"), ("inside_phrase", "outside_phrase")
COUNTRY, ADMIN1, ADMIN2 = 4, 3, 2
Booleans = npt.NDArray[np.bool_]
_NONE: Ints = np.zeros(0, dtype=np.int64)


@dataclass(slots=True, eq=False)
class Rows:
    """All candidates of one or several documents, group after group."""

    places: list[Place]
    hows: list[str]
    group: Ints
    starts: list[int]
    """Where each group's rows begin, and one more: where the last one's end."""
    alone: Floats
    unit: Floats
    country: Ints
    admin1: Ints
    areas: Ints
    """The countries of all rows and, negative, their divisions; sorted, 0 for none."""
    area: Ints
    """Where each row's country and division, in two columns, are among the areas."""
    kind: Ints
    reach: Floats
    """Cosine of the angle as far as which a place holds others."""
    weight: Floats
    """Evidence that each group has to give: 1 + log of its mentions."""

    def of(self, group: int) -> slice:
        """Return where the rows of a group are."""
        return slice(self.starts[group], self.starts[group + 1])

    def of_documents(self, grouped: Grouped) -> Iterator[slice]:
        """Yield where the rows of each document are."""
        for first, end in pairwise(grouped.starts):
            yield slice(self.starts[first], self.starts[end])


@dataclass(slots=True, eq=False)
class Hints:
    """What text, title and source say besides the mentions: (country or division number) -> share."""

    countries: dict[int, float]
    divisions: dict[int, float]
    source_country: int = 0


def rows_of(grouped: Grouped) -> Rows:
    """Put the candidates of all groups under each other."""
    known = [g.known for g in grouped.groups]
    sizes = [len(k.places) for k in known]
    country, admin1 = (
        np.concatenate([_NONE, *(getattr(k, name) for k in known)]) for name in ("country", "admin1")
    )
    areas, area = np.unique(np.stack([country, -admin1], axis=1), return_inverse=True)
    return Rows(
        [place for k in known for place in k.places],
        [how for k in known for how in k.hows],
        np.repeat(np.arange(len(known)), sizes),
        [0, *accumulate(sizes)],
        np.concatenate([np.zeros((0, len(ALONE))), *(k.alone for k in known)]),
        np.concatenate([np.zeros((0, 3)), *(k.unit for k in known)]),
        country,
        admin1,
        areas,
        area,
        np.concatenate([_NONE, *(k.kind for k in known)]),
        np.concatenate([np.zeros(0), *(k.reach for k in known)]),
        np.array([1.0 + log(max(1, len(g.mentions))) for g in grouped.groups]),
    )


def distances_km(one: Floats, other: Floats) -> Floats:
    """Return great-circle distances between all unit vectors of one set and of another."""
    return arc_km(one @ other.T)


def arc_km(cosine: Floats) -> Floats:
    """Return the distances on the globe whose angles have these cosines."""
    result: Floats = EARTH_KM * np.arccos(np.clip(cosine, -1.0, 1.0))
    return result


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
    _beside(values, rows, grouped, belief)
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
        other, far = others[own], cosine >= _FAR
        nearest = arc_km(np.where(other > strong[own, None], cosine, -1.0).max(axis=1))
        found = np.array(
            [
                (other * (cosine >= _NEAR)).sum(axis=1) / total[own],
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


def _inside(rows: Rows, inner: slice, outer: slice | Ints) -> Booleans:
    """Return where a row lies in another, a row an inner and a column an outer one."""
    kind, country, admin1 = rows.kind[outer], rows.country[outer], rows.admin1[outer]
    inside: Booleans = rows.unit[inner] @ rows.unit[outer].T >= rows.reach[outer]
    inside &= rows.kind[inner][:, None] <= kind
    for wide, of_inner, of_outer in (
        (COUNTRY, rows.country[inner], country),
        (ADMIN1, rows.admin1[inner], admin1),
    ):
        of_kind = np.flatnonzero(kind == wide)
        if len(of_kind):
            inside[:, of_kind] = (of_inner[:, None] == of_outer[of_kind]) & (of_outer[of_kind] > 0)
    return inside


def _named(values: Floats, rows: Rows, evidence: Evidence, belief: Floats) -> None:
    """Fill in whether the country, division or district that a row lies in is itself named."""
    named = evidence.kept[evidence.strongest(rows.kind[evidence.kept] >= ADMIN2, belief[evidence.kept])]
    for first in range(0, len(rows.group) if len(named) else 0, CHUNK):
        part = slice(first, first + CHUNK)
        other = evidence.others[:, rows.group[named]][rows.group[part]]
        held = _inside(rows, part, named) * other * belief[named]
        for kind, name in ((COUNTRY, "country_named"), (ADMIN1, "admin1_named"), (ADMIN2, "admin2_named")):
            of_kind = rows.kind[named] == kind
            if of_kind.any():
                values[part, AT[name]] = held[:, of_kind].max(axis=1) * (rows.kind[part] <= kind)


def _beside(values: Floats, rows: Rows, grouped: Grouped, belief: Floats) -> None:
    """Fill in what the names right beside a name say."""
    for at, group in enumerate(grouped.groups):
        inner = rows.of(at)
        if inner.start == inner.stop:
            continue
        for holder in (*group.holders, *group.loose_holders):
            outer = rows.of(holder)
            if outer.start == outer.stop:
                continue
            standing_in = rows.alone[inner, AT["known"]] == 0
            fits = (rows.kind[inner][:, None] < rows.kind[outer]) | standing_in[:, None]
            inside = (_inside(rows, inner, outer) & fits).astype(float)
            held = inside @ belief[outer]
            holds = inside.T @ belief[inner]
            for part, amount, yes, no in (
                (inner, held, *(STRICT if holder in group.holders else LOOSE)),
                (outer, holds, "holds_previous", "holds_not_previous"),
            ):
                missed = amount.max() - amount
                values[part, AT[yes]] = np.maximum(values[part, AT[yes]], amount)
                values[part, AT[no]] = np.maximum(values[part, AT[no]], missed)
        for longer in group.longer:
            wide = rows.of(longer)
            if wide.start < wide.stop:
                close = (rows.unit[inner] @ rows.unit[wide].T >= _NEAR) @ belief[wide]
                values[inner, AT["longer_name"]] = np.maximum(values[inner, AT["longer_name"]], close)


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
