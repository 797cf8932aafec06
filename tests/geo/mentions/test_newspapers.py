"""Towns with their states as the newspapers of one country write them: "Lebanon, Ky."."""

import pytest

import geo
from geo.documents import Document


def answers(gazetteer: geo.Gazetteer, text: str) -> dict[str, tuple[str, str | None, str]]:
    """What every name of a text is answered with: division, country and whether it is sure."""
    return {
        answer.surface: (answer.candidates[0].admin1 or "", answer.candidates[0].country, answer.status)
        for answer in gazetteer.parse_document(Document(text, ()))
    }


@pytest.mark.parametrize(
    ("text", "town", "state"),
    [
        ("A suspect was arrested in Lebanon, Tenn., after fleeing.", "Lebanon", "Tennessee"),
        ("She drove from Nashville, Tenn., to Lebanon, Ky., on Monday.", "Lebanon", "Kentucky"),
        ("In Jackson, Miss., a man died in a fire.", "Jackson", "Mississippi"),
        ("AURORA, Colo. (AP) - Two people were shot.", "AURORA", "Colorado"),
        ("The Peoria, Ill., man drove to Paris, Ill.", "Paris", "Illinois"),
    ],
)
def test_a_town_lies_in_the_state_that_is_shortened_behind_it(
    gazetteer: geo.Gazetteer, text: str, town: str, state: str
) -> None:
    assert answers(gazetteer, text)[town] == (state, "US", "auto")


def test_the_shortened_state_is_a_name_too_and_no_country_of_that_code(gazetteer: geo.Gazetteer) -> None:
    assert answers(gazetteer, "He was born in Lebanon, Ky., in 1950.")["Ky."] == ("Kentucky", "US", "auto")


def test_a_person_and_a_title_are_no_town_and_no_state(gazetteer: geo.Gazetteer) -> None:
    assert answers(gazetteer, "For Jackson, Miss. Smith said, nothing was lost.") == {}
