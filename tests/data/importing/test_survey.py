"""The first rows of a large file are looked at beforehand: what the others show counts as much."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from data import Step, Store, Undecided
from data.importing import survey
from tests.data.conftest import Write

Row = dict[str, Any]
ROWS, FIRST = 3_500, 1_000


def dated(days: Mapping[int, str]) -> list[Row]:
    """Rows of one day, some with another way to write it."""
    row = {"title": "Clash", "place": "Bakhmut", "source": "Paper"}
    return [{**row, "id": f"r{n}", "date": days.get(n, "2023-06-07")} for n in range(ROWS)]


@pytest.fixture
def days_of(
    empty: Store, table_file: Write, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., list[str | None]]:
    """Import rows and give the earliest days of some of them, None for those that were put aside."""
    monkeypatch.setattr(survey, "FIRST", FIRST)

    def imported(days: Mapping[int, str], *asked: int) -> list[str | None]:
        summary = empty.import_file(table_file(dated(days)), geocode=False)
        assert summary.read == summary.imported + summary.rejected == ROWS
        found = [empty.event(f"r{number}") for number in asked]
        return [event and event["date_start"] for event in found]

    return imported


Days = Callable[..., list[str | None]]


def test_the_order_of_day_and_month_may_show_in_the_last_row(days_of: Days) -> None:
    assert days_of({2_000: "05/06/2023", ROWS - 1: "13/06/2023"}, 2_000) == ["2023-06-05"]


def test_a_late_row_that_contradicts_leaves_the_order_open(days_of: Days) -> None:
    days = {0: "05/06/2023", 1: "13/06/2023", ROWS - 1: "06/13/2023"}
    assert days_of(days, 0, 1, ROWS - 1) == [None, "2023-06-13", "2023-06-13"]


def test_where_no_date_decides_all_rows_were_looked_at_before_anybody_is_asked(
    days_of: Days, empty: Store
) -> None:
    with pytest.raises(Undecided, match="day/month or month/day"):
        days_of(dict.fromkeys(range(ROWS), "05/06/2023"))


def test_positions_may_be_exchanged_in_the_late_rows_only(
    empty: Store, table_file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey, "FIRST", FIRST)
    late = {"lat": "38.0", "lon": "48.6", "country": "Ukraine"}
    rows = dated({})
    rows[2_000:] = [row | late for row in rows[2_000:]]
    with pytest.raises(Undecided, match="latitude and longitude exchanged"):
        empty.import_file(table_file(rows), geocode=False)


def test_how_many_rows_there_are_is_known_without_looking_at_all(
    empty: Store, table_file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey, "FIRST", FIRST)
    steps: list[Step] = []
    empty.import_file(table_file(dated({})), geocode=False, progress=steps.append)
    assert max(step.done for step in steps if step.what == "looking") == FIRST
    assert {step.total for step in steps if step.what != "looking"} == {ROWS}
