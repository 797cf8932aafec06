"""Merging duplicates: all reports stay, one incident counts them, unmerging restores both."""

import json
from typing import Any

import pytest

from data import DecisionRefused, Filters, Store
from data.decisions import DuplicateDecision
from data.export import to_bytes
from tests.data.decisions.conftest import SEED, content, event, exported

pytestmark = pytest.mark.both_databases


def test_a_merged_duplicate_lends_its_reports_and_gets_them_back(seed: Store) -> None:
    before, file = content(seed), exported(seed)
    decision_id = seed.decide(DuplicateDecision("again", "seed"), user="Ada", reason="one capture")
    winner, loser = event(seed, "seed"), event(seed, "again")
    assert [report["publisher"] for report in winner["reports"]] == ["Paper", "Agency"]
    assert (winner["source_count"], winner["sources"]) == (2, "Paper; Agency")
    assert (loser["status"], loser["merged_into"], loser["reports"]) == ("duplicate", "seed", [])
    assert set(seed.events.frame().event_id) == {"seed"}
    assert len(seed.history("seed")) == len(seed.history("again")) == 2
    seed.undo(decision_id, user="Ada")
    assert content(seed) == before
    assert exported(seed) == file


def test_the_same_wire_story_twice_is_one_source(store: Store, table_file: Any) -> None:
    digest = "a" * 64
    rows = [
        {**SEED, "text_sha256": digest},
        {**SEED, "id": "again", "title": "Again", "publisher": "Agency", "text_sha256": digest},
    ]
    store.import_file(table_file(rows))
    store.decide(DuplicateDecision("again", "seed"), user="Ada")
    winner = event(store, "seed")
    assert (len(winner["reports"]), winner["source_count"]) == (2, 1)


def test_an_export_has_the_reports_of_a_duplicate_that_change_no_count(store: Store, table_file: Any) -> None:
    rows = [{**SEED, "text_sha256": "a" * 64, "id": name} for name in ("seed", "again")]
    store.import_file(table_file(rows))

    def reports() -> list[int]:
        return [
            len(row["properties"]["reports"])
            for row in json.loads(to_bytes(store, Filters(), "geojson"))["features"]
        ]

    assert reports() == [1, 1]
    decision_id = store.decide(DuplicateDecision("again", "seed"), user="Ada")
    assert reports() == [2]
    store.undo(decision_id, user="Ada")
    assert reports() == [1, 1]


def test_merges_of_merges_come_apart_in_turn(seed: Store, table_file: Any) -> None:
    seed.import_file(
        table_file([{**SEED, "id": "third", "title": "Third", "publisher": "Radio"}], "third.csv")
    )
    before = content(seed)
    first = seed.decide(DuplicateDecision("again", "seed"), user="Ada")
    merged = content(seed)
    second = seed.decide(DuplicateDecision("seed", "third"), user="Ada")
    assert [r["publisher"] for r in event(seed, "third")["reports"]] == ["Radio", "Paper", "Agency"]
    seed.undo(second, user="Ada")
    assert content(seed) == merged
    seed.undo(first, user="Ada")
    assert content(seed) == before


def test_files_that_come_again_touch_only_their_own_reports(seed: Store, table_file: Any) -> None:
    decision_id = seed.decide(DuplicateDecision("again", "seed"), user="Ada")
    again = {**SEED, "id": "again", "title": "Another report of it"}
    rows = [{**SEED, "publisher": "New paper"}, {**again, "publisher": "New agency", "publisher_2": "Third"}]
    imported = seed.import_file(table_file(rows, "second.csv"))
    winner = event(seed, "seed")
    assert [report["publisher"] for report in winner["reports"]] == ["New paper", "New agency", "Third"]
    assert (winner["source_count"], event(seed, "again")["status"]) == (3, "duplicate")
    seed.undo(f"import:{imported.import_id}", user="Ada")
    assert [report["publisher"] for report in event(seed, "seed")["reports"]] == ["Paper", "Agency"]
    seed.undo(decision_id, user="Ada")
    assert [report["publisher"] for report in event(seed, "again")["reports"]] == ["Agency"]


def test_that_two_are_not_the_same_is_a_decision_too(seed: Store) -> None:
    before = exported(seed)
    seed.decide(DuplicateDecision("again", "seed", same=False), user="Ada", reason="two days apart")
    assert exported(seed) == before
    assert seed.history("again")[0]["after"] == {"into": "seed", "same": False}


def test_a_merge_into_itself_or_into_a_duplicate_is_refused(seed: Store, table_file: Any) -> None:
    with pytest.raises(DecisionRefused, match="into itself"):
        seed.decide(DuplicateDecision("seed", "seed"), user="Ada")
    seed.decide(DuplicateDecision("again", "seed"), user="Ada")
    with pytest.raises(DecisionRefused, match="merged into 'seed' already"):
        seed.decide(DuplicateDecision("seed", "again"), user="Ada")
