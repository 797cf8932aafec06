import pytest

import geo
from geo.country import Countries


@pytest.fixture(scope="module")
def countries(gazetteer: geo.Gazetteer) -> Countries:
    return Countries(gazetteer._store)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("UA", "UA"),
        ("ua", "UA"),
        ("UKR", "UA"),
        ("Ukraine", "UA"),
        ("ukrain", "UA"),
        ("Україна", "UA"),
        ("Russia", "RU"),
        ("Russa", "RU"),
        ("Russian Federation", "RU"),
        ("Belaurs", "BY"),
        ("Беларусь", "BY"),
        ("Republic of Moldova", "MD"),
        ("Czechia", "CZ"),
        ("United States of America", "US"),
    ],
)
def test_countries_are_understood_by_code_name_or_misspelling(
    countries: Countries, text: str, code: str
) -> None:
    reading = countries.read(text)
    assert reading is not None
    assert reading.code == code


@pytest.mark.parametrize("text", ["", "  ", "Crimea", "Other (type name in cell)", "xx", "zzzz", "x" * 1000])
def test_what_is_no_country_is_left(countries: Countries, text: str) -> None:
    assert countries.read(text) is None
