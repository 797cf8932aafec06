"""Dates as people write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.dates import AmbiguousOrder, OrderVotes, parse


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2023-05-07", "2023-05-07", "2023-05-07", "day"),
        ("2023-05-07T23:30:00+03:00", "2023-05-07", "2023-05-07", "day"),
        ("2023-05-07 00:00:00", "2023-05-07", "2023-05-07", "day"),
        ("20230507", "2023-05-07", "2023-05-07", "day"),
        ("2023/5/7", "2023-05-07", "2023-05-07", "day"),
        ("2023-05", "2023-05-01", "2023-05-31", "month"),
        ("02/2024", "2024-02-01", "2024-02-29", "month"),
        ("2023", "2023-01-01", "2023-12-31", "year"),
        ("2023-W05", "2023-01-30", "2023-02-05", "week"),
        ("31/12/2023", "2023-12-31", "2023-12-31", "day"),
        ("12/31/2023", "2023-12-31", "2023-12-31", "day"),
        ("05.06.2023", "2023-06-05", "2023-06-05", "day"),
        ("7 May 2023", "2023-05-07", "2023-05-07", "day"),
        ("May 7th, 2023", "2023-05-07", "2023-05-07", "day"),
        ("May 2023", "2023-05-01", "2023-05-31", "month"),
        ("7 травня 2023", "2023-05-07", "2023-05-07", "day"),
        ("2023-05-01/2023-05-04", "2023-05-01", "2023-05-04", "range"),
        ("1 March 2023 - 4 March 2023", "2023-03-01", "2023-03-04", "range"),
        ("2023-05 to 2023-06", "2023-05-01", "2023-06-30", "range"),
    ],
)
def test_a_date_keeps_the_precision_it_has(text: str, start: str, end: str, precision: str) -> None:
    dated = parse(text)
    assert (dated.start.isoformat(), dated.end.isoformat(), dated.precision) == (start, end, precision)


@pytest.mark.parametrize(
    "text",
    ["31/31/2024", "2024-02-30", "2023-13-01", "0000-01-01", "yesterday", "", "2023-05-07x", "99", "12:30"],
)
def test_what_is_no_date_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        parse(text)


def test_a_range_that_runs_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it starts"):
        parse("2023-05-04/2023-05-01")


def test_day_and_month_are_told_apart_by_the_column_and_not_guessed() -> None:
    with pytest.raises(AmbiguousOrder):
        parse("05/06/2023")
    assert parse("05/06/2023", "dmy").start == date(2023, 6, 5)
    assert parse("05/06/2023", "mdy").start == date(2023, 5, 6)
    assert parse("05/05/2023").start == date(2023, 5, 5)


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["05/06/2023", "13/06/2023"], "dmy"),
        (["05/06/2023", "06/13/2023"], "mdy"),
        (["05/06/2023", "06/05/2023"], None),
        (["13/06/2023", "06/13/2023"], None),
    ],
)
def test_one_decisive_value_settles_a_column(column: list[str], order: str | None) -> None:
    votes = OrderVotes()
    votes.add(column)
    assert votes.order == order


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 400))
def test_every_period_survives_being_written_and_read(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    dated = parse(f"{start}/{end}")
    assert (dated.start, dated.end) == (start, end)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_clear_refusal(text: str) -> None:
    try:
        dated = parse(text)
    except ValueError as problem:
        said = str(problem)
    else:
        said = dated.precision
        assert dated.start <= dated.end
    assert said
