from pathlib import Path

import pytest

import geo
from geo.communities import COMMUNITY_SEAT, place_units, spellings
from geo.errors import SourceError
from geo.model import CODIFIER_KEYS
from geo.precision import APPROXIMATE
from geo.rank import SURELY_PLACED_M
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


def test_a_village_of_a_community_of_many_villages_may_lie_farther_from_its_middle(places: Places) -> None:
    more = [
        Unit(CODIFIER_KEYS + 100 + number, f"Село-{number}", "C", (REGION, DISTRICT, COMMUNITY))
        for number in range(60)
    ]
    place_units(places, [*UNITS, *more])
    assert places[CODIFIER_KEYS + 6].radius_m > 25_000


def test_the_seat_of_a_community_is_the_member_with_its_lowest_number(places: Places) -> None:
    place_units(places, UNITS)
    assert [places[key].feature for key in (1, 3)] == [COMMUNITY_SEAT, "PPL"]


def test_what_lies_in_a_city_and_is_no_unit_of_its_own_is_a_section_of_the_city(places: Places) -> None:
    places[1].population = 300_000
    places[7] = place(7, "Livyi Bereh", 48.01, 37.01, admin1="05", population=100_000)
    places[8] = place(8, "Livyi Bereh", 48.3, 37.3, admin1="05", population=1_000)
    place_units(places, UNITS)
    assert [places[key].feature for key in (1, 3, 7, 8)] == [COMMUNITY_SEAT, "PPL", "PPLX", "PPL"]


def test_villages_of_kyiv_oblast_have_their_district_with_the_dump_too(gazetteer_ua: geo.Gazetteer) -> None:
    found = gazetteer_ua.resolve("Andriivka, Bucha Raion, Kyiv Oblast, Ukraine")
    best = found.candidates[0]
    assert (found.status, best.admin1, best.admin2) == ("auto", "Kyiv Oblast", "Buchanskyi Raion")
    assert best.geo_precision == "settlement"


def test_a_village_placed_amid_too_wide_a_community_is_never_sure(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("Hroza, Dnipropetrovsk Oblast", country="UA")
    best = found.candidates[0]
    assert (found.status, best.name, best.geo_precision) == ("ambiguous", "Hroza", "near")
    assert best.probability > 0.9
    assert best.radius_m > SURELY_PLACED_M


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
