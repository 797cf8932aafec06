"""Names that go on, with an Arabic article, a hyphen, a region in the genitive: one word of them is another place."""

import pytest

import geo
from geo.documents.model import Document, MentionAnswer


def answers(gazetteer: geo.Gazetteer, text: str) -> list[MentionAnswer]:
    return gazetteer.parse_document(Document(text))


def found(gazetteer: geo.Gazetteer, text: str) -> list[str]:
    return [answer.surface for answer in answers(gazetteer, text)]


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Fighters seized the Ain al-Asad air base.", "Ain"),
        ("A convoy crossed at Ras al-Ain, northern Syria.", "Ain"),
        ("A bomb exploded in Bab al-Hawa.", "Bab"),
        ("An explosion at Jabal al-Zawiya killed four.", "Zawiya"),
        ("Clashes in Dar al-Salam market left two dead.", "Dar"),
        ("The army shelled Maarat al-Numan.", "Numan"),
        ("Armed men attacked the village of Bir-Dagonia.", "Bir"),
        ("A blast hit Dasht-e-Barchi, Kabul.", "Barchi"),
    ],
)
def test_a_piece_of_a_longer_name_is_no_place(gazetteer: geo.Gazetteer, text: str, piece: str) -> None:
    assert piece not in found(gazetteer, text)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Clashes broke out in Ain al-Hilweh, Lebanon, on Sunday.", "Ain al-Hilweh", "LB"),
        ("Shelling hit the city of Deir ez-Zor in Syria.", "Deir ez-Zor", "SY"),
        ("Houthi fighters attacked Al-Hazm in al-Jawf governorate, Yemen.", "al-Jawf", "YE"),
        ("Clashes in Saint-Denis and Aulnay-sous-Bois, France.", "Aulnay-sous-Bois", "FR"),
        ("Police in Newcastle-under-Lyme appealed for help.", "Newcastle-under-Lyme", "GB"),
    ],
)
def test_the_longer_name_is_the_place(gazetteer: geo.Gazetteer, text: str, name: str, country: str) -> None:
    assert {a.surface: a.candidates[0].country for a in answers(gazetteer, text)}[name] == country


def test_two_places_across_a_hyphen_are_two_places(gazetteer: geo.Gazetteer) -> None:
    assert found(gazetteer, "A tank burned on the Kreminna-Svatove road.") == ["Kreminna", "Svatove"]


@pytest.mark.parametrize(
    ("text", "town", "region"),
    [
        ("У Нікополі Дніпропетровської області поранено жінку.", "Нікополі", "Dnipropetrovsk Oblast"),
        ("В Шебекино Белгородской области ранен мужчина.", "Шебекино", "Belgorod Oblast"),
        ("У селі Білогорівка Луганської області тривають бої.", "Білогорівка", "Luhansk Oblast"),
    ],
)
def test_a_region_behind_a_name_leaves_the_name_and_holds_it(
    gazetteer: geo.Gazetteer, text: str, town: str, region: str
) -> None:
    first, second = answers(gazetteer, text)
    assert (first.surface, first.candidates[0].admin1, first.status) == (town, region, "auto")
    assert second.candidates[0].name == region


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Взрыв прогремел на Крымском мосту.", ["Crimean Bridge"]),
        ("Вибух стався на Кримському мосту.", ["Crimean Bridge"]),
        ("Корабль затонул в Черном море.", ["Black Sea"]),
        ("На Кримському напрямку тривають бої.", []),
    ],
)
def test_the_adjective_of_a_region_is_no_town(gazetteer: geo.Gazetteer, text: str, places: list[str]) -> None:
    assert [answer.candidates[0].name for answer in answers(gazetteer, text)] == places


def test_a_name_that_nobody_knows_lies_where_the_text_says(gazetteer: geo.Gazetteer) -> None:
    kibumba, goma = answers(gazetteer, "Rebels took Kibumba, about 20 miles (32 km) north of Goma.")
    there, city = kibumba.candidates[0], goma.candidates[0]
    assert (kibumba.status, there.geo_precision) == ("unresolved", "near")
    assert 0.25 < there.lat - city.lat < 0.33
    assert there.radius_m < 10_000
    assert "the text says how far or which way it lies from there" in there.reasons
