"""Distances on the globe, quick enough for ranking (spherical; `area` uses geodesics)."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0088


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance."""
    phi1, phi2 = radians(lat1), radians(lat2)
    half = sin((phi2 - phi1) / 2) ** 2 + cos(phi1) * cos(phi2) * sin((radians(lon2) - radians(lon1)) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))
