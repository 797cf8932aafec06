"""The queue: what waits for a person, and what does not any more."""

from typing import Any

import pytest

from data import DecisionRefused, Store
from data.decisions import Choice, DuplicateDecision, PlaceDecision, RowDecision, StatusDecision, queue
from tests.data.decisions.conftest import PICK, SEED, content

pytestmark = pytest.mark.both_databases


def test_a_place_leaves_the_queue_when_all_of_its_names_are_decided_and_comes_back_undone(
    seed: Store,
) -> None:
    assert queue.left(seed)["ambiguous"] == 2
    assert queue.next_of(seed, "ambiguous") == queue.Waiting("ambiguous", "again")
    seed.decide(PlaceDecision({"again": 1}, (Choice("Bilohorivka", None),)), user="Ada")
    assert queue.left(seed)["ambiguous"] == 2
    decided = seed.decide(PlaceDecision({"again": None}, PICK), user="Ada")
    assert queue.left(seed)["ambiguous"] == 1
    assert queue.next_of(seed, "ambiguous") == queue.Waiting("ambiguous", "seed")
    assert queue.next_of(seed, "ambiguous", {"ambiguous:seed::"}) is None
    seed.undo(decided, user="Ada")
    assert queue.next_of(seed, "ambiguous", first="again") == queue.Waiting("ambiguous", "again")


def test_incidents_that_are_gone_do_not_wait(seed: Store) -> None:
    seed.decide(StatusDecision({"seed": 1}, "retracted"), user="Ada")
    seed.decide(StatusDecision({"again": 1}, "in_review"), user="Ada")
    assert queue.left(seed)["ambiguous"] == 1
    assert queue.left(seed)["text"] == 1
    assert queue.left(seed, "public") == {}


def test_a_pair_waits_until_somebody_says_whether_it_is_one(store: Store, table_file: Any) -> None:
    at = {"title": "Shelling of the market in Bakhmut", "place": "Bakhmut", "lat": "48.594", "lon": "38.000"}
    rows = [
        {**at, "id": name, "geo_precision": "exact", "date": "2023-03-01", "publisher": name}
        for name in ("left", "right")
    ]
    store.import_file(table_file(rows))
    pair = queue.next_of(store, "duplicate")
    assert pair is not None
    assert {pair.event_id, pair.other_id} == {"left", "right"}
    decided = store.decide(DuplicateDecision("left", "right", same=False), user="Ada")
    assert queue.next_of(store, "duplicate") is None
    store.undo(decided, user="Ada")
    assert queue.next_of(store, "duplicate") == pair


def test_rows_that_were_not_taken_wait_with_their_problem(seed: Store, table_file: Any) -> None:
    seed.import_file(table_file([{**SEED, "id": "bad", "date": "31/31/2025"}], "bad.csv"))
    waiting = queue.next_of(seed, "reject")
    assert waiting is not None
    assert waiting.reject is not None
    assert (waiting.reject["file_name"], waiting.reject["column"]) == ("bad.csv", "date")
    assert queue.next_of(seed, "reject", {waiting.key}) is None


def test_the_same_words_are_those_in_the_same_context_on_which_nobody_decided(
    seed: Store, table_file: Any
) -> None:
    other = {**SEED, "id": "other", "title": "In another region", "admin1": "Luhansk Oblast"}
    seed.import_file(table_file([other], "other.csv"))
    assert [row["event_id"] for row in queue.same_words(seed, "seed")] == ["again"]
    seed.decide(PlaceDecision({"again": 1}, PICK), user="Ada")
    assert queue.same_words(seed, "seed") == []


def test_a_row_that_was_not_taken_can_be_dismissed_and_comes_back_undone(
    seed: Store, table_file: Any
) -> None:
    seed.import_file(table_file([{**SEED, "id": "bad", "date": "31/31/2025"}], "bad.csv"))
    waiting = queue.next_of(seed, "reject")
    assert waiting is not None
    assert waiting.reject is not None
    before = content(seed)
    gone = RowDecision(waiting.reject["file_sha256"], waiting.reject["row"])
    decided = seed.decide(gone, user="Ada", reason="a total, not an incident")
    assert queue.next_of(seed, "reject") is None
    assert "reject" not in queue.left(seed)
    assert (seed.history()[0]["kind"], seed.history()[0]["reason"]) == ("row", "a total, not an incident")
    with pytest.raises(DecisionRefused, match=r"row 2 of bad.csv was dismissed already"):
        seed.decide(gone, user="Ben")
    seed.undo(decided, user="Ada")
    assert queue.next_of(seed, "reject") == waiting
    assert content(seed) == before


def test_a_row_whose_import_was_undone_cannot_be_dismissed(seed: Store) -> None:
    with pytest.raises(DecisionRefused, match="no such row any more"):
        seed.decide(RowDecision("0" * 64, 2), user="Ada")


def test_the_queue_can_be_that_of_one_import(seed: Store, table_file: Any) -> None:
    rows = [
        {**SEED, "id": "later", "title": "Made-up and in doubt", "status": "draft"},
        {**SEED, "id": "bad", "date": "31/31/2025"},
    ]
    import_id = seed.import_file(table_file(rows, "later.csv")).import_id
    everything, ours = queue.left(seed), queue.left(seed, import_id=import_id)
    assert everything["ambiguous"] == 3
    assert {kind: ours[kind] for kind in ("ambiguous", "draft", "reject")} == {
        "ambiguous": 1, "draft": 1, "reject": 1,
    }  # fmt: skip
    for kind in ("ambiguous", "draft"):
        assert queue.next_of(seed, kind, import_id=import_id) == queue.Waiting(kind, "later")
        assert queue.next_of(seed, kind, {f"{kind}:later::"}, import_id=import_id) is None
    seed.decide(PlaceDecision({"later": None}, PICK), user="Ada")
    assert "ambiguous" not in queue.left(seed, import_id=import_id)
    pairs = queue.left(seed).get("duplicate", 0)
    assert queue.left(seed, import_id=import_id).get("duplicate", 0) <= pairs
