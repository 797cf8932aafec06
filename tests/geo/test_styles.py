"""The styles in which tables write one place: all are read as the same town in its region."""

import pytest

import geo


@pytest.mark.parametrize(
    "place",
    [
        "Korostyshiv Zhytomyr region",
        "Korostyshiv Zhytomyr Oblast Ukraine",
        "12 Soborna St, Korostyshiv, Zhytomyr Oblast",
        "vul. Soborna 5, Korostyshiv, Zhytomyr Oblast",
        "s. Korostyshiv, Zhytomyr Oblast",
        "smt. Korostyshiv, Zhytomyr Oblast",
        "urban-type settlement Korostyshiv, Zhytomyr Oblast",
        "Korostyshiv urban-type settlement, Zhytomyr Oblast",
        "Житомирська область, м. Коростишів, вул. Соборна, 12",
        "Житомирська область, Житомирський район, Коростишівська громада, місто Коростишів",
    ],
)
def test_a_town_is_the_same_in_every_style(gazetteer: geo.Gazetteer, place: str) -> None:
    best = gazetteer.resolve(place, country="Ukraine").candidates[0]
    assert (best.name, best.admin1, best.geo_precision) == (
        "Korostyshiv",
        "Zhytomyr Oblast",
        "settlement",
    )


@pytest.mark.parametrize(
    ("place", "name", "precision"),
    [
        ("Donetsk oblast, Makiivka", "Makiyivka", "settlement"),
        ("Mykolaiv oblast, Mykolaiv", "Mykolayiv", "settlement"),
        ("Kharkiv Oblast, Ukraine", "Kharkiv Oblast", "adm1"),
    ],
)
def test_a_region_named_first_holds_what_stands_behind_it(
    gazetteer: geo.Gazetteer, place: str, name: str, precision: str
) -> None:
    found = gazetteer.resolve(place, country="Ukraine")
    assert (found.status, found.candidates[0].name, found.geo_precision) == ("auto", name, precision)


def test_a_region_named_first_holds_the_district_behind_it(gazetteer: geo.Gazetteer) -> None:
    best = gazetteer.resolve("Kharkiv Oblast, Izium Raion", country="Ukraine").candidates[0]
    assert (best.name, best.geo_precision) == ("Iziumskyi Raion", "adm2")


def test_an_abbreviated_saint_is_no_street(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("St Petersburg, Russia")
    assert found.candidates[0].name == "Saint Petersburg"
