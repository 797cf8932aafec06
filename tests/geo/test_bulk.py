"""Many lines: in order whoever answers them, memory level, never a stop for what a line holds."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import geo
from geo.bulk import LONGEST_LINE, Job, answer_lines, lines_of, run
from geo.errors import GeoError

ROOT = Path(__file__).parents[2]
NAMES = [
    "Bakhmut",
    "Kyiv region",
    "near Lyman",
    "",
    "Тарасівка",
    "x" * 10_000,
    "القدس",
    "\x00",
    "Ba\x00khmut",
    "Qwxz",
]
LINES = [json.dumps({"id": at, "place": NAMES[at % len(NAMES)]}).encode() + b"\n" for at in range(2_300)]


def joined(
    gazetteer: geo.Gazetteer, jobs: int | None = None, scheduler: str | None = None
) -> tuple[bytes, int]:
    job = Job(str(gazetteer.path), 10)
    done = list(run(iter(LINES), gazetteer, job, jobs, scheduler))
    return b"".join(one.output for one in done), sum(one.failed for one in done)


@pytest.fixture(scope="module")
def alone(gazetteer: geo.Gazetteer) -> tuple[bytes, int]:
    return joined(gazetteer, 1)


def test_every_line_is_answered_in_order(alone: tuple[bytes, int]) -> None:
    rows = [json.loads(line) for line in alone[0].splitlines()]
    assert [row["id"] for row in rows] == list(range(2_300))
    assert alone[1] == sum("error" in row for row in rows) == 690


@pytest.mark.parametrize("jobs", [2, None])
def test_several_processes_give_the_same_in_the_same_order(
    gazetteer: geo.Gazetteer, alone: tuple[bytes, int], jobs: int | None
) -> None:
    assert joined(gazetteer, jobs) == alone


def test_a_dask_cluster_gives_the_same_in_the_same_order(
    gazetteer: geo.Gazetteer, alone: tuple[bytes, int], tmp_path: Path
) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra “dask” is not installed")
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        local_directory=str(tmp_path),
    ) as cluster:
        assert joined(gazetteer, scheduler=cluster.scheduler_address) == alone


TEXT = "Police in Paris, Texas, said a man from Dallas was held near Bonham."
DOCUMENTS = [
    json.dumps(
        {"doc_id": at, "text": TEXT, "mentions": [{"start": 10, "end": 15}, {"start": at, "end": 0}]}
    ).encode()
    for at in range(210)
]


@pytest.mark.parametrize("command", ["resolve", "parse"])
def test_documents_too_are_answered_by_several_processes_in_order(
    gazetteer: geo.Gazetteer, command: str
) -> None:
    job = Job(str(gazetteer.path), 3, command=command)

    def by(jobs: int | None) -> tuple[bytes, int]:
        done = list(run(iter(DOCUMENTS), gazetteer, job, jobs, None))
        return b"".join(one.output for one in done), sum(one.failed for one in done)

    one = by(1)
    rows = [json.loads(line) for line in one[0].splitlines()]
    assert [row["doc_id"] for row in rows] == sorted(row["doc_id"] for row in rows)
    assert {row["doc_id"] for row in rows} == set(range(210))
    assert one[1] == (210 if command == "resolve" else 0)
    assert by(2) == by(None) == one


def test_a_scheduler_that_is_not_there_is_told(
    gazetteer: geo.Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(GeoError, match="no Dask scheduler at"):
        joined(gazetteer, scheduler="nonsense://x")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(GeoError, match="dateline\\[dask\\]"):
        joined(gazetteer, scheduler="tcp://127.0.0.1:1")


def test_a_line_without_end_is_refused_and_the_next_one_answered(gazetteer: geo.Gazetteer) -> None:
    endless = b'{"id": 1, "place": "' + b"Kyiv, " * (LONGEST_LINE // 2) + b'"}\n'
    lines = list(lines_of(io.BytesIO(endless + b'\n{"id": 2, "place": "Kyiv"}')))
    assert [len(line) <= LONGEST_LINE for line in lines] == [True, True]
    first, second = (
        json.loads(line) for line in answer_lines(lines, gazetteer, Job("", 3)).output.splitlines()
    )
    assert "longer than" in first["error"]
    assert second["candidates"][0]["name"] == "Kyiv"


MEASURE = """
import resource, sys
from geo.cli import main
try:
    main(["batch", sys.argv[1], "-", "--jobs", "1", "--limit", "1"], standalone_mode=False)
except SystemExit:
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)
"""


def test_memory_does_not_grow_with_the_input(home: Path, tmp_path: Path) -> None:
    used = []
    for times in (1, 4):
        source = tmp_path / f"{times}.jsonl"
        source.write_bytes(b"".join(line for line in LINES[:1000] if len(line) < 1000) * times)
        done = subprocess.run(
            [sys.executable, "-c", MEASURE, str(source)],
            cwd=ROOT,
            env={**os.environ, "DATELINE_HOME": str(home)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=120,
        )
        used.append(int(done.stderr.split()[-1]))
    assert used[1] - used[0] < 15, "MB more for four times the lines"
