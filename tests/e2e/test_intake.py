"""The analyst's way in, in a real browser: a messy table, corrected, saved, and taken back without a trace."""

import re
from pathlib import Path

import pytest

from data import Filters, Store, open_store
from data.export import to_bytes

pytestmark = pytest.mark.browser

MESSY = """\ufeffid;title;date;place;country;source;url
made-up-1;Made-up clash;13/06/2023;Bakhmut;Ukraine;Made-up Paper;https://example.org/1
made-up-2;Made-up shelling;31/31/2023;Soledar;Ukraine;Made-up Paper;https://example.org/2
made-up-3;Made-up protest <img src=x onerror=alert(1)> ${alert(2)};14/06/2023;Kherson;Ukraine;Made-up Paper;no link
made-up-4;=HYPERLINK("https://example.org");07/06/2023;Tarasivka;Ukraine;Made-up Paper;https://example.org/4
made-up-5;Made-up clash again;32/06/2023;Kherson;Ukraine;Made-up Paper;https://example.org/5
"""
GRID = '[data-testid="stDataFrame"]'


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    path = tmp_path / "messy table.csv"
    path.write_text(MESSY, encoding="utf-8")
    return path


def exported(home: Path) -> list[bytes]:
    """Everything an analyst can export, byte for byte but for the moment of the export."""
    with open_store(f"sqlite:///{home / 'records.sqlite'}", sample=False) as store:
        made = [to_bytes(store, Filters(), kind, audience="analyst") for kind in ("csv", "geojson")]
    return [re.sub(rb'"exported_at": ?"[^"]*"', b"", content) for content in made]


def drop(page, path: Path) -> None:
    page.set_default_timeout(120_000)  # a busy machine is not a failing page
    page.get_by_text("A table", exact=True).click()
    page.locator('input[type="file"]').set_input_files(path)


def correct(page, row: int, column: int, text: str) -> None:
    """Type into a cell of the first table, as an analyst does; columns are counted after `Row`."""
    select(page, row, column)
    page.keyboard.press("Enter")
    page.locator("textarea.gdg-input").fill(text)
    page.keyboard.press("Enter")


def select(page, row: int, column: int) -> None:
    """Choose a cell; again when the table moved or was drawn anew between a click and a key."""
    cell = page.get_by_test_id(f"glide-cell-{column}-{row}").first
    for _ in range(10):
        box = page.locator(GRID).locator("canvas").first.bounding_box()
        page.mouse.click(box["x"] + 40, box["y"] + 35 + 17 + 35 * row)
        for _ in range(column):
            page.keyboard.press("ArrowRight")
        page.wait_for_timeout(700)
        if cell.get_attribute("aria-selected") == "true":
            return
    raise AssertionError(f"row {row}, column {column} could not be chosen")


def test_a_messy_table_is_corrected_saved_found_and_undone_without_a_trace(own, home, messy, visit):
    before = exported(home)
    visitor = visit(f"{own.url}/intake")
    page = visitor.page
    drop(page, messy)
    page.get_by_text(re.compile("^2 new, 0 changed, 3 rejected")).wait_for()
    page.get_by_text("Row 3: date: '31/31/2023' has no such day").wait_for()
    assert exported(home) == before

    correct(page, 0, 2, "2023-06-01")
    page.get_by_text("Row 3 is corrected and will be saved.").wait_for()
    correct(page, 1, 3, "https://example.org/3")
    page.get_by_text("Row 4 is corrected and will be saved.").wait_for()
    page.get_by_text(re.compile("^4 new, 0 changed, 1 rejected")).wait_for()

    page.get_by_role("button", name="Save 4 incidents").click()
    page.get_by_text("4 incidents new, 0 changed, 0 unchanged, 1 row put aside.").wait_for()
    with open_store(f"sqlite:///{home / 'records.sqlite'}", sample=False) as store:
        assert store.event("made-up-2")["date_start"] == "2023-06-01"
        assert store.event("made-up-3")["reports"][0]["url"] == "https://example.org/3"
        assert who_imported(store) == "tester"
    page.get_by_role("link", name="Incidents").first.click()
    page.get_by_text(re.compile("^193 incidents")).wait_for()

    page.get_by_role("link", name="Intake").click()
    page.get_by_role("button", name="Undo this import").click()
    page.get_by_text(re.compile("was undone")).wait_for()
    assert exported(home) == before
    assert visitor.errors == []
    assert visitor.outside == []


def who_imported(store: Store) -> str:
    return next(row["user"] for row in store.history() if row["kind"] == "import")


def test_a_question_about_the_file_is_answered_by_a_click(own, tmp_path, visit):
    path = tmp_path / "either.csv"
    path.write_text(
        "title,place,date\nMade-up,Kyiv,05/06/2023\nMade-up too,Kyiv,06/05/2023\n", encoding="utf-8"
    )
    page = visit(f"{own.url}/intake").page
    drop(page, path)
    page.get_by_role("button", name="The day comes first").click()
    page.get_by_text(re.compile("^2 new")).wait_for()


