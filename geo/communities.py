"""Places the units of Ukraine's codifier: beside the places that are known, or amid the community they belong to.

The codifier has no coordinates. A village that another source places gets its official name and district from the
codifier; one that none does is put amid the known places of its community, with a radius that says so (`PPL~`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import sqrt
from statistics import median

from geo.admin1 import CITY_DIVISION
from geo.admin_words import split_kind
from geo.features import COMMUNITY_SEAT
from geo.normalize import fold, latin, skeleton
from geo.precision import APPROXIMATE, settlement_radius_m
from geo.romanise import UKRAINIAN_NATIONAL, romanisations, russian_form
from geo.sources.codifier import COUNTRY, NAME, Unit
from geo.sources.record import PlaceRecord, Places
from geo.sphere import distance_km

COMMUNITY_KM = 30.0
"""A homonym farther than this from the rest of its community is another village."""
DISTRICT_KM = 75.0
"""A homonym farther than this from the middle of its district is another village."""
LEAST_KM, SPREAD = 15.0, 1.2
"""Radius of a village that is only placed amid its community: its spread with a margin, at least this..."""
OF_ITSELF_KM, OF_MEMBERS_KM = 8.0, 2.4
"""... and wide enough for a community of so many villages (times the root of how many), of which few may be known."""
CITY_POPULATION = 100_000
"""What lies in a town of so many people and has no entry of its own is a section of it."""
WORDS = {"P": ("район", "Raion", "район"), "H": ("громада", "Hromada", "община")}
_CITY_DISTRICT = ("район", "District", "район")


@dataclass(slots=True)
class _Community:
    """Settlements under one parent unit, and where those lie that are known."""

    unit: Unit
    members: list[Unit] = field(default_factory=list)
    anchors: dict[int, PlaceRecord] = field(default_factory=dict)

    def middle(self) -> tuple[float, float, float]:
        """Return the middle of the known members and how far they spread, in km."""
        known = list(self.anchors.values())
        lat, lon = sum(r.lat for r in known) / len(known), sum(r.lon for r in known) / len(known)
        return lat, lon, max(distance_km(lat, lon, r.lat, r.lon) for r in known)


def place_units(places: Places, units: Sequence[Unit]) -> int:
    """Join the units with the places, and add what is missing; in place. Return how many were added."""
    codes = _regions(places, units)
    by_code = {unit.code: unit for unit in units}
    communities = {unit.code: _Community(unit) for unit in units if unit.category == "H"}
    for unit in units:
        if unit.category in "MXC" and unit.parents and unit.parents[-1] in communities:
            communities[unit.parents[-1]].members.append(unit)
    for region, admin1 in codes.items():
        own = [c for c in communities.values() if c.unit.parents[0] == region]
        _anchor(places, own, admin1)
    before = len(places)
    for community in communities.values():
        admin1 = codes.get(community.unit.parents[0], "")
        _add_members(places, community, by_code, admin1)
    _add_districts(places, communities.values(), by_code, codes)
    _add_city_districts(places, units, by_code, communities)
    _mark_sections(places, communities.values(), [unit for unit in units if unit.category == "K"])
    return len(places) - before


def _regions(places: Places, units: Iterable[Unit]) -> dict[int, str]:
    """Return the division's code in the gazetteer for each region of the codifier."""
    stems: dict[str, str] = {}
    divisions = [p for p in places.values() if p.country == COUNTRY and p.feature.startswith("ADM1")]
    divisions.sort(key=lambda place: place.feature == CITY_DIVISION)
    for place in divisions:
        if place.admin1:
            for name in (place.name, *place.alternates):
                stems.setdefault(split_kind(name).stem, place.admin1)
                stems.setdefault(fold(name), place.admin1)
    return {
        unit.code: code for unit in units if unit.category in "OK" and (code := stems.get(fold(unit.name)))
    }


def _key(name: str) -> str:
    return skeleton(latin(name))


