"""Ukrainian and Russian text: names in any case are found and answered as the places they are."""

import pytest

import geo
from geo.documents.model import Document


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("У Бахмуті внаслідок обстрілу загинули двоє людей.", [("Бахмуті", "Donetsk Oblast")]),
        (
            "Вибухи чули біля Білогорівки Луганської області.",
            [("Білогорівки", "Luhansk Oblast"), ("Луганської області", "Luhansk Oblast")],
        ),
        ("У Кривому Розі пошкоджено будинки.", [("Кривому Розі", "Dnipropetrovsk Oblast")]),
        ("До лікарні Білої Церкви привезли поранених.", [("Білої Церкви", "Kyiv Oblast")]),
        ("Військові відійшли з Часового Яру.", [("Часового Яру", "Donetsk Oblast")]),
        (
            "Бои идут под Купянском в Харьковской области.",
            [("Купянском", "Kharkiv Oblast"), ("Харьковской области", "Kharkiv Oblast")],
        ),
        (
            "В Донецкой области обстреляли Великую Новоселку.",
            [("Донецкой области", "Donetsk Oblast"), ("Великую Новоселку", "Donetsk Oblast")],
        ),
    ],
)
def test_names_are_found_in_any_case(
    gazetteer: geo.Gazetteer, text: str, places: list[tuple[str, str]]
) -> None:
    answers = gazetteer.parse_document(Document(text))
    assert [(a.surface, a.candidates[0].admin1) for a in answers] == places
    assert all(text[a.start : a.end] == a.surface for a in answers)


def test_people_and_ordinary_words_are_no_places(gazetteer: geo.Gazetteer) -> None:
    text = "Президент Володимир Зеленський зустрівся з мером Львова. Обстріл тривав годину."
    assert [a.surface for a in gazetteer.parse_document(Document(text))] == ["Львова"]


def test_one_place_in_two_cases_is_one_place(gazetteer: geo.Gazetteer) -> None:
    answers = gazetteer.parse_document(Document("Обстріляли Кривий Ріг. У Кривому Розі є поранені."))
    assert len({a.candidates[0].id for a in answers}) == 1
    assert len(answers) == 2
