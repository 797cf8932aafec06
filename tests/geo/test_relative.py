"""Relative places: geometry and radius computed, never a bare pin."""

import pytest
from geopy.distance import geodesic

import geo


@pytest.mark.parametrize(
    ("place", "relation"),
    [
        ("on the border between Kharkiv and Luhansk regions", "between"),
        ("Ukraine-Belarus border", "between"),
        ("near the border with Belarus, Chernihiv Oblast", "between"),
        ("10 km from the Russian border, Sumy Oblast", "between"),
        ("Bakhmut-Lysychansk road", "between"),
        ("halfway between Melitopol and Tokmak", "between"),
        ("road between Bakhmut and Lysychansk", "between"),
        ("on the road to Lysychansk", "toward"),
        ("in the direction of Lysychansk", "toward"),
        ("the Kupiansk direction", "toward"),
        ("along the Siverskyi Donets", "within"),
        ("left bank of the Dnipro", "within"),
        ("on the Dnipro", "within"),
        ("along the Oskil near Kupiansk", "near"),
        ("a field near Lysychansk", "near"),
        ("E40 highway near Kupiansk", "near"),
        ("20-25 km south-west of Kherson", "near"),
        ("5 km from Kherson", "near"),
        ("outskirts of Soledar", "near"),
    ],
)
def test_a_relative_place_is_an_area_with_a_radius(
    gazetteer: geo.Gazetteer, place: str, relation: str
) -> None:
    found = gazetteer.resolve(place, country="Ukraine")
    assert (found.status, found.relation) == ("auto", relation)
    assert found.geo_precision in ("near", "feature")
    assert found.area is not None
    assert found.area["type"] == "Polygon"
    assert found.radius_m is not None
    assert found.radius_m >= 2_000


def test_a_border_lies_where_the_two_meet(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("on the border between Kharkiv and Luhansk regions", country="Ukraine")
    east, west = gazetteer.resolve("Luhansk Oblast"), gazetteer.resolve("Kharkiv Oblast")
    assert west.lon is not None
    assert east.lon is not None
    assert found.lon is not None
    assert west.lon < found.lon < east.lon
    assert (found.radius_m or 0) < 120_000


def test_a_border_with_one_side_named_has_the_containing_place_as_the_other(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("near the border with Belarus", within=["Chernihiv Oblast"], country="Ukraine")
    assert {toponym.candidates[0].name for toponym in found.toponyms} == {"Belarus", "Chernihiv Oblast"}
    assert geodesic((found.lat, found.lon), (51.9, 31.3)).km < 80


def test_what_is_near_a_river_is_not_the_town_of_the_rivers_name(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("on the Dnipro near Kherson", country="Ukraine")
    assert found.candidates[0].name == "Kherson"
    assert gazetteer.resolve("Dnipro", country="Ukraine").candidates[0].geo_precision == "settlement"


def test_an_offset_over_the_antimeridian_stays_on_the_globe(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("300 km east of Suva", country="Fiji")
    assert found.lon is not None
    assert -180 <= found.lon <= 180
    assert found.area is not None
    longitudes = [point[0] for point in found.area["coordinates"][0]]
    assert max(longitudes) - min(longitudes) < 10


def test_the_border_of_a_region_with_its_own_country_is_the_edge_of_the_region(
    gazetteer: geo.Gazetteer,
) -> None:
    found = gazetteer.resolve("Belgorod region border", country="Russia")
    assert (found.candidates[0].name, found.geo_precision) == ("Belgorod Oblast", "adm1")
