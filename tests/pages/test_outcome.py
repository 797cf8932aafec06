"""What an import has done, shown after it, and the way back when something was decided since."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.decisions import StatusDecision
from pages.shared import resources

TABLE = "id,title,date,place,country\nmade-up,Made-up clash,2023-06-13,Bakhmut,Ukraine\n"


def page() -> None:
    """The outcome of the last import, alone on a page."""
    import streamlit as st

    from data import Summary
    from pages.intake import result
    from pages.shared import resources

    made = st.session_state["made"]
    assert isinstance(made, Summary)
    result.show(resources.store(), made, "made-up.csv")


@pytest.fixture
def app(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setenv("DATELINE_USER", "Ada")
    resources.close()
    path = tmp_path / "made-up.csv"
    path.write_text(TABLE, encoding="utf-8")
    app = AppTest.from_function(page, default_timeout=60)
    app.session_state["made"] = resources.store().import_file(path)
    yield app
    resources.close()


def press(app: AppTest, label: str) -> None:
    button: Any = next(button for button in app.button if button.label == label)
    button.click().run()
    assert not app.exception


def test_an_import_that_later_decisions_rest_on_is_undone_with_them(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = resources.store()
    store.decide(StatusDecision({"made-up": 1}, "disputed"), user="Ben", reason="seen")
    monkeypatch.setattr("pages.intake.result.links", lambda: None)  # leads to pages that are not here
    app.run()
    press(app, "Undo this import")
    refusal = app.error[0].value.replace("\\", "")
    assert "by Ben" in refusal
    assert "--with-later" not in refusal
    assert store.event("made-up", audience="analyst") is not None
    press(app, "Undo it with what was decided later")
    assert "was undone" in app.success[0].value
    assert store.event("made-up", audience="analyst") is None
