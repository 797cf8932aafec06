"""What the review page makes of an incident before any of it is drawn."""

from pathlib import Path
from typing import Any

import pytest

from pages.review import history, place_form, place_map, words

HERE: dict[str, Any] = {
    "id": "geonames:1", "name": "Tarasivka", "lat": 48.35, "lon": 37.55, "radius_m": 1000, "country": "UA",
    "admin1": "Donetsk Oblast", "probability": 0.6, "reasons": ["called so"], "plausible": True,
}  # fmt: skip
THERE = HERE | {"id": "geonames:2", "lat": 47.55, "probability": 0.3}
FAR = HERE | {"id": "geonames:3", "lat": 50.0, "probability": 0.001, "plausible": False}
EVENT: dict[str, Any] = {
    "event_id": "e1", "version": 3, "title": "Clash <b>near</b> Tarasivka", "event_type": "battle",
    "place_text": "near Tarasivka", "summary": "Two were hurt. It was near Tarasivka, they say. More follows.",
    "reported_admin1": "Donetsk Oblast", "reports": [{"title": None, "quote": "<script>alert(1)</script>"}],
    "areas": [], "places": [
        {"text": "Tarasivka", "role": "event", "candidates": [HERE, THERE, FAR], "chosen_id": None,
         "decided_by": None},
        {"text": "Donetsk Oblast", "role": "context", "candidates": [], "chosen_id": None, "decided_by": None},
    ],
}  # fmt: skip


def test_the_sentence_that_names_the_place_stands_out_and_text_stays_text() -> None:
    shown = words.incident(EVENT)
    assert '<span class="dl-sentence">It was near <mark>Tarasivka</mark>, they say. </span>' in shown
    assert "Clash &lt;b&gt;near&lt;/b&gt; <mark>Tarasivka</mark>" in shown
    assert "<script>" not in shown
    assert "<b>" not in shown


@pytest.mark.parametrize("name", ["", "a+b(", "<mark>", "."])
def test_names_of_any_characters_are_marked_as_they_stand(name: str) -> None:
    text = f"before {name} after"
    assert words.marked(text, [name]).replace("<mark>", "").replace("</mark>", "") == words.marked(text, [])


def test_names_asked_for_are_those_of_the_event_with_plausible_candidates_lettered_first() -> None:
    (name,) = place_form.names(EVENT)
    assert [c["id"] for c in name.candidates] == ["geonames:1", "geonames:2", "geonames:3"]
    assert place_form.letters(EVENT) == {"geonames:1": "A", "geonames:2": "B", "geonames:3": "C"}


def test_choices_become_a_decision_only_where_something_was_chosen() -> None:
    assert place_form.decision({"Tarasivka": place_form.UNDECIDED}, {"e1": 3}, EVENT) is None
    decision = place_form.decision({"Tarasivka": place_form.NOBODY}, {"e1": 3}, EVENT)
    assert decision is not None
    assert (decision.choices[0].place_id, decision.events) == (None, {"e1": 3})
    assert place_form.leading(EVENT) == {"Tarasivka": "geonames:1"}


@pytest.mark.parametrize(
    ("text", "lat"),
    [("48.735, 38.215", 48.735), ("37U DQ 12345 67890", 49.36), ("48°44'06\"N 38°12'54\"E", 48.735)],
)
def test_positions_are_read_in_every_usual_notation(text: str, lat: float) -> None:
    spot, problem = place_form.spot(text, 5.0, clicked=False)
    assert problem == ""
    assert spot is not None
    assert (round(spot.lat, 2), spot.radius_m) == (round(lat, 2), 5000.0)


@pytest.mark.parametrize(("text", "says"), [("somewhere", "no position"), ("0.0, 0.0", "missing"), ("", "")])
def test_what_is_no_position_is_said_so(text: str, says: str) -> None:
    spot, problem = place_form.spot(text, 5.0, clicked=False)
    assert spot is None
    assert says in problem


def test_the_map_carries_letters_and_positions_and_no_text_of_the_report() -> None:
    drawn = place_map.shapes(EVENT, place_form.letters(EVENT), (48.0, 37.0, 5000.0))
    assert [shape["properties"]["mark"] for shape in drawn] == ["A", "B", "C", "+"]
    assert "Tarasivka" not in str(drawn)
    (south, _west), (north, _east) = place_map.seen_at_first(EVENT, place_form.letters(EVENT))
    assert south < 47.55
    assert north < 50.0


def test_where_no_place_is_known_the_map_shows_the_region_that_is_named(home: Path) -> None:
    event = EVENT | {"places": [EVENT["places"][0] | {"candidates": []}], "reported_country": "Ukraine"}
    assert place_map.seen_at_first(event, {}) is None
    bounds = place_map.named_region(event)
    assert bounds is not None
    (south, west), (north, east) = bounds
    assert south < 48.0 < north
    assert west < 37.8 < east
    assert north - south < 5  # the oblast, not the country
    assert place_map.named_region(event | {"reported_admin1": "Nowhere at all"}) is not None
    assert place_map.named_region(event | {"reported_admin1": None, "reported_country": None}) is None


def test_the_history_says_a_decision_in_a_few_words() -> None:
    row: dict[str, Any] = {
        "kind": "place", "what": "e1", "file_name": None, "changed": 2, "undoes": None,
        "after": {"choices": [{"text": "Tarasivka", "place_id": None, "candidate": None}]},
    }  # fmt: skip
    assert history.summary(row) == "Place: e1 (2 incidents), Tarasivka: nobody can tell"
    assert history.summary({**row, "undoes": "place:7"}) == "Undid place:7: e1 (2 incidents)"


def test_what_can_be_undone_is_called_by_its_title_not_by_a_number() -> None:
    row: dict[str, Any] = {
        "kind": "field",
        "what": "e1",
        "file_name": None,
        "after": {},
        "title": "Two men *captured* near a village",
    }
    assert history.undoing(row).replace("\\", "") == "Undo correction of “Two men *captured* near a village”"
    assert history.undoing({**row, "title": "word " * 40}).replace("\\", "").endswith("word …”")
    assert (
        history.undoing({**row, "title": None, "file_name": "a.csv", "kind": "import"})
        == r"Undo import of a\.csv"
    )


def test_the_history_says_corrections_in_words_not_in_codes() -> None:
    row: dict[str, Any] = {
        "kind": "field", "what": "e1", "file_name": None, "changed": 1, "undoes": None,
        "after": {"event_type": "battle", "title": "Made-up", "killed_min": None, "protected_persons": True},
    }  # fmt: skip
    assert history.summary(row) == (
        "Field: e1, Type: Battle, Title: “Made-up”, Killed, low: emptied, Protected persons: yes"
    )
