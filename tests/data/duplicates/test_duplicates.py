"""Incidents that may be one: which pairs are compared, what is proposed, and why. All incidents here are made up."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import Store
from data.duplicates.compare import FEATURES, compared, rarity, texts
from data.duplicates.model import probabilities, weights
from data.duplicates.pairs import MOST_PAIRS
from tests.data.conftest import Write

BASE = {
    "title": "Pontoon bridge shelled",
    "place": "Made-up Ford",
    "date": "2023-03-01",
    "event_type": "battle",
}


def stored(empty: Store, table_file: Write, *rows: dict[str, Any]) -> Store:
    summary = empty.import_file(table_file([{**BASE, **row} for row in rows]), geocode=False)
    assert summary.imported == len(rows), summary
    return empty


def proposed(store: Store) -> set[tuple[str, str]]:
    return {(one.event_id, one.other_id) for one in store.duplicates()}


def test_two_tellings_of_one_incident_are_proposed_with_reasons(empty: Store, table_file: Write) -> None:
    store = stored(
        empty,
        table_file,
        {"event_id": "a", "captured": "2", "lat": "48.9", "lon": "38.2", "geo_precision": "near"},
        {"event_id": "b", "title": "Shelling of a pontoon bridge", "captured": "2", "place": "near the ford",
         "lat": "48.91", "lon": "38.21", "geo_precision": "near"},
        {"event_id": "c", "title": "Protest at the market", "event_type": "protest", "lat": "48.9", "lon": "38.2",
         "geo_precision": "near"},
    )  # fmt: skip
    (found,) = store.duplicates()
    assert (found.event_id, found.other_id) == ("a", "b")
    assert weights().proposed <= found.probability < 1
    assert found.reasons[0] == "the same day"
    assert any("pontoon" in reason for reason in found.reasons)
    assert "numbers of people that can be the same" in found.reasons


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({}, True),
        ({"date": "2023-03-02"}, True),
        ({"date": "2023-03-04"}, False),
        ({"place": "Another Town", "lat": "49.9", "lon": "36.2"}, False),
        ({"title": "Protest at the market", "event_type": "protest"}, False),
        ({"date": "2023-03"}, True),
        ({"date": "2023"}, False),
        ({"date": ""}, False),
    ],
)
def test_time_place_and_words_must_allow_it(
    empty: Store, table_file: Write, other: dict[str, str], same: bool
) -> None:
    place = {"lat": "48.9", "lon": "38.2"}
    store = stored(empty, table_file, {"event_id": "a", **place}, {"event_id": "b", **place, **other})
    assert (("a", "b") in proposed(store)) is same


def test_the_same_words_for_a_place_are_enough_where_it_has_no_position(
    empty: Store, table_file: Write
) -> None:
    store = stored(
        empty, table_file, {"event_id": "a"}, {"event_id": "b"}, {"event_id": "c", "place": "Elsewhere"}
    )
    assert proposed(store) == {("a", "b")}


def test_what_is_asked_of_some_incidents_concerns_only_these(empty: Store, table_file: Write) -> None:
    store = stored(empty, table_file, *({"event_id": name} for name in "abc"))
    assert proposed(store) == {("a", "b"), ("a", "c"), ("b", "c")}
    assert {(p.event_id, p.other_id) for p in store.duplicates(["c"])} == {("a", "c"), ("b", "c")}
    assert store.duplicates([]) == []


def test_a_duplicate_that_was_settled_is_not_proposed_again(empty: Store, table_file: Write) -> None:
    store = stored(empty, table_file, {"event_id": "a"}, {"event_id": "b", "status": "duplicate"})
    assert store.duplicates() == []


def test_a_day_of_thousands_of_records_in_one_town_is_answered_in_bounded_time(
    empty: Store, table_file: Write
) -> None:
    place = {"lat": "48.9", "lon": "38.2"}
    store = stored(
        empty, table_file, *({"event_id": f"e{n}", "title": f"Clash {n}", **place} for n in range(400))
    )
    assert len(store.events.pairs(audience="analyst")) == MOST_PAIRS


EVENT = st.fixed_dictionaries(
    {
        "title": st.text(max_size=60),
        "summary": st.none() | st.text(max_size=60),
        "place_text": st.text(max_size=20),
        "actors": st.none() | st.text(max_size=20),
        "event_type": st.sampled_from(["battle", "protest", "other"]),
        "geo_precision": st.sampled_from(["exact", "near", "unlocated"]),
        "date_start": st.none()
        | st.dates(pd.Timestamp("1900-01-01").date(), pd.Timestamp("2100-01-01").date()),
        "lat": st.none() | st.floats(-90, 90),
        "radius_m": st.none() | st.floats(0, 1e6),
        "killed_best": st.none() | st.integers(0, 10**6),
    }
)


@given(st.lists(EVENT, min_size=2, max_size=6))
def test_any_two_records_have_a_probability_whichever_comes_first(events: list[dict[str, Any]]) -> None:
    frame = pd.DataFrame(events)
    frame = frame.assign(date_end=frame["date_start"], lon=frame["lat"])
    frame[["date_start", "date_end"]] = frame[["date_start", "date_end"]].astype("datetime64[us]")
    frame[["lat", "lon", "radius_m"]] = frame[["lat", "lon", "radius_m"]].astype("float64")
    for category in ("killed", "injured", "captured", "displaced", "missing"):
        for which in ("min", "best", "max"):
            name = f"{category}_{which}"
            frame[name] = (
                frame[name].astype("Int64") if name in frame else pd.array([pd.NA] * len(frame), "Int64")
            )
    other = frame.iloc[::-1].reset_index(drop=True)
    telling = rarity(texts(frame))
    forth, back = probabilities(frame, other, telling), probabilities(other, frame, telling)
    assert ((forth >= 0) & (forth <= 1)).all()
    assert np.allclose(forth, back)


def test_every_feature_has_a_weight_and_a_meaning() -> None:
    assert len(weights().features) == len(FEATURES)
    assert all(FEATURES.values())
    assert len(weights().log_ratio) == len(weights().up_to_km) + 1


def test_likeness_is_a_row_for_each_pair(filled: Store) -> None:
    frame = filled.events.frame(audience="analyst")
    assert compared(frame, frame, rarity(texts(frame))).shape == (len(frame), len(FEATURES))
