import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import PlaceTextError
from geo.phrase import parse
from geo.relations import Offset

KNOWN = {"bosnia and herzegovina", "stratford upon avon", "kyiv", "isle of man"}


def read(text: str) -> tuple[str, list[str], list[str], list[str]]:
    found = parse(text, KNOWN.__contains__)
    lists = [[name.text for name in names] for names in (found.names, found.containers, found.neighbours)]
    return found.relation, lists[0], lists[1], lists[2]


@pytest.mark.parametrize(
    ("text", "relation", "names", "containers", "neighbours"),
    [
        ("Bakhmut", "at", ["Bakhmut"], [], []),
        ("Bakhmut\n", "at", ["Bakhmut"], [], []),
        ("(Bakhmut)", "at", ["Bakhmut"], [], []),
        ("in Bakhmut, Ukraine", "at", ["Bakhmut"], ["Ukraine"], []),
        ("Kupyansk (Kharkiv region)", "at", ["Kupyansk"], ["Kharkiv region"], []),
        ("Soledar, near Bakhmut", "at", ["Soledar"], [], ["Bakhmut"]),
        ("Soledar near Bakhmut", "at", ["Soledar"], [], ["Bakhmut"]),
        ("Kyiv, Borodyanka", "at", ["Kyiv"], ["Borodyanka"], []),
        ("Makeevka / Makiivka", "at", ["Makeevka"], ["Makiivka"], []),
        ("Chornobayivka and Komysany", "at", ["Chornobayivka", "Komysany"], [], []),
        ("Tarasivka, Bilohorivka and Soledar", "at", ["Tarasivka", "Bilohorivka", "Soledar"], [], []),
        ("on the outskirts of Bakhmut", "near", ["Bakhmut"], [], []),
        ("Bakhmut outskirts", "near", ["Bakhmut"], [], []),
        ("fields near Soledar, Donetsk Oblast", "near", ["Soledar"], ["Donetsk Oblast"], []),
        ("between Kreminna and Lyman", "between", ["Kreminna", "Lyman"], [], []),
        ("in the direction of Pokrovsk", "toward", ["Pokrovsk"], [], []),
        ("Kupiansk direction", "toward", ["Kupiansk"], [], []),
        ("a village in Donetsk Oblast", "within", ["Donetsk Oblast"], [], []),
        ("the Kursk region of Russia", "at", ["Kursk region"], ["Russia"], []),
        ("Kyiv suburb of Irpin", "at", ["Irpin"], ["Kyiv"], []),
        ("the village of Robotyne, Zaporizhzhia", "at", ["Robotyne"], ["Zaporizhzhia"], []),
        ("Bosnia and Herzegovina", "at", ["Bosnia and Herzegovina"], [], []),
        ("біля Бахмута", "near", ["Бахмута"], [], []),
        (
            "near the villages of Tarasivka and Bilohorivka in Donetsk Oblast",
            "near",
            ["Tarasivka", "Bilohorivka"],
            ["Donetsk Oblast"],
            [],
        ),
    ],
)
def test_phrases_come_apart(
    text: str, relation: str, names: list[str], containers: list[str], neighbours: list[str]
) -> None:
    assert read(text) == (relation, names, containers, neighbours)


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("15 km north of Kupiansk", Offset(15.0, 0.0)),
        ("about 15km NE of Kupiansk", Offset(15.0, 45.0)),
        ("10 miles south-west of Kupiansk", Offset(16.09344, 225.0)),
        ("some 10-20 kilometres from Kupiansk", Offset(15.0, None)),
        ("500 m west of Kupiansk", Offset(0.5, 270.0)),
    ],
)
def test_distances_and_directions_are_read(text: str, offset: Offset) -> None:
    found = parse(text, KNOWN.__contains__)
    assert (found.relation, found.offset, found.names[0].text) == ("near", offset, "Kupiansk")


@pytest.mark.parametrize("text", ["", "   ", "\x00\x00", "\u202e\u200f", "...", "—"])
def test_an_empty_text_is_refused(text: str) -> None:
    with pytest.raises(PlaceTextError, match="no place"):
        parse(text, KNOWN.__contains__)


def test_a_very_long_text_is_refused() -> None:
    with pytest.raises(PlaceTextError, match="10,000 characters"):
        parse("x" * 10_000, KNOWN.__contains__)


@given(st.text(max_size=500))
def test_names_are_where_they_say(text: str) -> None:
    try:
        found = parse(text, KNOWN.__contains__)
    except PlaceTextError:
        return
    for name in (*found.names, *found.containers, *found.neighbours):
        assert found.text[name.start : name.end] == name.text
        assert len(found.text) == len(text)


@given(
    st.lists(
        st.sampled_from(
            ["near", "and", "in", "of", "the", "15 km", "north", "(", ")", ",", "between", "Kyiv", "oblast"]
        )
    )
)
def test_any_heap_of_relation_words_is_read_quickly(words: list[str]) -> None:
    text = " ".join(words * 5)[:500]
    if re.search(r"\w", text):
        parse(text, KNOWN.__contains__)


@pytest.mark.parametrize(
    "text", ["Bakhmut", "Soledar’s", "Marjinka’ka", "Київ", "東京", "oblast", "near", "border"]
)
def test_one_word_is_a_name_whatever_word_it_is(text: str) -> None:
    for known in (lambda name: True, lambda name: False):
        phrase = parse(text, known)
        assert [(name.text, name.kind) for name in phrase.names] == [(text, "")]
        assert (phrase.relation, phrase.containers) == ("at", [])
