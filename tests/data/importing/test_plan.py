"""A plan says what saving would do, saves exactly that, and leaves nothing behind when it is given up."""

import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import Cancelled, Options, Step, Store, Undecided, open_store
from tests.data.conftest import Write
from tests.data.importing.test_import import GOOD, content

MESSY = [
    GOOD,
    {**GOOD, "id": "b1", "title": "Bad day", "date": "31/31/2024"},
    {**GOOD, "id": "b2", "title": "No sea", "lat": "0", "lon": "0"},
    {**GOOD, "id": "g2", "title": "Another"},
    {**GOOD, "id": "g2", "title": "Another"},
    {**GOOD, "id": "g2", "title": "Same id, other content"},
]


def test_a_plan_counts_what_saving_then_does(empty: Store, table_file: Write) -> None:
    empty.import_file(table_file([GOOD, {**GOOD, "id": "old", "title": "As it was"}], "0.csv"), geocode=False)
    changed = {**GOOD, "id": "old", "title": "As it is"}
    before = content(empty)
    with empty.plan_import(table_file([*MESSY, changed]), geocode=False) as plan:
        counts = plan.counts
        assert content(empty) == before
        summary = empty.commit_plan(plan)
    assert (counts.read, counts.new, counts.changed, counts.unchanged, counts.rejected) == (7, 1, 1, 2, 3)
    assert (summary.imported, summary.updated, summary.unchanged, summary.rejected) == (1, 1, 2, 3)
    assert counts.sentence().startswith("1 new, 1 changed, 2 unchanged, 3 rejected")


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.sampled_from("xy"), st.sampled_from(["2023-01-02", "32/1/23"])),
        min_size=1,
        max_size=8,
    ),
    st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("xy")), max_size=4),
)
def test_a_plan_never_miscounts(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], earlier: list[tuple[str, ...]]
) -> None:
    folder = tmp_path_factory.mktemp("plan")
    with open_store(f"sqlite:///{folder / 'r.sqlite'}", sample=False) as store:
        if earlier:
            write(folder / "0.csv", [(i, t, "2023-01-02") for i, t in earlier])
            store.import_file(folder / "0.csv", geocode=False)
        write(folder / "1.csv", rows)
        with store.plan_import(folder / "1.csv", geocode=False) as plan:
            counts, summary = plan.counts, store.commit_plan(plan)
    assert (counts.new, counts.changed) == (summary.imported, summary.updated)
    assert (counts.unchanged, counts.rejected) == (summary.unchanged, summary.rejected)
    assert counts.read == counts.new + counts.changed + counts.unchanged + counts.rejected


