"""The analyst's day in a real browser: from a pasted report to a decision that shows on the map, and back."""

import json
import re
import urllib.request
from typing import Any

import pytest

from data import open_store
from tests.e2e.conftest import MAP
from tests.e2e.test_intake import exported
from tests.e2e.test_review import LUHANSK_ONE, pick

pytestmark = pytest.mark.browser
TITLE = "Combatant captured near the villages of Tarasivka and Bilohorivka"


def given(server, event_id: str) -> dict[str, Any]:
    """The incident as anybody is given it."""
    with urllib.request.urlopen(f"{server.url}/api/events/{event_id}") as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def press(page, name: str) -> None:
    page.get_by_role("button", name=re.compile(name)).first.click()


def lettered(page) -> int:
    """Follow the link to the map; count the places that the open card letters."""
    page.get_by_role("link", name="See it on the map").click()
    page.wait_for_selector(MAP)
    frame = page.frame_locator(MAP)
    frame.get_by_role("heading", name=TITLE).wait_for()
    frame.locator(".dl-candidate").first.wait_for()
    count = frame.locator(".dl-candidate").count()
    page.get_by_role("link", name="Review").click()
    page.get_by_text(re.compile("^Only what")).wait_for()
    return count


def test_a_pasted_report_becomes_a_decision_on_the_map_and_is_undone_to_the_last_byte(
    own, home, shared, visit
):
    untouched = exported(home)
    visitor = visit(f"{own.url}/intake", height=1400)
    page = visitor.page
    page.set_default_timeout(60_000)
    page.get_by_label("Text of the report").fill(
        (shared / "reports" / "seed-article.txt").read_text(encoding="utf-8")
    )
    press(page, "Find incidents")
    press(page, "Save the ticked ones as drafts")
    page.get_by_text("1 draft saved. It waits for review and is not public.").wait_for()

    press(page, "Review what it brought")
    page.get_by_text(re.compile("^Only what .*brought")).wait_for()
    page.get_by_text(re.compile(r"^Drafts \(1\)")).click()
    press(page, "Publish")
    page.get_by_role("button", name=re.compile(r"Undo status of")).wait_for()
    with open_store(f"sqlite:///{home / 'records.sqlite'}", sample=False) as store:
        event_id = store.history()[0]["what"]
    before, file = given(own, event_id), exported(home)
    assert before["geo_status"] == "ambiguous"
    assert lettered(page) == 4

    page.get_by_role("heading", name=TITLE).wait_for()
    pick(visitor, "Bilohorivka", "Bilohorivka, Luhansk Oblast")
    pick(visitor, "Tarasivka", "Nobody can tell")
    page.get_by_label(re.compile("^Why")).fill("Source Made-up told us so")
    page.keyboard.press("Tab")
    press(page, "^.*Save")
    undo = page.get_by_role("button", name=re.compile(r"Undo place of"))
    undo.wait_for()
    after = given(own, event_id)
    chosen = {place["text"]: place["chosen_id"] for place in after["places"] if place["role"] == "event"}
    assert chosen == {"Tarasivka": None, "Bilohorivka": LUHANSK_ONE}
    assert (after["geo_status"], after["geo_precision"]) == ("ambiguous", "near")
    assert after["area"]["type"] == "Polygon"
    assert after["area"] != before["area"]
    assert "Made-up told us so" not in json.dumps(after)
    assert lettered(page) == 3  # two for Tarasivka, the one chosen

    undo.click()
    undo.wait_for(state="detached")
    page.get_by_role("heading", name=TITLE).wait_for()
    assert exported(home) == file
    restored = given(own, event_id)
    assert {k: restored[k] for k in restored if k not in ("version", "updated_at")} == {
        k: before[k] for k in before if k not in ("version", "updated_at")
    }

    press(page, r"Undo status of")
    page.get_by_text(re.compile(r"^Drafts \(1\)")).wait_for()
    page.get_by_role("link", name="Intake").click()
    press(page, "Undo this save")
    page.get_by_text("The drafts were taken back; nothing of them is left.").wait_for()
    assert exported(home) == untouched
    assert visitor.errors == []
    assert visitor.outside == []


