"""Corrections of fields and statuses: they lie over what files say, and what files say is never lost."""

from typing import Any

import pytest

from data import DecisionRefused, Store
from data.decisions import FieldDecision, PlaceDecision, Spot, StatusDecision
from tests.data.decisions.conftest import PICK, SEED, content, event

pytestmark = pytest.mark.both_databases


def test_a_corrected_field_stays_when_the_file_comes_again_changed(seed: Store, table_file: Any) -> None:
    seed.decide(FieldDecision({"seed": 1}, {"title": "Two taken prisoner"}), user="Ada", reason="neutral")
    seed.import_file(table_file([{**SEED, "title": "Changed by its source", "tags": "war"}], "second.csv"))
    after = event(seed, "seed")
    assert (after["title"], after["tags"]) == ("Two taken prisoner", "war")


def test_an_undone_correction_shows_what_the_file_says_by_now(seed: Store, table_file: Any) -> None:
    decision_id = seed.decide(FieldDecision({"seed": 1}, {"title": "Two taken prisoner"}), user="Ada")
    seed.import_file(table_file([{**SEED, "title": "Changed by its source"}], "second.csv"))
    seed.undo(decision_id, user="Ada")
    assert event(seed, "seed")["title"] == "Changed by its source"


def test_an_import_can_be_undone_under_a_correction(seed: Store, table_file: Any) -> None:
    before = content(seed)
    decision_id = seed.decide(FieldDecision({"seed": 1}, {"title": "Two taken prisoner"}), user="Ada")
    summary = seed.import_file(
        table_file([{**SEED, "title": "Changed by its source", "tags": "war"}], "second.csv")
    )
    seed.undo(f"import:{summary.import_id}", user="Ada")
    after = event(seed, "seed")
    assert (after["title"], after["tags"]) == ("Two taken prisoner", None)
    seed.undo(decision_id, user="Ada")
    assert content(seed) == before


def test_corrections_of_one_field_are_undone_last_first(seed: Store) -> None:
    first = seed.decide(FieldDecision({"seed": None}, {"title": "One"}), user="Ada")
    second = seed.decide(FieldDecision({"seed": None}, {"title": "Two"}), user="Ben")
    with pytest.raises(DecisionRefused, match=rf"{first} cannot be undone alone.*{second} by Ben"):
        seed.undo(first, user="Ada")
    seed.undo(first, user="Ada", with_later=True)
    assert event(seed, "seed")["title"] == SEED["title"]
    assert [row["reverted_by"] is not None for row in seed.history("seed")] == [
        False,
        False,
        True,
        True,
        False,
    ]


def test_decisions_on_different_things_do_not_stand_in_each_others_way(seed: Store) -> None:
    first = seed.decide(FieldDecision({"seed": None}, {"title": "One"}), user="Ada")
    seed.decide(StatusDecision({"seed": None}, "verified"), user="Ben")
    seed.undo(first, user="Ada")
    after = event(seed, "seed")
    assert (after["title"], after["status"]) == (SEED["title"], "verified")


def test_a_status_decides_what_the_public_sees_at_once(seed: Store) -> None:
    assert "seed" in set(seed.events.frame().event_id)
    decision_id = seed.decide(StatusDecision({"seed": 1, "again": 1}, "retracted"), user="Ada")
    assert set(seed.events.frame().event_id) == set()
    seed.undo(decision_id, user="Ada")
    assert set(seed.events.frame().event_id) == {"seed", "again"}


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"title": ""}, "Title cannot be empty"),
        ({"lat": 48.0}, "'lat' cannot be corrected here"),
        ({"status": "verified"}, "'status' cannot be corrected here"),
        ({"event_type": "war"}, "not a known code"),
        ({"date_start": "2025-05-01"}, "before the earliest day"),
        ({"date_start": "2025-03-01"}, "does not fit"),
        ({"captured_min": "5", "captured_max": "2"}, "is above"),
        ({"event_subtype": "peaceful_protest"}, "belongs to protest"),
        ({"title": SEED["title"]}, "nothing would change"),
    ],
)
def test_a_correction_that_would_break_a_record_is_refused(
    seed: Store, values: dict[str, Any], says: str
) -> None:
    before = content(seed)
    with pytest.raises(DecisionRefused, match=says):
        seed.decide(FieldDecision({"seed": None}, values), user="Ada")
    assert content(seed) == before


