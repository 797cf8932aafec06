"""What a reader expects of each feature of a place string before any table; a table that has enough overrules."""

from __future__ import annotations

EXPECTED = {
    "name_main": 3.0,
    "name_alternate": 2.4,
    "name_romanised": 2.2,
    "name_borrowed": -1.0,
    "name_stem": 1.4,
    "name_named_after": 1.4,
    "name_code": -0.5,
    "name_demonym": -0.5,
    "name_variant": 1.4,
    "name_heard": 1.7,
    "name_similar": 0.2,
    "name_standing_in": -1.0,
    "name_holding": 1.0,
    "name_confirmed": 1.4,
    "dissimilarity": -2.0,
    "log_population": 0.8,
    "log_names": 0.15,
    "kind_adm1": -1.8,
    "kind_adm2": -2.2,
    "kind_country": 1.7,
    "kind_feature": -1.5,
    "section": -0.7,
    "approximate": -0.5,
    "gone": -0.5,
    "seat": 0.3,
    "type_agrees": 3.0,
    "type_differs": -3.0,
    "country_agrees": 2.0,
    "country_differs": -4.0,
    "inside": 4.0,
    "beside": 2.0,
    "outside": -2.5,
    "near_point": 3.0,
    "close_names": 3.0,
    "company": 0.7,
    "company_roughly": 0.5,
    "given_country": 1.5,
    "given_elsewhere": -1.5,
    "given_near": 2.5,
    "source_near": 2.0,
    "confirmed": 16.0,
    "confirmed_name": 2.5,
}
NONE = {"none_bias": 4.0, "none_country": 1.6, "none_inside": 3.2}
"""What "none of these" gains: always, when a country is given, and for each containing place."""
FIRM = {
    "kind_feature": 40.0,
    "kind_adm1": 10.0,
    "kind_adm2": 10.0,
    "section": 10.0,
    "type_agrees": 10.0,
    "type_differs": 10.0,
}
"""Rare in a table of villages, common elsewhere: held this much more firmly."""
_BY_HAND = (
    "given_country",
    "given_elsewhere",
    "given_near",
    "source_near",
    "confirmed",
    "confirmed_name",
    "name_named_after",
    "name_borrowed",
    "name_heard",
    "near_point",
)
SET_BY_HAND = {name: EXPECTED[name] for name in _BY_HAND}
"""No table says what somebody knew beforehand."""
