"""The geopy face: whatever takes a geopy geocoder takes this one."""

import pytest
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

import geo
from geo.errors import PlaceTextError


def test_it_is_a_geopy_geocoder(gazetteer: geo.Gazetteer) -> None:
    assert isinstance(gazetteer, Geocoder)


def test_geocode_gives_one_location_a_list_or_none(gazetteer: geo.Gazetteer) -> None:
    one = gazetteer.geocode("Bakhmut")
    assert isinstance(one, Location)
    assert one.address == "Bakhmut, Donetsk Oblast, UA"
    assert (round(one.latitude, 1), round(one.longitude, 1)) == (48.6, 38.0)
    assert one.raw["id"] == "geonames:713174"
    assert one.raw["geo_precision"] == "settlement"
    several = gazetteer.geocode("London", exactly_one=False, limit=4)
    assert isinstance(several, list)
    assert [type(location) for location in several] == [Location] * 4
    assert gazetteer.geocode("qqqzzzxxx") is None
    assert gazetteer.geocode("qqqzzzxxx", exactly_one=False) is None
    assert gazetteer.geocode("") is None


def test_geocode_takes_country_and_containing_names(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.geocode("Bilohorivka", within=["Luhansk Oblast"], country="UA", timeout=5)
    assert isinstance(found, Location)
    assert found.raw["id"] == "geonames:712588"


@pytest.mark.parametrize("point", [(48.35, 37.55), "48.35, 37.55", Point(48.35, 37.55)])
def test_reverse_names_the_nearest_settlement(gazetteer: geo.Gazetteer, point: object) -> None:
    found = gazetteer.reverse(point)
    assert isinstance(found, Location)
    assert found.raw["id"] == "geonames:691877"
    several = gazetteer.reverse(point, exactly_one=False, limit=3)
    assert isinstance(several, list)
    assert several[0] == found
    assert len(several) == 3


@pytest.mark.parametrize("point", [(51.9, -179.9), (51.9, 179.9), (0.5, -150.0), (89.9, 0.0), (-89.9, 0.0)])
def test_reverse_answers_anywhere(gazetteer: geo.Gazetteer, point: tuple[float, float]) -> None:
    assert isinstance(gazetteer.reverse(point), Location)


@pytest.mark.parametrize("point", ["nonsense", (0, 0)])
def test_reverse_refuses_what_is_no_position(gazetteer: geo.Gazetteer, point: object) -> None:
    with pytest.raises((ValueError, PlaceTextError)):
        gazetteer.reverse(point)


def test_a_rate_limiter_wraps_it(gazetteer: geo.Gazetteer) -> None:
    limited = RateLimiter(gazetteer.geocode, min_delay_seconds=0.01)
    assert [limited(name).raw["name"] for name in ("Bakhmut", "Kyiv")] == ["Bakhmut", "Kyiv"]


def test_there_and_back_again(gazetteer: geo.Gazetteer) -> None:
    for name in ("Bakhmut", "Soledar", "Kramatorsk"):
        there = gazetteer.geocode(name, country="UA")
        assert isinstance(there, Location)
        back = gazetteer.reverse(there.point)
        assert isinstance(back, Location)
        assert back.raw["id"] == there.raw["id"]
