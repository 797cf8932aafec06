"""What local news takes for granted: that its readers know which Lebanon, Dallas or Mt. Vernon is meant."""

import pytest

import geo
from geo.documents.model import Document, Mention, MentionAnswer
from geo.documents.source import source_country, source_town

LEBANON = "The Lebanon school board voted. Pupils from Boone County will go to Zionsville and Whitestown."


def answered(gazetteer: geo.Gazetteer, text: str, *names: str, source: str = "") -> dict[str, MentionAnswer]:
    spans = [Mention(text.index(name), text.index(name) + len(name)) for name in names]
    found = gazetteer.resolve_document(Document(text, tuple(spans), source=source))
    return {answer.surface: answer for answer in found}


def region(answer: MentionAnswer) -> str | None:
    return answer.candidates[0].admin1


def test_a_town_amid_its_neighbours_is_not_the_country_of_that_name(gazetteer: geo.Gazetteer) -> None:
    found = answered(gazetteer, LEBANON, "Lebanon", "Boone County", "Zionsville", "Whitestown")
    assert {name: region(answer) for name, answer in found.items()} == dict.fromkeys(found, "Indiana")


def test_the_country_is_meant_when_its_people_or_towns_are_named(gazetteer: geo.Gazetteer) -> None:
    text = "Lebanon closed its airport. Lebanese troops moved from Beirut to Tripoli, and Syria to Homs."
    found = answered(gazetteer, text, "Lebanon", "Lebanese", "Beirut", "Tripoli", "Syria", "Homs")
    assert found["Lebanon"].candidates[0].geo_precision == "country"


def test_a_short_and_a_spelled_out_name_have_the_same_places(gazetteer: geo.Gazetteer) -> None:
    text = (
        "Storms hit Mt. Vernon and Mount Gilead; Knox County and Morrow County crews cleared Fredericktown."
    )
    found = answered(gazetteer, text, "Mt. Vernon", "Mount Gilead", "Knox County", "Morrow County")
    assert {region(answer) for answer in found.values()} == {"Ohio"}


def test_a_misspelt_name_is_the_last_resort_and_says_so(gazetteer: geo.Gazetteer) -> None:
    text = "A barn burned in Zionsvile, Boone County. Crews came from Whitestown and Indianapolis, Indiana."
    found = answered(gazetteer, text, "Zionsvile", "Boone County", "Whitestown", "Indianapolis", "Indiana")
    assert region(found["Zionsvile"]) == "Indiana"
    assert found["Zionsvile"].candidates[0].reasons[0] == "“Zionsvile” is only similar to Zionsville"


def test_a_known_name_is_never_taken_for_a_similar_one(gazetteer: geo.Gazetteer) -> None:
    text = "Parish council members from Paris, Texas, met in Dallas."
    found = answered(gazetteer, text, "Paris", "Texas", "Dallas")
    assert not any("only similar" in c.reasons[0] for answer in found.values() for c in answer.candidates)


def test_a_newspaper_s_town_is_one_more_witness(gazetteer: geo.Gazetteer) -> None:
    text = "Two men from Clarksville were held after a chase that ended in Franklin."
    plain = answered(gazetteer, text, "Clarksville", "Franklin")
    home = answered(
        gazetteer, text, "Clarksville", "Franklin", source="https://www.nashvillestandard.example/a"
    )
    assert region(home["Franklin"]) == "Tennessee"
    assert home["Franklin"].candidates[0].probability >= plain["Franklin"].candidates[0].probability


@pytest.mark.parametrize(
    ("source", "town"),
    [
        ("www.lemarssentinel.com", "Le Mars"),
        ("https://edmontonjournal.com/sports/x", "Edmonton"),
        ("www.enfield-today.co.uk", "Enfield"),
        ("thelebanondailynews.example", "Lebanon"),
        ("gazette.com", ""),
        ("www.cnn.com", ""),
        ("https://en.wikinews.org/wiki/Paris", ""),
        ("The Paris News", ""),
        ("", ""),
    ],
)
def test_an_address_tells_its_town_only_when_nothing_else_is_left(
    gazetteer: geo.Gazetteer, source: str, town: str
) -> None:
    assert source_town(source, gazetteer._documents._names) == town


def test_an_address_tells_its_country_by_its_ending() -> None:
    assert [source_country(text) for text in ("www.example.co.uk", "example.ca", "example.com")] == [
        "GB",
        "CA",
        "",
    ]


@pytest.mark.parametrize("town", ["Empire", "Golden", "Evergreen"])
def test_a_town_is_not_the_state_with_such_a_nickname(gazetteer: geo.Gazetteer, town: str) -> None:
    found = answered(gazetteer, f"Deputies in {town} found the car.", town)
    assert found[town].candidates[0].geo_precision == "settlement"


def test_letters_with_points_are_no_country_s_code(gazetteer: geo.Gazetteer) -> None:
    found = answered(gazetteer, "She moved from L.A. to the U.S. capital.", "L.A.", "U.S.")
    assert [answer.candidates[0].name for answer in found.values()] == ["Los Angeles", "United States"]


def test_people_are_called_after_their_town(gazetteer: geo.Gazetteer) -> None:
    assert (
        answered(gazetteer, "Parisian police made arrests.", "Parisian")["Parisian"].candidates[0].name
        == "Paris"
    )
