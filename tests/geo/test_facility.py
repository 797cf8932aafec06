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
