"""A decision teaches: later rows with the same words in the same context are placed alike, until it is undone."""

from typing import Any

import pytest

from data import Store
from data.decisions import Choice, PlaceDecision, Spot
from data.decisions.taught import Taught
from data.report import Article, extract
from tests.data.decisions.conftest import DONETSK_ONE, LUHANSK_ONE, PICK, SEED, event

pytestmark = pytest.mark.both_databases

NEXT = {**SEED, "id": "next", "title": "A later one", "date": "2025-05-01"}


def test_a_later_row_with_the_same_words_is_placed_alike_and_says_why(seed: Store, table_file: Any) -> None:
    decided = seed.decide(PlaceDecision({"seed": 1}, PICK), user="Ada")
    seed.import_file(table_file([NEXT], "next.csv"))
    taught, teacher = event(seed, "next"), event(seed, "seed")
    assert (taught["lat"], taught["lon"], taught["radius_m"], taught["area"]) == (
        teacher["lat"], teacher["lon"], teacher["radius_m"], teacher["area"],
    )  # fmt: skip
    tarasivka, bilohorivka = taught["places"]
    assert bilohorivka["chosen_id"] == PICK[0].place_id
    assert bilohorivka["reason"].startswith("a person decided so on ")
    assert decided in bilohorivka["reason"]
    assert (tarasivka["chosen_id"], taught["geo_status"]) == (None, "ambiguous")
    assert {place["decided_by"] for place in taught["places"]} == {None}


def test_what_was_taught_in_full_is_placed_by_rule_and_not_called_confirmed(
    seed: Store, table_file: Any
) -> None:
    seed.decide(PlaceDecision({"seed": 1}, spot=Spot(48.7, 38.1, 2_000)), user="Ada")
    seed.import_file(table_file([NEXT], "next.csv"))
    taught = event(seed, "next")
    assert (taught["lat"], taught["geo_status"], taught["geo_method"]) == (48.7, "auto", "map_click")


@pytest.mark.parametrize(
    "other", [{"place": "near Bilohorivka"}, {"admin1": "Luhansk Oblast"}, {"lat": "48.1", "lon": "38.2"}]
)
def test_other_words_another_context_or_coordinates_are_not_touched(
    seed: Store, table_file: Any, other: dict[str, str]
) -> None:
    seed.decide(PlaceDecision({"seed": 1}, spot=Spot(48.7, 38.1, 2_000)), user="Ada")
    seed.import_file(table_file([{**NEXT, **other}], "next.csv"))
    assert event(seed, "next")["geo_method"] != "map_click"


def test_a_decision_leans_the_same_name_in_other_words_and_decides_nothing(
    seed: Store, table_file: Any
) -> None:
    other = {**NEXT, "place": "west of Bilohorivka", "admin1": "Donetsk Oblast"}
    seed.import_file(table_file([{**other, "id": "before"}], "before.csv"))
    seed.decide(PlaceDecision({"seed": 1}, PICK), user="Ada")
    seed.import_file(table_file([other], "next.csv"))
    before, after = (
        {c["id"]: c for c in event(seed, name)["places"][0]["candidates"]}[PICK[0].place_id]
        for name in ("before", "next")
    )
    assert after["probability"] > before["probability"]
    assert "a person decided so for the same name elsewhere" in after["reasons"]
    assert event(seed, "next")["geo_method"] == event(seed, "before")["geo_method"]


def test_a_report_is_read_with_what_decisions_taught(seed: Store) -> None:
    assert seed.gazetteer is not None
    article = Article("Shelling was reported near Bilohorivka on 3 May 2025.", "Report", language="en")

    def likeliest(taught: Taught | None) -> str:
        assert seed.gazetteer is not None
        (draft,) = extract(article, seed.gazetteer, taught)
        return str(draft.places[0]["candidates"][0]["id"])

    assert likeliest(None) != DONETSK_ONE
    seed.decide(PlaceDecision({"seed": 1}, (Choice("Bilohorivka", DONETSK_ONE),)), user="Ada")
    assert likeliest(seed.taught()) == DONETSK_ONE


def test_names_decided_in_two_ways_lean_nowhere(seed: Store, table_file: Any) -> None:
    seed.import_file(table_file([{**SEED, "id": "other", "admin1": "Luhansk Oblast"}], "other.csv"))
    seed.decide(PlaceDecision({"seed": 1}, (Choice("Bilohorivka", DONETSK_ONE),)), user="Ada")
    assert seed.taught().names == {"bilohorivka": DONETSK_ONE}
    seed.decide(PlaceDecision({"other": 1}, (Choice("Bilohorivka", LUHANSK_ONE),)), user="Ada")
    assert seed.taught().names == {}


def test_an_undone_decision_stops_teaching(seed: Store, table_file: Any) -> None:
    seed.undo(seed.decide(PlaceDecision({"seed": 1}, PICK), user="Ada"), user="Ada")
    seed.import_file(table_file([NEXT], "next.csv"))
    assert all(place["chosen_id"] is None for place in event(seed, "next")["places"])


def test_the_last_decision_on_the_same_words_counts(seed: Store, table_file: Any) -> None:
    seed.decide(PlaceDecision({"seed": None}, (Choice("Bilohorivka", DONETSK_ONE),)), user="Ada")
    seed.decide(PlaceDecision({"again": None}, rejected=True), user="Ben")
    seed.import_file(table_file([NEXT], "next.csv"))
    taught = event(seed, "next")
    assert (taught["lat"], taught["geo_status"]) == (None, "unresolved")


def test_the_same_row_again_leaves_a_decision_alone_even_that_nobody_can_tell(
    seed: Store, table_file: Any
) -> None:
    nobody = (Choice("Bilohorivka", None), Choice("Tarasivka", None))
    seed.decide(PlaceDecision({"seed": 1}, nobody), user="Ada")
    seed.import_file(table_file([{**SEED, "title": "Changed"}], "second.csv"))
    after = event(seed, "seed")
    assert (after["title"], {place["decided_by"] for place in after["places"]}) == ("Changed", {"Ada"})


def test_a_decision_gives_way_when_the_file_brings_other_words(seed: Store, table_file: Any) -> None:
    decided = seed.decide(PlaceDecision({"seed": 1}, PICK), user="Ada")
    imported = seed.import_file(table_file([{**SEED, "place": "Bakhmut"}], "second.csv"))
    assert [place["text"] for place in event(seed, "seed")["places"]] == ["Bakhmut"]
    seed.undo(f"import:{imported.import_id}", user="Ada")
    assert event(seed, "seed")["places"][1]["chosen_id"] == PICK[0].place_id
    assert seed.history("seed")[2]["decision_id"] == decided
