"""Importing whole files: good rows in, bad ones aside, again without effect, all or nothing."""

import csv
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from data import FileProblem, Options, Store, Summary, open_store
from data.placing import Placer
from data.records import tables
from geo import Gazetteer
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


def test_corrected_rejects_can_be_imported(empty: Store, table_file: Write) -> None:
    path = table_file([GOOD, {**GOOD, "id": "b1", "title": "=Formula", "date": "31/31/2024"}])
    rejects = Path(str(take(empty, path).rejects_file))
    assert "'=Formula" in rejects.read_text(encoding="utf-8-sig")
    rejects.write_text(
        rejects.read_text(encoding="utf-8-sig").replace("31/31/2024", "2024-03-31", 1), encoding="utf-8"
    )
    summary = take(empty, rejects)
    assert (summary.imported, summary.rejected) == (1, 0)
    event = empty.event("b1")
    assert event is not None
    assert event["title"] == "=Formula"


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


def test_a_persons_decision_on_a_place_stays(empty: Store, table_file: Write) -> None:
    path = table_file([{**GOOD, "lat": "48.6", "lon": "38.0"}])
    take(empty, path)
    with empty.engine.begin() as connection:
        connection.execute(
            tables.events.update().values(geo_status="confirmed", lat=48.7, gazetteer_id="x:1")
        )
    take(empty, table_file([{**GOOD, "title": "Changed", "lat": "48.6", "lon": "38.0"}], "second.csv"))
    event = empty.event("g1")
    assert event is not None
    assert (event["title"], event["lat"], event["geo_status"]) == ("Changed", 48.7, "confirmed")


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


def test_a_place_that_no_gazetteer_knows_is_kept_and_counted(
    empty: Store, table_file: Write, gazetteer: Gazetteer
) -> None:
    empty.gazetteer = gazetteer
    summary = empty.import_file(table_file([{**GOOD, "place": "Qwertyuiop Asdf"}]))
    assert (summary.imported, summary.rejected, summary.unresolved) == (1, 0, 1)
    event = empty.event("g1")
    assert event is not None
    assert (event["geo_precision"], event["geo_status"], event["lat"]) == ("unlocated", "unresolved", None)


def test_rows_first_taken_in_without_places_get_them_later(
    empty: Store, table_file: Write, gazetteer: Gazetteer
) -> None:
    path = table_file([{**GOOD, "country": "Ukraine", "admin1": "Donetsk Oblast"}])
    take(empty, path)
    empty.gazetteer = gazetteer
    assert empty.import_file(path).updated == 1
    event = empty.event("g1")
    assert event is not None
    assert (event["geo_status"], event["geo_precision"], event["country"]) == ("auto", "settlement", "UA")
    assert event["places"][0]["candidates"][0]["name"] == "Bakhmut"
    assert take(empty, path).unchanged == 1


def test_the_seed_place_is_in_doubt_and_keeps_all_candidates(gazetteer: Gazetteer) -> None:
    words = "near the villages of Tarasivka and Bilohorivka in Donetsk Oblast"
    placed = Placer(gazetteer).place({"place_text": words, "reported_country": "Ukraine"})
    assert (placed.fields["geo_status"], placed.fields["geo_precision"]) == ("ambiguous", "near")
    assert placed.fields["place_relation"] == "near"
    texts = {mention["text"]: mention for mention in placed.mentions}
    assert len(texts["Tarasivka"]["candidates"]) >= 2
    assert texts["Tarasivka"]["chosen_id"] is None


def test_coordinates_of_the_file_are_kept_and_called_exact_only_if_it_says_so(
    empty: Store, table_file: Write, gazetteer: Gazetteer
) -> None:
    empty.gazetteer = gazetteer
    given = {**GOOD, "lat": "48,59", "lon": "37.99", "country": "Ukraine"}
    empty.import_file(table_file([given, {**given, "id": "g2", "geo_precision": "exact"}]))
    frame = empty.events.frame().set_index("event_id")
    assert list(frame.geo_precision) == ["settlement", "exact"]
    assert set(frame.geo_method) == {"coordinates_given"}
    assert set(frame.lat) == {48.59}
    assert set(frame.admin1) == {"Donetsk Oblast"}


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