def test_a_large_table_shows_progress_and_can_be_cancelled_while_another_visitor_works(
    own, home, tmp_path, visit
):
    path = tmp_path / "large.csv"
    rows = (f"made-up-{n},Made-up {n},Kyiv,2023-06-{n % 28 + 1:02}\n" for n in range(1_000_000))
    path.write_text("id,title,place,date\n" + "".join(rows), encoding="utf-8")
    before = exported(home)
    page, other = visit(f"{own.url}/intake").page, visit(f"{own.url}/incidents").page
    drop(page, path)
    page.get_by_text(re.compile(r"rows/s")).wait_for(timeout=60_000)
    other.reload()
    other.get_by_text(re.compile("^189 incidents")).wait_for(timeout=30_000)
    page.get_by_role("button", name="Cancel").click()
    page.get_by_text("Stopped. Nothing was changed.").wait_for(timeout=30_000)
    assert exported(home) == before


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\x00\x01\x02" * 99, "not a text file"),
        (b"%PDF-1.7 x", "a PDF"),
        (b"title,place\n", "no rows"),
        (b"a,b\n1,2\n", "no column gives a place"),
    ],
)
def test_what_is_no_table_is_answered_in_a_sentence(own, tmp_path, visit, content, says):
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    visitor = visit(f"{own.url}/intake")
    drop(visitor.page, path)
    visitor.page.get_by_text(re.compile(re.escape(says))).first.wait_for()
    assert visitor.errors == []


def test_a_copy_for_the_public_explains_that_nothing_can_be_changed(start, sample_home, visit):
    server = start(sample_home, DATELINE_READ_ONLY="1")
    page = visit(f"{server.url}/intake").page
    page.get_by_text("Nothing can be changed here").wait_for()
    assert page.locator('input[type="file"]').count() == 0
    server.process.terminate()


def test_the_seed_report_is_pasted_checked_saved_as_drafts_and_found(own, home, shared, visit):
    visitor = visit(f"{own.url}/intake")
    page = visitor.page
    page.get_by_label("Text of the report").fill(
        (shared / "reports" / "seed-article.txt").read_text(encoding="utf-8")
    )
    page.get_by_role("spinbutton", name="year, Published on").click()
    page.keyboard.type("20250408")
    page.get_by_label("Publisher").fill("Made-up Wire")
    page.get_by_role("button", name="Find incidents").click()
    save = page.get_by_role("button", name="Save the ticked ones as drafts")
    save.wait_for(timeout=60_000)
    told = page.locator(".dl-told mark", has_text="near the villages of Tarasivka and Bilohorivka").first
    told.wait_for()
    assert told.get_attribute("title") == "Place as reported"
    assert page.get_by_text("Undecided:").first.is_visible()
    page.get_by_text(re.compile(r"Background told in the report \(\d\)")).click()
    page.locator(".dl-told", has_text="12,000 troops to Kursk Oblast").first.wait_for()

    page.get_by_text("Correct it").first.click()
    page.get_by_label("Title").first.fill("Title as corrected by the analyst")
    save.click()
    page.get_by_text(re.compile(r"\d drafts? saved\. (It waits|They wait) for review")).wait_for()

    page.get_by_role("link", name="Incidents").first.click()
    page.get_by_text(re.compile("^189 incidents")).wait_for()
    page.get_by_text("Also what is not public").click()
    page.get_by_label("Search", exact=True).fill("as corrected by the analyst")
    page.keyboard.press("Enter")
    page.get_by_role("button", name=re.compile("Download 1 incident")).wait_for()
    with open_store(f"sqlite:///{home / 'records.sqlite'}", sample=False) as store:
        draft = store.events.frame(Filters(q="as corrected by the analyst"), audience="analyst").iloc[0]
        assert draft["status"] == "draft"
        assert store.event(draft["event_id"]) is None
    assert visitor.errors == []
    assert visitor.outside == []


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("scan.pdf", b"%PDF-1.4 nothing in it", "PDF"),
        ("empty.txt", b"   \n", "is empty"),
        ("hostile.html", b"<html><body><p>On 3 March 2023 shelling killed two people in Kherson. "
         b"<script>alert(1)</script>&lt;img src=x onerror=alert(2)&gt;</p></body></html>", "Kherson"),
    ],
)  # fmt: skip
def test_a_dropped_document_is_read_or_answered_in_a_sentence(own, tmp_path, visit, name, content, says):
    path = tmp_path / name
    path.write_bytes(content)
    visitor = visit(f"{own.url}/intake")
    page = visitor.page
    page.get_by_text("Drop a file").click()
    page.locator('input[type="file"]').set_input_files(path)
    page.get_by_text(name).wait_for()
    page.get_by_role("button", name="Find incidents").click()
    page.locator('[data-testid="stAlert"], .dl-told').filter(has_text=says).first.wait_for(timeout=60_000)
    assert visitor.errors == []
