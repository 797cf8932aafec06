"""What stands beside a name and says where it lies: districts, regions, abbreviations in brackets."""

import geo
from geo.documents.model import Document, Mention, MentionAnswer


def answered(gazetteer: geo.Gazetteer, text: str, *names: str) -> dict[str, MentionAnswer]:
    spans = tuple(Mention(text.index(name), text.index(name) + len(name)) for name in names)
    return {answer.surface: answer for answer in gazetteer.resolve_document(Document(text, spans))}


def test_a_district_of_a_region_is_no_homonym_elsewhere(gazetteer: geo.Gazetteer) -> None:
    text = "Gunmen attacked a checkpoint in Khogyani district of Nangarhar."
    found = answered(gazetteer, text, "Khogyani", "Nangarhar")["Khogyani"]
    assert (found.status, found.candidates[0].admin1) == ("unresolved", "Nangarhār")


def test_the_place_and_not_its_region_is_the_answer(gazetteer: geo.Gazetteer) -> None:
    found = answered(gazetteer, "Armed men killed two people in Argelia, Cauca.", "Argelia", "Cauca")
    assert found["Argelia"].candidates[0].name == "Argelia"
    assert found["Argelia"].candidates[0].admin1 == found["Cauca"].candidates[0].name


def test_an_abbreviation_in_brackets_holds_nothing(gazetteer: geo.Gazetteer) -> None:
    text = "Horses in New South Wales (NSW) and at Eastern Creek, New South Wales, were ill, Australia said."
    found = answered(gazetteer, text, "New South Wales", "NSW", "Eastern Creek", "Australia")
    assert found["New South Wales"].candidates[0].geo_precision == "adm1"


def test_two_cities_side_by_side_do_not_stand_in_for_each_other(gazetteer: geo.Gazetteer) -> None:
    text = "House prices rose in Toronto, Vancouver and Calgary. Vancouver is dearest. Alberta lags, Canada said."
    found = answered(gazetteer, text, "Toronto", "Vancouver", "Calgary", "Alberta", "Canada")
    assert found["Toronto"].candidates[0].name == "Toronto"


def test_the_adjective_of_a_country_is_the_country(gazetteer: geo.Gazetteer) -> None:
    text = "Israeli strikes hit Khan Younis and Rafah."
    found = answered(gazetteer, text, "Israeli", "Khan Younis", "Rafah")
    assert (found["Israeli"].candidates[0].country, found["Israeli"].status) == ("IL", "auto")


def test_people_are_called_after_their_town(gazetteer: geo.Gazetteer) -> None:
    found = answered(
        gazetteer, "Londoners and Parisians met a Chicagoan.", "Londoners", "Parisians", "Chicagoan"
    )
    assert {name: answer.candidates[0].name for name, answer in found.items()} == {
        "Londoners": "London",
        "Parisians": "Paris",
        "Chicagoan": "Chicago",
    }


def test_the_city_of_a_name_is_the_large_one_too(gazetteer: geo.Gazetteer) -> None:
    found = answered(
        gazetteer, "The city of Austin and Travis County sued.", "city of Austin", "Travis County"
    )
    assert found["city of Austin"].candidates[0].admin1 == "Texas"


def test_the_white_house_is_no_translation_of_casablanca(gazetteer: geo.Gazetteer) -> None:
    found = answered(gazetteer, "The White House said so. Cuba did not answer.", "The White House", "Cuba")
    assert found["The White House"].candidates[0].country == "US"


def test_the_east_side_is_that_of_the_document_s_town(gazetteer: geo.Gazetteer) -> None:
    found = answered(gazetteer, "A man was shot on the East Side of Buffalo, N.Y.", "East Side", "Buffalo")
    assert (found["East Side"].status, found["East Side"].candidates[0].name) == ("unresolved", "Buffalo")


def test_rivers_and_regions_that_papers_name_are_no_states(gazetteer: geo.Gazetteer) -> None:
    text = "A barge sank in the Ohio River near Louisville; the Rust Belt and Long Island sent help."
    found = answered(gazetteer, text, "Ohio River", "Louisville", "Rust Belt", "Long Island")
    names = {name: answer.candidates[0].name for name, answer in found.items() if name != "Louisville"}
    assert names == {name: name for name in names}
