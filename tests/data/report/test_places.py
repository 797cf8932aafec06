"""Which words name the place, and that no place is sure where the words themselves speak against it."""

import pytest


def first(drafts):
    assert drafts
    return drafts[0]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Soldiers arrested ten in Jenin and Tulkarm, the Palestinian Prisoners' Club said.", "Jenin and Tulkarm"),
        ("A car bomb killed eight people in the northern Syrian city of al-Bab on Monday.", "al-Bab"),
        ("Gunmen shot dead the ambassador in Ankara, the Turkish capital, on Monday.", "Ankara"),
        ("Gunmen killed 40 people in an attack on Zike village in Plateau State.", "Zike village in Plateau State"),
        ("An air strike on Chaung-U township in Sagaing Region killed ten.", "Chaung-U township in Sagaing Region"),
        ("Gunmen stormed a church in Kenscoff commune, south of Port-au-Prince, on Monday.", "Kenscoff commune"),
        ("У Нікополі Дніпропетровської області від обстрілу загинула жінка.", "Нікополі Дніпропетровської області"),
        ("В городе Шахты Ростовской области беспилотник атаковал нефтебазу.", "городе Шахты Ростовской области"),
    ],
)  # fmt: skip
def test_the_words_for_a_place_end_where_it_ends(tell, text, place):
    assert first(tell(text)).fields["place_text"].endswith(place)


@pytest.mark.parametrize(
    ("text", "country", "admin1"),
    [
        ("Внаслідок обстрілу Нікополя загинула жінка.\n\nУ Нікополі Дніпропетровської області горів дім.",
         "UA", "Dnipropetrovsk Oblast"),
        ("У Нікополі Дніпропетровської області від обстрілу загинула жінка.", "UA", "Dnipropetrovsk Oblast"),
        ("Ракета влучила у Кривий Ріг Дніпропетровської області.", "UA", "Dnipropetrovsk Oblast"),
    ],
)  # fmt: skip
def test_inflected_names_are_those_that_the_article_is_sure_of(tell, text, country, admin1):
    fields = first(tell(text)).fields
    assert (fields["geo_status"], fields["country"], fields["admin1"]) == ("auto", country, admin1)


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed 40 people in an attack on Zike village in Bassa local government area of Plateau State.",
        "Fighting broke out in Ain al-Hilweh camp on Monday, killing three people.",
        "Taliban fighters attacked a checkpoint in Khogyani district of Nangarhar province on Monday.",
        "Raiders killed ten people in an attack on Roe camp on Monday.",
    ],
)
def test_a_place_elsewhere_or_of_half_a_name_is_not_sure(tell, text):
    assert first(tell(text)).fields["geo_status"] != "auto"


def test_a_further_place_of_the_same_strike_is_shown_and_noted(tell):
    draft = first(
        tell("Drones struck a port in Odesa and a house in Izmail overnight, killing three people.")
    )
    assert draft.fields["place_text"] == "Odesa"
    assert [place["text"] for place in draft.places] == ["Odesa", "Izmail"]
    assert [place["role"] for place in draft.places] == ["event", "context"]
    assert any("“Izmail”" in note for note in draft.notes)


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen shot dead two men in Jos on Monday, police said.",
        "According to the police, gunmen shot dead two men in Jos.",
    ],
)
def test_who_only_tells_is_no_party(tell, text):
    assert "police" not in [actor.name.casefold() for actor in first(tell(text)).actors]


def test_a_local_government_area_does_not_speak(tell):
    text = "An attack in Bassa local government area killed two people on Monday, police said."
    assert [said.name for said in first(tell(text)).said_by] == ["Police"]
