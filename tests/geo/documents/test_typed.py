"""The word beside a name tells which of two namesakes is meant; without one a state and its capital stay in doubt."""

import pytest

import geo
from geo.documents.model import Document, Mention, MentionAnswer


def answers(gazetteer: geo.Gazetteer, text: str, *names: str) -> list[MentionAnswer]:
    spans, at = [], 0
    for name in names:
        at = text.index(name, at)
        spans.append(Mention(at, at + len(name)))
        at += len(name)
    return gazetteer.resolve_document(Document(text, tuple(spans)))


def kinds(found: list[MentionAnswer]) -> list[tuple[str, str | None, str]]:
    return [(a.candidates[0].geo_precision, a.candidates[0].country, a.status) for a in found]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("The New York State Police opened an inquiry.", "New York", ("adm1", "US", "auto")),
        ("New York Gov. Kathy Hochul signed the bill.", "New York", ("adm1", "US", "auto")),
        ("New York Mayor Eric Adams signed the order.", "New York", ("settlement", "US", "auto")),
        ("The cow came from a Washington state farm.", "Washington", ("adm1", "US", "auto")),
        ("Troops left the province of Kandahar.", "Kandahar", ("adm1", "AF", "auto")),
        ("A bomb went off in Kandahar city.", "Kandahar", ("settlement", "AF", "auto")),
        ("Fires burned across Victoria state.", "Victoria", ("adm1", "AU", "auto")),
    ],
)
def test_the_word_beside_a_name_says_what_is_meant(
    gazetteer: geo.Gazetteer, text: str, name: str, expected: tuple[str, str, str]
) -> None:
    assert kinds(answers(gazetteer, text, name)) == [expected]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Iran state TV showed the launch.", "Iran", "IR"),
        ("US state governors met.", "US", "US"),
        ("Officials of the Republic of Congo met.", "Republic of Congo", "CG"),
    ],
)
def test_a_country_stays_one_beside_such_a_word(
    gazetteer: geo.Gazetteer, text: str, name: str, country: str
) -> None:
    assert kinds(answers(gazetteer, text, name))[0][:2] == ("country", country)


def test_one_name_in_two_senses_has_an_answer_for_each(gazetteer: geo.Gazetteer) -> None:
    text = "Kandahar province is calm. A bomb went off in Kandahar city, reporters in Kandahar said."
    found = answers(gazetteer, text, "Kandahar", "Kandahar", "Kandahar")
    assert [kind for kind, _, _ in kinds(found)] == ["adm1", "settlement", "settlement"]


def test_washington_alone_is_the_capital_and_never_surely_the_state(gazetteer: geo.Gazetteer) -> None:
    text = "The mayor of Columbus flew to Washington on Monday. Police in Dayton and Akron, Ohio, were told."
    washington = answers(gazetteer, text, "Columbus", "Washington", "Dayton", "Akron", "Ohio")[1]
    assert washington.candidates[0].admin1 == "District of Columbia"
    assert "the capital of the country" in washington.candidates[0].reasons


def test_washington_amid_its_towns_is_the_state(gazetteer: geo.Gazetteer) -> None:
    text = "Fires spread in Washington. Crews from Yakima, Spokane and Ellensburg were sent to Wenatchee."
    found = answers(gazetteer, text, "Washington", "Yakima", "Spokane", "Ellensburg", "Wenatchee")
    assert found[0].candidates[0].geo_precision == "adm1"


def test_what_only_holds_or_resembles_a_name_is_never_sure(gazetteer: geo.Gazetteer) -> None:
    found = answers(gazetteer, "The Stade de France in Paris, France, was full.", "Stade de France")
    assert found[0].status == "ambiguous"
    assert "has France in it" in found[0].candidates[0].reasons[0]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("A man from Cairo, IL, was held.", ["Cairo", "IL"], ["Illinois", "Illinois"]),
        ("The barge left Cairo, IL for Paris, TN.", ["Cairo", "Paris"], ["Illinois", "Tennessee"]),
        (
            "Cape Girardeau, MO, and Macau, MO, were named.",
            ["Cape Girardeau", "MO"],
            ["Missouri", "Missouri"],
        ),
    ],
)
def test_a_code_behind_a_town_is_the_state_that_has_the_town(
    gazetteer: geo.Gazetteer, text: str, names: list[str], expected: list[str]
) -> None:
    found = answers(gazetteer, text, *names)
    assert [answer.candidates[0].admin1 for answer in found] == expected


def test_a_code_behind_a_town_of_its_country_is_the_country(gazetteer: geo.Gazetteer) -> None:
    found = answers(gazetteer, "Rockets fell on Haifa, IL, and Ashdod, IL.", "Haifa", "IL")
    assert [answer.candidates[0].country for answer in found] == ["IL", "IL"]
