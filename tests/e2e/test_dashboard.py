"""The dashboard in a real browser, served as `make run` serves it."""

import json
import re
import urllib.request

import pytest

from tests.e2e.conftest import MAP

pytestmark = pytest.mark.browser
SEED = "dl-2025-0001"


def ask(server, path):
    with urllib.request.urlopen(server.url + path) as answer:
        return json.load(answer)


def test_the_sample_is_on_the_map(server, visit):
    visitor = visit(server.url)
    visitor.map_frame()
    total = ask(server, "/healthz")["events"]
    assert total >= 150
    assert visitor.sentence().startswith(f"{total} incidents")
    assert visitor.shown() > 100
    assert visitor.errors == []


def test_a_filter_changes_map_count_and_address_together(server, visit):
    visitor = visit(server.url)
    frame = visitor.map_frame()
    before = visitor.shown()
    visitor.choose("Type of event", "^Battle")
    visitor.page.wait_for_url(re.compile("type=battle"))
    expected = ask(server, "/api/cells?type=battle")
    visitor.page.get_by_text(re.compile(rf"^{expected['total']} of \d+ incidents, battle", re.I)).wait_for()
    frame.locator(f'.leaflet-container:not([data-shown="{before}"])').wait_for()
    assert 0 < visitor.shown() <= expected["shown"]


SIGHTS = {
    "": MAP,
    "map": MAP,
    "timeline": '[data-testid="stVegaLiteChart"]',
    "incidents": '[data-testid="stDataFrame"]',
    "intake": "text=A table",
    "method": "text=Precision of a place",
}


@pytest.mark.parametrize("page", SIGHTS)
def test_a_deep_link_on_a_fresh_server_shows_page_and_filters(start, sample_home, visit, page):
    server = start(sample_home)
    visitor = visit(f"{server.url}/{page}?type=battle&datetime=2022-03-01/2022-06-30")
    visitor.page.locator(SIGHTS[page]).first.wait_for()
    assert visitor.page.get_by_role("dialog").count() == 0
    assert "type=battle" in visitor.page.url
    if page == "intake":  # nothing is filtered there; the filters come back where something is
        visitor.page.get_by_role("link", name="Timeline").click()
    visitor.page.get_by_text(re.compile("1 Mar – 30 Jun 2022")).first.wait_for()
    server.process.terminate()


def test_a_click_opens_the_card_of_that_incident(server, visit):
    visitor = visit(server.url)
    frame = visitor.map_frame()
    singles = [
        c
        for c in ask(server, "/api/cells?zoom=12&bbox=30,46,39,52")["cells"]
        if c.get("id") and c["place_status"] == "auto" and c["precision"] == "settlement"
    ]
    target = singles[0]
    visitor.look_at(target["lat"], target["lon"], 12)
    visitor.click_on_map(target["lat"], target["lon"])
    frame.locator(".dl-card h2").wait_for()
    assert frame.locator(".dl-card h2").inner_text() == target["title"]
    event = ask(server, f"/api/events/{target['id']}")
    assert event["place_text"] in frame.locator(".dl-card").inner_text()
    frame.locator(".dl-close").click()
    assert frame.locator(".dl-card").is_hidden()


def test_the_seed_capture_stands_there_as_a_place_in_doubt(server, visit):
    visitor = visit(f"{server.url}/?event={SEED}")
    frame = visitor.map_frame()
    card = frame.locator(".dl-card")
    card.locator("h2").wait_for()
    words = card.inner_text()
    assert "near the villages of Tarasivka and Bilohorivka in Donetsk Oblast" in words
    assert "Undecided" in words
    assert "Claimed by a party" in words
    assert frame.locator(".dl-candidate").count() >= 3
    assert frame.locator(".leaflet-overlay-pane path, .leaflet-overlay-pane canvas").count() >= 1


def test_a_click_on_a_bubble_zooms_in_until_it_splits(server, visit):
    visitor = visit(server.url)
    visitor.map_frame()
    cells = ask(server, "/api/cells?zoom=6&bbox=22,44,41,53")["cells"]
    largest = max(cells, key=lambda c: c["count"])
    visitor.look_at(largest["lat"], largest["lon"], 6)
    visitor.click_on_map(largest["lat"], largest["lon"])
    visitor.page.wait_for_timeout(600)
    assert visitor.map_script("() => Dateline.living.map.getZoom()") > 6


