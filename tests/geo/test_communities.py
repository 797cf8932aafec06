from pathlib import Path

import pytest

import geo
from geo.communities import place_units, spellings
from geo.errors import SourceError
from geo.model import CODIFIER_KEYS
from geo.precision import APPROXIMATE
from geo.sources import codifier
from geo.sources.codifier import Unit
from geo.sources.record import Places
from tests.geo.conftest import place

REGION, DISTRICT, COMMUNITY = (CODIFIER_KEYS + number for number in (1, 2, 3))
UNITS = [
    Unit(REGION, "Донецька", "O", ()),
    Unit(DISTRICT, "Новський", "P", (REGION,)),
    Unit(COMMUNITY, "Новська", "H", (REGION, DISTRICT)),
    Unit(CODIFIER_KEYS + 4, "Нова", "M", (REGION, DISTRICT, COMMUNITY)),
    Unit(CODIFIER_KEYS + 5, "Стара", "C", (REGION, DISTRICT, COMMUNITY)),
    Unit(CODIFIER_KEYS + 6, "Тарасівка", "C", (REGION, DISTRICT, COMMUNITY)),
    Unit(CODIFIER_KEYS + 7, "Східний", "B", (REGION, DISTRICT, COMMUNITY, CODIFIER_KEYS + 4)),
]


@pytest.fixture
def places() -> Places:
    records = [
        place(1, "Nova", 48.0, 37.0, admin1="05", population=12_000, alternates={"Нова"}),
        place(3, "Stara", 48.1, 37.1, admin1="05"),
        place(4, "Donetsk Oblast", 48.0, 37.5, admin1="05", feature="ADM1", alternates={"Донецька область"}),
        place(6, "Tarasivka", 50.0, 30.0, admin1="13"),
    ]
    return {record.key: record for record in records}


def test_a_village_that_no_source_places_is_put_amid_its_community(places: Places) -> None:
    place_units(places, UNITS)
    village = places[CODIFIER_KEYS + 6]
    assert (village.name, village.feature, village.admin1) == ("Tarasivka", APPROXIMATE, "05")
    assert (round(village.lat, 2), round(village.lon, 2)) == (48.05, 37.05)
    assert village.radius_m >= 15_000
    assert {"Тарасівка", "Тарасовка", "Tarasovka"} <= village.alternates


def test_a_village_that_is_known_stays_where_it_is_and_learns_its_district(places: Places) -> None:
    place_units(places, UNITS)
    assert (places[1].lat, places[1].lon, places[1].admin2) == (48.0, 37.0, "Novskyi Raion")
    assert CODIFIER_KEYS + 4 not in places


def test_districts_communities_and_city_districts_become_areas(places: Places) -> None:
    place_units(places, UNITS)
    assert (places[DISTRICT].name, places[DISTRICT].feature) == ("Novskyi Raion", "ADM2")
    assert (places[COMMUNITY].name, places[COMMUNITY].feature) == ("Novska Hromada", "ADM3")
    assert (places[CODIFIER_KEYS + 7].name, places[CODIFIER_KEYS + 7].lat) == ("Skhidnyi District", 48.0)


def test_spellings_hold_both_languages() -> None:
    assert {"Тарасівка", "Tarasivka", "Тарасовка", "Tarasovka"} <= spellings("Тарасівка")


def test_the_codifier_lists_every_level_of_ukraine() -> None:
    units = codifier.read()
    assert len(units) > 30_000
    assert {unit.category for unit in units} == set("OKPHMXCB")
    by_code = {unit.code: unit for unit in units}
    bakhmut = next(unit for unit in units if unit.name == "Бахмут")
    assert [by_code[code].name.strip() for code in bakhmut.parents] == [
        "Донецька",
        "Бахмутський",
        "Бахмутська",
    ]


def test_a_workbook_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "kodifikator.xlsx"
    path.write_bytes(b"not a workbook")
    with pytest.raises(SourceError, match="cannot be read"):
        codifier.read(path)


def test_a_village_of_the_codifier_is_found_and_drawn_as_an_area(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("Zdvyzhivka", within=["Kyiv Oblast"], country="UA")
    best = found.candidates[0]
    assert (best.name, best.geo_precision, best.admin1) == ("Zdvyzhivka", "near", "Kyiv Oblast")
    assert best.id.startswith("katottg:UA")
    assert any("community" in reason for reason in best.reasons)
    assert found.geo_precision == "near"
    assert found.area is not None
    again = gazetteer.place(best.id)
    assert again is not None
    assert again.name == "Zdvyzhivka"
