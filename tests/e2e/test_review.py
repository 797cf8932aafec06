"""The analyst's decision in a real browser: choose, leave open, save, see it on the map, undo, see it as before."""

import json
import re
import urllib.request
from pathlib import Path

import pytest

from data import open_store
from tests.conftest import lend
from tests.e2e.conftest import MAP

pytestmark = pytest.mark.browser
SEED = "dl-2025-0001"
LUHANSK_ONE = "geonames:712588"


@pytest.fixture(scope="module")
def own_home(tmp_path_factory, default_gazetteer_path) -> Path:
    """A home with the sample that this module may change."""
    folder = tmp_path_factory.mktemp("review-home")
    lend(folder, default_gazetteer_path)
    return folder


@pytest.fixture(scope="module")
def own_server(start, own_home):
    return start(own_home, DATELINE_USER="Ada")


def event(server):
    with urllib.request.urlopen(f"{server.url}/api/events/{SEED}") as answer:
        return json.load(answer)


def open_review(visitor):
    visitor.page.get_by_text(re.compile(r"\d+ left in the whole store")).wait_for(timeout=60000)
    visitor.page.get_by_role("heading", name="Ukraine says it captured two").wait_for()
    visitor.page.frame_locator(MAP).locator(".leaflet-container[data-marks]").wait_for(timeout=30000)


def pick(visitor, question, answer):
    group = visitor.page.get_by_role("radiogroup", name=re.compile(question))
    group.get_by_text(re.compile(answer)).first.click()


def test_choose_one_leave_the_other_save_and_undo(own_server, visit):
    visitor = visit(f"{own_server.url}/review", height=1400)
    open_review(visitor)
    before = event(own_server)
    pick(visitor, "Bilohorivka", "Bilohorivka, Luhansk Oblast")
    pick(visitor, "Tarasivka", "Nobody can tell")
    visitor.page.get_by_label(re.compile("^Why")).fill("the front ran through it")
    visitor.page.keyboard.press("Tab")
    visitor.page.get_by_role("button", name=re.compile("^.*Save")).click()
    undo = visitor.page.get_by_role("button", name=re.compile(r"Undo place of"))
    undo.wait_for(timeout=30000)

    after = event(own_server)
    chosen = {place["text"]: place["chosen_id"] for place in after["places"] if place["role"] == "event"}
    assert chosen == {"Tarasivka": None, "Bilohorivka": LUHANSK_ONE}
    assert (after["geo_status"], after["geo_precision"]) == ("ambiguous", "near")
    assert after["area"] != before["area"]

    seen = visit(f"{own_server.url}/?event={SEED}")
    frame = seen.map_frame()
    frame.get_by_text("Bilohorivka, Luhansk Oblast").first.wait_for(timeout=20000)
    assert frame.locator(".dl-candidate").count() == 3  # two for Tarasivka, the one chosen
    assert frame.get_by_text("Bilohorivka, Donetsk Oblast").count() == 0

    visitor.page.get_by_role("heading", name="Ukraine says it captured two").wait_for(state="detached")
    undo.click()
    visitor.page.get_by_role("heading", name="Ukraine says it captured two").wait_for(timeout=30000)
    restored = event(own_server)
    for name in ("area", "lat", "lon", "radius_m", "geo_status", "places", "areas", "card"):
        assert restored[name] == before[name], name
    assert visitor.errors == []
    assert visitor.outside == []


def test_a_key_and_a_click_on_the_map_do_as_well(own_server, visit):
    visitor = visit(f"{own_server.url}/review", height=1400)
    open_review(visitor)
    box = visitor.page.locator(MAP).bounding_box()
    visitor.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    position = visitor.page.get_by_label("Or a position: click the map, or type it")
    visitor.page.wait_for_function(
        "(e) => /^\\d+\\.\\d+, \\d+\\.\\d+$/.test(e.value)", arg=position.element_handle()
    )
    visitor.page.get_by_role("button", name=re.compile("^.*Save"), disabled=False).wait_for()
    visitor.page.wait_for_timeout(1000)  # a key pressed while the page is drawn anew is lost
    visitor.page.keyboard.press("s")
    visitor.page.get_by_role("button", name=re.compile(r"Undo place of")).wait_for(timeout=30000)
    assert event(own_server)["geo_method"] == "map_click"
    visitor.page.wait_for_timeout(1000)
    visitor.page.keyboard.press("u")
    visitor.page.get_by_role("heading", name="Ukraine says it captured two").wait_for(timeout=30000)
    assert event(own_server)["geo_status"] == "ambiguous"


def test_a_read_only_demonstration_shows_and_changes_nothing(start, own_home, visit):
    server = start(own_home, DATELINE_READ_ONLY="1")
    visitor = visit(f"{server.url}/review", height=1400)
    open_review(visitor)
    visitor.page.get_by_text("read-only demonstration").wait_for()
    assert visitor.page.get_by_role("button", name=re.compile("Take the leading ones")).is_disabled()
    assert visitor.page.get_by_text("Possible duplicates").count() == 0
    assert visitor.page.get_by_text("History", exact=True).count() == 0
    visitor.page.keyboard.press("a")
    visitor.page.wait_for_timeout(1500)
    with open_store(f"sqlite:///{own_home / 'records.sqlite'}", sample=False) as store:
        assert store.history(SEED)[0]["user"] in ("Ada", "import")
        assert event(server)["geo_status"] == "ambiguous"
