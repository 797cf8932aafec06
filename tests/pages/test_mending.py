"""Rows that an import did not take, mended on the review page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.review import history, row_form
from pages.shared import resources

ROOT = Path(__file__).parents[2]
TABLE = (
    "id,title,date,place,country,Made-up note\n"
    "made-up,Made-up clash,2023-06-13,Bakhmut,Ukraine,\n"
    "bad,Made-up fight,2023-13-13,Bakhmut,Ukraine,kept\n"
)


@pytest.fixture
def app(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The review page, with a row that was not taken."""
    monkeypatch.setenv("DATELINE_USER", "Ada")
    resources.close()
    path = tmp_path / "made-up.csv"
    path.write_text(TABLE, encoding="utf-8")
    resources.store().import_file(path)
    made = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    made.switch_page("pages/review/page.py").run()
    (kinds,) = (group for group in made.button_group if "left in the whole store" in group.label)
    kinds.set_value("reject").run()
    yield made
    resources.close()


def field(app: AppTest, kind: str, label: str) -> Any:
    return next(widget for widget in getattr(app, kind) if widget.label.replace("\\", "") == label)


def take(app: AppTest, day: str) -> None:
    field(app, "text_input", "date → Earliest day").input(day)
    field(app, "button", "Take the row in").click().run()
    assert not app.exception


def test_a_row_is_mended_taken_in_and_taken_back(app: AppTest) -> None:
    take(app, "2023-06-15")
    event = resources.store().event("bad", audience="analyst")
    assert event is not None
    assert (event["date_start"], event["original"]) == ("2023-06-15", {"Made-up note": "kept"})
    (row,) = resources.store().history(limit=1)
    field(app, "button", history.undoing(row).replace("\\", "")).click().run()
    assert resources.store().event("bad", audience="analyst") is None


def test_what_is_still_wrong_is_said_on_the_form(app: AppTest) -> None:
    take(app, "in summer")
    assert "date: 'in summer' is not a date" in app.error[0].value.replace("\\", "")
    assert resources.store().event("bad", audience="analyst") is None


def test_the_cell_at_fault_comes_first_then_what_is_read_then_the_rest() -> None:
    reject = {
        "column": "Date", "original": {"Made-up note": "x", "title": "y", "Date": "?"},
        "options": {"columns": {"title": "title", "date_start": "Date"}},
    }  # fmt: skip
    shown = row_form.cells(reject)
    assert [(cell.column, cell.gives) for cell in shown] == [
        ("Date", "Earliest day"), ("title", "Title"), ("Made-up note", None),
    ]  # fmt: skip
    assert row_form.cells({**reject, "column": "date_start"})[0].column == "Date"
