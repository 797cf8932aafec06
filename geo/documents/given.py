"""What somebody knows besides the document: country, region, the source's own area, decisions already made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.documents.columns import AT
from geo.documents.groups import Grouped
from geo.documents.names import Floats
from geo.documents.rows import Rows, distances_km
from geo.priors import Priors

REACH_KM = 100.0


@dataclass(frozen=True, slots=True)
class Given:
    """Priors with the country as the number that the rows use."""

    priors: Priors
    country: int = 0


def unit_vector(lat: float, lon: float) -> Floats:
    """Return a position on the unit sphere, as one row."""
    phi, lam = np.radians(lat), np.radians(lon)
    return np.array([[np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)]])


def apply(values: Floats, rows: Rows, grouped: Grouped, given: Sequence[Given]) -> None:
    """Fill in the columns of `columns.GIVEN`, document by document."""
    for part, one in zip(rows.of_documents(grouped), given, strict=False):
        _apply(values[part], rows, part, grouped, one)


def _apply(values: Floats, rows: Rows, part: slice, grouped: Grouped, given: Given) -> None:
    priors, country, unit = given.priors, rows.country[part], rows.unit[part]
    if given.country:
        inside = country == given.country
        values[:, AT["given_country"]] = inside
        values[:, AT["given_elsewhere"]] = ~inside & (country > 0)
    if priors.near is not None:
        apart = distances_km(unit, unit_vector(*priors.near))[:, 0]
        values[:, AT["given_near"]] = np.exp(-apart / REACH_KM)
    if priors.source_area is not None:
        apart = distances_km(unit, unit_vector(*priors.source_area))[:, 0]
        close = np.exp(-apart / REACH_KM)
        home = np.bincount(country[close > 0.5]).argmax() if (close > 0.5).any() else 0
        share = values[:, AT["country_share"]]
        foreign = np.where(country == home, 1.0 - share, share)
        gate = np.where(values[:, AT["country_votes"]].max(initial=0.0) > 0, 1.0 - foreign, 1.0)
        values[:, AT["source_near"]] = close * gate
    if priors.confirmed or priors.elsewhere:
        of_row = rows.group[part].tolist()
        chosen = {group: priors.leaning(grouped.groups[group].surface) for group in set(of_row)}
        values[:, AT["confirmed"]] = [
            bool(chosen[group]) and place.id == chosen[group]
            for group, place in zip(of_row, rows.places[part], strict=True)
        ]
