"""What part a place has in a report, from the words around it, in English, Ukrainian and Russian."""

from pathlib import Path

import pytest

import geo
from geo.documents.model import Document, Mention
from geo.documents.roles import ROLES, Named, roles


def roles_of(gazetteer: geo.Gazetteer, text: str) -> list[tuple[str, str]]:
    answers = gazetteer.parse_document(Document(text))
    return [(answer.surface, answer.role) for answer in answers]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Beijing must answer, Zelensky said in Kyiv.", {"Beijing": "actor", "Kyiv": "event"}),
        ("Kyiv said its forces held Vuhledar.", {"Kyiv": "actor", "Vuhledar": "event"}),
        ("Moscow claimed the capture of Avdiivka.", {"Moscow": "actor", "Avdiivka": "event"}),
        ("He accused Moscow of shelling Kherson.", {"Moscow": "actor", "Kherson": "event"}),
        (
            "Residents fled from Kupiansk to Kharkiv on Monday.",
            {"Kupiansk": "origin", "Kharkiv": "destination"},
        ),
        (
            "Russia launched drones from Kursk toward Sumy.",
            {"Russia": "actor", "Kursk": "origin", "Sumy": "destination"},
        ),
        ("Troops advanced in the direction of Pokrovsk.", {"Pokrovsk": "destination"}),
        ("Missiles struck Odesa and Mykolaiv.", {"Odesa": "event", "Mykolaiv": "event"}),
        (
            "Fighting raged in Bakhmut, Soledar and Klishchiivka, Donetsk Oblast.",
            {"Bakhmut": "event", "Soledar": "event", "Klishchiivka": "event", "Donetsk Oblast": "context"},
        ),
        ("Explosions rang out in Dnipro, Ukraine, on Tuesday.", {"Dnipro": "event", "Ukraine": "context"}),
        (
            "A drone fell on Brovary. In 2022 the army was pushed out of Bucha.",
            {"Brovary": "event", "Bucha": "context"},
        ),
    ],
)
def test_english(gazetteer: geo.Gazetteer, text: str, said: dict[str, str]) -> None:
    assert dict(roles_of(gazetteer, text)) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Київ заявив про обстріл Харкова.", {"Київ": "actor", "Харкова": "event"}),
        ("Людей евакуювали з Бахмута до Дніпра.", {"Бахмута": "origin", "Дніпра": "destination"}),
        ("Російські війська обстріляли Нікополь.", {"Нікополь": "event"}),
        ("Вибух стався біля Білогорівки.", {"Білогорівки": "event"}),
        ("Внаслідок обстрілу Нікополя горить дім у Марганці.", {"Нікополя": "event", "Марганці": "event"}),
    ],
)
def test_ukrainian(gazetteer: geo.Gazetteer, text: str, said: dict[str, str]) -> None:
    assert dict(roles_of(gazetteer, text)) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Москва заявила, что бои идут под Купянском.", {"Москва": "actor", "Купянском": "event"}),
        ("Жителей эвакуировали из Бахмута.", {"Бахмута": "origin"}),
    ],
)
def test_russian(gazetteer: geo.Gazetteer, text: str, said: dict[str, str]) -> None:
    assert dict(roles_of(gazetteer, text)) == said


def test_the_seed_report_happened_in_two_villages_and_not_in_beijing(
    gazetteer: geo.Gazetteer, shared: Path
) -> None:
    text = (shared / "reports" / "seed-article.txt").read_text(encoding="utf-8")
    found = roles_of(gazetteer, text)
    assert [name for name, role in found if role == "event"] == ["Tarasivka", "Bilohorivka"]
    assert ("Donetsk Oblast", "context") in found
    assert ("Beijing", "actor") in found
    assert ("China", "actor") in found
    assert ("Kremlin", "actor") in found
    assert {role for name, role in found if name in ("Kursk", "Kursk Oblast", "Sudzha")} == {"context"}


def test_every_mention_has_a_role_whatever_stands_around_it() -> None:
    text = "Kyiv" * 3 + "\n\n" + "’s of in " * 40
    spans = [Mention(at, at + 4) for at in range(0, 80, 3)]
    assert set(roles(text, spans, [Named("settlement", "main")] * len(spans))) <= set(ROLES)
