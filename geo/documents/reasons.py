"""Why a candidate stands where it stands, from the features that carried its score, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from geo.documents.columns import AT
from geo.documents.features import Rows
from geo.documents.groups import Grouped
from geo.documents.names import Floats

LEAST = 0.4
"""Contributions smaller than this, in log odds, are not worth a sentence."""
MOST = 5
_HOW = {
    "main": "called “{name}”",
    "alternate": "“{text}” is another name of {name}",
    "romanised": "“{text}” is a romanisation of {name}",
    "stem": "“{text}” is short for {name}",
    "code": "“{text}” is a code for {name}",
    "demonym": "“{text}” is said of {name} and its people",
    "variant": "“{text}” is another spelling of {name}",
    "part": "“{text}” has {name} in it",
    "similar": "“{text}” is only similar to {name}",
    "focus": "“{text}” is not known here or does not fit; {name}, which the document is about, stands in",
}
_COUNTRY = (
    "country_share",
    "country_votes",
    "country_first",
    "country_nearby",
    "country_named",
    "title_share",
)
_DIVISION = ("admin1_share", "admin1_votes", "admin1_nearby", "admin1_named", "title_admin1_share")
_CLOSE = (
    "within_50_km",
    "within_161_km",
    "within_161_km_nearby",
    "nearest_30_km",
    "nearest_300_km",
    "longer_name",
)
_SIZE = ("log_population", "area_population", "behind_largest", "largest", "log_names", "names_behind")


def reasons(
    row: int,
    text: str,
    rows: Rows,
    values: Floats,
    weights: Floats,
    typical: Floats,
    grouped: Grouped,
    country_name: Callable[[str], str],
    division_name: Callable[[str, str], str | None],
) -> tuple[str, ...]:
    """Return the reasons for one row, its name first, then what set it apart most from the group's typical row."""
    place, value = rows.places[row], values[row]
    carried: Mapping[str, float] = _Carried(value * weights, (value - typical) * weights)
    said: list[tuple[float, str]] = []

    def add(names: tuple[str, ...], good: str, bad: str = "") -> None:
        amount = sum(carried[name] for name in names)
        if amount >= LEAST and good:
            said.append((amount, good))
        elif amount <= -LEAST and bad:
            said.append((-amount, bad))

    group = grouped.groups[rows.group[row]]
    holder = grouped.groups[group.holders[0]].surface if group.holders else ""
    if holder and value[AT["inside_next"]] > 0.5:
        add(("inside_next", "outside_next"), f"in {holder}, named with it")
    elif holder:
        add(("inside_next", "outside_next"), "", f"not in {holder}, which is named with it")
    near = grouped.groups[group.loose_holders[0]].surface if group.loose_holders else ""
    if near and value[AT["inside_phrase"]] > 0.5:
        add(("inside_phrase", "outside_phrase"), f"in {near}, named beside it")
    if value[AT["holds_previous"]] > 0.5 and group.held:
        add(("holds_previous", "holds_not_previous"), f"{grouped.groups[group.held[0]].surface} lies in it")
    country = country_name(place.country)
    if value[AT["country_named"]] > 0.5:
        add(_COUNTRY, f"{country} is named in the document")
    elif value[AT["country_share"]] > 0:
        share = round(100 * value[AT["country_share"]])
        add(
            _COUNTRY,
            f"{share} % of what else is named lies in {country}",
            f"little else named lies in {country}",
        )
    elif country:
        add(_COUNTRY, "", f"nothing else named lies in {country}")
    division = division_name(place.country, place.admin1)
    if division and value[AT["admin1_share"]] > 0:
        add(_DIVISION, f"other names lie in {division}")
    if value[AT["within_161_km"]] > 0:
        reach = 50 if value[AT["within_50_km"]] > 0 else 161
        add(_CLOSE, f"other names lie within {reach} km")
    else:
        add(_CLOSE, "", "far from the other names")
    if place.population:
        add(
            _SIZE,
            f"population {place.population:,}",
            f"smaller or less known than a homonym ({place.population:,})",
        )
    add(("type_agrees",), "the kind of place agrees with the words used")
    add(("type_differs",), "", "the kind of place differs from the words used")
    add(("source_country",), "the source is of that country")
    add(("given_country",), "in the country given")
    add(("given_elsewhere",), "", "not in the country given")
    add(("given_near",), "close to the region given")
    add(("source_near",), "close to where the source is at home")
    add(("confirmed",), "a person decided so before")
    said.sort(key=lambda item: -item[0])
    how = _HOW.get(rows.hows[row], "“{text}” stands for {name}").format(name=place.name, text=text)
    return (how, *(sentence for _, sentence in said[:MOST]))


class _Carried(dict[str, float]):
    """What a feature carried: its contribution, as far as it sets the row apart."""

    def __init__(self, whole: Floats, apart: Floats) -> None:
        super().__init__()
        self._whole, self._apart = whole, apart

    def __missing__(self, name: str) -> float:
        at = AT[name]
        whole, apart = float(self._whole[at]), float(self._apart[at])
        return whole if abs(whole) > abs(apart) else apart
