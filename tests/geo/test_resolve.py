"""The answers themselves: ranked candidates, honest status, position by relation."""

import pytest
from geopy.distance import geodesic

import geo
import geo.documents

PHRASE = "near the villages of Tarasivka and Bilohorivka in Donetsk Oblast"
DONETSK_TARASIVKAS = {"geonames:691877", "geonames:9529726"}


@pytest.fixture(scope="module", params=["default", "installed"])
def both(request: pytest.FixtureRequest) -> geo.Gazetteer:
    """The default gazetteer, and the one with dumps."""
    return request.getfixturevalue("gazetteer" if request.param == "default" else "gazetteer_ua")


def ids(resolution: geo.Resolution) -> list[str]:
    return [candidate.id for candidate in resolution.candidates]


def test_two_villages_of_one_name_in_one_region_stay_in_doubt(both: geo.Gazetteer) -> None:
    found = both.resolve("Tarasivka", within=["Donetsk Oblast"], country="UA")
    assert found.status == "ambiguous"
    assert set(ids(found)[:2]) == DONETSK_TARASIVKAS
    assert found.geo_precision == "near"
    for candidate in found.candidates[:2]:
        away = geodesic((found.lat, found.lon), (candidate.lat, candidate.lon)).meters
        assert found.radius_m is not None
        assert away + candidate.radius_m <= found.radius_m * 1.01


def test_a_place_beside_the_named_region_stays_a_candidate(both: geo.Gazetteer) -> None:
    found = both.resolve("Bilohorivka", within=["Donetsk Oblast"])
    assert ids(found)[0] == "geonames:712589"
    assert "geonames:712588" in ids(found)[1:3]
    assert found.status == "ambiguous"
    assert any("beside Donetsk Oblast" in reason for reason in found.candidates[1].reasons)


def test_a_name_with_its_region_is_sure(both: geo.Gazetteer) -> None:
    found = both.resolve("Bilohorivka, Luhansk Oblast")
    assert (found.status, ids(found)[0]) == ("auto", "geonames:712588")
    assert (found.geo_precision, found.area) == ("settlement", None)
    assert found.lat == pytest.approx(48.925, abs=0.01)
    assert any("in Luhansk Oblast" in reason for reason in found.candidates[0].reasons)


def test_the_seed_phrase_is_two_places_nearby_in_doubt(both: geo.Gazetteer) -> None:
    found = both.resolve(PHRASE)
    assert (found.status, found.relation) == ("ambiguous", "near")
    assert [toponym.text for toponym in found.toponyms] == ["Tarasivka", "Bilohorivka"]
    assert {c.toponym for c in found.candidates} == {"Tarasivka", "Bilohorivka"}
    assert DONETSK_TARASIVKAS | {"geonames:712589", "geonames:712588"} <= set(ids(found))
    assert found.area is not None
    for toponym in found.toponyms:
        assert PHRASE[toponym.start : toponym.end] == toponym.text


def test_a_bare_name_with_many_homonyms_is_never_a_confident_pin(both: geo.Gazetteer) -> None:
    for name in ("Tarasivka", "Bilohorivka", "Белогоровка", "Springfield", "Novoselivka"):
        assert both.resolve(name).status != "auto", name


@pytest.mark.parametrize(
    "name", ["Bilohorivka", "Білогорівка", "Белогоровка", "Belogorovka", "BILOHORIVKA", "Bilohorivka\n"]
)
def test_one_place_is_found_in_any_script_and_spelling(gazetteer: geo.Gazetteer, name: str) -> None:
    found = gazetteer.resolve(name, within=["Luhansk Oblast"], country="UA")
    assert ids(found)[0] == "geonames:712588"


