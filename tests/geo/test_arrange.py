"""Which name of a string is asked for, in whatever order it is written."""

import pytest

import geo
from geo.normalize import skeleton


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("Kyiv, Borodyanka", ["Borodianka"]),
        ("Borodyanka, Kyiv", ["Borodianka"]),
        ("Kharkiv Oblast, Kupiansk", ["Kupiansk"]),
        ("Makeevka, Makiivka", ["Makiyivka"]),
        ("Bucha, Irpin, Hostomel", ["Bucha", "Hostomel", "Irpin"]),
        ("Severodonetsk/Lysychansk", ["Lysychansk", "Siverskodonetsk"]),
        ("Chornobaivka and Komyshany", ["Chornobaivka", "Komyshany"]),
    ],
)
def test_the_places_meant_are_told_from_those_that_only_say_where(
    gazetteer: geo.Gazetteer, place: str, expected: list[str]
) -> None:
    found = gazetteer.resolve(place, country="Ukraine")
    names = sorted(toponym.candidates[0].name for toponym in found.toponyms)
    assert [skeleton(name)[:5] for name in names] == [skeleton(name)[:5] for name in expected]


@pytest.mark.parametrize(
    ("place", "within", "kind"),
    [
        ("Izium raion", ["Kharkiv Oblast"], "adm2"),
        ("Volnovakhs'kyi raion", ["Donets'ka oblast"], "adm2"),
        ("Brovars'kyi", ["Kyiv Oblast"], "adm2"),
        ("Kyivs'ka oblast", [], "adm1"),
        ("Khakirv oblast", [], "adm1"),
    ],
)
def test_a_string_that_names_only_an_area_is_that_area(
    gazetteer: geo.Gazetteer, place: str, within: list[str], kind: str
) -> None:
    best = gazetteer.resolve(place, within=within, country="Ukraine").candidates[0]
    assert best.geo_precision == kind


def test_a_district_nobody_lists_is_the_land_around_its_town(gazetteer: geo.Gazetteer) -> None:
    best = gazetteer.resolve("Oboyansky District", within=["Kursk"], country="Russia").candidates[0]
    assert (best.name, best.geo_precision, best.radius_m) == ("Oboyan’", "adm2", 30_000)
    assert "stands in" in best.reasons[0]


def test_a_village_nobody_lists_is_held_by_its_district_and_never_sure(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("Qwertovka", within=["Shebekinsky", "Belgorod Oblast"], country="Russia")
    assert found.status != "auto"
    assert "holds it" in found.candidates[0].reasons[0]


def test_a_misspelt_town_named_like_its_region_is_the_town(gazetteer: geo.Gazetteer) -> None:
    best = gazetteer.resolve("Belogorod", within=["Belgorod"], country="Russia").candidates[0]
    assert (best.name, best.geo_precision) == ("Belgorod", "settlement")


def test_two_villages_beside_one_another_are_both_meant(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("Staromaiorske; Urozhaine", country="UA")
    assert [toponym.text for toponym in found.toponyms] == ["Staromaiorske", "Urozhaine"]


@pytest.mark.parametrize("place", ["Lyman / Krasnyi Lyman", "Pivdenne (Yuzhne)", "Novomoskovsk / Samar"])
def test_a_place_with_both_its_names_is_the_one_that_bears_both(gazetteer: geo.Gazetteer, place: str) -> None:
    found = gazetteer.resolve(place, country="UA")
    assert found.status == "auto"
    assert len(found.toponyms) == 1
