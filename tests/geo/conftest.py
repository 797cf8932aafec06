"""Gazetteers for the tests of `geo`: the default one, one with dumps, and a handful of places built in a moment."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import geo
from geo.build import write
from geo.install import install
from geo.sources import cities
from geo.sources.record import PlaceRecord


@pytest.fixture(scope="session")
def gazetteer_ua(
    shared: Path, default_gazetteer_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> geo.Gazetteer:
    """The default gazetteer with the dumps of Ukraine and Belarus installed."""
    folder = tmp_path_factory.mktemp("gazetteer-ua")
    path = folder / "gazetteer.sqlite"
    shutil.copyfile(default_gazetteer_path, path)
    install(["UA", "BY"], str(shared / "gazetteer"), path=path, dumps=folder)
    return geo.open_gazetteer(path)


def place(key: int, name: str, lat: float, lon: float, **more: object) -> PlaceRecord:
    return PlaceRecord(key, name, lat, lon, **{"feature": "PPL", "country": "UA", "source": "test", **more})


FEW = [
    place(1, "Nova", 48.0, 37.0, admin1="05", population=12_000, alternates={"Нова"}, radius_m=2500.0),
    place(2, "Nova", 50.0, 30.0, admin1="13", population=900, radius_m=1000.0),
    place(3, "Stara", 48.1, 37.1, admin1="05", radius_m=1000.0),
    place(
        4, "Donetsk Oblast", 48.0, 37.5, admin1="05", feature="ADM1", population=4_000_000, radius_m=120_000.0
    ),
    place(
        5,
        "Ukraine",
        49.0,
        32.0,
        feature="PCLI",
        population=40_000_000,
        radius_m=600_000.0,
        codes={"UA", "UKR"},
    ),
]


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """A whole gazetteer of five places."""
    path = tmp_path / "few" / "gazetteer.sqlite"
    path.parent.mkdir()
    write(path, FEW, [], "few")
    return path


@pytest.fixture
def no_cities(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the 80 MB of cities unread where a test does not need them."""
    load: Callable[[str], dict[str, dict[str, object]]] = cities._load
    monkeypatch.setattr(cities, "_load", lambda name: {} if name == "cities500.json" else load(name))


DUMP_ROW = "{key}\t{name}\t{name}\t{names}\t{lat}\t{lon}\tP\tPPL\t{country}\t\t05\t\t\t\t{people}\t\t\t\t\n"


def dump_row(
    key: int, name: str, lat: float, lon: float, names: str = "", country: str = "UA", people: int = 0
) -> str:
    return DUMP_ROW.format(key=key, name=name, names=names, lat=lat, lon=lon, country=country, people=people)