def _anchor(places: Places, communities: Sequence[_Community], admin1: str) -> None:
    """Find the members of a region's communities among the known places."""
    known: dict[str, list[PlaceRecord]] = defaultdict(list)
    for place in places.values():
        if place.country == COUNTRY and place.admin1 == admin1 and place.feature.startswith("PPL"):
            for key in {_key(name) for name in (place.name, *place.alternates) if name[0] < "\u0530"}:
                known[key].append(place)
    homonyms: dict[str, int] = defaultdict(int)
    for community in communities:
        for unit in community.members:
            homonyms[_key(unit.name)] += 1
    taken: set[int] = set()
    for community in communities:
        for unit in community.members:
            found = known.get(_key(unit.name), ())
            if len(found) == 1 and homonyms[_key(unit.name)] == 1 and found[0].key not in taken:
                community.anchors[unit.code] = found[0]
                taken.add(found[0].key)
        _drop_strays(community)
    _drop_outside(communities)
    for _ in range(2):
        for community in communities:
            if community.anchors:
                _anchor_homonyms(community, known, taken)


def _drop_strays(community: _Community) -> None:
    """Give up members that lie far from most of the others: they are homonyms in another community."""
    while len(community.anchors) > 2:
        lat = median(r.lat for r in community.anchors.values())
        lon = median(r.lon for r in community.anchors.values())
        code, away = max(
            ((code, distance_km(lat, lon, r.lat, r.lon)) for code, r in community.anchors.items()),
            key=lambda item: item[1],
        )
        if away <= 2 * COMMUNITY_KM:
            return
        del community.anchors[code]


def _drop_outside(communities: Sequence[_Community]) -> None:
    """Give up members that lie far from the middle of their district."""
    districts: dict[int, list[_Community]] = defaultdict(list)
    for community in communities:
        districts[community.unit.parents[-1]].append(community)
    for group in districts.values():
        known = [record for community in group for record in community.anchors.values()]
        if len(known) < 3:
            continue
        lat, lon = median(record.lat for record in known), median(record.lon for record in known)
        for community in group:
            for code, record in list(community.anchors.items()):
                if distance_km(lat, lon, record.lat, record.lon) > DISTRICT_KM:
                    del community.anchors[code]


def _anchor_homonyms(community: _Community, known: dict[str, list[PlaceRecord]], taken: set[int]) -> None:
    lat, lon, _ = community.middle()
    for unit in community.members:
        if unit.code in community.anchors:
            continue
        near = [
            (distance_km(lat, lon, place.lat, place.lon), place.key, place)
            for place in known.get(_key(unit.name), ())
            if place.key not in taken
        ]
        if near and min(near)[0] <= COMMUNITY_KM:
            community.anchors[unit.code] = min(near)[2]
            taken.add(min(near)[1])


def spellings(name: str) -> set[str]:
    """Return a Ukrainian name, its romanisations, its likely Russian form and the romanisation of that."""
    russian = russian_form(name)
    return {name, russian, *romanisations(name, "uk"), *romanisations(russian, "ru")[:1]}


def _record(unit: Unit, name: str, alternates: set[str], feature: str, admin1: str) -> PlaceRecord:
    return PlaceRecord(
        key=unit.code,
        name=name,
        lat=float("nan"),
        lon=float("nan"),
        feature=feature,
        country=COUNTRY,
        admin1=admin1,
        source=NAME,
        alternates=alternates - {name},
    )


def _add_members(places: Places, community: _Community, by_code: dict[int, Unit], admin1: str) -> None:
    """Name the known members officially, and add the others amid them."""
    district = by_code.get(community.unit.parents[-1])
    district_name = f"{adjective(district.name)} Raion" if district else ""
    seat = min(community.members, key=lambda unit: unit.code, default=None)  # so the codifier numbers them
    for unit in community.members:
        anchor = community.anchors.get(unit.code)
        if anchor is not None:
            if unit is seat and anchor.feature == "PPL":
                anchor.feature = COMMUNITY_SEAT
            anchor.admin2 = anchor.admin2 or district_name
            anchor.alternates |= {unit.name, *romanisations(unit.name, "uk")} - {anchor.name}
    if not community.anchors:
        return
    lat, lon, spread = community.middle()
    reach = max(LEAST_KM, SPREAD * spread, OF_ITSELF_KM + OF_MEMBERS_KM * sqrt(len(community.members)))
    for unit in community.members:
        if unit.code not in community.anchors:
            record = _record(
                unit, UKRAINIAN_NATIONAL.write(unit.name), spellings(unit.name), APPROXIMATE, admin1
            )
            record.lat, record.lon, record.admin2 = round(lat, 4), round(lon, 4), district_name
            record.radius_m = 1000 * reach
            places[unit.code] = record


