import csv
from importlib.resources import files

import pytest

import geo
from geo.model import FIPS_KEYS
from geo.normalize import fold
from geo.precision import precision_of
from geo.sources import own, us
from geo.sources.record import Places
from tests.geo.conftest import place


def hits(gazetteer: geo.Gazetteer, name: str) -> list[tuple[str, str]]:
    return [(hit.place.name, hit.place.country) for hit in gazetteer._store.hits(fold(name), "")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ukrainian", ("Ukraine", "UA")),
        ("Texan", ("Texas", "US")),
        ("Calif.", ("California", "US")),
        ("N.C.", ("North Carolina", "US")),
        ("Ont.", ("Ontario", "CA")),
        ("NSW", ("New South Wales", "AU")),
        ("Black Sea", ("Black Sea", "")),
        ("Zmiinyi Island", ("Snake Island", "UA")),
        ("ЗАЕС", ("Zaporizhzhia Nuclear Power Plant", "UA")),
        ("Southeast Asia", ("Southeast Asia", "")),
        ("Donetsk People's Republic", ("Donetsk Oblast", "UA")),
        ("Artemivsk", ("Bakhmut", "UA")),
        ("Severodonetsk", ("Siverskodonetsk", "UA")),
        ("Krasnohrad", ("Berestyn", "UA")),
        ("Pervomaiskyi", ("Zlatopil", "UA")),
        ("Chervonohrad", ("Sheptytskyi", "UA")),
        ("Druzhba", ("Khutir-Mykhaylivskyi", "UA")),
        ("Metcalfe County", ("Metcalfe County", "US")),
    ],
)
def test_names_that_newsrooms_use_are_known(
    gazetteer: geo.Gazetteer, name: str, expected: tuple[str, str]
) -> None:
    assert expected in hits(gazetteer, name)


def test_every_name_of_the_list_finds_its_place(gazetteer: geo.Gazetteer) -> None:
    rows = csv.DictReader((files("geo") / "more_names.csv").read_text(encoding="utf-8").splitlines())
    for row in rows:
        country = "" if row["place"].startswith("@") else row["place"][:2]
        for name in row["names"].split("|"):
            found = gazetteer._store.hits(fold(name), country)
            assert any(hit.place.country == country for hit in found), (row["place"], name)


def test_places_of_our_own_are_areas_with_an_honest_radius() -> None:
    records = list(own.read())
    assert len({record.key for record in records}) == len(records) > 100
    for record in records:
        assert record.radius_m >= 1_000, record.name
        assert precision_of(record.feature) in ("feature", "settlement"), record.name
        assert -90 <= record.lat <= 90
        assert -180 <= record.lon <= 180


def test_no_place_of_our_own_is_listed_twice() -> None:
    names = [record.name for record in own.read()]
    assert sorted(names) == sorted(set(names))


ZIP = {"zip_code_type": "STANDARD", "country": "US", "state": "KY", "county": "Metcalfe County"}
ROWS = [
    {**ZIP, "zip_code": "42129", "city": "Edmonton", "lat": "37.0008", "long": "-85.6095"},
    {**ZIP, "zip_code": "42154", "city": "Knob Lick", "lat": "37.0556", "long": "-85.6985"},
    {**ZIP, "zip_code": "09001", "city": "APO", "lat": "", "long": "", "zip_code_type": "MILITARY"},
]


def test_a_county_lies_where_its_post_offices_are() -> None:
    places: Places = {9: place(9, "Edmonton", 37.0, -85.6, country="US", admin1="KY")}
    us.add(places, ROWS)
    county = places[FIPS_KEYS + 21169]
    assert (county.name, county.feature, county.admin1) == ("Metcalfe County", "ADM2", "KY")
    assert (round(county.lat, 1), round(county.lon, 1)) == (37.0, -85.7)
    assert county.radius_m == 10_000
    assert "Metcalfe Co." in county.alternates
    assert [record.name for record in places.values()] == ["Edmonton", "Metcalfe County", "Knob Lick"]


def test_small_facts_of_our_own_lie_beside_towns_and_none_is_a_bare_pin(gazetteer: geo.Gazetteer) -> None:
    at_sea = {
        "Snake Island",
        "Liancourt Rocks",
    }  # and towns of the Chornobyl zone are in no default gazetteer
    for record in own.read():
        assert record.radius_m >= 1_000, record.name
        if record.radius_m <= 4_000 and record.name not in at_sea:
            away = gazetteer.reverse((record.lat, record.lon)).raw["distance_m"]
            assert away <= 20_000, record.name