def test_a_place_that_is_no_candidate_is_found_by_the_beginning_of_its_name_and_chosen(own, home, visit):
    visitor = visit(f"{own.url}/review", height=1400)
    page = visitor.page
    page.set_default_timeout(60_000)
    page.get_by_role("heading", name="Ukraine says it captured two").wait_for()
    page.get_by_label("Another place than these for Tarasivka").fill("Soled")
    page.keyboard.press("Enter")
    pick(visitor, "Tarasivka", "Soledar, Donetsk Oblast")
    press(page, "^.*Save")
    page.get_by_role("button", name=re.compile(r"Undo place of")).wait_for()
    with open_store(f"sqlite:///{home / 'records.sqlite'}", sample=False) as store:
        decided = store.history()[0]["after"]["choices"][0]
    assert decided["candidate"]["name"] == "Soledar"
    assert decided["candidate"]["reasons"] == ["picked by search"]


def test_a_row_that_was_not_taken_is_dismissed_and_brought_back(own, home, tmp_path, visit):
    path = tmp_path / "totals.csv"
    path.write_text(
        "id,title,date,place,country\nmade-up,Made-up clash,2023-06-13,Bakhmut,Ukraine\nsum,Total,99,Kyiv,Ukraine\n",
        encoding="utf-8",
    )
    page = visit(f"{own.url}/intake").page
    page.set_default_timeout(60_000)
    page.get_by_text("A table", exact=True).click()
    page.locator('input[type="file"]').set_input_files(path)
    press(page, "Save 1 incident")
    press(page, "Review what it brought")
    page.get_by_text("Only what totals.csv brought.").wait_for()
    page.get_by_role("heading", name="totals.csv, row 3").wait_for()
    page.get_by_label(re.compile("^Why")).fill("a line of totals")
    page.keyboard.press("Tab")
    press(page, "Dismiss")
    page.get_by_text("Nothing that totals.csv brought waits any more.").wait_for()
    page.keyboard.press("u")
    page.get_by_role("heading", name="totals.csv, row 3").wait_for()


def test_a_draft_is_corrected_published_and_both_are_taken_back(own, home, visit):
    page = visit(f"{own.url}/intake", height=1400).page
    page.set_default_timeout(90_000)
    page.get_by_label("Text of the report").fill("Shelling killed two people in Kherson on 3 March 2023.")
    press(page, "Find incidents")
    press(page, "Save the ticked ones as drafts")
    press(page, "Review what it brought")
    page.get_by_text(re.compile("^Only what .*brought")).wait_for()
    page.get_by_text("Correct what it says").click()
    page.get_by_label("When", exact=True).fill("in spring")
    press(page, "Save the correction")
    page.get_by_text("When: 'in spring' is not a date").wait_for()
    page.get_by_label("When", exact=True).fill("2023-03-04")
    page.get_by_label(re.compile("^Reason")).fill("the next day")
    press(page, "Save the correction")
    undo = page.get_by_role("button", name=re.compile(r"Undo correction of"))
    undo.wait_for()
    with open_store(f"sqlite:///{home / 'records.sqlite'}", sample=False) as store:
        row = store.history()[0]
        assert (row["reason"], row["after"]["date_start"]) == ("the next day", "2023-03-04")
        page.get_by_text("4 Mar 2023").first.wait_for()
        press(page, "^Publish")
        page.get_by_role("button", name=re.compile(r"Undo status of")).wait_for()
        found = store.event(row["what"])
        assert found is not None
        assert (found["status"], found["date_start"]) == ("published", "2023-03-04")
        press(page, r"Undo status of")
        undo.wait_for()
        undo.click()
        page.get_by_text("3 Mar 2023").first.wait_for()
        assert store.event(row["what"], audience="analyst")["date_start"] == "2023-03-03"
