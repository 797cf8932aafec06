"""How many independent sources an incident has: the same story twice is one."""

from typing import Any

import pytest

from data import Store
from data.errors import InputError
from data.sources import independent_count, linked
from tests.data.conftest import Write

BASE = {"event_id": "e", "title": "Clash", "place": "Bakhmut", "date": "2023-03-01"}


def reports(*named: tuple[str, str | None]) -> list[dict[str, Any]]:
    return [{"publisher": name, "independent_of": origin} for name, origin in named]


@pytest.mark.parametrize(
    ("named", "count"),
    [
        ([], 0),
        ([("A", None), ("B", None)], 2),
        ([("A", None), ("a", None)], 1),
        ([("A", None), ("B", "1"), ("C", "2")], 1),
        ([("A", "2"), ("B", "1")], 1),
        ([("A", "Wire"), ("B", "wire"), ("C", None)], 2),
        ([("Wire", None), ("B", "Wire")], 1),
    ],
)
def test_reports_that_lead_back_to_one_another_are_one_source(named: Any, count: int) -> None:
    assert independent_count(linked(reports(*named), "e"), "e") == count


def test_the_same_link_twice_is_one_source() -> None:
    twice = [{"publisher": name, "url": "https://example.org/1"} for name in ("A", "B")]
    assert independent_count(twice, "e") == 1


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ({"title": "Two people captured near Tarasivka, president says"}, 1),
        ({"quote": "“Our forces captured two people near the village.”"}, 1),
        ({"text_sha256": "ab" * 32}, 1),
        ({"title": "War news"}, 2),
    ],
)
def test_one_wire_story_in_two_papers_is_one_source(said: dict[str, str], count: int) -> None:
    assert independent_count([{"publisher": name, **said} for name in ("A", "B")], "e") == count


@pytest.mark.parametrize("number", ["0", "2", "3"])
def test_a_number_must_be_that_of_another_source(number: str) -> None:
    with pytest.raises(InputError, match="another source of the row"):
        linked(reports(("A", None), ("B", number)), "e")


def test_a_table_says_which_source_repeats_which(empty: Store, table_file: Write) -> None:
    row = {
        **BASE,
        "publisher": "A",
        "publisher_2": "B",
        "publisher_3": "C",
        "independent_of_2": "1",
        "depends on_3": "2",
    }
    bad = {**row, "event_id": "b", "independent_of_2": "2"}
    summary = empty.import_file(table_file([row, bad]), geocode=False)
    assert (summary.imported, summary.rejected) == (1, 1)
    assert "independent_of_2" in summary.first_problems[0]
    event = empty.event("e")
    assert event is not None
    assert event["source_count"] == 1
    assert [report["independent_of"] for report in event["reports"]] == [None, "e:r1", "e:r2"]
