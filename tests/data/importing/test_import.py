"""Importing whole files: good rows in, bad ones aside, again without effect."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from data import FileProblem, Options, Store, Summary, open_store
from data.records import tables
from tests.data.conftest import Write

pytestmark = pytest.mark.both_databases

GOOD = {"id": "g1", "title": "Clash", "place": "Bakhmut", "date": "2023-03-01", "source": "Paper"}


def take(store: Store, path: Path, **options: Any) -> Summary:
    return store.import_file(path, Options(**options), geocode=False)


def content(store: Store) -> list[Any]:
    """Everything in the records."""
    with store.engine.connect() as connection:
        return [
            [tuple(map(str, row)) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in tables.metadata.sorted_tables
        ]


def test_good_rows_are_in_and_bad_ones_aside_with_what_to_do(empty: Store, table_file: Write) -> None:
    bad = [
        {"id": "b1", "date": "31/31/2024"},
        {"id": "b2", "lat": "0", "lon": "0"},
        {"id": "b3", "lat": "95", "lon": "10"},
        {"id": "b4", "url": "not a link"},
    ]
    path = table_file([GOOD, *({**GOOD, **row} for row in bad)])
    summary = take(empty, path)
    assert (summary.read, summary.imported, summary.rejected) == (5, 1, 4)
    assert summary.rejects_file == str(path.with_name("rows.rejects.csv"))
    with open(str(summary.rejects_file), encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["_row"] for row in rows] == ["3", "4", "5", "6"]
    assert [row["_column"] for row in rows] == ["date", "lat, lon", "lat", "url"]
    assert rows[0]["_value"] == "31/31/2024"
    assert "write it like 2023-06-05" in rows[0]["_problem"]
    assert rows[0]["title"] == "Clash"
    assert list(empty.events.frame().event_id) == ["g1"]


def test_the_same_file_again_changes_nothing_at_all(empty: Store, table_file: Write) -> None:
    path = table_file([GOOD, {**GOOD, "id": "g2"}, {**GOOD, "id": "b", "date": "x"}])
    first = take(empty, path)
    before, version = content(empty), empty.events.version
    again = take(empty, path)
    assert (again.imported, again.updated, again.unchanged, again.rejected) == (0, 0, 2, 1)
    assert again.import_id == first.import_id
    assert content(empty) == before
    assert empty.events.version == version


def test_a_changed_row_is_updated_and_only_the_files_columns_touched(empty: Store, table_file: Write) -> None:
    take(empty, table_file([{**GOOD, "killed": "3", "tags": "bridge", "status": "verified"}]))
    summary = take(
        empty, table_file([{"id": "g1", "title": "Clash, corrected", "killed": "4"}], "second.csv")
    )
    assert (summary.imported, summary.updated) == (0, 1)
    event = empty.event("g1", "analyst")
    assert event is not None
    assert (event["title"], event["killed_best"]) == ("Clash, corrected", 4)
    assert (event["tags"], event["status"], event["date_start"]) == ("bridge", "verified", "2023-03-01")
    assert (event["place_text"], event["version"]) == ("Bakhmut", 2)


def test_a_cell_that_is_now_empty_empties_the_field(empty: Store, table_file: Write) -> None:
    take(empty, table_file([{**GOOD, "killed": "3"}]))
    take(empty, table_file([{**GOOD, "killed": ""}], "second.csv"))
    event = empty.event("g1")
    assert event is not None
    assert event["killed_best"] is None


def test_rows_without_an_id_get_the_same_one_every_time(empty: Store, table_file: Write) -> None:
    rows = [{"title": "A", "place": "Kyiv", "date": "2023"}, {"title": "B", "place": "Kyiv", "date": "2023"}]
    take(empty, table_file(rows))
    summary = take(empty, table_file(list(reversed(rows)), "turned.csv"))
    assert (summary.imported, summary.unchanged) == (0, 2)


def test_one_id_with_two_contents_in_a_file_is_refused_and_equal_rows_are_one(
    empty: Store, table_file: Write
) -> None:
    summary = take(empty, table_file([GOOD, GOOD, {**GOOD, "title": "Other"}]))
    assert (summary.imported, summary.unchanged, summary.rejected) == (1, 1, 1)
    assert "already stands in row 2" in summary.first_problems[0]


def test_reports_are_made_from_the_source_columns_and_replaced_with_them(
    empty: Store, table_file: Write
) -> None:
    two = {
        **GOOD,
        "url": "https://example.org/1",
        "publisher_2": "paper",
        "reliability_2": "B",
        "publisher_3": "Wire",
    }
    take(empty, table_file([two]))
    event = empty.event("g1")
    assert event is not None
    assert [report["publisher"] for report in event["reports"]] == ["Paper", "paper", "Wire"]
    assert (event["sources"], event["source_count"]) == ("Paper; paper; Wire", 2)
    take(empty, table_file([GOOD], "second.csv"))
    event = empty.event("g1")
    assert event is not None
    assert [report["publisher"] for report in event["reports"]] == ["Paper"]


@pytest.mark.parametrize(
    ("days", "order", "first"),
    [(["05/06/2023", "13/06/2023"], None, "2023-06-05"), (["05/06/2023", "06/13/2023"], None, "2023-05-06"),
     (["05/06/2023", "06/05/2023"], "dmy", "2023-06-05"), (["05/06/2023", "06/05/2023"], "mdy", "2023-05-06")],
)  # fmt: skip
def test_day_and_month_follow_from_the_whole_column_or_an_option(
    empty: Store, table_file: Write, days: list[str], order: Any, first: str
) -> None:
    take(empty, table_file([{**GOOD, "id": str(n), "date": day} for n, day in enumerate(days)]), dates=order)
    assert str(empty.events.frame(order_by="title").date_start.min())[:10] in (
        first,
        "2023-05-06",
        "2023-06-05",
    )
    event = empty.event("0")
    assert event is not None
    assert event["date_start"] == first


def test_a_column_whose_order_nobody_can_know_is_refused(empty: Store, table_file: Write) -> None:
    before = content(empty)
    with pytest.raises(FileProblem, match="--dates dmy or --dates mdy"):
        take(empty, table_file([{**GOOD, "date": "05/06/2023"}, {**GOOD, "id": "2", "date": "06/05/2023"}]))
    assert content(empty) == before


@pytest.mark.parametrize(
    "text", ["", "title,place\n", "a,b\n1,2\n", "2023-01-01,48.1\n2023-01-02,48.2\n", "\0\1\2" * 9]
)
def test_a_file_that_is_no_table_changes_nothing(empty: Store, table_file: Write, text: str) -> None:
    before = content(empty)
    with pytest.raises(FileProblem):
        take(empty, table_file(text))
    assert content(empty) == before


def test_a_half_written_file_gives_its_whole_rows(empty: Store, table_file: Write) -> None:
    summary = take(empty, table_file('title,place\nok,Kyiv\nbroken,"Khar'))
    assert (summary.imported, summary.rejected) == (1, 1)
    assert "ends inside a quoted value" in summary.first_problems[0]


def test_the_investigators_table_comes_in_as_it_is(empty: Store, shared: Path, tmp_path: Path) -> None:
    path = tmp_path / "eyes.csv"
    path.write_bytes((shared / "incidents" / "eyes_on_russia_2022.csv").read_bytes())
    summary = take(empty, path)
    assert summary.read >= 3_000
    assert summary.imported >= 0.98 * summary.read
    assert summary.read == summary.imported + summary.unchanged + summary.rejected
    counts = empty.events.counts(audience="analyst")
    assert counts.unplaced < 10
    assert summary.in_review < 0.01 * summary.read


def test_the_history_lists_imports_latest_first(empty: Store, table_file: Write) -> None:
    take(empty, table_file([GOOD]))
    take(empty, table_file([{**GOOD, "id": "g2"}], "second.csv"))
    history = empty.history()
    assert [row["file_name"] for row in history] == ["second.csv", "rows.csv"]
    assert json.dumps(history)
    with open_store(empty.url, sample=False) as again:
        assert again.history() == history


def test_characters_that_stand_for_nothing_are_left_out_and_said(empty: Store, tmp_path: Path) -> None:
    feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [38.0, 48.6]}}
    rows = [
        {**GOOD, "ti\0tle": "Cla\0sh", "camera": "a\0b"},
        {**GOOD, "id": "g2\0", "ti\0tle": "Strike", "camera": "c"},
        {**GOOD, "id": "b1", "ti\0tle": "Fire", "date": "31/31/\0002024", "camera": ""},
    ]
    path = tmp_path / "rows.geojson"
    found = [{**feature, "properties": {k: v for k, v in row.items() if k != "title"}} for row in rows]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": found}))
    summary = take(empty, path)
    assert (summary.imported, summary.rejected) == (2, 1)
    assert [warning for warning in summary.warnings if warning.startswith("row 2: NUL characters")]
    assert sorted(empty.events.frame().title) == ["Clash", "Strike"]
    assert "\0" not in str(content(empty)).replace("\\x00", "\0")
    event = empty.event("g1", "analyst")
    assert event is not None
    assert event["original"] == {"camera": "ab"}
    assert "\0" not in Path(str(summary.rejects_file)).read_text(encoding="utf-8-sig")