KILLED = """
import sys, data
from pathlib import Path
store = data.open_store(sys.argv[1], sample=False)
print("ready", flush=True)
store.import_file(Path(sys.argv[2]), geocode=False)
print("done", flush=True)
"""


def test_an_import_killed_at_any_moment_leaves_nothing_or_all(empty: Store, table_file: Write) -> None:
    rows = [{**GOOD, "id": f"k{n}", "title": f"Clash {n}"} for n in range(6_000)]
    path = table_file(rows)
    outcomes = set()
    dice = random.Random(4)
    for _ in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, empty.url, str(path)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(dice.uniform(0, 1.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        with empty.engine.connect() as connection:
            count = connection.execute(select(func.count()).select_from(tables.events)).scalar()
            reports = connection.execute(select(func.count()).select_from(tables.reports)).scalar()
            imports = connection.execute(select(func.count()).select_from(tables.imports)).scalar()
            if connection.dialect.name == "sqlite":
                assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert (count, reports, imports) in ((0, 0, 0), (6_000, 6_000, 1))
        outcomes.add(count)
        assert empty.events.counts().total == count
    assert 0 in outcomes
    summary = take(empty, path)
    assert summary.imported + summary.unchanged == 6_000


def test_another_process_imports_while_this_one_reads(empty: Store, table_file: Write) -> None:
    path = table_file([{**GOOD, "id": f"p{n}", "title": f"Clash {n}"} for n in range(5_000)])
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, empty.url, str(path)], stdout=subprocess.PIPE, text=True
    )
    seen = set()
    while process.poll() is None:
        seen.add(empty.events.counts().total)
        empty.events.cells(bbox=(0, 0, 50, 50), zoom=4)
        time.sleep(0.01)
    assert process.returncode == 0
    assert empty.events.counts().total == 5_000
    assert seen <= {0, 5_000}


def test_two_imports_at_once_both_arrive(empty: Store, table_file: Write) -> None:
    paths = [
        table_file([{**GOOD, "id": f"{name}{n}"} for n in range(2_000)], f"{name}.csv")
        for name in ("x", "y", "z")
    ]
    running = [
        subprocess.Popen([sys.executable, "-c", KILLED, empty.url, str(path)], stdout=subprocess.PIPE)
        for path in paths
    ]
    assert [process.wait(timeout=120) for process in running] == [0, 0, 0]
    assert empty.events.counts().total == 6_000
    assert [row["seq"] for row in empty.history()] == [3, 2, 1]


def test_a_store_in_a_read_only_folder_of_the_file_puts_rejects_at_home(empty: Store, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    path = folder / "rows.csv"
    path.write_text("title,place,date\nx,Kyiv,31/31/2024\n", encoding="utf-8")
    folder.chmod(0o500)
    try:
        if os.access(folder, os.W_OK):
            pytest.skip("this user may write anywhere")
        assert str(take(empty, path).rejects_file).startswith(os.environ["DATELINE_HOME"])
    finally:
        folder.chmod(0o700)


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


def test_a_rejected_cell_that_is_safe_already_means_the_same_in_the_rejects_file(
    empty: Store, table_file: Write
) -> None:
    titles = ["'=Sum", "=Sum", "'-5"]
    rows = [{**GOOD, "id": f"b{n}", "title": title, "date": "31/31/2024"} for n, title in enumerate(titles)]
    file = Path(str(take(empty, table_file(rows)).rejects_file))
    file.write_text(
        file.read_text(encoding="utf-8-sig").replace("31/31/2024", "2024-03-31"), encoding="utf-8"
    )
    take(empty, file)
    assert sorted(empty.events.frame().title) == ["-5", "=Sum", "=Sum"]