def write(path: Path, rows: Any) -> None:
    lines = ["id,title,date,place", *(",".join((*row, "Kyiv")) for row in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")


def test_rejected_rows_are_corrected_in_place_and_saved_with_the_rest(
    empty: Store, table_file: Write
) -> None:
    path = table_file(MESSY)
    with empty.plan_import(path, geocode=False) as plan:
        assert [reject.number for reject in plan.rejected] == [3, 4, 7]
        wrong = plan.correct({3: {"date": "2024-03-31"}, 4: {"lat": "95"}, 7: {"id": "g3"}})
        assert wrong[3] is None
        assert wrong[7] is None
        assert "out of range" in str(wrong[4])
        assert (plan.counts.new, plan.counts.rejected, plan.counts.corrected) == (4, 1, 2)
        summary = empty.commit_plan(plan)
    assert (summary.imported, summary.unchanged, summary.rejected) == (4, 1, 1)
    event = empty.event("b1")
    assert event is not None
    assert event["date_start"] == "2024-03-31"
    assert "b1" not in Path(str(summary.rejects_file)).read_text(encoding="utf-8-sig")


def test_corrections_replace_one_another_and_are_checked_against_the_file(
    empty: Store, table_file: Write
) -> None:
    with empty.plan_import(table_file(MESSY), geocode=False) as plan:
        assert plan.correct({3: {"date": "2024-03-31"}}) == {3: None}
        assert plan.correct({}) == {}
        assert plan.counts.rejected == 3
        taken = plan.correct({7: {"id": "g1"}})[7]
        assert "already stands in row 2" in str(taken)
        twice = plan.correct({3: {"id": "n", "date": "2024-01-01"}, 7: {"id": "n"}})
        assert [found is None for found in twice.values()] == [True, False]


def test_rows_once_rejected_and_now_mended_are_rejected_no_more(empty: Store, table_file: Write) -> None:
    path = table_file(MESSY)
    empty.import_file(path, geocode=False)
    with empty.plan_import(path, geocode=False) as plan:
        plan.correct({3: {"date": "2024-03-31"}})
        empty.commit_plan(plan)
    with empty.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT row FROM rejects ORDER BY row").scalars().all()
    assert rows == [4, 7]


@pytest.mark.parametrize("moment", ["looking", "reading", "saving"])
def test_cancelled_at_any_step_nothing_is_changed_and_nothing_left(
    empty: Store, table_file: Write, tmp_path: Path, moment: str
) -> None:
    many = [{**GOOD, "id": f"m{n}", "title": f"Clash {n}"} for n in range(3_000)]
    path = table_file([*many, {**GOOD, "id": "bad", "date": "nonsense"}])
    before, files = content(empty), sorted(tmp_path.rglob("*"))

    def stop(step: Step) -> None:
        if step.what == moment and step.done >= 1_000:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        empty.import_file(path, geocode=False, progress=stop)
    assert content(empty) == before
    assert sorted(tmp_path.rglob("*")) == files
    assert empty.import_file(path, geocode=False).imported == 3_000


def test_a_plan_may_be_saved_by_another_thread_than_read_it(empty: Store, table_file: Write) -> None:
    plans: list[Any] = []
    path = table_file(MESSY)
    reader = threading.Thread(target=lambda: plans.append(empty.plan_import(path, geocode=False)))
    reader.start()
    reader.join()
    plans[0].correct({3: {"date": "2024-03-31"}})
    assert empty.commit_plan(plans[0]).imported == 3
    plans[0].close()


def test_dates_that_nobody_can_read_are_a_question_with_its_answers(empty: Store, table_file: Write) -> None:
    path = table_file([{**GOOD, "date": "05/06/2023"}, {**GOOD, "id": "2", "date": "06/05/2023"}])
    with pytest.raises(Undecided) as question:
        empty.plan_import(path, geocode=False)
    (first, *_others) = question.value.choices.values()
    with empty.plan_import(path, Options(**first), geocode=False) as plan:
        assert str(plan.sample[0].event["date_start"]) == "2023-06-05"


def test_dates_that_contradict_one_another_offer_the_choice_beside_the_rejects(
    empty: Store, table_file: Write
) -> None:
    days = ["13/06/2023", "06/13/2023", "05/06/2023"]
    path = table_file([{**GOOD, "id": str(n), "date": day} for n, day in enumerate(days)])
    with empty.plan_import(path, geocode=False) as plan:
        assert plan.counts.rejected == 1
        assert {"dates": "dmy"} in plan.choices.values()


def test_exchanged_positions_are_a_question_with_its_answer(empty: Store, table_file: Write) -> None:
    rows = [{**GOOD, "id": str(n), "lat": "37.5", "lon": "48.5", "country": "Ukraine"} for n in range(4)]
    path = table_file(rows)
    with pytest.raises(Undecided) as question:
        empty.plan_import(path, geocode=False)
    (options,) = question.value.choices.values()
    with empty.plan_import(path, Options(**options), geocode=False) as plan:
        assert (plan.sample[0].event["lat"], plan.sample[0].event["lon"]) == (48.5, 37.5)


def test_a_step_says_rate_and_time_left() -> None:
    step = Step("reading", 5_000, 20_000, 2.5)
    assert (step.share, step.rate, step.seconds_left) == (0.25, 2_000, 7.5)
    assert str(step) == "reading 5,000 of 20,000 rows, 2,000 rows/s, 8 s left"
    assert str(Step("reading", 5_000)) == "reading 5,000 rows"


def test_an_incident_taken_away_since_the_file_was_read_is_noticed(empty: Store, table_file: Write) -> None:
    empty.import_file(table_file([GOOD]), geocode=False)
    with empty.plan_import(table_file([GOOD, GOOD], "longer.csv"), geocode=False) as plan:
        with empty.engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM reports")
            connection.exec_driver_sql("DELETE FROM places")
            connection.exec_driver_sql("DELETE FROM events")
        before = content(empty)
        with pytest.raises(Exception, match="read the file again"):
            empty.commit_plan(plan)
    assert content(empty) == before


def test_rows_that_may_be_there_already_are_counted(filled: Store, table_file: Write) -> None:
    before = content(filled)
    like = {
        "id": "n1",
        "title": "Shelling of Bakhmut",
        "event_type": "explosion_remote",
        "date": "2023-03-01",
        "place": "Bakhmut",
        "lat": "48.594",
        "lon": "38.000",
        "country": "Ukraine",
        "publisher": "Made-up Wire",
    }
    other = {**like, "id": "n2", "title": "Made-up protest", "event_type": "protest", "date": "2021-01-01"}
    with filled.plan_import(table_file([like, other]), geocode=False) as plan:
        assert (plan.counts.new, plan.counts.duplicates) == (2, 1)
        assert "1 possible duplicate," in plan.counts.sentence()
    assert content(filled) == before
    assert filled.events.counts(audience="analyst").total == 9
