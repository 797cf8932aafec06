"""The same file again: told from the records where nothing has changed, looked at anew where anything has."""

from collections.abc import Callable
from pathlib import Path

import pytest

import geo
from data import Options, Store, Summary, open_store
from data.decisions import DuplicateDecision, StatusDecision
from tests.data.conftest import Write
from tests.data.importing.test_import import content

pytestmark = pytest.mark.both_databases

ROW = {"id": "g1", "title": "Clash", "place": "Bakhmut", "date": "2023-03-01", "source": "Paper"}
WRONG = {**ROW, "id": "b1", "date": "31/31/2024", "lat": "95", "lon": "10"}
ROWS = [ROW, {**ROW, "id": "g2", "title": "Strike"}, ROW, WRONG]
Change = Callable[[Store, Write], object]


def numbers(summary: Summary) -> tuple[int, int, int, int]:
    return summary.imported, summary.updated, summary.unchanged, summary.rejected


def is_told(store: Store, path: Path, *, geocode: bool = False, **options: object) -> bool:
    """Say whether a file is told from the records, without a look at its rows."""
    with store.plan_import(path, Options(**options), geocode=geocode) as plan:  # type: ignore[arg-type]
        return plan.earlier is not None


def version_of(store: Store, event_id: str) -> int:
    found = store.event(event_id, "analyst")
    assert found is not None
    return int(found["version"])


def test_an_unchanged_file_is_told_from_the_records_and_writes_nothing(
    empty: Store, table_file: Write
) -> None:
    path = table_file(ROWS)
    first = empty.import_file(path, geocode=False)
    rejects = Path(str(first.rejects_file)).read_bytes()
    before = content(empty)
    assert is_told(empty, path)
    again = empty.import_file(path, geocode=False)
    assert (numbers(again), again.read, again.import_id) == ((0, 0, 3, 1), 4, first.import_id)
    assert content(empty) == before
    assert (again.first_problems, again.rejects_file) == (first.first_problems, first.rejects_file)
    assert Path(str(again.rejects_file)).read_bytes() == rejects


def test_what_is_told_looks_like_what_was_read(empty: Store, table_file: Write) -> None:
    path = table_file(ROWS)
    with empty.plan_import(path, geocode=False) as plan:
        sample, rejected, orders = plan.sample, plan.rejected, plan.orders
        empty.commit_plan(plan)
    with empty.plan_import(path, geocode=False) as plan:
        assert (
            plan.counts.sentence()
            == "0 new, 0 changed, 3 unchanged, 1 rejected, 0 possible duplicates, " + ("0 places in doubt")
        )
        assert [row.event for row in plan.sample] == [row.event for row in sample]
        assert (plan.rejected, list(plan.rejects()), plan.orders) == (rejected, rejected, orders)


def test_a_told_file_can_be_corrected_in_place(empty: Store, table_file: Write) -> None:
    path = table_file(ROWS)
    empty.import_file(path, geocode=False)
    with empty.plan_import(path, geocode=False) as plan:
        wrong = plan.correct({5: {"date": "2024-03-31", "lat": "", "lon": ""}})
        assert wrong == {5: None}
        assert numbers(empty.commit_plan(plan)) == (1, 0, 3, 0)
    assert numbers(empty.import_file(path, geocode=False)) == (0, 0, 3, 1)


def _corrects_another(store: Store, table_file: Write) -> None:
    store.import_file(table_file([{"id": "g2", "title": "Strike, corrected"}], "other.csv"), geocode=False)


def _decides(store: Store, _write: Write) -> None:
    store.decide(StatusDecision({"g1": version_of(store, "g1")}, "retracted"), user="Ada")


def _merges(store: Store, _write: Write) -> None:
    store.decide(DuplicateDecision("g1", "g2"), user="Ada")


@pytest.mark.parametrize("change", [_corrects_another, _decides, _merges])
def test_rows_are_looked_at_anew_once_anything_touched_one(
    empty: Store, table_file: Write, change: Change
) -> None:
    path = table_file(ROWS)
    empty.import_file(path, geocode=False)
    change(empty, table_file)
    assert not is_told(empty, path)
    if change is _corrects_another:
        assert numbers(empty.import_file(path, geocode=False)) == (0, 1, 2, 1)
    else:
        assert numbers(empty.import_file(path, geocode=False)) == (0, 0, 3, 1)


def test_what_others_bring_meanwhile_does_not_matter(empty: Store, table_file: Write) -> None:
    path = table_file(ROWS)
    empty.import_file(path, geocode=False)
    empty.import_file(table_file([{**ROW, "id": "n1"}], "other.csv"), geocode=False)
    assert is_told(empty, path)


def test_an_undone_import_is_done_again(empty: Store, table_file: Write) -> None:
    path = table_file(ROWS)
    first = empty.import_file(path, geocode=False)
    empty.undo(f"import:{first.import_id}", user="Ada")
    assert numbers(empty.import_file(path, geocode=False)) == (2, 0, 1, 1)
    assert is_told(empty, path)


def test_an_import_undone_after_the_file_was_told_is_done_again(empty: Store, table_file: Write) -> None:
    path = table_file(ROWS)
    first = empty.import_file(path, geocode=False)
    with empty.plan_import(path, geocode=False) as plan:
        assert plan.earlier is not None
        empty.undo(f"import:{first.import_id}", user="Ada")
        assert numbers(empty.commit_plan(plan)) == (2, 0, 1, 1)


def test_a_file_that_rests_on_incidents_of_another_is_looked_at_once_any_changes(
    empty: Store, table_file: Write
) -> None:
    empty.import_file(table_file([ROW], "first.csv"), geocode=False)
    path = table_file(ROWS)
    assert numbers(empty.import_file(path, geocode=False)) == (1, 0, 2, 1)
    assert is_told(empty, path)
    _decides(empty, table_file)
    assert not is_told(empty, path)


def test_a_row_refused_for_another_incidents_sake_is_looked_at_once_that_changes(
    empty: Store, table_file: Write
) -> None:
    theirs = {"id": "g1", "title": "Protest", "place": "Lviv", "date": "2020-01-01"}
    empty.import_file(table_file([theirs], "first.csv"), geocode=False)
    path = table_file([ROW, {**ROW, "id": "g2"}])
    assert numbers(empty.import_file(path, geocode=False)) == (1, 0, 0, 1)
    assert is_told(empty, path)
    theirs["title"] = "Clash"
    empty.import_file(table_file([theirs], "second.csv"), geocode=False)
    assert not is_told(empty, path)


@pytest.mark.parametrize("options", [{"country": "UA"}, {"columns": {"summary": "source"}}, {"dates": "mdy"}])
def test_a_file_read_otherwise_is_looked_at_anew(
    empty: Store, table_file: Write, options: dict[str, object]
) -> None:
    path = table_file(ROWS)
    empty.import_file(path, geocode=False)
    assert not is_told(empty, path, remembered=False, **options)


def test_rows_are_looked_at_anew_with_a_gazetteer_that_was_not_there(
    store_url: str,
    tmp_path: Path,
    table_file: Write,
    gazetteer: geo.Gazetteer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))
    path = table_file([ROW])
    with open_store(store_url, sample=False, gazetteer=gazetteer) as store:
        store.import_file(path, geocode=False)
        assert not is_told(store, path, geocode=True)
        assert numbers(store.import_file(path)) == (0, 1, 0, 0)
        assert is_told(store, path, geocode=True)
        assert not is_told(store, path, geocode=False)
