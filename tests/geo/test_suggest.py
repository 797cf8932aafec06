import random
from pathlib import Path

import pytest

import geo
from geo import schema
from geo.build import build, stored_fingerprint
from geo.errors import GazetteerBroken
from geo.store import Store


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("bakh", "Bakhmut"),
        ("Бахм", "Bakhmut"),
        ("Харк", "Kharkiv"),
        ("القاه", "Cairo"),
        ("東", "Tokyo"),
        ("soleda", "Soledar"),
        ("ivano fr", "Ivano-Frankivsk"),
        ("zaporizh", "Zaporizhzhya"),
        ("L", "Lagos"),
    ],
)
def test_what_is_typed_is_completed_in_any_script(
    gazetteer: geo.Gazetteer, typed: str, expected: str
) -> None:
    assert expected in {c.name for c in gazetteer.suggest(typed, 30)}


def test_the_most_populous_come_first(gazetteer: geo.Gazetteer) -> None:
    for typed in ("s", "novo", "ха", "dnip"):
        people = [c.population for c in gazetteer.suggest(typed, 10)]
        assert len(people) == 10
        assert people == sorted(people, reverse=True)


def test_nothing_typed_or_nonsense_suggests_nothing(gazetteer: geo.Gazetteer) -> None:
    for typed in ("", "  ", "'", "\x00", "qwxz", "x" * 10_000):
        assert gazetteer.suggest(typed) == []


def test_a_reverse_look_up_says_how_far(gazetteer: geo.Gazetteer) -> None:
    locations = gazetteer.reverse((48.6, 38.0), exactly_one=False, limit=5)
    away = [location.raw["distance_m"] for location in locations]
    assert away == sorted(away)
    assert locations[0].raw["name"] == "Bakhmut"
    assert away[0] < 2_500


def test_a_whole_file_has_no_damage(few: Path) -> None:
    assert Store(few).damage() == []


def test_damage_deep_inside_is_found_by_the_check_and_named_when_met(few: Path, tmp_path: Path) -> None:
    content = bytearray(few.read_bytes())
    noise = random.Random(3)
    for start in range(8192 * 3, len(content), 8192):
        content[start : start + 200] = noise.randbytes(200)
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(content)
    told = ""
    try:
        store = Store(broken)
        assert store.damage()
        for name in ("nova", "stara", "ukraine"):
            store.hits(name, "")
    except GazetteerBroken as error:
        told = str(error)
    assert "python -m geo build" in told, "noticed at opening, or when met"


@pytest.mark.parametrize("damage", ["schema", "complete", "cut", "garbage"])
def test_what_is_noticed_at_opening_build_mends_by_itself(
    few: Path, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    if damage in ("schema", "complete"):
        connection = sqlite3.connect(few)
        connection.execute(f"UPDATE meta SET value='1' WHERE name='{damage}'")
        connection.commit()
        connection.close()
    else:
        whole = few.read_bytes()
        few.write_bytes(whole[: len(whole) // 2] if damage == "cut" else b"garbage" * 1000)
    with pytest.raises(GazetteerBroken, match="run `python -m geo build`"):
        geo.open_gazetteer(few)
    assert stored_fingerprint(few) is None, "so that a build does not take it for up to date"
    monkeypatch.setattr("geo.build.assemble", lambda *_: ({}, []))
    monkeypatch.setattr("geo.build.write", lambda path, *_: path.write_bytes(b"anew"))
    assert build(few)
    assert few.read_bytes() == b"anew"
    assert schema.REMEDY != schema.REBUILD
