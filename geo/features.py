"""What speaks for and against a place, as named numbers; `weights.toml` says how much each counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log2, log10

from geo.admin1 import CITY_DIVISION
from geo.context import Context, closeness_to
from geo.model import Place
from geo.precision import precision_of
from geo.search import Match
from geo.sphere import distance_km

Features = Mapping[str, float]
NEAR_POINT_KM, PRIOR_KM = 60.0, 100.0
UNKNOWN_POPULATION, MOST_POPULATION = 300, 10_000_000
"""An unknown population counts as a village's: it says nothing against a place."""


def features(
    match: Match, kind: str, context: Context, others: Sequence[Sequence[Place]]
) -> dict[str, float]:
    """Return the features of one candidate; `others` holds the likely places of each other name."""
    place = match.place
    precision = precision_of(place.feature)
    values = {f"name_{match.how}": 1.0}
    if match.how == "similar":
        values["dissimilarity"] = (1 - match.similarity) * 10
    values["log_population"] = log10(min(max(place.population, UNKNOWN_POPULATION), MOST_POPULATION))
    values["log_names"] = log2(1 + place.name_count)
    if precision != "settlement":
        values[f"kind_{precision}"] = 1.0
    elif place.feature == "PPLX":
        values["section"] = 1.0
    if kind and match.how != "standing_in":
        agrees = precision == kind or (kind == "adm2" and place.feature == "PPLX")
        agrees = agrees and place.feature != CITY_DIVISION
        values["type_agrees" if agrees else "type_differs"] = 1.0
    if context.country:
        values["country_agrees" if place.country in (context.country, "") else "country_differs"] = 1.0
    for container in context.containers:
        closeness = container.closeness(place)
        if closeness == 1.0:
            values["inside"] = values.get("inside", 0.0) + 1.0
        else:
            values["beside"] = values.get("beside", 0.0) + closeness
            values["outside"] = values.get("outside", 0.0) + 1.0 - closeness
    if context.near is not None:
        values["near_point"] = exp(-distance_km(place.lat, place.lon, *context.near) / NEAR_POINT_KM)
    if context.prior_country:
        agrees = place.country in (context.prior_country, "")
        values["given_country" if agrees else "given_elsewhere"] = 1.0
    if context.prior_near is not None:
        values["given_near"] = exp(-distance_km(place.lat, place.lon, *context.prior_near) / PRIOR_KM)
    if context.source_area is not None:
        values["source_near"] = exp(-distance_km(place.lat, place.lon, *context.source_area) / PRIOR_KM)
    if place.key == context.decided:
        values["confirmed"] = 1.0
    elif place.key == context.leaning:
        values["confirmed_name"] = 1.0
    for other in others:
        values["close_names"] = values.get("close_names", 0.0) + closeness_to(place, other)
    return values
