"""A served app on a free port, and a real Chromium that notes every request which leaves the machine."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
MAP = 'iframe[title="streamlit_folium.st_folium"]'
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> str:
    """Find the system's Chromium; skip the test where there is none (CI installs it)."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    if os.environ.get("CI"):
        pytest.fail("Chromium is not installed, though CI must have it")
    pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Server:
    """A running dashboard."""

    url: str
    process: subprocess.Popen[bytes]


def serve(home: Path, log: Path, **extra: str) -> Server:
    """Start `streamlit run app.py` for a home and wait until it is healthy."""
    port = free_port()
    environment = {**os.environ, "DATELINE_HOME": str(home), **extra}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=log.open("wb"), stderr=subprocess.STDOUT
    )
    url = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=5).close()
            return Server(url, process)
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    process.kill()
    raise AssertionError(f"the dashboard did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Start servers that end with the session."""
    started: list[Server] = []

    def starter(home: Path, **extra: str) -> Server:
        started.append(serve(home, tmp_path_factory.mktemp("server") / "log", **extra))
        return started[-1]

    yield starter
    for server in started:
        server.process.terminate()
        server.process.wait(20)


@pytest.fixture(scope="session")
def server(start: Callable[..., Server], sample_home: Path) -> Server:
    """The dashboard with the bundled sample."""
    return start(sample_home)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield chromium
        chromium.close()


@dataclass
class Visit:
    """One visitor's page, with what went wrong and what left the machine."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def sentence(self) -> str:
        """What stands on top of every page."""
        return self.page.locator("h4").first.inner_text()

    def map_frame(self):
        """The frame of the map, once bubbles are drawn."""
        self.page.wait_for_selector(MAP, timeout=20000)
        frame = self.page.frame_locator(MAP)
        frame.locator(".leaflet-container[data-shown]").wait_for(timeout=20000)
        return frame

    def shown(self) -> int:
        """How many incidents the map shows."""
        return int(self.page.frame_locator(MAP).locator(".leaflet-container").get_attribute("data-shown"))

    def map_script(self, script: str, argument: object = None):
        """Run a function in the frame of the map."""
        return self.page.locator(MAP).element_handle().content_frame().evaluate(script, argument)

    def look_at(self, lat: float, lon: float, zoom: int) -> None:
        """Move the map."""
        move = "([lat, lon, zoom]) => void Dateline.living.map.setView([lat, lon], zoom, {animate: false})"
        self.map_script(move, [lat, lon, zoom])
        self.page.wait_for_timeout(600)

    def click_on_map(self, lat: float, lon: float) -> None:
        """Click on a position of the map, where the analyst would."""
        at = self.map_script("(at) => ({...Dateline.living.map.latLngToContainerPoint(at)})", [lat, lon])
        box = self.page.locator(MAP).bounding_box()
        self.page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])

    def tick_first_row(self) -> None:
        """Choose the first row of the table."""
        table = self.page.get_by_test_id("stDataFrame").locator("canvas").first
        table.wait_for()
        self.page.wait_for_timeout(1000)
        box = table.bounding_box()
        self.page.mouse.click(box["x"] + 16, box["y"] + 54)

    def choose(self, label: str, option: str) -> None:
        """Pick an option of a filter beside the page; `option` is a regular expression."""
        self.page.get_by_label(label).first.click()
        self.page.get_by_role("option", name=re.compile(option)).click()
        self.page.keyboard.press("Escape")


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open an address as a new visitor."""
    contexts = []

    def opener(url: str, *, width: int = 1280, height: int = 860, scheme: str = "light") -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        contexts.append(context)
        visitor = Visit(context.new_page())
        home = url.split("/")[2]

        def note(request) -> None:
            if request.url.startswith(("http", "ws")) and request.url.split("/")[2] != home:
                visitor.outside.append(request.url)

        visitor.page.on("request", note)
        visitor.page.on("pageerror", lambda error: visitor.errors.append(str(error)))
        visitor.page.on("dialog", lambda dialog: (visitor.errors.append(dialog.message), dialog.dismiss()))
        visitor.page.goto(url)
        return visitor

    yield opener
    for context in contexts:
        context.close()


@pytest.fixture
def own(start, home):
    """A dashboard of our own with the sample, to write into."""
    server = start(home, DATELINE_USER="tester")
    yield server
    server.process.terminate()