@pytest.mark.parametrize(
    ("place", "within", "country", "expected"),
    [
        ("Kupyansk (Kharkiv region)", [], None, "Kupyansk"),
        ("Soledar, near Bakhmut", [], None, "Soledar"),
        ("Kyiv, Borodyanka", [], None, "Borodianka"),
        ("Makeevka, Makiivka", [], None, "Makiyivka"),
        ("Mariupol", ["Mariupol"], "Ukraine", "Mariupol"),
        ("Kyiv region", [], None, "Kyiv Oblast"),
        ("Kyiv", [], None, "Kyiv"),
        ("Donets'ka oblast", [], None, "Donetsk Oblast"),
        ("Донецька область", [], None, "Donetsk Oblast"),
        ("Kursk region of Russia", [], None, "Kursk Oblast"),
        ("Belgorod", [], "Russa", "Belgorod"),
        ("Kharkiv", ["Khakirv oblast"], "Ukraine", "Kharkiv"),
        ("Paris, Texas", [], None, "Paris"),
        ("Ukraine", [], None, "Ukraine"),
    ],
)
def test_the_best_candidate_is_the_one_meant(
    gazetteer: geo.Gazetteer, place: str, within: list[str], country: str | None, expected: str
) -> None:
    best = gazetteer.resolve(place, within=within, country=country).candidates[0]
    assert best.name == expected


@pytest.mark.parametrize("name", ["Херсон", "Донецк", "Полтава", "Москва"])
def test_a_city_comes_before_the_region_named_after_it_in_cyrillic_too(
    both: geo.Gazetteer, name: str
) -> None:
    assert both.resolve(name).candidates[0].geo_precision == "settlement"
    marked = geo.documents.Document(name, (geo.documents.Mention(0, len(name)),))
    assert both.resolve_document(marked)[0].candidates[0].geo_precision == "settlement"


@pytest.mark.parametrize(
    ("text", "name", "country"), [("Ont.", "Ontario", "CA"), ("Wash.", "Washington", "US")]
)
def test_a_state_as_newspapers_shorten_it_is_the_state(
    gazetteer: geo.Gazetteer, text: str, name: str, country: str
) -> None:
    best = gazetteer.resolve(text).candidates[0]
    assert (best.name, best.country, best.geo_precision) == (name, country, "adm1")


@pytest.mark.parametrize(
    ("text", "region", "meant"),
    [
        ("Zolovich", "Kharkiv Oblast", "Zolochiv"),
        ("Marakiv", "Kyiv Oblast", "Makariv"),
        ("Marianka", "Donetsk Oblast", "Marinka"),
    ],
)
def test_a_misspelt_name_is_looked_for_in_the_region_named(
    gazetteer_ua: geo.Gazetteer, text: str, region: str, meant: str
) -> None:
    found = gazetteer_ua.resolve(text, within=[region], country="UA")
    best = found.candidates[0]
    assert (best.name, best.admin1) == (meant, region)
    assert "only similar" in best.reasons[0]
    assert found.status == "ambiguous"


def test_a_village_beside_its_region_is_not_the_misspelt_town_that_the_region_is_named_after(
    gazetteer_ua: geo.Gazetteer,
) -> None:
    best = gazetteer_ua.resolve("Luhanske", within=["Luhansk Oblast"], country="UA").candidates[0]
    assert (best.name, best.admin1) == ("Luhanske", "Donetsk Oblast")


def test_a_place_the_gazetteer_lacks_is_not_replaced_by_a_homonym_far_away(gazetteer: geo.Gazetteer) -> None:
    for name in ("Murom", "Ridne", "Dublin"):
        assert gazetteer.resolve(name, within=["Donetsk Oblast"], country="UA").status != "auto", name


