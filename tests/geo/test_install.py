import functools
import http.server
import shutil
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import geo
from geo.errors import SourceError
from geo.install import install
from tests.geo.conftest import dump_row

pytestmark = pytest.mark.usefixtures("no_cities")
ROWS = dump_row(8001, "Nova", 48.5, 37.5, "Нова") + dump_row(8002, "Dalnia", 48.6, 37.6, "Дальня", people=700)
DIVISIONS = "UA.05\tDonetsk\tDonetsk\t709716\n"


@pytest.fixture
def dumps(tmp_path: Path) -> Path:
    folder = tmp_path / "dumps"
    folder.mkdir()
    (folder / "UA.txt").write_text(ROWS, encoding="utf-8")
    (folder / "admin1CodesASCII.txt").write_text(DIVISIONS, encoding="utf-8")
    return folder


@pytest.fixture
def server(dumps: Path) -> Iterator[str]:
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(dumps))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


def pack(dumps: Path) -> Path:
    path = dumps / "UA.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr("UA.txt", ROWS)
    return path


def names(path: Path) -> set[str]:
    return {c.id for c in geo.open_gazetteer(path).resolve("Dalnia", country="UA").candidates}


def add(few: Path, origin: str, *codes: str) -> list[geo.install.Installed]:  # type: ignore[name-defined]
    return install(codes or ["UA"], origin, path=few, dumps=few.parent / "kept")


def test_a_folder_is_installed_with_its_divisions(few: Path, dumps: Path) -> None:
    (done,) = add(few, str(dumps))
    assert done.country == "UA"
    assert len(done.sha256) == 64
    assert names(few) == {"geonames:8002"}
    (candidate,) = geo.open_gazetteer(few).resolve("Дальня", country="UA").candidates
    assert candidate.admin1 == "Donetsk Oblast"


def test_a_text_file_a_zip_and_a_folder_with_a_zip_give_the_same(few: Path, dumps: Path) -> None:
    archive = pack(dumps)
    for origin in (dumps / "UA.txt", archive, dumps):
        add(few, str(origin))
        assert names(few) == {"geonames:8002"}
    (dumps / "UA.txt").unlink()
    add(few, str(dumps))
    assert names(few) == {"geonames:8002"}


def test_an_address_is_downloaded(few: Path, dumps: Path, server: str) -> None:
    pack(dumps)
    (done,) = add(few, f"{server}/")
    assert done.origin == f"{server}/UA.zip"
    assert names(few) == {"geonames:8002"}
    (again,) = add(few, f"{server}/UA.txt")
    assert again.sha256 == done.sha256


def test_installing_again_replaces_the_country_and_nothing_else(few: Path, dumps: Path) -> None:
    add(few, str(dumps))
    first = geo.open_gazetteer(few)
    (dumps / "UA.txt").write_text(dump_row(8003, "Tretia", 48.7, 37.7), encoding="utf-8")
    add(few, str(dumps))
    second = geo.open_gazetteer(few)
    assert names(few) == set()
    assert second.resolve("Tretia", country="UA").candidates
    assert second.version != first.version
    assert first.resolve("Dalnia").candidates, "an open gazetteer goes on answering from the file it opened"
    assert [row["label"] for row in second.sources()].count("GeoNames UA") == 1


def test_what_was_read_is_recorded_and_kept_for_a_rebuild(few: Path, dumps: Path) -> None:
    (done,) = add(few, str(dumps))
    (row,) = [row for row in geo.open_gazetteer(few).sources() if row["source"] == "geonames:UA"]
    assert row["sha256"] == done.sha256
    assert (few.parent / "kept" / "UA.txt").read_text(encoding="utf-8") == ROWS


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (ROWS[:-30], "columns"),
        ("<html>404</html>", "columns"),
        ("", "no place in UA"),
        (dump_row(1, "Minsk", 53.9, 27.5, country="BY"), "no place in UA"),
    ],
)
def test_a_bad_dump_changes_nothing(few: Path, dumps: Path, content: str, message: str) -> None:
    before = few.read_bytes()
    (dumps / "UA.txt").write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=message):
        add(few, str(dumps))
    assert few.read_bytes() == before
    assert not list((few.parent / "kept").glob("*.txt"))
    kept = {path.name for path in few.parent.iterdir() if path.suffix != ".lock"}
    assert kept == {"gazetteer.sqlite", "kept"}


def test_a_damaged_zip_changes_nothing(few: Path, dumps: Path) -> None:
    path = pack(dumps)
    path.write_bytes(path.read_bytes()[:150])
    before = few.read_bytes()
    with pytest.raises(SourceError, match="zip"):
        add(few, str(path))
    assert few.read_bytes() == before


def test_an_address_without_the_file_is_told(few: Path, server: str) -> None:
    with pytest.raises(SourceError, match="could not be downloaded"):
        add(few, f"{server}/nowhere/")


def test_an_address_that_does_not_answer_is_told(few: Path) -> None:
    with pytest.raises(SourceError, match="could not be downloaded"):
        add(few, "http://127.0.0.1:9/")


@pytest.mark.parametrize("code", ["UKR", "1", "../x", ""])
def test_a_code_that_is_none_is_refused(few: Path, dumps: Path, code: str) -> None:
    with pytest.raises(SourceError, match="country code"):
        add(few, str(dumps), code)


def test_a_folder_without_the_dump_is_told(few: Path, dumps: Path) -> None:
    with pytest.raises(SourceError, match=r"BY\.txt"):
        add(few, str(dumps), "UA", "BY")


def test_the_same_country_twice_is_once(few: Path, dumps: Path) -> None:
    assert len(add(few, str(dumps), "UA", "ua")) == 1


def test_a_borrowed_gazetteer_is_not_changed_through_its_link(few: Path, dumps: Path, tmp_path: Path) -> None:
    before = few.read_bytes()
    link = tmp_path / "home" / "gazetteer.sqlite"
    link.parent.mkdir()
    link.symlink_to(few)
    install(["UA"], str(dumps), path=link, dumps=link.parent / "kept")
    assert few.read_bytes() == before
    assert not link.is_symlink()
    shutil.rmtree(link.parent)
