"""What speaks for and against a place, as named numbers; `weights.toml` says how much each counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log2, log10

from geo.admin1 import CITY_DIVISION
from geo.around import Around
from geo.context import Context, closeness_to
from geo.model import CAPITAL, Place
from geo.precision import APPROXIMATE, precision_of
from geo.search import Match
from geo.sphere import distance_km

Features = Mapping[str, float]
DESCRIPTIONS = {
    "name_main": "the text is the place's main name",
    "name_alternate": "... one of its other names",
    "name_romanised": "... a romanisation of one of its names",
    "name_borrowed": "... a name that is rather that of its region, or of a town in this country",
    "name_stem": "... its name without “oblast”, “raion”",
    "name_named_after": "... a town in it with “oblast”, “region”, and it is named after the town",
    "name_code": "... a code or abbreviation",
    "name_demonym": "... what its people and things are called (“Ukrainian”)",
    "name_variant": "... another usual romanisation (Mykolayiv, Mikolaiv)",
    "name_heard": "... an Arabic, Hebrew or Persian name as it is heard",
    "name_similar": "... only similar: a typing error, perhaps",
    "name_standing_in": "... a facility, street or district, and this the town named with it",
    "name_holding": "... listed nowhere, and this the district that holds it",
    "name_confirmed": "... no name of it known here, but a person chose it",
    "dissimilarity": "for each tenth of a similar name that differs",
    "log_population": "decimal logarithm of the population, at least that of a village",
    "log_names": "binary logarithm of the number of names",
    "kind_adm1": "a region",
    "kind_adm2": "a district",
    "kind_country": "a country",
    "kind_feature": "a river, mountain, sea, facility",
    "section": "a section of a town",
    "approximate": "a village whose own position is not known",
    "gone": "a place that is no more",
    "seat": "the seat of a country, region, district or community",
    "type_agrees": "“oblast”, “raion”, “village” beside the name agrees with the place",
    "type_differs": "... does not",
    "country_agrees": "in the country given",
    "country_differs": "not in the country given",
    "inside": "in a place named as containing it",
    "beside": "near a place named as containing it, not in it (times closeness, 0 to 1)",
    "outside": "far from it (times distance, 0 to 1)",
    "near_point": "close to the position given (falls to 1/e at 60 km)",
    "close_names": "close to the other names of the phrase (times closeness)",
    "company": "the table's or store's other places close by (logarithm of how many)",
    "company_roughly": "the same for a village whose own position is not known",
    "given_country": "in the country of interest",
    "given_elsewhere": "not in the country of interest",
    "given_near": "close to the region of interest (falls to 1/e at 100 km)",
    "source_near": "close to where the source is at home, while the text does not point elsewhere",
    "confirmed": "a person decided so for the same words in the same context",
    "confirmed_name": "... for the same name elsewhere",
}
"""Every feature, and what it says."""
GONE = frozenset({"PPLH", "PPLQ", "PPLW", "PPLCH"})
SEATS, COMMUNITY_SEAT = frozenset({CAPITAL, "PPLA", "PPLA2"}), "PPLA3"
"""Seats of communities are known in a few countries only: that speaks for none of these against the others."""
NEAR_POINT_KM, PRIOR_KM = 60.0, 100.0
UNKNOWN_POPULATION, MOST_POPULATION = 300, 10_000_000
"""An unknown population counts as a village's: it says nothing against a place."""


def features(
    match: Match, kind: str, context: Context, others: Sequence[Sequence[Place]]
) -> dict[str, float]:
    """Return the features of one candidate of a name; `others` holds the likely places of each other name."""
    place, countries = match.place, context.countries
    precision = precision_of(place.feature)
    values = {f"name_{match.how}": 1.0}
    if match.similarity < 1.0:
        values["dissimilarity"] = (1 - match.similarity) * 10
    values["log_population"] = log10(min(max(place.population, UNKNOWN_POPULATION), MOST_POPULATION))
    values["log_names"] = log2(1 + place.name_count)
    if precision != "settlement":
        values[f"kind_{precision}"] = 1.0
    elif place.feature == "PPLX":
        values["section"] = 1.0
    elif place.feature == APPROXIMATE:
        values["approximate"] = 1.0
    elif place.feature in GONE:
        values["gone"] = 1.0
    elif place.feature in SEATS or (place.feature == COMMUNITY_SEAT and place.country in countries):
        values["seat"] = 1.0
    agrees = precision == kind or (kind == "adm2" and place.feature == "PPLX")
    agrees = agrees and place.feature != CITY_DIVISION
    if kind and (agrees or match.how != "standing_in"):
        values["type_agrees" if agrees else "type_differs"] = 1.0
    if countries:
        values["country_agrees" if place.country in countries or not place.country else "country_differs"] = (
            1.0
        )
        if precision == "country" and "country_differs" in values:
            values["country_differs"] = 2.0  # a town may lie across the border, a country lies in no other
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
    if context.around is not None:
        values |= company(place, context.around)
    if place.key == context.decided:
        values["confirmed"] = 1.0
    elif place.key == context.leaning:
        values["confirmed_name"] = 1.0
    for other in others:
        values["close_names"] = values.get("close_names", 0.0) + closeness_to(place, other)
    return values


def company(place: Place, around: Around) -> dict[str, float]:
    """Return the features of the company that a table's or store's other places are to a place."""
    return {"company_roughly" if place.feature == APPROXIMATE else "company": around.company(place)}