def test_a_country_alone_has_a_candidate_but_no_position(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("Ukraine")
    assert (found.status, found.geo_precision, found.lat, found.lon) == ("auto", "country", None, None)
    assert found.candidates[0].lat == pytest.approx(49, abs=1)


def test_a_region_has_its_centre_radius_and_area(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("Donetsk Oblast")
    assert (found.status, found.geo_precision) == ("auto", "adm1")
    assert found.radius_m is not None
    assert 80_000 < found.radius_m < 200_000
    assert found.area is not None
    assert found.area["type"] == "Polygon"


def test_near_is_a_circle_of_at_least_five_kilometres(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("on the outskirts of Soledar", country="UA")
    assert (found.status, found.relation, found.geo_precision) == ("auto", "near", "near")
    assert found.radius_m == pytest.approx(5_000, abs=100)
    assert found.area is not None


def test_fifteen_kilometres_north_of_a_town_is_there(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("15 km north of Kupiansk")
    town = found.candidates[0]
    assert found.lat is not None
    assert geodesic((town.lat, town.lon), (found.lat, found.lon)).km == pytest.approx(15, abs=0.01)
    assert found.lat > town.lat
    assert (found.radius_m, found.geo_precision) == (pytest.approx(3_000), "near")


def test_between_two_towns_is_a_hull_around_both(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve(
        "between Kreminna and Lyman", country="UA", within=["Donetsk Oblast", "Luhansk Oblast"]
    )
    assert found.relation == "between"
    sure = gazetteer.resolve("between Bakhmut and Soledar", country="UA")
    assert (sure.status, sure.relation, sure.geo_precision) == ("auto", "between", "near")
    ends = [toponym.candidates[0] for toponym in sure.toponyms]
    for end in ends:
        assert geodesic((sure.lat, sure.lon), (end.lat, end.lon)).meters <= (sure.radius_m or 0)


def test_doubt_across_a_country_has_no_position(gazetteer_ua: geo.Gazetteer) -> None:
    found = gazetteer_ua.resolve("Tarasivka", country="UA")
    assert (found.status, found.geo_precision, found.lat) == ("ambiguous", "unlocated", None)
    assert len(found.candidates) == 10


def test_a_position_nearby_decides_between_homonyms(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("Tarasivka", within=["Donetsk Oblast"], country="UA", near=(48.3, 37.5))
    assert ids(found)[0] == "geonames:691877"
    other = gazetteer.resolve("Tarasivka", within=["Donetsk Oblast"], country="UA", near=(47.6, 37.6))
    assert ids(other)[0] == "geonames:9529726"


def test_coordinates_in_the_text_are_the_answer(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("48.35, 37.55")
    assert (found.status, found.geo_precision, found.lat, found.lon) == ("auto", "exact", 48.35, 37.55)
    assert found.radius_m == 150
    assert (found.candidates[0].country, found.candidates[0].admin1) == ("UA", "Donetsk Oblast")


@pytest.mark.parametrize(
    "place", ["", "  ", "0, 0", "95.5, 37.0", "x" * 10_000, "\x00", "qqqzzzxxx", "\u202eтуmхaБ\u202c"]
)
def test_a_useless_text_is_unresolved_with_a_reason(gazetteer: geo.Gazetteer, place: str) -> None:
    found = gazetteer.resolve(place)
    assert (found.status, found.lat, found.geo_precision) == ("unresolved", None, "unlocated")
    assert found.reasons


def test_probabilities_are_probabilities_and_best_comes_first(both: geo.Gazetteer) -> None:
    for place in ("Tarasivka", "Kyiv", PHRASE, "London", "Springfield", "Lyman"):
        found = both.resolve(place, limit=50)
        shares = [candidate.probability for candidate in found.candidates]
        assert shares == sorted(shares, reverse=True)
        for toponym in found.toponyms:
            assert 0 < sum(candidate.probability for candidate in toponym.candidates) <= 1.000001


def test_no_place_is_among_the_candidates_twice(both: geo.Gazetteer) -> None:
    for place in ("Tarasivka", "Kyiv", "Bakhmut", "Donetsk", "Minsk", "London"):
        found = ids(both.resolve(place, limit=100))
        assert len(found) == len(set(found))


def test_the_limit_holds(gazetteer: geo.Gazetteer) -> None:
    assert len(gazetteer.resolve("London", limit=3).candidates) == 3


def test_a_country_that_is_none_is_said_and_taken_as_a_containing_place(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("Sevastopol", country="Crimea")
    assert found.candidates[0].name == "Sevastopol"
    assert any("Crimea" in reason for reason in found.reasons)
