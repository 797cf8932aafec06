"""`resolve` in JSON lines: every mention answered, in order, whatever the lines hold."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import geo
from geo.cli import main
from geo.documents import Document, MentionAnswer
from geo.documents.lines import answer_line, answer_together
from geo.documents.roles import ROLES

TEXT = "Troops left Kharkiv for Izium. Shells fell on Izium, Kharkiv Oblast, and in Qqzzxville."
KEYS = {
    "doc_id", "start", "end", "surface", "role", "status", "id", "lat", "lon", "geo_precision", "radius_m",
    "probability", "candidates",
}  # fmt: skip


def marks(*names: str, text: str = TEXT) -> list[dict[str, int]]:
    return [{"start": text.index(name), "end": text.index(name) + len(name)} for name in names]


def line(**row: object) -> str:
    return json.dumps({"doc_id": "a", "text": TEXT, "mentions": marks("Kharkiv", "Izium"), **row})


def test_every_mention_has_a_line_in_the_order_given(gazetteer: geo.Gazetteer) -> None:
    mentions = marks("Izium", "Kharkiv Oblast", "Kharkiv", "Qqzzxville")
    rows = answer_line(line(mentions=mentions), gazetteer.resolve_document)
    assert [(row["start"], row["end"]) for row in rows] == [(m["start"], m["end"]) for m in mentions]
    assert [row["surface"] for row in rows] == ["Izium", "Kharkiv Oblast", "Kharkiv", "Qqzzxville"]
    for row in rows:
        assert set(row) >= KEYS
        assert row["role"] in ROLES
        assert row["status"] in ("auto", "ambiguous", "unresolved")
        assert 0 <= row["probability"] <= 1
        assert (row["lat"] is None) == (not row["candidates"])


def test_a_broken_mention_is_said_and_the_others_are_answered(gazetteer: geo.Gazetteer) -> None:
    good = marks("Kharkiv")[0]
    broken = [
        {"start": 5, "end": 5_000},
        {"start": -1, "end": 3},
        {"start": 9, "end": 9},
        {"start": "1", "end": 4},
        {"start": True, "end": 4},
        {"end": 4},
        "Kharkiv",
        None,
    ]
    rows = answer_line(line(mentions=[good, *broken, good]), gazetteer.resolve_document)
    assert len(rows) == 2 + len(broken)
    assert [("error" in row) for row in rows] == [False, *[True] * len(broken), False]
    assert rows[0]["id"] == rows[-1]["id"] is not None
    for row in rows[1:-1]:
        assert (row["status"], row["lat"], row["candidates"]) == ("unresolved", None, [])


def test_overlapping_and_repeated_mentions_are_answered_each(gazetteer: geo.Gazetteer) -> None:
    whole, part = marks("Kharkiv Oblast")[0], {"start": TEXT.index("Kharkiv Oblast"), "end": 60}
    rows = answer_line(line(mentions=[whole, part, whole]), gazetteer.resolve_document)
    assert [row["end"] for row in rows] == [whole["end"], 60, whole["end"]]
    assert rows[0]["id"] == rows[2]["id"]


@pytest.mark.parametrize(
    "bad",
    [
        b"{",
        b"\xff\xfe",
        b"[1, 2]",
        b"null",
        b"{}",
        b'{"doc_id": 7}',
        b'{"doc_id": 7, "text": null, "mentions": []}',
        b'{"doc_id": 7, "text": "Kyiv"}',
        b'{"doc_id": 7, "text": "Kyiv", "mentions": {"start": 0}}',
        b"[" * 100_000,
    ],
)
def test_a_line_that_is_no_document_is_one_line_with_its_error(gazetteer: geo.Gazetteer, bad: bytes) -> None:
    rows = answer_line(bad, gazetteer.resolve_document)
    assert len(rows) == 1
    assert rows[0]["error"]
    assert (rows[0]["status"], rows[0]["start"]) == ("unresolved", None)
    assert set(rows[0]) >= KEYS


def test_a_document_that_cannot_be_answered_leaves_those_answered_with_it_alone(
    gazetteer: geo.Gazetteer,
) -> None:
    def answer_all(documents: Sequence[Document]) -> list[list[MentionAnswer]]:
        if any(document.doc_id == "bad" for document in documents):
            raise ArithmeticError("too much")
        return gazetteer.resolve_documents(documents)

    lines = [line(), line(doc_id="bad"), "{", line(doc_id="c")]
    first, bad, unread, last = answer_together(lines, answer_all, marked=True)
    assert first == answer_line(lines[0], gazetteer.resolve_document)
    assert [row["surface"] for row in last] == ["Kharkiv", "Izium"]
    assert ["too much" in row["error"] for row in bad] == [True, True]
    assert len(unread) == 1


def test_an_empty_text_is_answered(gazetteer: geo.Gazetteer) -> None:
    assert answer_line(line(text="", mentions=[]), gazetteer.resolve_document) == []
    assert (
        "error"
        in answer_line(line(text="", mentions=[{"start": 0, "end": 1}]), gazetteer.resolve_document)[0]
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=60),
    spans=st.lists(st.tuples(st.integers(-2, 70), st.integers(-2, 70)), max_size=6),
)
def test_any_text_and_any_spans_get_an_answer_each(
    gazetteer: geo.Gazetteer, text: str, spans: list[tuple[int, int]]
) -> None:
    mentions = [{"start": start, "end": end} for start, end in spans]
    rows = answer_line(json.dumps({"text": text, "mentions": mentions}), gazetteer.resolve_document)
    assert [(row["start"], row["end"]) for row in rows] == spans


def test_the_command_answers_all_and_ends_with_one_when_some_failed(
    gazetteer: geo.Gazetteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.cli.open_gazetteer", lambda online=None: gazetteer)
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(f"{line()}\n\nnot json\n{line(doc_id='b')}\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["resolve", str(source), str(target)])
    assert done.exit_code == 1
    rows = [json.loads(text) for text in target.read_text(encoding="utf-8").splitlines()]
    assert [row["doc_id"] for row in rows] == ["a", "a", None, "b", "b"]
    source.write_text(f"{line()}\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["resolve", str(source), "-", "--country", "UA", "--near", "49.9,36.2"])
    assert done.exit_code == 0
    assert [json.loads(text)["surface"] for text in done.stdout.splitlines()] == ["Kharkiv", "Izium"]