def adjective(name: str) -> str:
    """Return the romanised adjective that a district or community is called by."""
    return UKRAINIAN_NATIONAL.write(name.strip())


def _division_names(unit: Unit, words: tuple[str, str, str]) -> tuple[str, set[str]]:
    """Return the English name of a division and its spellings: "Bucha Raion" for "Бучанський район"."""
    local, english, _ = words
    name = unit.name.strip()
    return f"{adjective(name)} {english}", {f"{name} {local}", f"{russian_form(name)} {words[2]}"}


def _add_districts(
    places: Places, communities: Iterable[_Community], by_code: dict[int, Unit], codes: dict[int, str]
) -> None:
    """Add districts and communities, as areas that hold their known members; districts of the same name are joined."""
    known: dict[tuple[str, str], PlaceRecord] = {}
    for place in places.values():
        if place.country == COUNTRY and place.feature == "ADM2":
            for name in (place.name, *place.alternates):
                known.setdefault((place.admin1, _key(split_kind(name).stem)), place)
    members: dict[int, list[PlaceRecord]] = defaultdict(list)
    for community in communities:
        for record in community.anchors.values():
            members[community.unit.code].append(record)
            for parent in community.unit.parents[1:]:
                members[parent].append(record)
    for code, records in members.items():
        unit = by_code[code]
        admin1 = codes.get(unit.parents[0], "")
        name, names = _division_names(unit, WORDS[unit.category])
        found = known.get((admin1, _key(unit.name))) if unit.category == "P" else None
        if found is None:
            found = places[code] = _record(
                unit, name, names, "ADM2" if unit.category == "P" else "ADM3", admin1
            )
        found.alternates |= names | {name} - {found.name}
        if unit.category == "P":
            found.admin2 = name  # as its members have it
        found.lat = (min(r.lat for r in records) + max(r.lat for r in records)) / 2
        found.lon = (min(r.lon for r in records) + max(r.lon for r in records)) / 2
        reach = max(distance_km(found.lat, found.lon, r.lat, r.lon) for r in records)
        found.radius_m = 1000 * max(LEAST_KM, reach + LEAST_KM / 3)


def _add_city_districts(
    places: Places, units: Iterable[Unit], by_code: dict[int, Unit], communities: dict[int, _Community]
) -> None:
    """Add the districts of cities, each as wide as its city, since where in it is not said."""
    cities: dict[int, PlaceRecord] = {}
    for community in communities.values():
        cities |= community.anchors
    for unit in units:
        city = next((cities[code] for code in reversed(unit.parents) if code in cities), None)
        if city is None and unit.category == "B":
            city = _own_region(places, by_code[unit.parents[0]])
        if unit.category != "B" or city is None:
            continue
        name, names = _division_names(unit, _CITY_DISTRICT)
        record = _record(unit, name, names | {unit.name, adjective(unit.name)}, "PPLX", city.admin1)
        record.lat, record.lon = city.lat, city.lon
        record.radius_m = settlement_radius_m(city.population)
        places[unit.code] = record


def _mark_sections(places: Places, communities: Iterable[_Community], own_regions: Iterable[Unit]) -> None:
    """Mark what lies in a large city and is no unit of the codifier as a section of that city."""
    anchored = [record for community in communities for record in community.anchors.values()]
    cities = [record for record in anchored if record.population >= CITY_POPULATION]
    cities += [city for unit in own_regions if (city := _own_region(places, unit)) is not None]
    known = {record.key for record in (*anchored, *cities)}

    def lies_in_one(place: PlaceRecord) -> bool:
        return any(
            1000 * distance_km(place.lat, place.lon, city.lat, city.lon)
            <= settlement_radius_m(city.population)
            for city in cities
            if place.population < city.population
        )

    for place in places.values():
        unknown = place.country == COUNTRY and place.feature == "PPL" and place.key not in known
        if unknown and lies_in_one(place):
            place.feature = "PPLX"


def _own_region(places: Places, unit: Unit) -> PlaceRecord | None:
    """Return the city that is a region of its own (Kyiv, Sevastopol)."""
    named = [
        place
        for place in places.values()
        if place.country == COUNTRY and place.feature.startswith("PPL") and unit.name in place.alternates
    ]
    return max(named, key=lambda place: place.population, default=None)
