"""A small store without a gazetteer, and a way to write tables."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from data import Store, open_store
from tests import postgres

Write = Callable[..., Path]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what is marked `both_databases` twice: its answers must not depend on where the records are kept."""
    if "store_url" in metafunc.fixturenames and metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("store_url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[postgres.Server]:
    """A PostgreSQL server for all tests of a run."""
    yield from postgres.serve()


@pytest.fixture
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty store may be made."""
    if getattr(request, "param", "sqlite") == "postgresql":
        server: postgres.Server = request.getfixturevalue("postgresql")
        return server.database()
    return f"sqlite:///{tmp_path / 'records.sqlite'}"


@pytest.fixture
def empty(store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty store in a home of its own, without a gazetteer."""
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DATELINE_STORE", raising=False)
    with open_store(store_url, sample=False) as store:
        yield store


@pytest.fixture
def table_file(tmp_path: Path) -> Write:
    """Write rows (dicts) or raw text or bytes into a file."""

    def write(content: Sequence[Mapping[str, Any]] | str | bytes, name: str = "rows.csv") -> Path:
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        else:
            columns = list(dict.fromkeys(column for row in content for column in row))
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns, restval="")
                writer.writeheader()
                writer.writerows(content)
        return path

    return write


@pytest.fixture
def filled(empty: Store, table_file: Write) -> Store:
    """A store with rows of every precision, two of them not public."""
    rows = [
        {"event_id": "a1", "title": "Shelling of Bakhmut", "event_type": "explosion_remote", "date": "2023-03-01",
         "place": "Bakhmut", "lat": "48.594", "lon": "38.000", "geo_precision": "settlement", "country": "Ukraine",
         "admin1": "Donetsk Oblast", "publisher": "Paper", "url": "https://example.org/1"},
        {"event_id": "a2", "title": "Clash at Bakhmut", "event_type": "battle", "date": "2023-03-02",
         "place": "Bakhmut", "lat": "48.594", "lon": "38.000", "geo_precision": "settlement", "country": "Ukraine",
         "admin1": "Donetsk Oblast", "actors": "Wagner Group"},
        {"event_id": "a3", "title": "Clash near Soledar", "event_type": "battle", "date": "2023-01",
         "place": "near Soledar", "lat": "48.68", "lon": "38.09", "geo_precision": "near", "country": "Ukraine",
         "admin1": "Donetsk Oblast"},
        {"event_id": "a4", "title": "Protest in Kherson", "event_type": "protest", "date": "2022-03-05",
         "place": "Kherson", "lat": "46.635", "lon": "32.617", "geo_precision": "exact", "country": "Ukraine",
         "admin1": "Kherson Oblast"},
        {"event_id": "a5", "title": "Strikes in the region", "event_type": "explosion_remote", "date": "2023",
         "place": "Kharkiv Oblast", "lat": "49.5", "lon": "36.5", "geo_precision": "adm1", "country": "UA",
         "admin1": "Kharkiv Oblast"},
        {"event_id": "a6", "title": "Strikes in the region again", "event_type": "explosion_remote",
         "date": "2023-02-03", "place": "Kharkiv Oblast", "lat": "49.5", "lon": "36.5", "geo_precision": "adm1",
         "country": "UA", "admin1": "Kharkiv Oblast"},
        {"event_id": "a7", "title": "Deployment somewhere", "event_type": "strategic_development", "date": "",
         "place": "an undisclosed place", "country": "Ukraine"},
        {"event_id": "a8", "title": "Draft of a clash", "event_type": "battle", "date": "2023-03-03",
         "place": "Bakhmut", "lat": "48.60", "lon": "38.01", "status": "draft", "country": "Ukraine"},
        {"event_id": "a9", "title": "Restricted", "event_type": "other", "date": "2023-03-03", "place": "Lyman",
         "lat": "48.98", "lon": "37.80", "sensitivity": "restricted", "country": "Ukraine"},
    ]  # fmt: skip
    summary = empty.import_file(table_file(rows, "filled.csv"), geocode=False)
    assert (summary.imported, summary.rejected) == (9, 0), summary
    return empty
