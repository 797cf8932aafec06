"""First-level divisions: joins the codes that towns carry with the division's own entry.

Towns know only a code (UA, 05); the entry with coordinates and names (709716, Donetsk Oblast) knows no code. They are
joined one to one inside a country by the distance from the middle of a code's towns to the entry, helped by a town that
bears the division's name; GeoNames' own table, once installed, makes the join exact.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from statistics import median

from geo.admin_words import REGION_WORDS, split_kind
from geo.normalize import fold
from geo.sources.record import PlaceRecord, Places
from geo.sphere import distance_km

ExactCodes = Mapping[tuple[str, str], tuple[str, int]]
NAMESAKE_KM, NAMESAKE_SEAT_KM = 40.0, 80.0
"""How much nearer an entry counts when a town of the code bears its name; when the code's largest town does."""
CITY_SHARE = 0.5
"""A code whose largest town has this share of its people is a city with a division of its own (Moscow, Kyiv)."""
CITY_DIVISION = "ADM1C"
_ENGLISH_WORDS = frozenset({"oblast", "krai", "region", "voblast", "province", "republic"})


def _towns_by_code(places: Iterable[PlaceRecord]) -> dict[tuple[str, str], list[PlaceRecord]]:
    towns: dict[tuple[str, str], list[PlaceRecord]] = defaultdict(list)
    for place in places:
        if place.admin1 and place.feature.startswith("PPL"):
            towns[place.country, place.admin1].append(place)
    return towns


def link(places: Places, exact: ExactCodes) -> None:
    """Give every ADM1 record its code, in place; add a record for a listed code that no source describes."""
    towns = _towns_by_code(places.values())
    for (country, code), (name, key) in exact.items():
        record = places.get(key)
        if record is None and (country, code) in towns:
            group = towns[country, code]
            places[key] = record = PlaceRecord(
                key=key,
                name=name,
                lat=median(town.lat for town in group),
                lon=median(town.lon for town in group),
                feature="ADM1",
                country=country,
                population=sum(town.population for town in group),
                source="admin1CodesASCII.txt",
            )
        if record is not None and record.feature == "ADM1":
            record.admin1 = code
            if name != record.name:
                record.alternates.add(name)
    divisions: dict[str, list[PlaceRecord]] = defaultdict(list)
    taken = set()
    for place in places.values():
        if place.feature == "ADM1":
            place.admin1 = place.admin1 or _listed().get(place.key, {}).get("code", "")
            if place.admin1:
                taken.add((place.country, place.admin1))
            else:
                divisions[place.country].append(place)
    free: dict[str, list[str]] = defaultdict(list)
    for country, code in towns:
        if (country, code) not in taken:
            free[country].append(code)
    for country, entries in divisions.items():
        _join(entries, {code: towns[country, code] for code in free[country]})


def _join(entries: list[PlaceRecord], towns: dict[str, list[PlaceRecord]]) -> None:
    """Join entries and codes of one country, nearest pair first."""
    names = [{fold(name) for name in (*e.alternates, e.name)} for e in entries]
    stems = [{split_kind(name).stem for name in own} for own in names]
    pairs = []
    for code, group in towns.items():
        lat, lon = median(t.lat for t in group), median(t.lon for t in group)
        own_names = {fold(town.name) for town in group}
        largest = max(group, key=lambda town: town.population)
        seat = fold(largest.name)
        is_city = largest.population > CITY_SHARE * sum(town.population for town in group)
        for index, entry in enumerate(entries):
            away = distance_km(lat, lon, entry.lat, entry.lon)
            if is_city and seat in names[index] and split_kind(entry.name).kind != "adm1":
                away -= 2 * NAMESAKE_SEAT_KM
            elif seat in names[index] or (seat in stems[index] and not is_city):
                away -= NAMESAKE_SEAT_KM
            elif own_names & (names[index] | stems[index]):
                away -= NAMESAKE_KM
            pairs.append((away, code, index))
    joined_codes: set[str] = set()
    joined_entries: set[int] = set()
    for _, code, index in sorted(pairs):
        if code not in joined_codes and index not in joined_entries:
            joined_codes.add(code)
            joined_entries.add(index)
            entries[index].admin1 = code


@cache
def _listed() -> dict[int, dict[str, str]]:
    """Return the divisions that `region_names.csv` names, or joins where towns mislead."""
    with (files("geo") / "region_names.csv").open(encoding="utf-8") as file:
        return {int(row["geonameid"]): row for row in csv.DictReader(file)}


def name_in_english(places: Places) -> None:
    """Call divisions what reports call them: "Donetsk Oblast", not "Donetska Oblast"; in place."""
    largest: dict[tuple[str, str], int] = {}
    for place in places.values():
        if place.feature.startswith("PPL"):
            key = (place.country, fold(place.name))
            largest[key] = max(largest.get(key, 0), place.population)
    for place in places.values():
        if place.feature == "ADM1":
            listed = _listed().get(place.key)
            chosen = listed["name"] if listed else _english_name(place, largest)
            if chosen != place.name:
                place.alternates.add(place.name)
                place.name = chosen


def _english_name(place: PlaceRecord, largest: Mapping[tuple[str, str], int]) -> str:
    if split_kind(place.name).kind != "adm1" or fold(place.name).split()[-1] not in REGION_WORDS:
        return place.name
    plain = [name for name in sorted({place.name, *place.alternates}) if name.isascii() and "'" not in name]
    choices = [name for name in plain if name.split()[-1].casefold() in _ENGLISH_WORDS]
    ranked = sorted(
        choices, key=lambda name: largest.get((place.country, split_kind(name).stem), 0), reverse=True
    )
    if ranked and largest.get((place.country, split_kind(ranked[0]).stem), 0):
        return ranked[0]
    return place.name


def mark_cities(places: Places) -> None:
    """Mark the divisions that are a city inside a region of the same name (Kyiv in Kyiv Oblast); in place.

    Their feature becomes `ADM1C`, so that "Kyiv region" never means the city.
    """
    regions: dict[str, list[PlaceRecord]] = defaultdict(list)
    for place in places.values():
        if place.feature == "ADM1":
            regions[place.country].append(place)
    for entries in regions.values():
        stems = {split_kind(entry.name).stem for entry in entries if split_kind(entry.name).kind == "adm1"}
        for entry in entries:
            own = split_kind(entry.name)
            if own.kind != "adm1" and own.stem in stems:
                entry.feature = CITY_DIVISION
                entry.alternates = {name for name in entry.alternates if split_kind(name).kind != "adm1"}
