"""The precision class and the radius of a place, as the method sets them."""

from __future__ import annotations

EXACT_RADIUS_M = 150.0
NEAR_RADIUS_M = 5_000.0
AROUND_TOWN_M = {"adm1": 75_000.0, "adm2": 25_000.0}
"""How far the region or district of a town reaches from it when no division of that name is known."""
HAMLET_RADIUS_M, METROPOLIS_RADIUS_M = 1_000.0, 15_000.0

APPROXIMATE = "PPL~"
"""Feature code, our own, of a settlement that is only placed amid its community."""

SETTLEMENT, AREA_CLASSES = "settlement", ("feature", "adm2", "adm1", "country")


def precision_of(feature: str) -> str:
    """Return our precision class for a GeoNames feature code."""
    if feature.startswith("PPL") or feature == "STLMT":
        return "settlement"
    if feature.startswith("PCL") or feature in ("TERR", "CONT"):
        return "country"
    if feature.startswith("ADM1"):
        return "adm1"
    if feature.startswith("ADM"):
        return "adm2"
    return "feature"


def stated_precision(feature: str) -> str:
    """Return the precision class to tell: a settlement that is only placed amid its community is `near` there."""
    return "near" if feature == APPROXIMATE else precision_of(feature)


def settlement_radius_m(population: int) -> float:
    """Return the radius of a settlement: 1 km for a hamlet, 15 km for a metropolis.

    >>> settlement_radius_m(0), round(settlement_radius_m(100_000)), settlement_radius_m(20_000_000)
    (1000.0, 4901, 15000.0)
    """
    grown: float = HAMLET_RADIUS_M * (max(population, 500) / 500) ** 0.3
    return min(grown, METROPOLIS_RADIUS_M)


def near_radius_m(settlement_m: float) -> float:
    """Return the radius for "near X": twice the settlement's, at least 5 km."""
    return max(NEAR_RADIUS_M, 2 * settlement_m)


def offset_radius_m(offset_km: float) -> float:
    """Return the radius for "N km from X": a fifth of the distance, at least 1 km."""
    return max(1_000.0, 200.0 * offset_km)
