"""`python -m data report`, as a user runs it: in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
TEXT = "Shelling killed two people in Kherson on Tuesday, the governor said.\n"


@pytest.fixture
def run(home: Path) -> Run:
    env = {**os.environ, "DATELINE_HOME": str(home), "DATELINE_SAMPLE": "0", "PYTHONUTF8": "0"}
    env.pop("DATELINE_STORE", None)
    env.pop("DATELINE_FETCH", None)

    def run(*args: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
        command = [sys.executable, "-m", "data", *args]
        root = Path(__file__).parents[3]
        done = subprocess.run(
            command, cwd=root, env=env, input=stdin, capture_output=True, timeout=120, check=False
        )
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return done

    return run


def test_a_report_is_answered_in_json_with_its_text_and_spans(run, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    done = run("report", str(path), "--json", "--published", "2025-04-09")
    assert done.returncode == 0
    answer = json.loads(done.stdout)
    (incident,) = answer["incidents"]
    text = answer["report"]["text"]
    assert text == TEXT
    assert (incident["event_subtype"], incident["date_start"]) == ("shelling_artillery_missile", "2025-04-08")
    assert (incident["killed_min"], incident["killed_best"], incident["killed_max"]) == (2, 2, 2)
    (sentence,) = incident["sentences"]
    assert text[sentence["start"] : sentence["end"]] == TEXT.strip()
    (place,) = incident["places"]
    assert text[place["start"] : place["end"]] == "Kherson"
    assert {"id", "name", "lat", "lon", "probability", "reasons"} <= set(place["candidates"][0])


def test_standard_input_is_read_and_shown_to_people(run):
    done = run("report", "-", stdin="У вівторок обстріляли Херсон.".encode())
    shown = done.stdout.decode()
    assert done.returncode == 0
    assert "Shelling, artillery or missile attack" in shown
    assert "обстріляли" in shown


def test_saved_drafts_can_be_listed_and_undone(run):
    done = run(
        "report", "-", "--json", "--save", "--user", "ana", "--published", "2025-04-09", stdin=TEXT.encode()
    )
    assert json.loads(done.stdout)["incidents"][0]["event_id"].startswith("r-")
    assert json.loads(run("count").stdout)["total"] == 1
    listed = json.loads(run("history").stdout.splitlines()[0])
    assert listed["user"] == "ana"
    assert run("undo", listed["decision_id"]).returncode == 0
    assert json.loads(run("count").stdout)["total"] == 0


@pytest.mark.parametrize(
    ("args", "stdin", "message"),
    [
        (["-"], b"", "is empty"),
        (["-"], b"%PDF-1.4 nothing", "broken PDF"),
        (["absent.pdf"], b"", "cannot be read"),
        (["http://127.0.0.1/a"], b"", "inside a private network"),
        (["-", "--published", "yesterday"], b"x", "write it as 2025-04-08"),
        (["-", "--url", "javascript:x"], b"x", "begin with https://"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_code_2(run, args, stdin, message):
    done = run("report", *args, stdin=stdin)
    assert done.returncode == 2
    assert message in done.stderr.decode()
    assert len(done.stderr.decode().strip().splitlines()) == 1


def test_a_text_without_incidents_says_so(run):
    done = run("report", "-", stdin=b"The council opened a bakery in Bucha.")
    assert done.returncode == 0
    assert "no incident was found" in done.stdout.decode()
