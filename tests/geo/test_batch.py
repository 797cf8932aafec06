import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geo
from geo.batch import Answerer
from geo.phrase import LONGEST

HOSTILE: list[tuple[bytes, bool]] = [
    (b'{"id": 1, "place": "Bakhmut"}', True),
    (b"not json", False),
    (b"[1, 2]", False),
    (b"null", False),
    (b'{"id": 5}', False),
    (b'{"id": 6, "place": ""}', False),
    (b'{"id": 7, "place": null}', False),
    (b'{"id": 8, "place": 42}', False),
    (json.dumps({"id": 9, "place": "x" * 10_000}).encode(), False),
    (json.dumps({"id": 10, "place": "\x00\x00"}).encode(), False),
    (json.dumps({"id": 11, "place": "Bakh\x00mut"}).encode(), True),
    (json.dumps({"id": 12, "place": "\u202eالقدس\u202c"}).encode(), True),
    (json.dumps({"id": 13, "place": "תל אביב"}).encode(), True),
    (b'{"id": 14, "place": "\xff\xfe"}', False),
    (b'{"id": 15, "place": "Kyiv", "within": "Kyiv Oblast"}', True),
    (b'{"id": 16, "place": "Kyiv", "within": {"a": 1}}', False),
    (b'{"id": 17, "place": "Kyiv", "within": [null, "Kyiv Oblast"], "country": null}', True),
    (b'{"id": 18, "place": "Kyiv", "country": 7}', False),
    (b'{"id": {"a": [1]}, "place": "Kyiv"}', True),
    (b'{"id": 20, "place": "\\ud83d"}', False),
    (b'{"id": "\\ud83d", "place": "Kyiv"}', True),
    (b"[" * 100_000, False),
    (b'{"id": 23, "place": "0, 0"}', False),
    (json.dumps({"id": 24, "place": "and " * 120}).encode(), True),
    (json.dumps({"id": 25, "place": ", ".join(["Novoselivka"] * 40)[:LONGEST]}).encode(), True),
    (json.dumps({"id": 26, "place": "Kyiv", "within": ["x" * 10_000, "\x00", ""]}).encode(), True),
]


def answer_line(line: bytes, gazetteer: geo.Gazetteer) -> dict[str, Any]:
    answer, sound = Answerer(gazetteer).answer(line)
    row: dict[str, Any] = json.loads(answer.encode("utf-8"))
    assert sound == ("error" not in row)
    return row


@pytest.mark.parametrize(("line", "readable"), HOSTILE, ids=range(len(HOSTILE)))
def test_every_line_gets_an_answer_or_a_clear_error(
    gazetteer: geo.Gazetteer, line: bytes, readable: bool
) -> None:
    row = answer_line(line, gazetteer)
    assert ("error" not in row) == readable
    assert row["status"] in ("auto", "ambiguous", "unresolved")
    if not readable:
        assert row["status"] == "unresolved"
        assert row["candidates"] == []
        assert len(row["error"]) < 300


def test_a_repeated_place_is_looked_up_once_and_keeps_its_own_id(
    gazetteer: geo.Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    resolve = gazetteer.resolve

    def counted(place: str, **more: Any) -> geo.Resolution:
        asked.append(place)
        return resolve(place, **more)

    monkeypatch.setattr(gazetteer, "resolve", counted)
    answerer = Answerer(gazetteer)
    rows = [
        json.loads(answerer.answer(json.dumps({"id": at, "place": place, "country": country}))[0])
        for at, (place, country) in enumerate(
            [("Kyiv", "UA"), ("Lviv", "UA"), ("Kyiv", "UA"), ("Kyiv", None), ("", None), ("", None)]
        )
    ]
    assert asked == ["Kyiv", "Lviv", "Kyiv", ""]
    assert [row.pop("id") for row in rows] == [0, 1, 2, 3, 4, 5]
    assert rows[0] == rows[2]
    assert rows[0] != rows[3]


def test_an_answer_has_the_agreed_fields(gazetteer: geo.Gazetteer) -> None:
    row = answer_line(b'{"id": "a", "place": "near Bakhmut", "country": "UA"}', gazetteer)
    assert {"id", "status", "relation", "candidates", "area", "toponyms"} <= row.keys()
    assert {
        "id", "name", "lat", "lon", "geo_precision", "radius_m", "country", "admin1", "probability", "reasons",
    } <= row["candidates"][0].keys()  # fmt: skip
    assert row["area"]["type"] == "Polygon"
    assert row["toponyms"] == [{"text": "Bakhmut", "start": 5, "end": 12}]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120), st.lists(st.text(max_size=30), max_size=3), st.text(max_size=20))
def test_any_text_is_answered(gazetteer: geo.Gazetteer, place: str, within: list[str], country: str) -> None:
    line = json.dumps({"id": 0, "place": place, "within": within, "country": country}).encode()
    row = answer_line(line, gazetteer)
    assert "this line could not be answered" not in row.get("error", "")


def test_any_binary_line_is_answered(gazetteer: geo.Gazetteer) -> None:
    noise = random.Random(1)
    for _ in range(200):
        assert "error" in answer_line(noise.randbytes(60), gazetteer)
