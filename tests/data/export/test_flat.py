"""Tables and features in bulk: the same as row by row, whatever stands in them."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from data import Filters, Store
from data.export import flat, to_bytes, to_file
from data.export.geojson import feature, geometry
from data.export.rows import select
from data.geometry import to_wkb
from tests.data.conftest import Write

pytestmark = pytest.mark.both_databases


@pytest.fixture
def odd(filled: Store, table_file: Write) -> Store:
    """Rows of every kind, and some with few, many and dependent reports, quotes, formulas and original columns."""
    row = {"title": 'A "quoted", \n=title', "place": "=1+1", "date": "2023-05", "killed": "3", "camera": "Ж'"}
    rows = [
        {**row, "id": "o1", "publisher": "Paper", "publisher_2": "Wire", "independent_of_2": "1",
         "retrieved_at": "2023-05-07T08:09:10", "quote_2": 'Said "no"\t\\ \u2028 ж'},
        {**row, "id": "o2", "publisher_3": "@Third", "published_at_3": "2023-05-06T07:08:09", "lat": "-0.00000001",
         "lon": "180"},
    ]  # fmt: skip
    assert filled.import_file(table_file(rows, "odd.csv"), geocode=False).imported == 2
    return filled


def test_columns_say_what_rows_say(odd: Store) -> None:
    with (
        select(odd, Filters(), audience="analyst") as by_row,
        select(odd, Filters(), audience="analyst") as other,
    ):
        rows = [flat.values(row, by_row) for row in by_row.rows]
        columns = [list(zip(*flat.by_column(b, other), strict=True)) for b in other.batches]
    found = [list(cells) for batch in columns for cells in batch]
    assert len(found) == 11
    assert found == rows
    assert [list(map(type, cells)) for cells in found] == [list(map(type, cells)) for cells in rows]


def test_parquet_draws_what_geojson_draws(odd: Store, tmp_path: Path) -> None:
    to_file(odd, Filters(), tmp_path / "out.parquet", audience="analyst")
    with select(odd, Filters(), audience="analyst") as selection:
        shapes = [geometry(row) for row in selection.rows]
    drawn = pq.read_table(tmp_path / "out.parquet")["geometry"].to_pylist()
    assert drawn == [None if shape is None else to_wkb(shape) for shape in shapes]
    assert len(set(drawn)) > 3


def test_geojson_tells_the_reports_that_rows_tell(odd: Store) -> None:
    with select(odd, Filters(), audience="analyst") as selection:
        told = [feature(row)["properties"].get("reports") for row in selection.rows]
    written = json.loads(to_bytes(odd, Filters(), "geojson", audience="analyst"))["features"]
    assert [item["properties"].get("reports") for item in written] == told
    assert [len(reports or ()) for reports in told].count(0) < len(told) - 2
