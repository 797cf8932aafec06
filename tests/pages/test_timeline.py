"""The timeline's specification is made from counted bins, and its brush becomes days."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from data import Filters
from pages.timeline.brush import brushed_days, without_dates
from pages.timeline.spec import BRUSH, bars, specification

FRAME = pd.DataFrame(
    {
        "start": pd.to_datetime(["2022-03-01", "2022-04-01"]),
        "end": pd.to_datetime(["2022-03-31", "2022-04-30"]),
        "event_type": pd.Categorical(["battle", "protest"]),
        "count": [3, 1],
    }
)
FRAME.attrs["bin"] = "month"


def ms(day: date) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000


def test_only_the_types_that_occur_have_a_colour():
    scale = specification(FRAME)["encoding"]["color"]["scale"]
    assert scale["domain"] == ["Battle", "Protest"]
    assert len(scale["range"]) == 2


def test_the_axis_says_what_one_bar_is():
    assert specification(FRAME)["encoding"]["y"]["axis"]["title"] == "Incidents per month"


def test_bars_keep_every_count():
    assert bars(FRAME, Filters())["count"].sum() == 4


def test_bars_outside_the_period_in_force_are_marked():
    chosen = bars(FRAME, Filters(date_start=date(2022, 4, 5)))["chosen"]
    assert chosen.tolist() == [False, True]


def test_a_brush_becomes_its_first_and_last_day_however_it_was_drawn():
    drawn = {"selection": {BRUSH: {"start": [ms(date(2022, 4, 2)), ms(date(2022, 3, 5))]}}}
    assert brushed_days(drawn) == (date(2022, 3, 5), date(2022, 4, 2))


@pytest.mark.parametrize(
    "empty",
    [{}, {"selection": {}}, {"selection": {BRUSH: {}}}, {"selection": {BRUSH: {"start": [5.0, 6.0]}}}],
)
def test_a_click_is_not_a_brush(empty):
    assert brushed_days(empty) is None


def test_the_chart_does_not_depend_on_its_own_brush():
    filters = Filters(date_start=date(2022, 3, 1), types=("battle",))
    assert without_dates(filters) == Filters(types=("battle",))
