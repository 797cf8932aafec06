"""Downloads from a server that cuts off, forgets, changes its mind or sends a web page."""

import http.server
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import geo
from geo import download as downloading
from geo.download import download
from geo.errors import SourceError
from geo.install import install
from geo.leftovers import clear_leftovers
from tests.geo.conftest import dump_row

ROOT = Path(__file__).parents[2]
BODY = bytes(range(256)) * 4_000


@dataclass
class Source:
    body: bytes = BODY
    cuts: list[int] = field(default_factory=list)
    """After how many bytes each answer in turn breaks off."""
    etag: str = '"one"'
    ranges: bool = True
    status: int = 200
    asked: list[str | None] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> Iterator[Source]:
    known = Source()
    monkeypatch.setattr(downloading, "BACK_OFF_S", 0.0)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range")
            known.asked.append(wanted)
            start = 0
            if wanted and known.ranges and self.headers.get("If-Range") == known.etag:
                start = int(wanted.removeprefix("bytes=").rstrip("-"))
            if known.status != 200:
                return self.send_error(known.status)
            if start and start >= len(known.body):
                self.send_response(416)
                self.send_header("Content-Range", f"bytes */{len(known.body)}")
                self.send_header("Content-Length", "0")
                return self.end_headers()
            left = known.body[start:]
            self.send_response(206 if start else 200)
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(known.body) - 1}/{len(known.body)}")
            self.send_header("ETag", known.etag)
            self.send_header("Content-Length", str(len(left)))
            self.end_headers()
            self.wfile.write(left[: known.cuts.pop(0)] if known.cuts else left)
            return None

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
        known.url = f"http://127.0.0.1:{running.server_address[1]}/UA.zip"
        yield known
        running.shutdown()


def quiet(_: str) -> None:
    pass


def give_up_at_once(url: str, target: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(downloading, "ATTEMPTS", 1)
        with pytest.raises(SourceError, match="run it again to go on"):
            download(url, target, quiet)


def test_a_download_that_breaks_off_goes_on_where_it_ended(source: Source, tmp_path: Path) -> None:
    source.cuts = [300_000, 200_000]
    said: list[str] = []
    download(source.url, tmp_path / "file", said.append)
    assert (tmp_path / "file").read_bytes() == BODY
    assert source.asked == [None, "bytes=300000-", "bytes=500000-"]
    assert any("%" in line for line in said)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]


def test_the_next_run_goes_on_too(source: Source, tmp_path: Path) -> None:
    source.cuts = [1_000]
    give_up_at_once(source.url, tmp_path / "file")
    assert not (tmp_path / "file").exists()
    download(source.url, tmp_path / "file", quiet)
    assert source.asked == [None, "bytes=1000-"]
    assert (tmp_path / "file").read_bytes() == BODY


def test_a_file_that_has_changed_is_read_from_its_start(source: Source, tmp_path: Path) -> None:
    source.cuts = [300_000]
    give_up_at_once(source.url, tmp_path / "file")
    source.body, source.etag = BODY[::-1], '"two"'
    download(source.url, tmp_path / "file", quiet)
    assert (tmp_path / "file").read_bytes() == BODY[::-1]


@pytest.mark.parametrize(("ranges", "etag"), [(False, '"one"'), (True, 'W/"weak"')])
def test_a_server_that_cannot_go_on_sends_it_all_again(
    source: Source, tmp_path: Path, ranges: bool, etag: str
) -> None:
    source.cuts, source.ranges, source.etag = [300_000], ranges, etag
    download(source.url, tmp_path / "file", quiet)
    assert (tmp_path / "file").read_bytes() == BODY


def test_a_whole_file_that_was_not_put_in_place_is_not_sent_again(source: Source, tmp_path: Path) -> None:
    source.cuts = [len(BODY) - 1]
    give_up_at_once(source.url, tmp_path / "file")
    (part,) = tmp_path.glob("*.part")
    part.write_bytes(BODY)
    download(source.url, tmp_path / "file", quiet)
    assert source.asked[-1] == f"bytes={len(BODY)}-"
    assert (tmp_path / "file").read_bytes() == BODY


@pytest.mark.parametrize(("status", "tries"), [(404, 1), (403, 1), (500, 5), (503, 5)])
def test_a_refusal_is_told_with_its_number(source: Source, tmp_path: Path, status: int, tries: int) -> None:
    source.status = status
    with pytest.raises(SourceError, match=f"could not be downloaded .HTTP {status}"):
        download(source.url, tmp_path / "file", quiet)
    assert len(source.asked) == tries
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("no_cities")
@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<!DOCTYPE html><html>Sign in to the hotel's network</html>", "web page"),
        (b"PK\x03\x04 and then nothing", "not a whole zip"),
        (b"", "not a whole zip"),
    ],
)
def test_what_is_no_zip_changes_nothing(few: Path, source: Source, body: bytes, message: str) -> None:
    source.body = body
    before = few.read_bytes()
    with pytest.raises(SourceError, match=message):
        install(["UA"], source.url, path=few, dumps=few.parent / "kept")
    assert few.read_bytes() == before
    assert not list((few.parent / "kept").glob("*.part"))


