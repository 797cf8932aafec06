"""Take the pictures of the README anew: `python -m docs.take_pictures`."""

import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from geo.paths import home as dateline_home
from tests.conftest import lend
from tests.e2e.conftest import FLAGS, MAP, chromium_path, serve

FOLDER = Path(__file__).with_name("img")
SEED = "dl-2025-0001"
DESKTOP, PHONE = (1280, 860), (390, 844)
PICTURES = {
    "map-light": ("/", DESKTOP, "light"),
    "map-dark": ("/", DESKTOP, "dark"),
    "map-phone": ("/", PHONE, "light"),
    "map-card-light": (f"/?event={SEED}", DESKTOP, "light"),
    "map-card-dark": (f"/?event={SEED}", DESKTOP, "dark"),
    "map-card-phone": (f"/?event={SEED}", PHONE, "dark"),
    "map-zoomed-light": ("/?region=UA:Kyiv Oblast,UA:Kyiv City", DESKTOP, "light"),
    "timeline-light": ("/timeline", DESKTOP, "light"),
    "timeline-dark": ("/timeline", DESKTOP, "dark"),
    "timeline-phone": ("/timeline", PHONE, "dark"),
    "incidents-light": (f"/incidents?event={SEED}", DESKTOP, "light"),
    "incidents-dark": (f"/incidents?event={SEED}", DESKTOP, "dark"),
    "incidents-phone": ("/incidents", PHONE, "light"),
    "review-light": ("/review", (1280, 1250), "light"),
    "review-dark": ("/review", (1280, 1250), "dark"),
    "review-phone": ("/review", (390, 1250), "dark"),
    "intake-light": ("/intake", (1280, 1250), "light"),
    "intake-dark": ("/intake", (1280, 1250), "dark"),
    "intake-phone": ("/intake", (390, 1500), "light"),
    "method-light": ("/method", DESKTOP, "light"),
}
SETTLED_MS = 4000
REPORT = (
    "Ukraine says it captured two Chinese citizens\n8 April 2025\n\n"
    "Ukraine's president said on Tuesday that his forces had captured two Chinese citizens "
    "near the villages of Tarasivka and Bilohorivka in Donetsk Oblast."
)
"""The bundled report in our words, for the picture of a pasted one."""


def paste(page: Page) -> None:
    """Paste the report and let its incidents be found."""
    page.get_by_label("Text of the report").fill(REPORT)
    page.get_by_role("button", name="Find incidents").click()
    page.get_by_role("button", name="Save the ticked ones as drafts").wait_for(timeout=60_000)


def main() -> None:
    """Serve the bundled sample from an empty home and photograph every page."""
    FOLDER.mkdir(exist_ok=True)
    os.environ["DATELINE_USER"] = "Desk"
    home = Path(tempfile.mkdtemp())
    lend(home, dateline_home() / "gazetteer.sqlite")
    server = serve(home, home / "log")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
            for name, (address, (width, height), scheme) in PICTURES.items():
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=scheme
                )
                page = context.new_page()
                page.goto(server.url + address)
                page.locator("h4").first.wait_for()
                if address.startswith("/?") or address == "/":
                    page.frame_locator(MAP).locator(".leaflet-container[data-shown]").wait_for(timeout=30000)
                if address == "/review":
                    page.frame_locator(MAP).locator(".leaflet-container[data-marks]").wait_for(timeout=30000)
                if address == "/intake":
                    paste(page)
                page.wait_for_timeout(SETTLED_MS)
                page.screenshot(path=FOLDER / f"{name}.png")
                context.close()
            browser.close()
    finally:
        server.process.terminate()
        server.process.wait(20)
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
