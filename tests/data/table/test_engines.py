"""Engines elsewhere say what DuckDB says: the same made rows, the same questions, compared value by value."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from data import Filters, StoreProblem, open_store, schema
from data.table import cells, facets, questions, warehouse
from data.table.columns import ARROW_SCHEMA, BESIDE, PUBLIC, table
from data.table.copy import Copy
from data.table.engine import Generation
from data.table.event_table import EventTable
from data.table.state import State
from data.table.template import blank, compiled

SHAPES = [cells.Shape(wraps, coarse) for wraps in (False, True) for coarse in (False, True)][1:3]
ROWS = 100_000
EXPORTED = (*PUBLIC, *BESIDE, "reports")
EVERYTHING = Filters()
CHOICES = (
    EVERYTHING,
    Filters(types=("battle", "riot"), date_start=date(2022, 5, 1), date_end=date(2023, 2, 28)),
    Filters(regions=("UA:Donetsk Oblast", "UA:"), q="МІСТ"),
    Filters(q="it's 100%", bbox=(24.0, 46.0, 33.0, 51.0)),
)
VIEWS = (((-180.0, -90.0, 180.0, 90.0), 2), ((22.0, 44.0, 40.0, 52.0), 6), ((30.0, 48.0, 30.4, 48.2), 12))


def made_up(rows: int, seed: int = 5) -> pa.Table:
    """Rows that say nothing of anywhere: every code, missing values, three scripts, marks that SQL might trip over."""
    dice = np.random.default_rng(seed)
    words = np.array(
        ["міст", "Міст, зруйнований", "bridge", "it's 100% sure", "a_b\\c", '"quoted"', "Ґрунт; ЇЖАК"]
    )
    regions = np.array(["Donetsk Oblast", "Kyiv", "Сумська область", None], dtype=object)
    frame: dict[str, Any] = {name: [None] * rows for name in ARROW_SCHEMA.names}
    frame["event_id"] = [f"m{n:06}" for n in range(rows)]
    frame["title"] = [f"{word} {n}" for n, word in enumerate(dice.choice(words, rows))]
    frame["summary"] = np.where(dice.random(rows) < 0.5, dice.choice(words, rows), None)
    for name in (
        "event_type",
        "geo_precision",
        "geo_status",
        "status",
        "sensitivity",
        "modality",
        "date_precision",
    ):
        codes = schema.fields("events")[name].codes
        frame[name] = dice.choice(list(schema.codes(str(codes))), rows)
    first = np.datetime64("2022-01-01") + dice.integers(0, 900, rows)
    known = dice.random(rows) < 0.9
    frame["date_start"] = np.where(known, first.astype(object), None)
    frame["date_end"] = np.where(known, (first + dice.integers(0, 3, rows)).astype(object), None)
    frame["place_text"] = dice.choice(words, rows)
    placed = ~np.isin(frame["geo_precision"], ["country", "unlocated"])
    frame["lat"] = np.where(placed, np.round(dice.uniform(44, 53, rows), 2), None)
    frame["lon"] = np.where(placed, np.round(dice.uniform(22, 40, rows), 2), None)
    frame["radius_m"] = np.where(placed, dice.choice([150.0, 3_000.0, 20_000.0], rows), None)
    frame["country"] = np.where(dice.random(rows) < 0.95, "UA", None)
    frame["admin1"] = dice.choice(regions, rows)
    lifted = np.array([None, datetime(2023, 1, 1), datetime(2099, 1, 1)], dtype=object)
    frame["embargo_until"] = dice.choice(lifted, rows, p=[0.9, 0.05, 0.05])
    frame["killed_best"] = np.where(dice.random(rows) < 0.3, dice.integers(0, 9, rows).astype(object), None)
    frame["place_relation"] = ["at"] * rows
    reports = [
        '[{"publisher":"Ґазета, \\"міст\\"","published_at":"2023-01-02"},{"publisher":"Wire"}]',
        "[]",
        None,
    ]
    frame["reports"] = dice.choice(np.array(reports, dtype=object), rows)
    frame["content_hash"] = dice.integers(0, 2**60, rows)
    frame["seq"] = dice.integers(1, 9, rows)
    return pa.table(
        {name: pa.array(list(values), ARROW_SCHEMA.field(name).type) for name, values in frame.items()}
    )


class InDuckDB:
    """The copy of this process without records behind it."""

    dialect = Copy.dialect
    capabilities = Copy.capabilities

    def __init__(self, rows: pa.Table) -> None:
        self.state = State()
        self.state.apply(rows.to_reader(), 9)

    @property
    def generation(self) -> Generation:
        return self.state.generation

    def refresh(self) -> bool:
        return False

    @contextmanager
    def asking(self, text: str | None = None) -> Iterator[Callable[[str], pa.Table]]:
        with self.state.cursor(text) as cursor:
            yield lambda sql: cursor.sql(sql).to_arrow_table()

    @contextmanager
    def stream(
        self, rows: int, text: str | None = None
    ) -> Iterator[tuple[str, Callable[[str], pa.RecordBatchReader]]]:
        with self.state.cursor(text) as cursor:
            yield "made up", lambda sql: cursor.sql(sql).to_arrow_reader(rows)

    def close(self) -> None:
        self.state.close()


@pytest.fixture(scope="module")
def here() -> EventTable:
    return EventTable(InDuckDB(made_up(ROWS)))


@pytest.fixture(scope="module")
def parquet(here: EventTable, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("warehouse") / "events.parquet"
    assert here.to_parquet(path) == ROWS
    return path


def needs(found: object, what: str) -> None:
    """Skip where an engine is not installed, except where nothing may be missing."""
    if not found:
        if os.environ.get("CI"):
            pytest.fail(what)
        pytest.skip(what)


def importable(name: str) -> bool:
    from importlib.util import find_spec

    return find_spec(name) is not None


@pytest.fixture(scope="module")
def clickhouse(parquet: Path, tmp_path_factory: pytest.TempPathFactory) -> EventTable:
    needs(importable("chdb"), "chdb is not installed: pip install -e '.[clickhouse]'")
    folder = tmp_path_factory.mktemp("clickhouse")
    run = warehouse._in_process(str(folder))
    run(
        f"CREATE TABLE events ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM file('{parquet}', Parquet)"
    )
    return EventTable(warehouse.Warehouse("clickhouse", run))


@pytest.fixture(scope="module")
def spark(parquet: Path) -> Iterator[EventTable]:
    needs(importable("pyspark"), "pyspark is not installed: pip install -e '.[spark]'")
    needs(shutil.which("java"), "Java is not installed (Debian: apt-get install openjdk-17-jre-headless)")
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    yield EventTable(warehouse.connect(f"spark://local-cluster[2,1,1024]?events={parquet}"))
    from pyspark.sql import SparkSession

    SparkSession.builder.getOrCreate().stop()


def answers(events: EventTable, filters: Filters) -> dict[str, Any]:
    """Everything that a page asks."""
    said: dict[str, Any] = {
        f"cells {view}": in_order(events.cells(filters, bbox=view[0], zoom=view[1])) for view in VIEWS
    }
    said |= {f"facet {word}": frame for word, frame in events.facets(filters).items()}
    said |= {f"timeline {bins}": events.timeline(filters, max_bins=bins) for bins in (250, 40, 4)}
    said["page"] = events.frame(filters, order_by="-date", limit=50, offset=10)
    said["by title"] = events.frame(filters, order_by="title", limit=20)
    said["analyst"] = events.frame(filters, limit=20, audience="analyst")
    extent = events.extent(filters)
    said["counts"] = pd.DataFrame([vars(events.counts(filters))])
    said["extent"] = pd.DataFrame([[extent.date_min, extent.date_max, *(extent.bbox or ())]])
    return said


def in_order(drawn: pd.DataFrame) -> pd.DataFrame:
    """Sums are added up in another order elsewhere: what differs in the last digit must not change the order."""
    rounded = drawn.assign(lat=drawn.lat.round(5), lon=drawn.lon.round(5))
    order = rounded.sort_values(["count", "region", "lat", "lon", "radius_m", "event_id"]).index
    return drawn.loc[order].reset_index(drop=True)


def compare(here: EventTable, there: EventTable, filters: Filters) -> None:
    ours, theirs = answers(here, filters), answers(there, filters)
    assert ours["counts"]["matching"][0] > 20
    for name, frame in ours.items():
        pd.testing.assert_frame_equal(frame, theirs[name], obj=name, check_dtype=False, rtol=1e-9, atol=2e-7)


@pytest.mark.parametrize("filters", CHOICES, ids=range(len(CHOICES)))
def test_clickhouse_says_what_duckdb_says(here: EventTable, clickhouse: EventTable, filters: Filters) -> None:
    compare(here, clickhouse, filters)


@pytest.mark.parametrize("filters", CHOICES[::2], ids=("everything", "regions and words"))
def test_a_spark_cluster_of_two_workers_says_what_duckdb_says(
    here: EventTable, spark: EventTable, filters: Filters
) -> None:
    compare(here, spark, filters)


def test_a_spark_cluster_gives_the_rows_of_an_export_from_any_row_on(
    here: EventTable, spark: EventTable
) -> None:
    with (
        here.stream(order_by="title", limit=1_000, offset=5_000, columns=EXPORTED) as (_ours, rows),
        spark.stream(order_by="title", limit=1_000, offset=5_000, columns=EXPORTED) as (_theirs, same),
    ):
        assert same.read_all().to_pylist() == rows.read_all().to_pylist()


def test_what_an_engine_elsewhere_cannot_do_is_stated(clickhouse: EventTable) -> None:
    assert (clickhouse.capabilities.engine, clickhouse.capabilities.editable) == ("Clickhouse", False)
    assert clickhouse.refresh() is False


def test_clickhouse_gives_the_rows_of_an_export_with_their_reports(
    here: EventTable, clickhouse: EventTable
) -> None:
    exported = {"limit": 1_000, "columns": ("event_id", "title", "reports")}
    with here.stream(**exported) as (_ours, rows), clickhouse.stream(**exported) as (version, same):
        assert version == clickhouse.version
        assert same.read_all().to_pylist() == rows.read_all().to_pylist()


@pytest.mark.parametrize("kind", ["trino", "bigquery"])
@pytest.mark.parametrize("filters", CHOICES, ids=range(len(CHOICES)))
def test_every_question_can_be_said_to_engines_that_are_not_here(kind: str, filters: Filters) -> None:
    rows = table()
    condition = filters.predicate(rows, blank)
    builds = (cells.cells, cells.at_spots)
    asked = [
        *(build(rows, condition, shape) for build in builds for shape in SHAPES),
        questions.numbered(rows, ("n", "title")),
        questions.page(rows, condition, ("n", "event_id"), "-date", window=True),
        questions.last_of_page(rows, condition, "-date"),
        questions.timeline(rows, condition),
        facets.combinations(rows, condition),
        questions.counts(rows, condition),
        questions.extent(rows, condition),
    ]
    given = dict.fromkeys((*cells.NUMBERS, *questions.WINDOW), 1) | dict.fromkeys(("xs", "ys", "ns"), "1,2")
    for question, names in zip(
        asked, (*[cells.NUMBERS] * 4, (), questions.WINDOW, questions.WINDOW[1:], *[()] * 4), strict=True
    ):
        sql = compiled(question, warehouse.DIALECTS[kind], names).filled({**filters.values(), **given})
        assert "~" not in sql


@pytest.mark.parametrize(
    "url", ["oracle://x", "trino://nobody@127.0.0.1:1/a/b", "clickhouse://127.0.0.1:1/x"]
)
def test_an_engine_that_does_not_answer_is_explained(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    monkeypatch.setenv("DATELINE_TABLE", url)
    with pytest.raises(StoreProblem):
        open_store(f"sqlite:///{tmp_path / 'r.sqlite'}", sample=False)
