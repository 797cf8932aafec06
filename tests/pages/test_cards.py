"""A card says what is known and how well, and never more."""

import pytest

from data.schema import codes
from pages.shared.cards import card, certainty, marked_candidates

TARASIVKA = {
    "id": "geonames:691877",
    "name": "Tarasivka",
    "lat": 48.35002,
    "lon": 37.55271,
    "admin1": "Donetsk Oblast",
    "country": "UA",
    "probability": 0.48,
    "plausible": True,
    "reasons": ["lies in Donetsk Oblast, which is named beside it"],
}
OTHER = TARASIVKA | {"id": "geonames:9529726", "lat": 47.5502, "lon": 37.64874, "probability": 0.44}
EVENT = {
    "event_id": "test-1",
    "title": "Two people captured",
    "summary": "A party says so.",
    "event_type": "detention_capture",
    "event_subtype": "combatant_captured",
    "modality": "claimed_by_party",
    "date_start": "2025-04-08",
    "date_end": "2025-04-08",
    "date_precision": "day",
    "date_basis": "inferred_from_publication",
    "place_text": "near Tarasivka",
    "lat": 47.95,
    "lon": 37.6,
    "radius_m": 46000.0,
    "geo_precision": "near",
    "geo_status": "ambiguous",
    "geo_method": "gazetteer",
    "country": "UA",
    "admin1": "Donetsk Oblast",
    "actors": None,
    "captured_min": 2,
    "captured_best": 2,
    "captured_max": 2,
    "status": "published",
    "protected_persons": True,
    "reports": [{"publisher": "A paper", "url": "https://example.org/a", "published_at": "2025-04-08"}],
    "places": [{"text": "Tarasivka", "candidates": [TARASIVKA, OTHER]}],
}


def section(event, label):
    return next((s for s in card(event)["sections"] if s.get("label") == label), None)


def test_a_place_in_doubt_lists_its_candidates_with_letters():
    where = section(EVENT, "Where")
    assert where["text"] == "“near Tarasivka”"
    assert "Undecided between 2 places" in where["note"]
    assert [item["mark"] for item in where["items"]] == ["A", "B"]
    assert "48 %" in where["items"][0]["detail"]


def test_a_decided_place_lists_no_rivals():
    assert section(EVENT | {"geo_status": "auto"}, "Where")["items"] == []


def test_the_kicker_says_who_says_so():
    assert card(EVENT)["kicker"] == "Detention or capture · Combatant captured · Claimed by a party"


def test_protected_persons_are_named_as_such_and_nobody_by_name():
    assert "no names" in section(EVENT, "People")["note"]
    assert section(EVENT, "People")["text"] == "2 captured"


@pytest.mark.parametrize("precision", codes("geo_precision"))
@pytest.mark.parametrize("status", codes("geo_status"))
def test_every_certainty_has_its_sentence(precision, status):
    placed = precision not in ("country", "unlocated")
    event = EVENT | {"geo_precision": precision, "geo_status": status, "lat": 48.0 if placed else None}
    words = certainty(event, 2)
    assert words.endswith((".", ")."))
    assert "None" not in words


def test_what_is_not_known_is_left_out():
    bare = {key: EVENT[key] for key in EVENT if key not in ("summary", "reports", "places")}
    labels = [
        s.get("label")
        for s in card(
            bare
            | {"protected_persons": False, "captured_min": None, "captured_best": None, "captured_max": None}
        )["sections"]
    ]
    assert "People" not in labels
    assert "Actors" not in labels


def test_letters_do_not_run_out_into_nonsense():
    crowd = EVENT | {"places": [{"text": "X", "candidates": [TARASIVKA] * 40}]}
    assert len(marked_candidates(crowd)) == 26