@pytest.mark.parametrize(("status", "says"), [("done", "is no status"), ("duplicate", "by merging")])
def test_a_status_that_is_none_is_refused(seed: Store, status: str, says: str) -> None:
    with pytest.raises(DecisionRefused, match=says):
        seed.decide(StatusDecision({"seed": None}, status), user="Ada")


KRAMATORSK = {"place_text": "near Kramatorsk"}


def test_other_words_for_the_place_are_looked_up_and_undone_with_it(seed: Store) -> None:
    before = content(seed)
    decision_id = seed.decide(FieldDecision({"seed": 1}, KRAMATORSK), user="Ada", reason="misread")
    after = event(seed, "seed")
    assert (after["geo_status"], after["geo_precision"], after["admin1"]) == (
        "auto",
        "near",
        "Donetsk Oblast",
    )
    assert [(p["text"], p["mention_id"]) for p in after["places"]] == [("Kramatorsk", "seed:p1")]
    seed.undo(decision_id, user="Ada")
    assert content(seed) == before


def test_a_position_that_was_stated_does_not_move_with_the_words(seed: Store) -> None:
    seed.decide(PlaceDecision({"seed": 1}, spot=Spot(48.5, 37.5)), user="Ada")
    placed = event(seed, "seed")
    seed.decide(FieldDecision({"seed": 2}, KRAMATORSK), user="Ada")
    after = event(seed, "seed")
    assert [after[name] for name in ("lat", "lon", "geo_status")] == [48.5, 37.5, "confirmed"]
    assert after["places"] == placed["places"]


def test_corrected_words_and_their_place_stay_when_the_file_comes_with_others(
    seed: Store, table_file: Any
) -> None:
    decision_id = seed.decide(FieldDecision({"seed": 1}, KRAMATORSK), user="Ada")
    corrected = event(seed, "seed")
    changed = {**SEED, "place": "Kyiv", "admin1": "", "tags": "war"}
    summary = seed.import_file(table_file([changed], "second.csv"))
    after = event(seed, "seed")
    assert after["tags"] == "war"
    assert all(
        after[name] == corrected[name] for name in ("place_text", "lat", "lon", "geo_status", "places")
    )
    with pytest.raises(DecisionRefused, match="import"):
        seed.undo(decision_id, user="Ada")
    seed.undo(f"import:{summary.import_id}", user="Ada")
    seed.undo(decision_id, user="Ada")
    assert event(seed, "seed")["place_text"] == SEED["place"]


def test_a_choice_on_old_words_comes_back_when_new_words_are_undone(seed: Store) -> None:
    seed.decide(PlaceDecision({"seed": 1}, PICK), user="Ada")
    chosen = content(seed)
    decision_id = seed.decide(FieldDecision({"seed": 2}, KRAMATORSK), user="Ben")
    assert not any(place["decided_by"] for place in event(seed, "seed")["places"])
    seed.undo(decision_id, user="Ben")
    assert content(seed) == chosen


def test_a_text_that_was_flagged_is_not_once_a_person_took_the_name_out(
    store: Store, table_file: Any
) -> None:
    row = {**SEED, "summary": "Soldiers captured John Madeup near the village."}
    store.import_file(table_file([row], "named.csv"))
    assert event(store, "seed")["flags"]
    store.decide(FieldDecision({"seed": 1}, {"summary": "Soldiers captured a man."}), user="Ada")
    after = event(store, "seed")
    assert (after["flags"], after["status"]) == (None, "in_review")
