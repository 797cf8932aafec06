from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import geo
from geo.build import write
from geo.sources.record import PlaceRecord
from geo.store import MOST_HOMONYMS, MOST_LOOKED_AT, Store


@pytest.mark.parametrize(
    "bbox",
    [
        (-180.0, -85.0, 180.0, 85.0),
        (22.0, 44.0, 40.0, 52.0),
        (36.0, 47.0, 39.0, 49.0),
        (37.9, 48.5, 38.1, 48.7),
        (170.0, -60.0, -170.0, 70.0),
    ],
)
def test_towns_in_view_come_largest_first(gazetteer: geo.Gazetteer, bbox: tuple[float, ...]) -> None:
    west, south, east, north = bbox
    towns = gazetteer.towns((west, south, east, north), 60)
    assert 0 < len(towns) <= 60
    people = [town.population for town in towns]
    assert people == sorted(people, reverse=True)
    for town in towns:
        assert south - 0.01 <= town.lat <= north + 0.01
        assert (
            west - 0.01 <= town.lon <= east + 0.01 if west <= east else town.lon >= west or town.lon <= east
        )


def test_the_largest_towns_in_view_are_the_known_ones(gazetteer: geo.Gazetteer) -> None:
    names = [town.name for town in gazetteer.towns((22.0, 44.0, 40.0, 52.0), 12)]
    assert {"Kyiv", "Kharkiv", "Bucharest", "Dnipro"} <= set(names)


def test_an_empty_view_has_no_towns(gazetteer: geo.Gazetteer) -> None:
    assert gazetteer.towns((-140.0, -50.0, -139.0, -49.0), 10) == []


def test_a_place_is_found_by_its_id(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.place("geonames:712589")
    assert found is not None
    assert (found.name, found.admin1, found.country) == ("Bilohorivka", "Donetsk Oblast", "UA")
    assert gazetteer.place("geonames:1") is None
    assert gazetteer.place("nonsense") is None


def test_many_threads_share_one_gazetteer(gazetteer: geo.Gazetteer) -> None:
    phrases = [
        "Bakhmut",
        "Bilohorivka, Luhansk Oblast",
        "between Kreminna and Lyman",
        "Тарасівка",
        "Kyiv region",
    ] * 20
    alone = [gazetteer.resolve(phrase).to_dict() for phrase in phrases[:5]] * 20
    with ThreadPoolExecutor(16) as pool:
        together = list(pool.map(lambda phrase: gazetteer.resolve(phrase).to_dict(), phrases))
        views = list(pool.map(lambda _: len(gazetteer.towns((22.0, 44.0, 40.0, 52.0), 30)), range(64)))
    assert together == alone
    assert set(views) == {30}


def test_a_name_of_very_many_places_is_answered_without_looking_at_them_all(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.sqlite"
    many = [
        PlaceRecord(key, "Same", 40.0 + key % 97 / 10, 20.0 + key % 89 / 10, "PPL", "UA", "01", source="test")
        for key in range(1, MOST_LOOKED_AT + 5_000)
    ]
    write(path, many, [], "many")
    assert len(Store(path).hits("same", "UA")) == MOST_HOMONYMS
    found = geo.open_gazetteer(path).resolve("Same", country="UA", limit=10)
    assert found.status != "auto"
    assert len(found.candidates) == 10


def test_names_looked_up_together_are_answered_as_one_by_one(gazetteer: geo.Gazetteer) -> None:
    names = ["kyiv", "paris", "springfield", "san antonio", "no such name at all", "київ"]
    together, singly = Store(gazetteer.path), Store(gazetteer.path)
    together.look_ahead(names)

    assert all((name, "") in together.kept for name in names)
    assert [together.hits(name) for name in names] == [singly.hits(name) for name in names]
