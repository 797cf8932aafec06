"""`parse`: documents in, one line for every place name found, in order, with answers of the ranker."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import geo
from geo.cli import main
from geo.documents.lines import parse_line
from geo.documents.model import Document
from geo.mentions.parsing import MOST_MENTIONS

TEXT = "Shells fell on Izium, Kharkiv Oblast. Ivan Petrenko of the council said nobody left for Paris, Texas."


def found(gazetteer: geo.Gazetteer, text: str) -> list[str]:
    return [answer.surface for answer in gazetteer.parse_document(Document(text))]


def test_names_are_found_in_order_and_answered_together(gazetteer: geo.Gazetteer) -> None:
    answers = gazetteer.parse_document(Document(TEXT))
    assert [a.surface for a in answers] == ["Izium", "Kharkiv Oblast", "Paris", "Texas"]
    assert [TEXT[a.start : a.end] for a in answers] == [a.surface for a in answers]
    assert [a.candidates[0].country for a in answers] == ["UA", "UA", "US", "US"]


def test_marks_that_a_document_has_are_not_looked_at(gazetteer: geo.Gazetteer) -> None:
    row = {"doc_id": 1, "text": TEXT, "mentions": "nonsense"}
    assert [r["surface"] for r in parse_line(json.dumps(row), gazetteer.parse_document)][:1] == ["Izium"]


def test_a_text_without_places_has_no_lines(gazetteer: geo.Gazetteer) -> None:
    for text in ("", " \n", "nothing of note happened", "12 34 !? …"):
        assert parse_line(json.dumps({"text": text}), gazetteer.parse_document) == []


@pytest.mark.parametrize(
    "text",
    [
        "\0" * 1000 + "A fire in Kyiv\0.",
        "\u202bانفجار في دمشق\u202c and a fire in Kyiv.",
        "🔥" * 500 + " A fire in Kyiv.",
        "Kyїв Хаrkiv mixed, a fire in Kyiv.",
        "A fire in Kyiv. " + "OF THE KYIV " * 3_000,
        "A fire in Kyiv. " + "A.B." * 5_000 + "Al-" * 5_000 + "d'Ivoire’s " * 2_000,
        "A fire in Kyiv.\ud800",
    ],
)
def test_hostile_text_is_answered_and_the_place_in_it_found(gazetteer: geo.Gazetteer, text: str) -> None:
    answers = gazetteer.parse_document(Document(text))
    assert "Kyiv" in {answer.surface for answer in answers}
    assert all(text[answer.start : answer.end] == answer.surface for answer in answers)


def test_names_past_the_last_one_answered_are_told_of(gazetteer: geo.Gazetteer) -> None:
    text = "A fire in Kyiv. " * (MOST_MENTIONS + 5)
    *answers, last = gazetteer.parse_document(Document(text))
    assert len(answers) == MOST_MENTIONS
    assert last.start == text.index("Kyiv", answers[-1].end)
    assert "left out" in (last.problem or "")
    assert parse_line(json.dumps({"text": text}), gazetteer.parse_document)[-1]["error"] == last.problem


@pytest.mark.parametrize("bad", [b"{", b"\xff", b"[]", b"null", b"{}", b'{"text": 3}', b"[" * 100_000])
def test_a_line_that_cannot_be_read_says_so(gazetteer: geo.Gazetteer, bad: bytes) -> None:
    rows = parse_line(bad, gazetteer.parse_document)
    assert len(rows) == 1
    assert rows[0]["error"]
    assert "Traceback" not in rows[0]["error"]


def test_the_command_answers_in_order_and_tells_of_failed_lines(home: Path, tmp_path: Path) -> None:
    lines = [
        {"doc_id": "a", "text": "A fire in Bakhmut."},
        {"doc_id": "b"},
        {"doc_id": "c", "text": "It rained in Lviv."},
    ]
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    result = CliRunner().invoke(main, ["parse", str(source), str(target)])
    assert result.exit_code == 1
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [(row["doc_id"], row["surface"], "error" in row) for row in rows] == [
        ("a", "Bakhmut", False),
        ("b", "", True),
        ("c", "Lviv", False),
    ]