def test_nothing_leaves_the_machine(server, visit):
    for page in ["", "timeline", "incidents", "method"]:
        visitor = visit(f"{server.url}/{page}")
        visitor.page.locator("h4").first.wait_for()
        visitor.page.wait_for_timeout(2500)
        assert visitor.outside == []
        assert visitor.errors == []


def test_a_brush_over_the_timeline_filters_everything(server, visit):
    visitor = visit(f"{server.url}/timeline")
    chart = visitor.page.locator(
        '[data-testid="stVegaLiteChart"] canvas, [data-testid="stVegaLiteChart"] svg'
    ).first
    chart.wait_for()
    visitor.page.wait_for_timeout(1000)
    box = chart.bounding_box()
    visitor.page.mouse.move(box["x"] + 80, box["y"] + 100)
    visitor.page.mouse.down()
    visitor.page.mouse.move(box["x"] + 160, box["y"] + 120, steps=8)
    visitor.page.mouse.up()
    visitor.page.wait_for_url(re.compile("datetime="))
    chosen = visitor.sentence()
    visitor.page.get_by_test_id("stPageLink-NavLink").filter(has_text="Incidents").click()
    visitor.page.get_by_test_id("stDataFrame").wait_for()
    assert visitor.sentence() == chosen
    assert "datetime=" in visitor.page.url


def test_quick_picks_are_all_kept(server, visit):
    visitor = visit(f"{server.url}/incidents")
    visitor.page.get_by_test_id("stDataFrame").wait_for()
    visitor.page.get_by_label("Type of event").first.click()
    for option in ("^Battle", "^Protest", "^Infrastructure"):
        visitor.page.get_by_role("option", name=re.compile(option)).click()
        visitor.page.wait_for_timeout(100)
    visitor.page.wait_for_url(re.compile("type=battle%2Cinfrastructure_damage%2Cprotest"))
    expected = ask(server, "/api/cells?type=battle,protest,infrastructure_damage")["total"]
    visitor.page.get_by_text(re.compile(rf"^{expected} of \d+ incidents")).wait_for()


def test_going_back_brings_page_and_filters_back(server, visit):
    visitor = visit(f"{server.url}/timeline?type=battle")
    visitor.page.get_by_text(re.compile(r"^\d+ of \d+ incidents, battle", re.I)).wait_for()
    visitor.page.get_by_test_id("stPageLink-NavLink").filter(has_text="Incidents").click()
    visitor.page.get_by_test_id("stDataFrame").wait_for()
    visitor.page.go_back()
    visitor.page.wait_for_url(re.compile("/timeline\\?type=battle"))
    visitor.page.get_by_text(re.compile(r"^\d+ of \d+ incidents, battle", re.I)).wait_for()


def test_closing_the_card_of_a_row_closes_it(server, visit):
    visitor = visit(f"{server.url}/incidents")
    visitor.tick_first_row()
    visitor.page.locator(".dl-card").wait_for()
    visitor.page.get_by_role("button", name="Close").click()
    visitor.page.locator(".dl-card").wait_for(state="detached")
    visitor.page.wait_for_url(lambda url: "event=" not in url)


def test_a_row_of_the_table_opens_the_same_card(server, visit):
    visitor = visit(f"{server.url}/incidents")
    visitor.tick_first_row()
    visitor.page.wait_for_url(re.compile("event="))
    event = ask(server, "/api/events/" + visitor.page.url.split("event=")[1].split("&")[0])
    for section in event["card"]["sections"]:
        if section.get("text"):
            visitor.page.get_by_text(section["text"], exact=False).first.wait_for()


def test_a_phone_shows_everything_without_scrolling_sideways(server, visit):
    for page in ["", "timeline", "incidents", "method"]:
        visitor = visit(f"{server.url}/{page}", width=390, height=844)
        visitor.page.locator("h4").first.wait_for()
        visitor.page.wait_for_timeout(1500)
        assert visitor.page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth")
