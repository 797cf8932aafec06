"""People counted: low, best and high, as the words set them."""

import pytest

from data.report import Span
from data.report.lexicon import lexicon
from data.report.people import count


def counted(text: str, language: str = "en"):
    found = count(text, Span(0, len(text)), lexicon(language))
    return {category: (c.low, c.best, c.high) for category, c in found.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three people were killed and 12 injured", {"killed": (3, 3, 3), "injured": (12, 12, 12)}),
        ("killing at least two and injuring five others", {"killed": (2, 2, None), "injured": (5, 5, 5)}),
        ("up to 40 people remain missing", {"missing": (None, None, 40)}),
        ("about 1,500 residents were evacuated", {"displaced": (None, 1500, None)}),
        ("between 3 and 5 soldiers were killed", {"killed": (3, None, 5)}),
        ("dozens of people were wounded", {"injured": (24, None, None)}),
        ("Five civilians, including two children, were killed", {"killed": (5, 5, 5)}),
        ("a 54-year-old woman was killed", {"killed": (1, 1, 1)}),
        ("the death toll has risen to 14", {"killed": (14, 14, 14)}),
        ("no casualties were reported", {"killed": (0, 0, 0), "injured": (0, 0, 0)}),
        ("Nobody was injured", {"injured": (0, 0, 0)}),
        ("captured 2 Chinese nationals", {"captured": (2, 2, 2)}),
        ("about 4,000 casualties, two-thirds killed", {"killed": (None, 2700, None), "injured": (None, None, 1300)}),
        ("killed two patients and a guard", {"killed": (3, 3, 3)}),
        ("killed two men, a woman and a child", {"killed": (4, 4, 4)}),
        ("killed 44 people, 30 of them police officers", {"killed": (44, 44, 44)}),
        ("killed three people, two children", {"killed": (3, 3, 3)}),
        ("Two men and a woman were killed", {"killed": (3, 3, 3)}),
        ("killed two and three people were wounded", {"killed": (2, 2, 2), "injured": (3, 3, 3)}),
        ("killed 17 people and two others were wounded", {"killed": (17, 17, 17), "injured": (2, 2, 2)}),
        ("killing a 12-year-old boy", {"killed": (1, 1, 1)}),
        ("the driver was wounded", {"injured": (1, 1, 1)}),
        ("the deaths of two people and the injury of three others", {"killed": (2, 2, 2), "injured": (3, 3, 3)}),
        ("put the death toll at nine and said 21 prisoners were hurt", {"killed": (9, 9, 9), "injured": (21, 21, 21)}),
        ("12 officers suffered injuries", {"injured": (12, 12, 12)}),
        ("forcing some 3,000 residents to flee", {"displaced": (None, 3000, None)}),
        ("Thirteen firefighters were treated for burns", {"injured": (13, 13, 13)}),
        ("At least 21 passengers drowned", {"killed": (21, 21, None)}),
        ("Four bodies were recovered", {"killed": (4, 4, 4)}),
        ("shot down 12 drones and destroyed 3 tanks", {}),
        ("killed on 24 February after 3 strikes", {}),
        ("fired a 155 mm shell 20 km away", {}),
    ],
)  # fmt: skip
def test_english(text, expected):
    assert counted(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("uk", "загинули двоє людей, ще п’ятеро поранені", {"killed": (2, 2, 2), "injured": (5, 5, 5)}),
        ("uk", "щонайменше троє людей загинули", {"killed": (3, 3, None)}),
        ("uk", "взяли в полон двох громадян Китаю", {"captured": (2, 2, 2)}),
        ("uk", "поранено близько 20 осіб", {"injured": (None, 20, None)}),
        ("uk", "ніхто не постраждав", {"killed": (0, 0, 0), "injured": (0, 0, 0)}),
        (
            "uk",
            "Загинула 67-річна жінка, ще троє людей поранені",
            {"killed": (1, 1, 1), "injured": (3, 3, 3)},
        ),
        ("uk", "загинули чоловік і жінка", {"killed": (2, 2, 2)}),
        ("uk", "5 чоловік загинули", {"killed": (5, 5, 5)}),
        ("uk", "поранено місцевого жителя", {"injured": (1, 1, 1)}),
        ("ru", "погибла женщина", {"killed": (1, 1, 1)}),
        ("ru", "Погиб 40-летний водитель", {"killed": (1, 1, 1)}),
        (
            "ru",
            "Два мирных жителя погибли и четверо получили ранения",
            {"killed": (2, 2, 2), "injured": (4, 4, 4)},
        ),
        ("ru", "застрелили троих мужчин", {"killed": (3, 3, 3)}),
        ("ru", "погибли 25 человек, более 100 ранены", {"killed": (25, 25, 25), "injured": (100, 100, None)}),
        ("ru", "погибли как минимум трое", {"killed": (3, 3, None)}),
        ("ru", "до 40 человек пропали без вести", {"missing": (None, None, 40)}),
    ],
)
def test_ukrainian_and_russian(language, text, expected):
    found = counted(text, language)
    if "ніхто" in text:
        assert set(found.values()) == {(0, 0, 0)}
    else:
        assert found == expected