KILLED = """
import os, signal, sys
from pathlib import Path
from geo.sources import cities
cities._load = lambda name, load=cities._load: {} if name == "cities500.json" else load(name)
from geo import install, writer
def die(*_): os.kill(os.getpid(), signal.SIGKILL)
def progress(text):
    if sys.argv[3] in text: die()
if sys.argv[3] == "insert": install.writer.insert = die
if sys.argv[3] == "finish": install.writer.finish = die
if sys.argv[3] == "kept":
    real = install.os.replace
    install.os.replace = lambda a, b: (real(a, b), die())
install.install(["UA"], sys.argv[2], path=Path(sys.argv[1]), dumps=Path(sys.argv[1]).parent / "kept", progress=progress)
"""


@pytest.mark.parametrize("moment", ["reading", "replacing", "insert", "finish", "kept"])
def test_killed_at_any_moment_the_old_gazetteer_still_answers(
    few: Path, tmp_path: Path, moment: str, no_cities: None
) -> None:
    dump = tmp_path / "UA.txt"
    dump.write_text(dump_row(8002, "Dalnia", 48.6, 37.6), encoding="utf-8")
    before = few.read_bytes()
    done = subprocess.run([sys.executable, "-c", KILLED, str(few), str(dump), moment], cwd=ROOT, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert few.read_bytes() == before
    assert geo.open_gazetteer(few).resolve("Nova", country="UA").candidates
    install(["UA"], str(dump), path=few, dumps=few.parent / "kept")
    assert geo.open_gazetteer(few).resolve("Dalnia", country="UA").candidates


AT_ONCE = """
import sys, time
from pathlib import Path
from geo.sources import cities
cities._load = lambda name, load=cities._load: {} if name == "cities500.json" else load(name)
from geo import install
def progress(text):
    print(text, flush=True)
    if "replacing" in text: time.sleep(1.5)  # both are at it, were there no lock
path = Path(sys.argv[1])
install.install([sys.argv[2]], sys.argv[3], path=path, dumps=path.parent / "kept", progress=progress)
"""


def test_two_installations_at_once_lose_neither_country(few: Path, tmp_path: Path) -> None:
    for code, name in (("MD", "Dalnia"), ("BY", "Blizka")):
        row = dump_row(8000 + ord(code[0]), name, 50.6, 27.6).replace("\tUA\t", f"\t{code}\t")
        (tmp_path / f"{code}.txt").write_text(row, encoding="utf-8")
    running = [
        subprocess.Popen(
            [sys.executable, "-c", AT_ONCE, str(few), code, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE
        )
        for code in ("MD", "BY")
    ]
    said = [process.communicate(timeout=120)[0].decode() for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert sum("waiting for it" in text for text in said) == 1
    opened = geo.open_gazetteer(few)
    assert opened.resolve("Dalnia", country="MD").candidates
    assert opened.resolve("Blizka", country="BY").candidates


def test_what_a_killed_run_left_behind_is_cleared_away_in_time(few: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    (kept / ".incoming-x").mkdir(parents=True)
    half = few.parent / f".{few.name}.abc.part"
    half.write_text("half")
    clear_leftovers(few, kept)
    assert half.exists()
    long_ago = time.time() - 7_200
    for path in (half, kept / ".incoming-x"):
        os.utime(path, (long_ago, long_ago))
    clear_leftovers(few, kept)
    assert not half.exists()
    assert list(kept.iterdir()) == []
    assert few.exists()


@pytest.mark.usefixtures("no_cities")
def test_several_countries_are_installed_at_once_with_progress(
    few: Path, source: Source, tmp_path: Path
) -> None:
    served = tmp_path / "served"
    served.mkdir()
    for code, key in (("UA", 8002), ("BY", 8003)):
        with zipfile.ZipFile(served / f"{code}.zip", "w") as archive:
            archive.writestr(f"{code}.txt", dump_row(key, f"Dalnia{code}", 48.6, 37.6, country=code))
    said: list[str] = []
    done = install(["UA", "BY"], str(served), path=few, dumps=few.parent / "kept", progress=said.append)
    assert [(one.country, one.places > 0, len(one.sha256)) for one in done] == [
        ("UA", True, 64),
        ("BY", True, 64),
    ]
    assert "UA (1 of 2)" in said
    assert "BY (2 of 2)" in said
