"""The event table: what it answers, how it keeps up, and that many may ask at once."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from data import Counts, Filters, InputError, Store, open_store, schema
from data.table import paging
from data.table.questions import ORDERS
from tests.data.conftest import Write

pytestmark = pytest.mark.both_databases

WORLD = (-180.0, -90.0, 180.0, 90.0)


def test_a_frame_is_typed_and_holds_public_rows_only(filled: Store) -> None:
    frame = filled.events.frame()
    assert list(frame.event_id) == ["a4", "a3", "a5", "a6", "a1", "a2", "a7"]
    assert frame.date_start.dtype == "datetime64[us]"
    assert list(frame.event_type.cat.categories) == list(schema.codes("event_type"))
    assert frame.killed_best.dtype == "Int64"
    assert frame.lat.dtype == "float64"
    assert not {"reported_country", "embargo_until", "flags", "seq"} & set(frame.columns)


def test_an_analyst_sees_all_rows(filled: Store) -> None:
    assert len(filled.events.frame(audience="analyst")) == 9
    assert filled.events.counts(audience="analyst") == Counts(9, 9, 1)


@pytest.mark.parametrize("order_by", [sign + name for name in ORDERS for sign in ("", "-")])
def test_pages_are_pieces_of_the_whole(filled: Store, order_by: str) -> None:
    whole = filled.events.frame(order_by=order_by)
    pages = [filled.events.frame(order_by=order_by, limit=2, offset=n) for n in range(0, 10, 2)]
    assert [list(page.event_id) for page in pages] == [
        list(whole.event_id[n : n + 2]) for n in range(0, 10, 2)
    ]


@pytest.mark.parametrize("order_by", ["date", "-date"])
def test_rows_streamed_period_by_period_are_those_of_the_whole(
    filled: Store, order_by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "_AT_A_TIME", 2)
    for filters in (Filters(), Filters(q="clash"), Filters(q="nothing at all")):
        with filled.events.stream(filters, order_by=order_by) as (version, batches):
            ids = batches.read_all()["event_id"].to_pylist()
        assert ids == list(filled.events.frame(filters, order_by=order_by).event_id)
        assert version == filled.events.version


def test_periods_hold_few_rows_but_never_part_of_a_day() -> None:
    first, second, third, fourth = (date(2023, 1, day) for day in range(1, 5))
    days = [(third, paging._AT_A_TIME), (None, 3), (second, 2), (first, 1), (fourth, 1)]
    in_order = [(first, second), (third, third), (fourth, fourth)]
    assert paging.periods(days, descending=False) == [*in_order, None]
    assert paging.periods(days, descending=True) == [*reversed(in_order), None]


def test_an_order_that_is_not_known_is_refused(filled: Store) -> None:
    with pytest.raises(InputError, match="order_by"):
        filled.events.frame(order_by="content_hash")


def test_a_callers_changes_to_a_frame_reach_nobody_else(filled: Store) -> None:
    frame = filled.events.frame()
    frame["title"] = "changed"
    assert "changed" not in set(filled.events.frame().title)


def test_counts_say_how_many_match_and_how_many_have_no_place(filled: Store) -> None:
    assert filled.events.counts() == Counts(total=7, matching=7, unplaced=1)
    assert filled.events.counts(Filters(types=("battle",))) == Counts(7, 2, 0)


def test_extent_covers_dates_and_positions(filled: Store, empty: Store) -> None:
    extent = filled.events.extent()
    assert (str(extent.date_min), str(extent.date_max)) == ("2022-03-05", "2023-12-31")
    assert extent.bbox == (32.617, 46.635, 38.09, 49.5)


def test_facets_leave_their_own_filter_out_and_keep_the_chosen_at_zero(filled: Store) -> None:
    facets = filled.events.facets(Filters(types=("riot",)))
    types = facets["type"].set_index("value")["count"].to_dict()
    assert types == {"battle": 2, "explosion_remote": 3, "protest": 1, "riot": 0, "strategic_development": 1}
    assert facets["region"].empty
    regions = filled.events.facets()["region"]
    assert list(regions.value) == ["UA:Donetsk Oblast", "UA:Kharkiv Oblast", "UA:", "UA:Kherson Oblast"]
    assert list(regions.label) == [
        "Donetsk Oblast",
        "Kharkiv Oblast",
        "Ukraine, region not known",
        "Kherson Oblast",
    ]
    assert set(facets) == {"type", "region", "precision", "status", "place"}


def test_every_facet_value_is_a_filter_that_finds_as_many(filled: Store) -> None:
    for word, facet in filled.events.facets().items():
        for value, count in zip(facet.value, facet["count"], strict=True):
            query = Filters.from_query({word: value.replace(",", "\\,")})
            assert filled.events.counts(query).matching == count, (word, value)


@pytest.mark.parametrize(("max_bins", "name"), [(1000, "day"), (250, "week"), (30, "month"), (4, "year")])
def test_a_timeline_chooses_the_finest_bin_that_fits(filled: Store, max_bins: int, name: str) -> None:
    timeline = filled.events.timeline(max_bins=max_bins)
    assert timeline.attrs["bin"] == name
    assert set(timeline.bin) == {name}
    assert timeline["count"].sum() == 6
    assert (timeline.start <= timeline.end).all()
    assert timeline.start.nunique() <= max_bins


def test_what_has_no_place_is_never_in_a_cell(filled: Store) -> None:
    for zoom in range(0, 20, 3):
        cells = filled.events.cells(bbox=WORLD, zoom=zoom)
        assert cells["count"].sum() == 6
        assert not set(cells.geo_precision.dropna()) & {"country", "unlocated"}


def test_a_region_is_a_row_of_its_own_at_every_zoom(filled: Store) -> None:
    for zoom in (0, 5, 12):
        cells = filled.events.cells(bbox=WORLD, zoom=zoom)
        regions = cells[cells.geo_precision == "adm1"]
        assert list(regions["count"]) == [2]
        assert list(regions.region) == ["UA:Kharkiv Oblast"]
        assert list(regions.event_ids) == [["a6", "a5"]]


def test_bubbles_split_into_single_incidents_that_carry_what_a_map_needs(filled: Store) -> None:
    assert len(filled.events.cells(bbox=WORLD, zoom=1)) == 2
    near = filled.events.cells(bbox=(30, 44, 40, 52), zoom=12)
    single = near[near.event_id == "a4"].iloc[0]
    assert (single["count"], single.title, single.event_type) == (1, "Protest in Kherson", "protest")
    assert (single.lat, single.lon) == (46.635, 32.617)


def test_incidents_at_one_spot_stay_together_and_are_listed(filled: Store) -> None:
    for zoom in (14, 18, 22):
        cells = filled.events.cells(bbox=(37.9, 48.5, 38.1, 48.62), zoom=zoom)
        spot = cells[cells["count"] == 2].iloc[0]
        assert spot.event_ids == ["a2", "a1"]
        assert pd.isna(spot.event_id)


def test_an_area_is_merged_from_afar_and_drawn_on_its_own_from_near(filled: Store) -> None:
    far = filled.events.cells(bbox=(35, 47, 40, 50), zoom=5)
    assert "a3" not in set(far.event_id.dropna())
    near = filled.events.cells(bbox=(37.9, 48.5, 38.2, 48.8), zoom=11)
    area = near[near.event_id == "a3"].iloc[0]
    assert (area.geo_precision, area.radius_m) == ("near", 5000)


def test_an_area_reaches_into_a_view_that_its_centre_is_outside_of(filled: Store) -> None:
    cells = filled.events.cells(bbox=(38.10, 48.68, 38.12, 48.69), zoom=14)
    assert "a3" in set(cells.event_id.dropna())


def test_a_view_may_cross_the_antimeridian_or_lie_beyond_it(filled: Store) -> None:
    assert filled.events.cells(bbox=(170, -80, -170, 80), zoom=3).empty
    assert filled.events.cells(bbox=(20, 40, 10, 60), zoom=3)["count"].sum() == 6
    assert filled.events.cells(bbox=(20 + 360, 40, 50 + 360, 60), zoom=3)["count"].sum() == 6
    assert filled.events.cells(bbox=(-900, -90, 900, 90), zoom=0)["count"].sum() == 6


@pytest.mark.parametrize("bbox", [(0, 50, 1, 40), (float("nan"), 0, 1, 1), (0, 0, float("inf"), 1)])
def test_an_impossible_view_is_refused(filled: Store, bbox: tuple[float, float, float, float]) -> None:
    with pytest.raises(InputError, match="bbox"):
        filled.events.cells(bbox=bbox, zoom=3)


def test_two_stores_with_the_same_rows_have_the_same_version(filled: Store, tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'other.sqlite'}", sample=False) as other:
        assert other.events.version != filled.events.version
        other.import_file(tmp_path / "filled.csv", geocode=False)
        assert other.events.version == filled.events.version


def test_a_change_shows_at_once_and_changes_the_version(filled: Store, table_file: Write) -> None:
    before = filled.events.version
    assert filled.events.refresh() is False
    filled.import_file(
        table_file([{"event_id": "a4", "title": "Protest, corrected"}], "change.csv"), geocode=False
    )
    row = filled.events.frame(Filters(q="corrected")).iloc[0]
    assert (row.event_id, row.event_type, row.lat) == ("a4", "protest", 46.635)
    assert filled.events.version != before
    assert filled.events.counts().total == 7


def test_fifty_threads_may_ask_while_rows_arrive(filled: Store, table_file: Write) -> None:
    def ask(seed: int) -> int:
        dice = random.Random(seed)
        events, filters = filled.events, Filters(q=dice.choice(["a", "clash", None]))
        for _ in range(6):
            x, y = dice.uniform(20, 40), dice.uniform(44, 52)
            events.cells(filters, bbox=(x, y, x + 10, y + 5), zoom=dice.randint(0, 18))
            events.timeline(filters)
            events.facets(filters)
            events.counts(filters)
            events.frame(filters, limit=dice.randint(1, 5))
        return 1

    with ThreadPoolExecutor(50) as pool:
        asked = [pool.submit(ask, seed) for seed in range(50)]
        for n in range(5):
            rows = [{"event_id": f"n{n}", "title": "New", "date": "2023-03-04", "place": "x"}]
            filled.import_file(table_file(rows, f"n{n}.csv"), geocode=False)
        assert sum(job.result() for job in asked) == 50
    assert filled.events.counts().total == 12
