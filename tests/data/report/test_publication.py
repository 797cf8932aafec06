"""The day of publication, where the head of a text says it."""

from datetime import date

import pytest

from data.report import read

DAY = date(2024, 3, 5)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("GAZA, 5 March 2024 - A strike hit a house.", "GAZA, 5 March 2024"),
        ("VALENCIA, March 5, 2024. Floods killed two people.", "VALENCIA, March 5, 2024"),
        ("BEIRUT, Mar. 5, 2024 (Agency) -- Shelling hit Tyre.", "BEIRUT, Mar. 5, 2024"),
        ("BEIRUT, Lebanon (Agency), Tuesday, 5 March 2024 — Shelling hit Tyre.", None),
        ("5 March 2024 — Our teams treated ten people.", "5 March 2024"),
        ("Floods\n\nPublished: 5 March 2024, 14:05 GMT\n\nIt rained.", "Published: 5 March 2024, 14:05 GMT"),
        ("Floods\nTuesday, 5 March 2024\nIt rained.", "Tuesday, 5 March 2024"),
        ("Floods\nBy Our Reporter | 5 March 2024\nIt rained.", "5 March 2024"),
        ("Floods\nLast updated 5 March 2024 at 10:00\nIt rained.", "Last updated 5 March 2024 at 10:00"),
        ("Floods\nPublished 5 March 2024\nUpdated 7 March 2024\nIt rained.", "Published 5 March 2024"),
        ("Повінь\n\n5 березня 2024 року\n\nЙшов дощ і сніг.", "5 березня 2024 року"),
        ("Опубліковано: 5 березня 2024, 09:40\n\nЙшов дощ.", "Опубліковано: 5 березня 2024, 09:40"),
        ("КИЇВ, 5 березня 2024 (Агентство) — Йшов дощ.", "КИЇВ, 5 березня 2024"),
        ("Харків. 5 березня 2024 року. Йшов дощ.", "Харків. 5 березня 2024 року"),
        ("МОСКВА, 5 марта 2024 г. /Агентство/. Был дождь.", "МОСКВА, 5 марта 2024 г."),
        ("Обновлено: 05.03.2024, 14:20 МСК\nБыл дождь.", "Обновлено: 05.03.2024, 14:20 МСК"),
    ],
)
def test_the_head_says_when_it_was_published_and_in_which_words(text, words):
    article = read(text)
    assert article.published_at == DAY
    assert article.published_from is not None
    assert words is None or article.cut(article.published_from) == words


@pytest.mark.parametrize(
    "text",
    [
        "On 5 March 2024 - a Tuesday - rockets fell.",
        "In Kyiv, 5 March 2024 was a cold day - people said.",
        "The army wrote on 5 March 2024. It said no more.",
        "5 March 2024 - Two farmers were shot dead.\n\n6 March 2024 - A truck was ambushed.",
        "5 March 2024\n\nTwo farmers were shot dead.\n\n6 March 2024\n\nA truck was ambushed.",
        "One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.\n\nSix.\n\n5 March 2024\n\nSeven.",
        "BEIRUT (Agency) -- Shelling hit Tyre on 5 March 2024.",
    ],
)
def test_a_day_further_down_or_of_an_event_is_not_that_of_publication(text):
    assert read(text).published_at is None


def test_who_gives_the_day_is_believed_before_the_text():
    article = read("GAZA, 5 March 2024 - A strike hit a house.", published_at=date(2024, 3, 6))
    assert (article.published_at, article.published_from) == (date(2024, 3, 6), None)


def test_the_day_of_a_dateline_is_not_that_of_the_event(tell):
    (draft,) = tell("GAZA, 5 March 2024 - Shelling hit a house in Rafah on Monday, killing two people.", None)
    assert draft.fields["date_start"] == date(2024, 3, 4)
    assert draft.quote is not None
    assert draft.quote.startswith("Shelling")
