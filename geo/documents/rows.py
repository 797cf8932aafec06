"""The candidates of documents under each other, as columns; where they lie, and which lies in which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import log

import numpy as np
import numpy.typing as npt

from geo.documents.columns import ALONE
from geo.documents.groups import Grouped
from geo.documents.names import Floats, Ints
from geo.model import Place
from geo.sphere import EARTH_KM

NEAR_KM, FAR_KM = 50.0, 161.0
NEAR, FAR = np.cos(NEAR_KM / EARTH_KM), np.cos(FAR_KM / EARTH_KM)
"""Closer than so many kilometres means that the cosine of the angle between is greater than this."""
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


def inside(rows: Rows, inner: Ints, outer: Ints) -> Booleans:
    """Return where a row lies in another; their numbers are broadcast against each other."""
    kind = rows.kind[outer]
    cosine = np.einsum("...i,...i", rows.unit[inner], rows.unit[outer])
    same_country = (rows.country[inner] == rows.country[outer]) & (rows.country[outer] > 0)
    same_admin1 = (rows.admin1[inner] == rows.admin1[outer]) & (rows.admin1[outer] > 0)
    close = (cosine >= rows.reach[outer]) & (rows.kind[inner] <= kind)
    found: Booleans = np.where(kind == COUNTRY, same_country, np.where(kind == ADMIN1, same_admin1, close))
    return found
