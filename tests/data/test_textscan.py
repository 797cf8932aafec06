"""The text scan on sentences of our own: names, documents and phones found, places left alone."""

import pytest

from data.textscan import scan


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Ukrainian forces captured Ivan Petrenko near Bakhmut.", "name", "Ivan Petrenko"),
        ("Two soldiers were captured; one was identified as Wang Example.", "name", "Wang Example"),
        ("Sergeant John Smith was taken prisoner.", "name", "John Smith"),
        ("Zhang Example, 27, was captured near Tarasivka.", "name", "Zhang Example"),
        ("The detained journalist, Vira Romanenko, was released.", "name", "Vira Romanenko"),
        ("POW Oleksandr Koval was exchanged.", "name", "Oleksandr Koval"),
        ("Військові захопили в полон солдата Івана Петренка.", "name", "Івана Петренка"),
        ("Задержан Пётр Сидоров.", "name", "Пётр Сидоров"),
        ("Passport no. AB123456 was found on him.", "document", "AB123456"),
        ("ID card number 123456789", "document", "123456789"),
        ("Паспорт: КС 445566", "document", "КС 445566"),
        ("Call +380 67 123 45 67 for details.", "phone", "+380 67 123 45 67"),
        ("phone 067-123-45-67", "phone", "067-123-45-67"),
    ],
)
def test_what_identifies_a_person_is_flagged(text: str, kind: str, found: str) -> None:
    assert (kind, found) in [(flag.kind, flag.text) for flag in scan(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Russian forces captured Bakhmut.",
        "Captured Nova Kakhovka on the first day.",
        "Troops captured Velyka Novosilka and Novyi Komar.",
        "The village of Staryi Bykiv was captured.",
        "Russia claimed to have captured the town of Chasiv Yar.",
        "Chernobyl Exclusion Zone was captured on 24 February 2022.",
        "Zaporizhzhia Nuclear Power Plant was captured in March 2022.",
        "Soldiers captured near Tarasivka and Bilohorivka in Donetsk Oblast.",
        "President Volodymyr Zelensky said that two Chinese nationals were captured.",
        "Two people were detained in Kyiv Oblast.",
        "Azov Brigade was captured at Azovstal.",
        "1,000 people; 12 000 households; 2022-03-14; 48.12345, 37.54321; 500 000 hryvnia.",
        "Entry UW0124, highway T1302, Mi-8 MTV5.",
    ],
)
def test_places_offices_and_plain_numbers_are_left_alone(text: str) -> None:
    assert scan(text) == []


def test_the_words_of_the_incidents_own_place_are_no_name() -> None:
    assert scan("Forces captured Zelenyi Hai.", places=["Zelenyi Hai, Donetsk Oblast"]) == []
    assert scan("Forces captured Zelenyi Hai.")
