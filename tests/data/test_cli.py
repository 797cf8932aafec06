"""The command line, as a user runs it: in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROWS = "title,place,date,type\nClash,Bakhmut,2023-03-01,battle\nProtest,Київ,2023-03-02,protest\n"


class Shell:
    """Runs `python -m data` with a home of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = {
            **os.environ,
            "DATELINE_HOME": str(folder / "home"),
            "DATELINE_SAMPLE": "0",
            "PYTHONUTF8": "0",
        }
        self.env.pop("DATELINE_STORE", None)

    def __call__(self, *args: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
        command = [sys.executable, "-m", "data", *args]
        root = Path(__file__).parents[2]
        done = subprocess.run(
            command, cwd=root, env=self.env, input=stdin, capture_output=True, timeout=120, check=False
        )
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return done


@pytest.fixture
def run(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def last_line(done: "subprocess.CompletedProcess[bytes]") -> dict[str, object]:
    return dict(json.loads(done.stdout.decode().splitlines()[-1]))


def test_import_count_export_and_history_work_together(run: Shell, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(ROWS + "Bad,Lviv,31/31/2024,battle\n", encoding="utf-8")
    done = run("import", str(path), "--no-geocode")
    summary = last_line(done)
    assert done.returncode == 1
    assert (summary["read"], summary["imported"], summary["rejected"]) == (3, 2, 1)
    assert {"updated", "unchanged", "rejects_file", "import_id"} <= set(summary)
    assert "row 4: date: '31/31/2024' has no such day" in done.stderr.decode()

    counted = run("count", "--type", "battle", "--datetime", "2023")
    assert (counted.returncode, last_line(counted)) == (0, {"total": 2, "matching": 1, "unplaced": 1})
    assert (
        counted.stderr.decode().strip() == "1 of 2 incidents, 1 Jan – 31 Dec 2023, battle; 1 without a place"
    )

    out = tmp_path / "out.geojson"
    exported = run("export", str(out), "--public", "--q", "київ")
    assert (exported.returncode, last_line(exported)["rows"]) == (0, 1)
    assert json.loads(out.read_text(encoding="utf-8"))["features"][0]["properties"]["title"] == "Protest"
    assert run("export", "-", "--type", "battle").stdout.decode().count("\r\n") == 2

    (line,) = run("history").stdout.decode().splitlines()
    assert json.loads(line)["file_name"] == "rows.csv"


def test_standard_input_and_several_files_are_read(run: Shell, tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text("title,place\nMore,Lviv\n", encoding="utf-8")
    done = run("import", "-", str(tmp_path / "more.csv"), "--no-geocode", stdin=ROWS.encode())
    summary = last_line(done)
    assert (done.returncode, summary["imported"]) == (0, 3)
    assert [file["file"] for file in summary["files"]] == ["-", str(tmp_path / "more.csv")]


def test_a_dry_run_says_what_would_happen_and_saves_nothing(run: Shell, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(ROWS + "Bad,Lviv,31/31/2024,battle\n", encoding="utf-8")
    done = run("import", str(path), "--no-geocode", "--dry-run")
    counts = last_line(done)
    assert done.returncode == 1
    assert (counts["read"], counts["new"], counts["changed"], counts["rejected"]) == (3, 2, 0, 1)
    assert "2 new, 0 changed, 1 rejected" in done.stderr.decode()
    assert "row 4: date: '31/31/2024'" in done.stderr.decode()
    assert sorted(file.name for file in tmp_path.glob("*.csv")) == ["rows.csv"]
    assert last_line(run("count"))["total"] == 0


def test_a_mapping_is_remembered_until_it_is_asked_for_anew(run: Shell, tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.csv").write_text(f"Was,place\nClash {number},Kyiv\n", encoding="utf-8")
    run("import", str(tmp_path / "1.csv"), "--no-geocode", "--map", "title=Was")
    second = run("import", str(tmp_path / "2.csv"), "--no-geocode")
    assert "columns as chosen for 1.csv" in second.stderr.decode()
    exported = run("export", "-").stdout.decode()
    assert "Clash 2" in exported
    fresh = run("import", str(tmp_path / "2.csv"), "--no-geocode", "--fresh", "--dry-run")
    assert "columns as chosen" not in fresh.stderr.decode()


def test_rejects_of_standard_input_are_kept_at_home(run: Shell) -> None:
    done = run("import", "-", "--no-geocode", stdin=b"title,place,date\nx,Kyiv,31/31/2024\ny,Kyiv,2024\n")
    assert Path(str(last_line(done)["rejects_file"])).is_file()


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("import", "missing.csv", "--no-geocode"), "does not exist"),
        (("import", "-", "--no-geocode"), "is empty"),
        (("import",), "Missing argument"),
        (("import", "-", "--map", "nonsense", "--no-geocode"), "write field=column"),
        (("import", "-", "--store", "nonsense", "--no-geocode"), "not a database address"),
        (("count", "--type", "war"), "use battle"),
        (("count", "--datetime", "31/31/2024"), "is not a date"),
        (("count", "--bbox", "1,2"), "is not four numbers"),
        (("export", "out.docx"), "no known format"),
        (("export", "/nowhere/at/all/out.csv"), "No such file"),
        (("nonsense",), "No such command"),
    ],
)
def test_a_bad_call_is_one_line_and_exit_code_2(run: Shell, args: tuple[str, ...], says: str) -> None:
    done = run(*args)
    assert done.returncode == 2
    assert says in done.stderr.decode()
    assert not done.stdout


@pytest.mark.parametrize("command", [(), ("import",), ("count",), ("export",), ("history",)])
def test_every_command_has_help(run: Shell, command: tuple[str, ...]) -> None:
    done = run(*command, "--help")
    assert done.returncode == 0
    assert b"--help" in done.stdout


def test_geocoding_without_a_gazetteer_says_what_to_do(run: Shell) -> None:
    done = run("import", "-", stdin=ROWS.encode())
    assert done.returncode == 2
    assert "python -m geo build" in done.stderr.decode()


def test_a_first_look_loads_the_sample_and_an_import_does_not(run: Shell, home: Path) -> None:
    run.env |= {"DATELINE_HOME": str(home), "DATELINE_SAMPLE": "1"}
    fresh = f"sqlite:///{run.folder / 'fresh.sqlite'}"
    assert int(str(last_line(run("count"))["total"])) >= 150
    run("import", "-", "--no-geocode", "--store", fresh, stdin=ROWS.encode())
    assert last_line(run("count", "--store", fresh))["total"] == 2


def test_a_first_look_without_a_gazetteer_says_why_there_is_no_sample(run: Shell) -> None:
    run.env["DATELINE_SAMPLE"] = "1"
    done = run("count")
    assert last_line(done)["total"] == 0
    assert "the sample is not loaded" in done.stderr.decode()
