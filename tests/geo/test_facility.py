import pytest

import geo
from geo.facility import town_in_name


@pytest.mark.parametrize(
    ("place", "within", "town"),
    [
        ("Millerovo Airbase", ["Rostov Oblast"], "Millerovo"),
        ("Ulitsa Zaslonova, Velikiye Luki", [], "Velikiye Luki"),
        ("near the Myr Hotel in Severodonetsk", ["Luhansk Oblast"], "Sievierodonetsk"),
        ("Zadneprovskiy Rayon", ["Smolensk", "Smolensk"], "Smolensk"),
    ],
)
def test_a_facility_is_placed_near_the_town_named_with_it(
    gazetteer: geo.Gazetteer, place: str, within: list[str], town: str
) -> None:
    found = gazetteer.resolve(place, within=within)
    assert found.geo_precision == "near"
    assert gazetteer.geocode(town).raw["id"] == found.candidates[0].id  # type: ignore[union-attr]
    assert "stands in" in found.candidates[0].reasons[0]


def test_a_village_that_is_not_listed_has_no_stand_in(gazetteer: geo.Gazetteer) -> None:
    assert town_in_name("Dovlyady") is None
    assert (
        gazetteer.resolve("Qwertyzhne", within=["Bakhmut", "Donetsk Oblast"], country="UA").status
        == "unresolved"
    )


@pytest.mark.parametrize(
    ("place", "town"),
    [
        ("Kramatorsk train station", "Kramatorsk"),
        ("Kreminna forest", "Kreminna"),
        ("Avdiivka coke plant, Donetsk Oblast", "Avdiyivka"),
        ("Bucha mass grave, Kyiv Oblast", "Bucha"),
    ],
)
def test_the_town_that_a_facility_is_called_after_stands_in(
    gazetteer: geo.Gazetteer, place: str, town: str
) -> None:
    found = gazetteer.resolve(place, country="UA")
    assert (found.geo_precision, found.candidates[0].name) == ("near", town)


def test_a_part_of_a_town_in_brackets_takes_nothing_from_the_town(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("Sievierodonetsk (Azot plant)", country="UA")
    assert found.status == "auto"
    assert any("Azot plant" in reason for reason in found.reasons)


def test_a_facility_is_not_called_after_a_town_that_has_only_its_first_letters(
    gazetteer: geo.Gazetteer,
) -> None:
    assert gazetteer.resolve("Abu Shouk camp", country="Sudan").status == "unresolved"
    assert gazetteer.resolve("Radisson hotel", country="Mali").status == "unresolved"
