"""What corrections of an incident or a proposal mean, and what they may not say."""

from datetime import date
from typing import Any

import pytest

from data.errors import InputError
from pages.shared import edits

SAID: dict[str, Any] = {
    "title": "Made-up capture", "event_type": "detention_capture", "event_subtype": "combatant_captured",
    "modality": "reported", "date_start": date(2025, 4, 8), "date_end": date(2025, 4, 8), "date_precision": "day",
    "captured_min": 2, "captured_best": 2, "captured_max": 2, "place_text": "near Kyiv",
}  # fmt: skip


def words(**changes: Any) -> dict[str, Any]:
    asked = ("title", "event_type", "event_subtype", "modality", "place_text")
    return {
        **{name: SAID[name] for name in asked}, "summary": "", "actors": None, "when": edits.period(SAID),
        "precision": "day", **changes,
    }  # fmt: skip


def made(**changes: Any) -> dict[str, Any]:
    return edits.changed(SAID, edits.edited(SAID, words(**changes), edits.people(SAID)))


def test_what_is_left_alone_stays_as_it_is() -> None:
    assert made() == {}


def test_days_as_the_records_write_them_are_days() -> None:
    stored = {**SAID, "date_start": "2025-04-08", "date_end": "2025-04-08"}
    assert edits.changed(stored, edits.edited(stored, words(), edits.people(stored))) == {}


@pytest.mark.parametrize(
    ("when", "precision", "days"),
    [
        ("2025-04", "day", ("2025-04-01", "2025-04-30", "month")),
        ("2025-04-08", "week", ("2025-04-07", "2025-04-13", "week")),
        ("2025-04-08", "month", ("2025-04-01", "2025-04-30", "month")),
        ("2024", "day", ("2024-01-01", "2024-12-31", "year")),
        ("2025-03-09 to 2025-04-08", "day", ("2025-03-09", "2025-04-08", "range")),
        ("9 April 2025", "day", ("2025-04-09", "2025-04-09", "day")),
        ("", "day", ("None", "None", "unknown")),
    ],
)
def test_a_date_has_the_precision_it_is_written_with_or_that_was_chosen(
    when: str, precision: str, days: tuple[str, str, str]
) -> None:
    after = {**SAID, **made(when=when, precision=precision)}
    assert (str(after["date_start"]), str(after["date_end"]), after["date_precision"]) == days


@pytest.mark.parametrize("text", ["2025-04", "2025", "2025-04-08", "2025-03-09 to 2025-04-08", ""])
def test_days_are_shown_as_they_can_be_typed(text: str) -> None:
    after = {**SAID, **made(when=text)}
    assert edits.period(after) == text


def test_a_subtype_goes_with_the_type_it_belonged_to() -> None:
    assert made(event_type="battle") == {"event_type": "battle", "event_subtype": None}


def test_a_line_is_trimmed_and_numbers_are_taken_over() -> None:
    people = edits.people(SAID)
    people.loc[people[edits.WHO] == "Killed", "Best"] = 3
    after = edits.edited(SAID, words(title=" Made-up  title "), people)
    assert edits.changed(SAID, after) == {"title": "Made-up title", "killed_best": 3}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"when": "sometime"}, "When: 'sometime' is not a date; write 2025-04-08"),
        ({"title": "  "}, "Title: '' is empty"),
        ({"place_text": ""}, "Place as reported: '' is empty"),
        ({"when": "2025-04-09 to 2025-04-01"}, "When: .* ends before it starts"),
        ({"when": "2025-04", "precision": "unknown"}, "Date precision: 'Unknown' does not fit a date"),
        ({"when": "", "precision": "month"}, "When: '' is empty, though its precision is “Month”"),
        ({"event_subtype": "peaceful_protest"}, "Subtype: 'Peaceful protest' belongs to the type “Protest”"),
    ],
)
def test_what_makes_no_sense_is_refused_by_the_name_of_its_field(wrong: dict[str, str], says: str) -> None:
    with pytest.raises(InputError, match=says):
        made(**wrong)


def test_numbers_out_of_order_are_refused_in_words() -> None:
    people = edits.people(SAID)
    people.loc[people[edits.WHO] == "Captured", "Low"] = 5
    with pytest.raises(InputError, match="Captured, low: '5' is above the best, 2; give low, best and high"):
        edits.edited(SAID, words(), people)


def test_names_of_fields_in_a_refusal_are_put_into_words() -> None:
    assert edits.in_words("killed_min: '5' is above killed_max = 2; a_b") == (
        "Killed, low: '5' is above Killed, high = 2; a_b"
    )
