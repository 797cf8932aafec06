"""What counts as a place name: people, companies and ordinary words do not, however well the gazetteer knows them."""

import pytest

import geo
from geo.documents.model import Document


def found(gazetteer: geo.Gazetteer, text: str) -> list[str]:
    return [answer.surface for answer in gazetteer.parse_document(Document(text))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Paris Hilton flew to London. Hilton said the party in Paris was fun.", ["London", "Paris"]),
        ("Jordan Henderson signed for Sunderland. Henderson was born in Sunderland.", ["Sunderland"] * 2),
        ("Officials in Mobile, Alabama, said Police Chief Paul Charlotte resigned.", ["Mobile", "Alabama"]),
        ("Mayor Austin Davis of Springfield, Ill., spoke.", ["Springfield", "Ill."]),
        ("A fire broke out near Waco, Texas.", ["Waco", "Texas"]),
    ],
)
def test_people_who_bear_the_name_of_a_place_are_left_out(
    gazetteer: geo.Gazetteer, text: str, names: list[str]
) -> None:
    assert found(gazetteer, text) == names


def test_the_longest_name_that_fits_is_taken(gazetteer: geo.Gazetteer) -> None:
    text = "Schools closed in Mexico City and across the Democratic Republic of the Congo."
    assert found(gazetteer, text) == ["Mexico City", "Democratic Republic of the Congo"]


def test_adjectives_are_names_and_peoples_are_not(gazetteer: geo.Gazetteer) -> None:
    assert found(gazetteer, "The Canadian minister met Cubans in Madrid.") == ["Canadian", "Madrid"]


def test_offsets_are_those_of_the_text_whatever_its_characters(gazetteer: geo.Gazetteer) -> None:
    text = "🔥🔥 Explosions\u00a0were heard in\u200b Kharkiv, Ukraine — “Bakhmut” held.\r\n"
    answers = gazetteer.parse_document(Document(text))
    assert {"Kharkiv", "Ukraine"} <= {a.surface for a in answers}
    assert all(text[a.start : a.end] == a.surface for a in answers)


def test_a_long_text_is_read_in_pieces_without_losing_a_name(gazetteer: geo.Gazetteer) -> None:
    text = "nothing of note was said about it. " * 6_000 + "A fire broke out in Kharkiv."
    answers = gazetteer.parse_document(Document(text))
    assert [(a.surface, text[a.start : a.end]) for a in answers] == [("Kharkiv", "Kharkiv")]


@pytest.mark.parametrize("text", ["Росіяни вдарили по Марганцю.", "Ранком ударили по Марганцу."])
def test_a_town_called_like_a_metal_is_found_where_a_word_leads_to_it(
    gazetteer: geo.Gazetteer, text: str
) -> None:
    assert found(gazetteer, text) == [text.rsplit(" ", 1)[1].rstrip(".")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Dallas Cowboys beat the Denver Broncos in Phoenix.", ["Phoenix"]),
        ("The Washington Post and the Seattle Times reported from Athens, Greece.", ["Athens", "Greece"]),
        ("The Cedar Rapids City Council met in Cedar Rapids.", ["Cedar Rapids", "Cedar Rapids"]),
    ],
)
def test_teams_and_newspapers_are_no_towns_and_councils_hold_theirs(
    gazetteer: geo.Gazetteer, text: str, names: list[str]
) -> None:
    assert found(gazetteer, text) == names
