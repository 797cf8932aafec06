"""The other places of a table: company leans a choice, and makes nothing sure."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import geo
from geo.around import LEAST_PLACES, Around, around_of
from geo.cli import main
from geo.model import Place
from geo.priors import Priors
from geo.table import as_table

TOWNS = [
    "Bakhmut", "Soledar", "Kostiantynivka", "Kramatorsk", "Sloviansk", "Druzhkivka", "Chasiv Yar", "Toretsk",
    "Avdiivka", "Horlivka", "Lysychansk", "Sievierodonetsk", "Popasna", "Kreminna", "Rubizhne", "Siversk", "Pokrovsk",
    "Myrnohrad", "Selydove", "Yasynuvata", "Debaltseve", "Svitlodarsk", "Zalizne", "Alchevsk", "Khartsyzk", "Makiivka",
]  # fmt: skip
TABLE = [{"place": town, "country": "UA"} for town in TOWNS]
ASKED = {"place": "Tarasivka", "within": ["Donetsk Oblast"], "country": "UA"}
NEAR_BAKHMUT = "geonames:691877"


def place(lat: float, lon: float, key: int = 1) -> Place:
    return Place(key, "X", lat, lon, "PPL", "UA", "", "", 0, 1000.0, 1)


def test_company_grows_with_the_places_around_and_fades_with_their_distance() -> None:
    around = Around(tuple((48.0 + step / 100, 37.0) for step in range(1, 30)))
    close, far, alone = place(48.1, 37.1, 1), place(48.6, 37.5, 2), place(50.0, 30.0, 3)
    assert around.company(close) > around.company(far) > around.company(alone) == 0.0


def test_a_place_is_no_company_to_itself() -> None:
    assert Around(((48.0, 37.0),)).company(place(48.001, 37.001)) == 0.0


def test_company_reaches_over_the_antimeridian() -> None:
    assert Around(((-17.0, 179.95),)).company(place(-17.0, -179.95)) > 0.3


def test_a_few_places_are_no_table() -> None:
    points = [(48.0 + step / 10, 37.0) for step in range(LEAST_PLACES)]
    assert around_of(points[:-1]) is None
    assert around_of(points) is not None


def test_the_other_places_of_a_table_lean_a_choice_and_make_nothing_sure(gazetteer: geo.Gazetteer) -> None:
    around = gazetteer.surroundings((town, (), "UA") for town in TOWNS)
    assert around is not None
    alone = gazetteer.resolve("Tarasivka", within=["Donetsk Oblast"], country="UA")
    leaning = gazetteer.resolve(
        "Tarasivka", within=["Donetsk Oblast"], country="UA", priors=Priors(around=around)
    )
    share = {c.id: c.probability for c in alone.candidates}
    assert leaning.candidates[0].id == NEAR_BAKHMUT
    assert leaning.candidates[0].probability > share[NEAR_BAKHMUT]
    assert any("other places" in reason for reason in leaning.candidates[0].reasons)
    assert leaning.status == "ambiguous"


def run(source: Path, target: Path, *options: str) -> list[dict[str, object]]:
    done = CliRunner().invoke(main, ["batch", str(source), str(target), *options])
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]


def test_a_batch_is_one_table_unless_told_otherwise(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATELINE_HOME", str(home))
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in [*TABLE, ASKED]), encoding="utf-8")
    together, singly = run(source, target)[-1], run(source, target, "--alone")[-1]
    assert together["candidates"][0]["probability"] > singly["candidates"][0]["probability"]  # type: ignore[index]
    assert run(source, target, "--jobs", "2")[-1] == together


def test_lines_that_cannot_be_read_do_not_stop_a_table_from_being_one(gazetteer: geo.Gazetteer) -> None:
    broken = [
        b"nonsense",
        b"\xff\xfe",
        b"[1]",
        b'{"place": 3}',
        b'{"place": "\x00"}',
        b'{"place": "x"' + b" " * 99,
    ]
    lines = [*broken, *(json.dumps(row).encode() for row in TABLE)]
    unread, priors = as_table(iter(lines), gazetteer, Priors())
    assert list(unread) == lines
    assert priors.around is not None
