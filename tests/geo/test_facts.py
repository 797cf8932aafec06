"""Names of our own list are what reports mean: no town that bears one now and then, or by chance, is sure instead."""

import pytest

import geo
from geo.facts import is_fact


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Vistula", "Vistula"),
        ("Twin Cities", "Twin Cities"),
        ("Quad Cities", "Quad Cities"),
        ("Kurdistan Region", "Kurdistan Region"),
    ],
)
def test_what_bears_a_name_now_and_then_is_left_out(gazetteer: geo.Gazetteer, text: str, name: str) -> None:
    found = gazetteer.resolve(text)
    assert found.candidates[0].name == name
    assert found.candidates[0].id.startswith("dateline:")


@pytest.mark.parametrize("text", ["Lake Geneva", "Orkney", "Mount Rainier", "Aral Sea"])
def test_a_namesake_is_in_doubt(gazetteer: geo.Gazetteer, text: str) -> None:
    found = gazetteer.resolve(text)
    assert found.status == "ambiguous" or found.candidates[0].id.startswith("dateline:")


@pytest.mark.parametrize(
    ("text", "country", "admin1"),
    [("Lake Geneva, Wisconsin", None, "Wisconsin"), ("Orkney", "South Africa", "North West")],
)
def test_what_is_said_with_it_makes_a_namesake_sure(
    gazetteer: geo.Gazetteer, text: str, country: str | None, admin1: str
) -> None:
    found = gazetteer.resolve(text, country=country)
    assert (found.status, found.candidates[0].admin1) == ("auto", admin1)


def test_a_village_called_after_the_river_beside_it_stays_sure(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("Inhulets", country="Ukraine")
    assert (found.status, found.candidates[0].geo_precision) == ("auto", "settlement")


def test_every_fact_is_found_by_its_name(gazetteer: geo.Gazetteer) -> None:
    for name in ("Vistula", "Lake Geneva", "Kurdistan Region"):
        places = [hit.place for hit in gazetteer._store.hits(name.casefold(), "")]
        assert any(is_fact(place) for place in places), name
