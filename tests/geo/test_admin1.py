from pathlib import Path

import geo
from geo.admin1 import CITY_DIVISION, link, mark_cities, name_in_english
from geo.sources.dump import read_admin1_codes
from geo.sources.record import PlaceRecord
from tests.geo.conftest import place


def country() -> dict[int, PlaceRecord]:
    records = [
        place(1, "Kyiv", 50.45, 30.52, admin1="12", population=2_900_000),
        place(2, "Bila Tserkva", 49.80, 30.12, admin1="13", population=200_000),
        place(3, "Irpin", 50.52, 30.25, admin1="13", population=60_000),
        place(4, "Donetsk", 48.0, 37.8, admin1="05", population=900_000),
        place(11, "Kyivska Oblast", 50.24, 30.23, feature="ADM1", alternates={"Kyiv Oblast"}),
        place(12, "Misto Kyiv", 50.44, 30.55, feature="ADM1", alternates={"Kyiv"}),
        place(
            13,
            "Donetska Oblast",
            48.0,
            37.67,
            feature="ADM1",
            alternates={"Donetsk Oblast", "Stalino Oblast"},
        ),
    ]
    return {record.key: record for record in records}


def test_codes_and_divisions_are_joined_one_to_one() -> None:
    places = country()
    link(places, {})
    assert [places[key].admin1 for key in (11, 12, 13)] == ["13", "12", "05"]


def test_geonames_own_table_decides_when_it_is_there() -> None:
    places = country()
    link(places, {("UA", "05"): ("Donetsk", 13), ("UA", "13"): ("Kyiv", 99)})
    assert places[13].admin1 == "05"
    assert (places[99].feature, places[99].admin1) == ("ADM1", "13")


def test_divisions_are_called_what_reports_call_them() -> None:
    places = country()
    link(places, {})
    name_in_english(places)
    assert places[13].name == "Donetsk Oblast"
    assert "Donetska Oblast" in places[13].alternates


def test_a_city_inside_a_region_of_its_name_is_marked() -> None:
    places = country()
    name_in_english(places)
    mark_cities(places)
    assert places[12].feature == CITY_DIVISION
    assert places[11].feature == "ADM1"


def test_a_city_is_never_called_by_its_region() -> None:
    places = country()
    name_in_english(places)
    places[12].alternates |= {"Kiev Oblast", "Київська область"}
    mark_cities(places)
    assert {"Kiev Oblast", "Київська область"}.isdisjoint(places[12].alternates)


def test_every_ukrainian_and_belarusian_code_is_joined_rightly_offline(
    gazetteer: geo.Gazetteer, shared: Path
) -> None:
    exact = read_admin1_codes(shared / "gazetteer" / "admin1CodesASCII.txt")
    joined = gazetteer._store._admin1
    for (country_code, code), (_, key) in exact.items():
        if country_code in ("UA", "BY"):
            assert joined[country_code, code][0] == key


def test_most_codes_of_the_world_are_joined_rightly_offline(gazetteer: geo.Gazetteer, shared: Path) -> None:
    exact = read_admin1_codes(shared / "gazetteer" / "admin1CodesASCII.txt")
    joined = gazetteer._store._admin1
    both = [key for key in joined if key in exact]
    assert sum(joined[key][0] == exact[key][1] for key in both) / len(both) > 0.98


def test_installing_the_table_makes_the_world_exact(gazetteer_ua: geo.Gazetteer, shared: Path) -> None:
    exact = read_admin1_codes(shared / "gazetteer" / "admin1CodesASCII.txt")
    joined = gazetteer_ua._store._admin1
    both = [key for key in joined if key in exact]
    assert len(both) > 3_500
    assert all(joined[key][0] == exact[key][1] for key in both)
