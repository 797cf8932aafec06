"""OpenStreetMap's kinds of place in our precision classes; shared by the providers that search it."""

from __future__ import annotations

_KINDS = {
    "settlement": "city town village hamlet isolated_dwelling farm municipality borough suburb quarter "
    "neighbourhood city_district city_block locality allotments",
    "adm1": "state province region",
    "adm2": "county district state_district",
    "country": "country",
    "exact": "house building house_number amenity shop office tourism aeroway railway historic military "
    "man_made leisure craft healthcare emergency",
}
_BY_KIND = {kind: precision for precision, kinds in _KINDS.items() for kind in kinds.split()}


def precision_of(group: str, kind: str) -> str:
    """Return our precision class for OpenStreetMap's class and type of a place.

    >>> precision_of("place", "village"), precision_of("boundary", "state"), precision_of("waterway", "river")
    ('settlement', 'adm1', 'feature')
    """
    return _BY_KIND.get(kind) or _BY_KIND.get(group, "feature")
