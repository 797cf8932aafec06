"""Why a candidate stands where it stands, from the features that carried its score, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from geo.documents.columns import AT, COLUMNS, GIVEN
from geo.documents.groups import Group, Grouped
from geo.documents.names import Floats
from geo.documents.rows import Rows
from geo.documents.typed import STATE
from geo.model import Place
from geo.normalize import fold

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
_TOPICS: dict[str, tuple[str, ...]] = {
    "next": ("inside_next", "outside_next"),
    "phrase": ("inside_phrase", "outside_phrase"),
    "holds": ("holds_previous", "holds_not_previous"),
    "country": (
        "country_share",
        "country_votes",
        "country_first",
        "country_nearby",
        "country_named",
        "title_share",
    ),
    "division": ("admin1_share", "admin1_votes", "admin1_nearby", "admin1_named", "title_admin1_share"),
    "close": (
        "within_50_km",
        "within_161_km",
        "within_161_km_nearby",
        "nearest_30_km",
        "nearest_300_km",
        "longer_name",
    ),
    "size": ("log_population", "area_population", "behind_largest", "largest", "log_names", "names_behind"),
    "capital": ("capital", "capital_apart"),
    **{
        name: (name,) for name in ("other_called_so", "type_agrees", "type_differs", "source_country", *GIVEN)
    },
}
"""What a sentence is about, and the features that speak of it."""
_MEMBERS = np.array([[float(column in names) for names in _TOPICS.values()] for column in COLUMNS])


def carried(
    values: Floats, probability: Floats, rows: Rows, shown: Sequence[int], weights: Floats
) -> list[dict[str, float]]:
    """Return for some rows what each topic added to the score, as far as it sets the row apart from its homonyms."""
    if not shown:
        return []
    starts = np.array(rows.starts[:-1])
    has = np.diff(rows.starts) > 0
    sums = np.zeros((len(starts), values.shape[1]))
    sums[has] = np.add.reduceat(values * probability[:, None], starts[has], axis=0)
    total = np.bincount(rows.group, probability, len(starts))
    typical = sums / np.maximum(1e-9, total)[:, None]
    whole = values[shown] * weights
    apart = (values[shown] - typical[rows.group[shown]]) * weights
    amounts = np.where(np.abs(whole) > np.abs(apart), whole, apart) @ _MEMBERS
    return [dict(zip(_TOPICS, row, strict=True)) for row in amounts.tolist()]


def reasons(
    place: Place,
    how: str,
    value: Sequence[float],
    amounts: Mapping[str, float],
    group: Group,
    grouped: Grouped,
    country_name: Callable[[str], str],
    division_name: Callable[[str, str], str | None],
) -> tuple[str, ...]:
    """Return the reasons for one candidate with these features, its name first, then what counted most."""
    said: list[tuple[float, str]] = []

    def add(topic: str, good: str, bad: str = "") -> None:
        amount = amounts[topic]
        if amount >= LEAST and good:
            said.append((amount, good))
        elif amount <= -LEAST and bad:
            said.append((-amount, bad))

    holder = grouped.groups[group.holders[0]].surface.removesuffix(STATE) if group.holders else ""
    if holder and value[AT["inside_next"]] > 0.5:
        add("next", f"in {holder}, named with it")
    elif holder:
        add("next", "", f"not in {holder}, which is named with it")
    near = grouped.groups[group.loose_holders[0]].surface if group.loose_holders else ""
    if near and value[AT["inside_phrase"]] > 0.5:
        add("phrase", f"in {near}, named beside it")
    if value[AT["holds_previous"]] > 0.5 and group.held:
        add("holds", f"{grouped.groups[group.held[0]].surface} lies in it")
    country = country_name(place.country)
    if value[AT["country_named"]] > 0.5:
        add("country", f"{country} is named in the document")
    elif value[AT["country_share"]] > 0:
        share = round(100 * value[AT["country_share"]])
        add(
            "country",
            f"{share} % of what else is named lies in {country}",
            f"little else named lies in {country}",
        )
    elif country:
        add("country", "", f"nothing else named lies in {country}")
    division = division_name(place.country, place.admin1)
    if division and value[AT["admin1_share"]] > 0:
        add("division", f"other names lie in {division}")
    if value[AT["within_161_km"]] > 0:
        reach = 50 if value[AT["within_50_km"]] > 0 else 161
        add("close", f"other names lie within {reach} km")
    else:
        add("close", "", "far from the other names")
    if place.population:
        add(
            "size",
            f"population {place.population:,}",
            f"smaller or less known than a homonym ({place.population:,})",
        )
    add("type_agrees", "the kind of place agrees with the words used")
    add("type_differs", "", "the kind of place differs from the words used")
    add("capital", "the capital of the country")
    add("other_called_so", "", "another place has this as its main name")
    add("source_country", "the source is of that country")
    add("given_country", "in the country given")
    add("given_elsewhere", "", "not in the country given")
    add("given_near", "close to the region given")
    add("source_near", "close to where the source is at home")
    add("confirmed", "a person decided so before")
    said.sort(key=lambda item: -item[0])
    if fold(place.name) == fold(group.surface):
        how = "main"  # “Washington” of “Washington state”
    called = _HOW.get(how, "“{text}” stands for {name}").format(name=place.name, text=group.surface)
    return (called, *(sentence for _, sentence in said[:MOST]))
