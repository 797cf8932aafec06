"""Correcting what a record says on the review page: every fault by the name of its field, recorded, undoable."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.decisions import StatusDecision
from pages.review import history
from pages.shared import resources, session

ROOT = Path(__file__).parents[2]
SEED = "dl-2025-0001"


@pytest.fixture
def app(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The review page of one incident, in a store of its own."""
    monkeypatch.setenv("DATELINE_USER", "Ada")
    resources.close()
    made = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    made.session_state[session.ONE] = SEED
    yield made.switch_page("pages/review/page.py").run()
    resources.close()


def field(app: AppTest, kind: str, label: str) -> Any:
    return next(widget for widget in getattr(app, kind) if widget.label == label)


def save(app: AppTest) -> None:
    field(app, "button", "Save the correction").click().run()
    assert not app.exception


def event() -> dict[str, Any]:
    found = resources.store().event(SEED, audience="analyst")
    assert found is not None
    return found


def test_fields_are_corrected_together_with_who_and_why_and_taken_back(app: AppTest) -> None:
    before = event()
    field(app, "text_input", "Title").input("Two men captured")
    field(app, "text_input", "When").input("2025-03")
    field(app, "text_input", "Place as reported").input("near Kramatorsk")
    field(app, "text_input", "Reason (kept in the history, never public)").input("misread")
    save(app)
    after = event()
    assert [after[name] for name in ("title", "date_precision", "date_end", "geo_status")] == [
        "Two men captured",
        "month",
        "2025-03-31",
        "auto",
    ]
    (row,) = resources.store().history(SEED, limit=1)
    assert (row["user"], row["reason"], row["kind"]) == ("Ada", "misread", "field")
    field(app, "button", history.undoing(row).replace("\\", "")).click().run()
    again = event()
    assert all(again[name] == before[name] for name in before if name not in ("version", "updated_at", "seq"))


@pytest.mark.parametrize(
    ("kind", "label", "value", "says"),
    [
        ("text_input", "When", "sometime", "When: 'sometime' is not a date; write 2025-04-08"),
        ("text_input", "Title", "  ", "Title: '' is empty"),
        ("selectbox", "Subtype", "peaceful_protest", "belongs to the type “Protest”"),
    ],
)
def test_what_is_wrong_is_said_on_the_form_and_nothing_is_changed(
    app: AppTest, kind: str, label: str, value: str, says: str
) -> None:
    before = event()
    getattr(field(app, kind, label), "input" if kind == "text_input" else "set_value")(value)
    save(app)
    assert says in app.error[0].value.replace("\\", "")
    assert event() == before


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(app: AppTest) -> None:
    store = resources.store()
    field(app, "text_input", "Title").input("Two men captured")
    real = store.event(SEED, audience="analyst")
    assert real is not None
    store.decide(StatusDecision({SEED: real["version"]}, "disputed"), user="Ben")
    save(app)
    assert event()["title"] == real["title"]


def test_nothing_is_recorded_where_nothing_was_corrected(app: AppTest) -> None:
    save(app)
    assert "Nothing was changed" in app.error[0].value
    assert [row["kind"] for row in resources.store().history(SEED)] == ["import"]


def test_one_incident_is_left_for_what_waits(app: AppTest) -> None:
    field(app, "button", "Back to what waits").click().run()
    assert not app.exception
    assert any("left in the whole store" in group.label for group in app.button_group)


def test_an_incident_that_was_taken_away_leads_back_to_what_waits(app: AppTest) -> None:
    app.session_state[session.ONE] = "gone"
    app.run()
    assert not app.exception
    assert app.session_state[session.ONE] is None
