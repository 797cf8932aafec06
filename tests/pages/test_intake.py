"""What the intake page shows and what edits on it mean, without a browser."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import Options, Store, open_store
from data.report import Article, Draft, Span
from pages.intake import mapper, preview, told
from pages.intake.job import Job
from pages.intake.state import dropped_as

TABLE = "id,Was,date,place,lat,lon\n1,Made-up,2023-01-02,Kyiv,,\n2,Made-up,32/13/2023,Kyiv,95,10\n"
TEXT = "<b>Two</b> people were captured near Kyiv on 8 April. Nothing else."
DRAFT = Draft(
    fields={"title": "Made-up capture", "event_type": "detention_capture", "event_subtype": "combatant_captured",
            "modality": "reported", "date_start": date(2025, 4, 8), "date_end": date(2025, 4, 8),
            "date_precision": "day", "captured_min": 2, "captured_best": 2, "captured_max": 2,
            "place_text": "near Kyiv"},
    background=False,
    sentences=(Span(0, 53),),
    spans={"captured": Span(23, 31), "place_text": Span(32, 41)},
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Any:
    with open_store(f"sqlite:///{tmp_path / 'r.sqlite'}", sample=False) as opened:
        yield opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "made-up.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_the_mapper_shows_columns_with_their_values_and_fields(store: Store, path: Path) -> None:
    rows = mapper.rows(store.look_at(path)).set_index("Column")
    assert rows.loc["Was", "First values"] == "Made-up"
    assert rows.loc["Was", "Field"] == mapper.KEPT
    assert rows.loc["date", "Field"] == "Earliest day"


def test_every_field_is_offered_once(store: Store) -> None:
    offered = mapper.choices()
    assert len(set(offered.values())) == len(offered)
    assert {"title", "place_text", "publisher", "url_2"} <= set(offered.values())


def test_what_stays_as_found_out_is_no_choice_and_an_edit_is_one(store: Store, path: Path) -> None:
    look = store.look_at(path)
    edited = mapper.rows(look)
    columns, problems = mapper.chosen(edited)
    assert problems == []
    assert mapper.options(look, columns) == Options()
    edited.loc[edited["Column"] == "Was", "Field"] = "Title"
    columns, _ = mapper.chosen(edited)
    options = mapper.options(look, columns, dates="dmy")
    assert (options.columns["title"], options.guess, options.dates) == ("Was", False, "dmy")


def test_two_columns_for_one_field_and_two_of_one_name_are_refused(store: Store, path: Path) -> None:
    edited = mapper.rows(store.look_at(path))
    edited.loc[edited["Column"].isin(["Was", "id"]), "Field"] = "Title"
    assert "Choose one" in mapper.chosen(edited)[1][0]
    path.write_text("title,title,place\na,b,Kyiv\n", encoding="utf-8")
    doubled = mapper.rows(store.look_at(path))
    assert mapper.chosen(doubled) == ({"title": "title", "place_text": "place"}, [])
    doubled.loc[1, "Field"] = "Summary"
    assert "rename one" in mapper.chosen(doubled)[1][0]


def test_cells_at_fault_come_first_and_their_corrections_reach_the_row(store: Store, path: Path) -> None:
    with store.plan_import(path, geocode=False) as plan:
        table = preview.to_correct(plan)
        header = plan.table.header
        assert [header[int(name)] for name in table.columns[2:4]] == ["date", "lat"]
        edited = preview.corrections(plan, {0: {"2": "2023-12-13", "4": 50}})
        assert edited == {3: {2: "2023-12-13", 4: "50"}}
        lines = preview.standing(plan, plan.correct(edited))
        assert lines == ["Row 3 is corrected and will be saved."]
        assert preview.save_label(plan) == "Save 2 incidents"
        assert preview.kind(plan) == "read as csv, utf-8, with commas"


def test_a_row_still_wrong_says_so(store: Store, path: Path) -> None:
    with store.plan_import(path, geocode=False) as plan:
        (line,) = preview.standing(plan, plan.correct({3: {2: "2023-12-13"}}))
        assert line.startswith("Still wrong, row 3: lat")


def test_a_file_of_ten_thousand_columns_can_be_corrected(store: Store, tmp_path: Path) -> None:
    wide = tmp_path / "wide.csv"
    names = [f"made up {n}" for n in range(10_000)]
    wide.write_text(
        ",".join(["title", "date", *names]) + "\n" + ",".join(["x", "bad", *names]), encoding="utf-8"
    )
    with store.plan_import(wide, geocode=False) as plan:
        assert len(preview.to_correct(plan).columns) == preview.MOST_COLUMNS + 2
    assert len(mapper.rows(store.look_at(wide))) == 10_002


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a/b.csv", "...", "", "\u202ename.csv", "x" * 300 + ".csv"]
)
def test_a_dropped_file_stays_in_its_folder_whatever_it_is_called(name: str) -> None:
    dropped = dropped_as(name, "1", memoryview(b"title\nx"))
    assert dropped.path.parent == Path(dropped.folder.name)
    assert dropped.path.read_bytes() == b"title\nx"


def test_a_failing_job_keeps_its_problem_and_shows_no_traceback() -> None:
    def fail(_tell: Any) -> None:
        raise ValueError("not foreseen")

    job: Job[None] = Job(fail)
    job.wait(10)
    assert job.done
    assert isinstance(job.problem, ValueError)


def test_the_words_that_were_read_are_marked_and_everything_is_escaped() -> None:
    article = Article(TEXT, "pasted")
    told_in = told.sentences(article, DRAFT)
    assert '<mark title="Place as reported">near Kyiv</mark>' in told_in
    assert "&lt;b&gt;Two&lt;/b&gt;" in told_in
    assert "Nothing else" not in told_in
    assert "Nothing else" in told.whole(article, [DRAFT])


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=6))
def test_no_text_and_no_spans_make_html_of_their_own(text: str, spans: list[tuple[int, int]]) -> None:
    draft = Draft({}, False, tuple(Span(*pair) for pair in spans))
    shown = told.whole(Article(text, "x"), [draft])
    bare = shown.replace('<mark title="Proposal 1">', "").replace("</mark>", "")
    assert bare.count("<") == 2
    assert bare.startswith('<div class="dl-report">')
