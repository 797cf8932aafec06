import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.normalize import skeleton
from geo.romanise import SYSTEMS, romanisations, russian_form

UKRAINIAN = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("Згурівка", "uk", "Zghurivka"),
        ("Щастя", "uk", "Shchastia"),
        ("Єнакієве", "uk", "Yenakiieve"),
        ("Їжакевич", "uk", "Yizhakevych"),
        ("Знам'янка", "uk", "Znamianka"),
        ("Нью-Йорк", "uk", "Niu-York"),
        ("Тарасьевка", "ru", "Taras’yevka"),
        ("Ельня", "ru", "Yel’nya"),
        ("Магілёў", "be", "Mahilioŭ"),
        ("Ельск", "be", "Jelsk"),
    ],
)
def test_a_name_is_written_by_the_official_system_of_its_language(
    name: str, language: str, expected: str
) -> None:
    assert romanisations(name, language)[0] == expected


@pytest.mark.parametrize(
    ("ukrainian", "russian"),
    [
        ("Тарасівка", "Тарасовка"),
        ("Чорнобаївка", "Чорнобаевка"),
        ("Миколаїв", "Миколаев"),
        ("Новотроїцьке", "Новотроицкое"),
        ("Луганськ", "Луганск"),
    ],
)
def test_a_ukrainian_name_has_a_likely_russian_form(ukrainian: str, russian: str) -> None:
    assert russian_form(ukrainian) == russian


@given(st.text(alphabet=UKRAINIAN, min_size=3, max_size=12))
def test_every_system_writes_any_name_without_a_cyrillic_letter_left(name: str) -> None:
    for system in SYSTEMS["uk"]:
        assert not any("\u0400" <= char <= "\u04ff" for char in system.write(name))


VILLAGES = [
    "Тарасівка",
    "Білогорівка",
    "Чорнобаївка",
    "Щастя",
    "Миколаїв",
    "Кам'янка",
    "Юр'ївка",
    "Зміїв",
    "Гуляйполе",
]


@pytest.mark.parametrize("name", VILLAGES)
def test_the_romanisations_of_one_name_share_a_key(name: str) -> None:
    assert len({skeleton(text) for text in (name, *romanisations(name, "uk"))}) == 1


def test_different_villages_keep_different_keys() -> None:
    names = [
        *VILLAGES,
        "Тарасівське",
        "Тарасове",
        "Білогірка",
        "Миколаївка",
        "Кам'яне",
        "Зміївка",
        "Новотарасівка",
    ]
    assert len({skeleton(name) for name in names}) == len(names)
