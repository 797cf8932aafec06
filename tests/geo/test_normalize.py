import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.normalize import fold, language_of, latin, names_by_language, skeleton

NAMES = [
    "Ivano-Frankivsk",
    "Kupiansk",
    "Łódź",
    "São Paulo",
    "Slov'yansk",
    "Донецьк",
    "Тарасівка",
    "القدس",
    "北京",
    "서울",
]


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_key_has_no_edge_or_double_spaces_and_survives_utf8(text: str) -> None:
    key = fold(text)
    assert key == " ".join(key.split())
    assert key.encode("utf-8").decode("utf-8") == key


@pytest.mark.parametrize("name", NAMES)
def test_case_does_not_matter(name: str) -> None:
    assert fold(name.upper()) == fold(name.lower()) == fold(name)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_unicode_form_does_not_matter(name: str, form: str) -> None:
    assert fold(unicodedata.normalize(form, name)) == fold(name)


@pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ", "`", "´", "ʹ", "′", ""])
def test_apostrophes_and_soft_signs_do_not_matter(apostrophe: str) -> None:
    assert fold(f"Slov{apostrophe}yans{apostrophe}k") == "slovyansk"


@pytest.mark.parametrize("hyphen", ["-", "‐", "–", "—", " - ", "  ", "\u00a0", "\n"])
def test_hyphens_and_spaces_do_not_matter(hyphen: str) -> None:
    assert fold(f"Ivano{hyphen}Frankivsk") == "ivano frankivsk"


def test_accents_do_not_matter_in_latin_but_vowel_signs_stay() -> None:
    assert fold("Łódź") == "lodz"
    assert fold("Škloŭ") == "sklou"
    assert fold("दिल्ली") == unicodedata.normalize("NFC", "दिल्ली")


def test_a_name_keeps_its_script_and_has_a_latin_key_besides() -> None:
    assert fold("Білогорівка") == "білогорівка"
    assert latin("Бахмут") == "bakhmut"


def test_abbreviations_close_up() -> None:
    assert fold("U.S.A.") == fold("USA")
    assert fold("St. Petersburg") == "st petersburg"


@pytest.mark.parametrize(
    "spellings",
    [
        ("Mykolayiv", "Mikolaiv", "Mykolajiv", "Mykolaiv"),
        ("Luk'yanivka", "Lukianivka"),
        ("Borodyanka", "Borodianka"),
        ("Zaporizhzhia", "Zaporizhzhya", "Zaporizhia"),
        ("Vasylivka", "Wasyliwka"),
    ],
)
def test_romanisations_of_one_name_meet(spellings: tuple[str, ...]) -> None:
    assert len({skeleton(spelling) for spelling in spellings}) == 1


def test_different_names_stay_apart() -> None:
    assert len({skeleton(name) for name in ("Tarasivka", "Bilohorivka", "Bakhmut", "Lyman", "Kyiv")}) == 5


def test_language_is_told_only_by_letters_that_tell() -> None:
    assert [language_of(name) for name in ("Київ", "Кіеў", "Артёмовск", "Донецк")] == ["uk", "be", "ru", None]


def test_a_different_name_is_not_given_as_the_name_in_a_language() -> None:
    assert names_by_language("Bakhmut", ["Артемівськ", "Бахмут"]) == {}
