"""Names in one list: "Georgia, Alabama and Florida" are states, "Paris, London and Berlin" do not hold one another."""

import pytest

import geo
from geo.documents import Document


def places(gazetteer: geo.Gazetteer, text: str) -> list[tuple[str, str | None, str]]:
    answers = gazetteer.parse_document(Document(text, ()))
    return [(a.candidates[0].name, a.candidates[0].country, a.candidates[0].geo_precision) for a in answers]


@pytest.mark.parametrize(
    ("text", "names", "country"),
    [
        ("Officials in Georgia, Alabama and Florida sent crews.", ["Georgia", "Alabama", "Florida"], "US"),
        ("Fires in Washington, Oregon and Idaho spread.", ["Washington", "Oregon", "Idaho"], "US"),
    ],
)
def test_states_in_one_list_are_states(
    gazetteer: geo.Gazetteer, text: str, names: list[str], country: str
) -> None:
    assert places(gazetteer, text) == [(name, country, "adm1") for name in names]


def test_countries_in_one_list_are_countries(gazetteer: geo.Gazetteer) -> None:
    found = places(gazetteer, "Georgia, Armenia and Azerbaijan agreed.")
    assert found == [
        ("Georgia", "GE", "country"),
        ("Armenia", "AM", "country"),
        ("Azerbaijan", "AZ", "country"),
    ]


def test_towns_in_one_list_do_not_hold_one_another(gazetteer: geo.Gazetteer) -> None:
    found = places(gazetteer, "He met people in Paris, London and Berlin.")
    assert [country for _, country, _ in found] == ["FR", "GB", "DE"]


def test_a_state_in_a_list_still_holds_its_town(gazetteer: geo.Gazetteer) -> None:
    found = places(gazetteer, "He lives in Paris, Texas and London.")
    assert found[0] == ("Paris", "US", "settlement")
