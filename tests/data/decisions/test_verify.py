"""The log explains what stands in the records, and shows what was written past it."""

import json
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, update

from data import Store
from data.cli import main
from data.decisions import DuplicateDecision, FieldDecision, PlaceDecision, Spot, StatusDecision, verify
from data.records import tables
from tests.data.decisions.conftest import PICK, SEED

pytestmark = pytest.mark.both_databases


@pytest.fixture
def busy(seed: Store, table_file: Any) -> Store:
    """A store in which people and files have done all kinds of things, and undone some."""
    rows = [{**SEED, "id": name, "title": f"Made-up {name}"} for name in ("left", "right")]
    seed.import_file(table_file([*rows, {**SEED, "id": "bad", "date": "31/31/2025"}], "more.csv"))
    seed.decide(PlaceDecision({"seed": None}, PICK), user="Ada")
    seed.decide(FieldDecision({"seed": None}, {"title": "Two men taken"}), user="Ada")
    seed.import_file(table_file([{**SEED, "title": "Other words", "tags": "war"}], "again.csv"))
    seed.decide(FieldDecision({"again": None}, {"place_text": "near Kramatorsk"}), user="Ben")
    seed.decide(DuplicateDecision("left", "right"), user="Ben")
    taken_back = seed.decide(StatusDecision({"right": None}, "disputed"), user="Ben")
    seed.undo(taken_back, user="Ben")
    seed.decide(PlaceDecision({"right": None}, spot=Spot(48.5, 37.5)), user="Ada")
    return seed


def test_everything_follows_from_the_log_and_undoing_all_of_it_leaves_nothing(busy: Store) -> None:
    assert list(verify.differences(busy.engine)) == []
    assert verify.undone_leaves(busy.url) == []
    assert list(verify.differences(busy.engine)) == []


@pytest.mark.parametrize(
    ("event_id", "values", "says"),
    [
        ("seed", {"title": "Written past the program"}, "title is 'Written past"),
        ("again", {"lat": 50.0}, "lat is 50.0"),
        ("right", {"summary": "Nothing has changed this since it came"}, "its hash is not"),
        ("right", {"source_count": 7}, "its hash is not"),
    ],
)
def test_what_was_written_past_the_log_is_found(
    busy: Store, event_id: str, values: dict[str, Any], says: str
) -> None:
    with busy.engine.begin() as connection:
        connection.execute(update(tables.events).where(tables.events.c.event_id == event_id).values(values))
    found = list(verify.differences(busy.engine))
    assert {difference.event_id for difference in found} == {event_id}
    assert any(difference.what.startswith(says) for difference in found)


def test_a_place_that_was_decided_and_is_gone_is_found(busy: Store) -> None:
    with busy.engine.begin() as connection:
        connection.execute(delete(tables.places).where(tables.places.c.event_id == "seed"))
    (first, *_rest) = verify.differences(busy.engine)
    assert first.what.endswith("is missing")


def test_the_command_says_so_and_answers_with_its_exit_code(busy: Store) -> None:
    good = CliRunner().invoke(main, ["verify", "--undo", "--store", busy.url])
    assert (good.exit_code, json.loads(good.stdout)) == (0, {"incidents": 4, "different": 0, "left": []})
    with busy.engine.begin() as connection:
        connection.execute(update(tables.events).values(title="Past the program"))
    bad = CliRunner().invoke(main, ["verify", "--store", busy.url])
    assert (bad.exit_code, json.loads(bad.stdout.splitlines()[-1])["different"]) == (1, 4)
