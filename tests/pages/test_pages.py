"""Every page runs on the sample, and takes its filters from the address."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import resources

ROOT = Path(__file__).parents[2]
FILTERED, WORKING = ["map", "timeline", "incidents", "method"], ["intake", "review"]
PAGES = [*FILTERED, *WORKING]


@pytest.fixture
def app(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setenv("DATELINE_HOME", str(sample_home))
    resources.close()
    yield AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    resources.close()


def opened(app: AppTest, page: str) -> AppTest:
    """Turn to a page; before its first run an app does not know its pages, and stays on the map."""
    app.run().switch_page(f"pages/{page}/page.py").run()
    assert app.session_state["page_shown"] == page.capitalize()
    return app


def sentence(app: AppTest) -> str:
    return app.markdown[0].value.replace("\\", "")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs_without_an_error(app, page):
    opened(app, page)
    assert not app.exception
    assert not app.error
    assert ("incidents" in sentence(app)) == (page in FILTERED)


@pytest.mark.parametrize("page", WORKING)
def test_where_filters_change_nothing_they_are_not_shown_and_wait_for_the_other_pages(app, page):
    app.run()
    app.multiselect(key="filter_type").select("battle").run()
    before = sentence(app)
    opened(app, page)
    assert [widget.key for widget in app.multiselect] == []
    assert sentence(app).endswith(page.capitalize())
    assert app.query_params["type"] == "battle"
    app.switch_page("pages/incidents/page.py").run()
    assert app.multiselect(key="filter_type").value == ["battle"]
    assert sentence(app) == before


@pytest.mark.parametrize("page", FILTERED)
def test_every_page_takes_its_filters_from_the_address(app, page):
    app.query_params["type"] = "battle"
    app.query_params["datetime"] = "2022-03-01/2022-06-30"
    opened(app, page)
    assert not app.exception
    assert app.multiselect(key="filter_type").value == ["battle"]
    assert "1 Mar – 30 Jun 2022" in sentence(app)


def test_a_filter_is_written_into_the_address_in_the_words_of_the_http_interface(app):
    app.run()
    app.multiselect(key="filter_type").select("battle").run()
    assert app.query_params["type"] == "battle"
    assert not app.exception


def test_filters_stay_when_the_page_changes(app):
    app.run()
    app.text_input(key="filter_q").input("bridge").run()
    app.switch_page("pages/incidents/page.py").run()
    assert app.text_input(key="filter_q").value == "bridge"
    assert app.query_params["q"] == "bridge"


def test_a_count_beside_a_choice_may_change_and_the_choice_stays(app):
    app.run()
    app.multiselect(key="filter_type").select("battle").run()
    before = app.multiselect(key="filter_type").options
    app.date_input(key="filter_dates").set_value(("2022-03-01", "2022-04-01")).run()
    assert app.multiselect(key="filter_type").options != before
    assert app.multiselect(key="filter_type").value == ["battle"]


def test_clearing_the_filters_clears_the_address(app):
    app.query_params["type"] = "battle"
    app.run()
    next(button for button in app.button if button.label == "Clear all filters").click().run()
    assert "type" not in app.query_params
    assert app.multiselect(key="filter_type").value == []


@pytest.mark.parametrize(
    "wrong", [{"type": "no_such_type"}, {"datetime": "2022-13-45"}, {"colour": "red"}, {"bbox": "1,2"}]
)
def test_a_wrong_address_is_said_and_left_out(app, wrong):
    for name, value in wrong.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    assert next(iter(wrong)) in app.warning[0].value.replace("\\", "")


def test_filters_that_nothing_matches_give_a_sentence_not_an_empty_page(app):
    app.query_params["q"] = "no such words anywhere"
    for page in PAGES:
        assert not opened(app, page).exception
    app.switch_page("pages/incidents/page.py").run()
    assert "No incident matches" in app.info[0].value


def test_without_set_up_the_page_says_which_step_is_missing(tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    resources.close()
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert not app.exception
    assert "python -m pages.shared.assets" in app.error[0].value.replace("\\", "")
    resources.close()
