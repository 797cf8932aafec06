"""Imports undone as a whole: the store gives out, byte for byte, what it gave before."""

from typing import Any

import pytest

from data import DecisionRefused, Store
from data.decisions import StatusDecision
from tests.data.decisions.conftest import SEED, content, event, exported

pytestmark = pytest.mark.both_databases

MESSY = [
    {
        **SEED,
        "title": "Changed",
        "publisher": "Paper",
        "publisher_2": "Wire",
        "url_2": "https://example.org/2",
    },
    {**SEED, "id": "new", "title": "New one", "place": "Bakhmut"},
    {**SEED, "id": "bad", "date": "31/31/2025"},
]


def test_an_undone_import_gives_back_rows_reports_places_and_rejects(seed: Store, table_file: Any) -> None:
    before, file, version = content(seed), exported(seed), seed.events.version
    summary = seed.import_file(table_file(MESSY, "messy.csv"), user="Ada")
    assert (summary.imported, summary.updated, summary.rejected) == (1, 1, 1)
    seed.undo(f"import:{summary.import_id}", user="Ben", reason="the wrong file")
    assert content(seed) == before
    assert exported(seed) == file
    assert seed.events.version == version
    undoing, imported, *_ = seed.history()
    assert (imported["user"], imported["file_name"]) == ("Ada", "messy.csv")
    assert (undoing["user"], undoing["undoes"]) == ("Ben", imported["decision_id"])


def test_an_import_that_was_undone_can_be_done_again(seed: Store, table_file: Any) -> None:
    path = table_file(MESSY, "messy.csv")
    first = seed.import_file(path)
    there = exported(seed)
    seed.undo(f"import:{first.import_id}", user="Ben")
    second = seed.import_file(path)
    assert (second.imported, second.updated, second.rejected) == (1, 1, 1)
    assert second.import_id != first.import_id
    assert exported(seed) == there
    seed.undo(f"import:{second.import_id}", user="Ben")
    assert event(seed, "seed")["title"] == SEED["title"]


def test_rows_on_which_a_person_decided_keep_an_import_from_being_undone(seed: Store) -> None:
    imported = seed.history()[-1]["decision_id"]
    decided = seed.decide(StatusDecision({"again": 1}, "verified"), user="Ada")
    before = content(seed)
    with pytest.raises(DecisionRefused, match=rf"{decided} by Ada at .*status, again.*--with-later"):
        seed.undo(imported, user="Ben")
    assert content(seed) == before
    seed.undo(imported, user="Ben", with_later=True)
    assert all(not rows for rows in content(seed).values())
    assert [row["user"] for row in seed.history()] == ["Ben", "Ben", "Ada", "import"]


def test_what_a_later_import_changed_keeps_the_earlier_from_being_undone(
    seed: Store, table_file: Any
) -> None:
    first = seed.history()[-1]["decision_id"]
    later = seed.import_file(table_file([{**SEED, "title": "Changed"}], "second.csv"))
    with pytest.raises(DecisionRefused, match=f"import:{later.import_id}"):
        seed.undo(first, user="Ben")
    seed.undo(f"import:{later.import_id}", user="Ben")
    seed.undo(first, user="Ben")
    assert content(seed)["events"] == []


@pytest.mark.parametrize("again", [False, True])
def test_undoing_what_is_not_there_or_was_undone_is_refused(seed: Store, again: bool) -> None:
    if not again:
        with pytest.raises(DecisionRefused, match="no decision 'place:99'"):
            seed.undo("place:99", user="Ben")
        return
    decision_id = seed.decide(StatusDecision({"seed": None}, "verified"), user="Ada")
    undone = seed.undo(decision_id, user="Ben")
    with pytest.raises(DecisionRefused, match=f"undone already by Ben.*{undone}"):
        seed.undo(decision_id, user="Cem")
    with pytest.raises(DecisionRefused, match=f"undid {decision_id}"):
        seed.undo(undone, user="Cem")


def test_the_sample_does_not_come_back_once_its_import_was_undone(seed: Store) -> None:
    seed.undo(seed.history()[-1]["decision_id"], user="Ada")
    assert seed.events.counts(audience="analyst").total == 0
    assert not seed.is_empty()
