"""The one set of fixtures that every test uses: the default gazetteer, real data where it is, the sample."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import geo
from geo.paths import home as dateline_home

# A busy machine is not a failed property: how long things take is measured in benchmarks/.
settings.register_profile("dateline", deadline=None)
settings.load_profile("dateline")

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data beside the project; tests that need it are skipped where it is not."""
    if not SHARED.is_dir():
        pytest.skip("real test data (../shared) is not on this machine")
    return SHARED


@pytest.fixture(scope="session")
def default_gazetteer_path(tmp_path_factory: pytest.TempPathFactory, worker_id: str = "master") -> Path:
    """The gazetteer that `make setup` has built."""
    path = dateline_home() / "gazetteer.sqlite"
    if not path.exists():
        pytest.fail("no gazetteer: run `make setup` (or `python -m geo build`) first")
    return path


@pytest.fixture(scope="session")
def gazetteer(default_gazetteer_path: Path) -> geo.Gazetteer:
    """The default gazetteer, opened once."""
    return geo.open_gazetteer(default_gazetteer_path)


@pytest.fixture
def home(tmp_path: Path, default_gazetteer_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty DATELINE_HOME that borrows the default gazetteer and the browser files."""
    folder = tmp_path / "home"
    folder.mkdir()
    lend(folder, default_gazetteer_path)
    monkeypatch.setenv("DATELINE_HOME", str(folder))
    return folder


def lend(folder: Path, gazetteer_path: Path) -> None:
    """Link the gazetteer and the browser files into a home."""
    os.symlink(gazetteer_path, folder / "gazetteer.sqlite")
    os.symlink(gazetteer_path.parent / "assets", folder / "assets")


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory, default_gazetteer_path: Path) -> Iterator[Path]:
    """A home whose store holds the bundled sample; shared, so only for tests that read."""
    folder = tmp_path_factory.mktemp("sample-home")
    lend(folder, default_gazetteer_path)
    before = os.environ.get("DATELINE_HOME")
    os.environ["DATELINE_HOME"] = str(folder)
    try:
        from data import open_store

        open_store().close()
    finally:
        os.environ.pop("DATELINE_HOME")
        if before is not None:
            os.environ["DATELINE_HOME"] = before
    return folder
