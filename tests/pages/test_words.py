"""Dates, numbers and distances are said no more closely than they are known."""

from datetime import date, datetime

import pandas as pd
import pytest

from pages.shared.words import day, days, distance, number_of, people, percent


@pytest.mark.parametrize(
    ("start", "end", "precision", "said"),
    [
        (date(2025, 4, 8), date(2025, 4, 8), "day", "8 Apr 2025"),
        ("2022-03-01", "2022-03-31", "month", "March 2022, day not known"),
        (date(2024, 1, 1), date(2024, 12, 31), "year", "In 2024, day not known"),
        (date(2022, 3, 7), date(2022, 3, 13), "week", "Week of 7 – 13 Mar 2022"),
        (date(2022, 3, 30), date(2022, 4, 2), "range", "30 Mar – 2 Apr 2022, exact day not known"),
        (date(2021, 12, 30), date(2022, 1, 2), "range", "30 Dec 2021 – 2 Jan 2022, exact day not known"),
        (None, date(2025, 4, 8), "range", "8 Apr 2025 or earlier"),
        (date(2025, 4, 8), None, "range", "8 Apr 2025 or later"),
        (None, None, "unknown", "Date not known"),
        (pd.NaT, pd.NaT, "unknown", "Date not known"),
        (pd.Timestamp("2022-02-24"), pd.Timestamp("2022-02-24"), "day", "24 Feb 2022"),
    ],
)
def test_a_date_is_said_as_closely_as_it_is_known(start, end, precision, said):
    assert days(start, end, precision) == said


@pytest.mark.parametrize(
    ("start", "end", "precision", "said"),
    [
        ("2025-03-09", "2025-04-08", "range", "9 Mar – 8 Apr 2025"),
        ("2022-03-01", "2022-03-31", "month", "Mar 2022"),
        ("2024-01-01", "2024-12-31", "year", "2024"),
        ("2022-03-07", "2022-03-13", "week", "7 – 13 Mar 2022"),
    ],
)
def test_in_a_table_a_date_is_brief(start, end, precision, said):
    assert days(start, end, precision, brief=True) == said


def test_a_day_is_read_from_whatever_holds_one():
    assert (
        day(datetime(2022, 2, 24, 5))
        == day("2022-02-24T05:00:00Z")
        == day(date(2022, 2, 24))
        == "24 Feb 2022"
    )
    assert day(None) is None
    assert day("soon") is None


@pytest.mark.parametrize(
    ("metres", "said"),
    [
        (150, "150 m"),
        (999, "1000 m"),
        (1000, "1 km"),
        (2500, "2.5 km"),
        (15000, "15 km"),
        (None, "an unknown distance"),
    ],
)
def test_a_distance_has_as_many_figures_as_an_uncertainty_deserves(metres, said):
    assert distance(metres) == said


def test_nobody_is_ever_quite_sure():
    assert percent(1.0) == "99 %"
    assert percent(0.001) == "under 1 %"
    assert percent(0.42) == "42 %"
    assert percent(None) is None


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((2, 2, 2), "2 captured"),
        ((3, 4, 5), "3 to 5 captured (best estimate 4)"),
        ((None, None, 12000), "up to 12,000 captured"),
        ((10, None, None), "at least 10 captured"),
        ((None, 7, None), "7 captured"),
        ((None, None, None), None),
        ((0, 0, 0), "0 captured"),
        ((float("nan"), 3.0, float("nan")), "3 captured"),
    ],
)
def test_people_are_counted_as_low_best_and_high(counts, said):
    assert people("captured", *counts) == said


def test_one_source_is_not_one_sources():
    assert number_of(1, "source") == "1 source"
    assert number_of(3, "source") == "3 sources"
