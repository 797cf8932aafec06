"""What a visitor waits for: page to bubbles cold and warm, /api/cells, and what the server weighs."""

import shutil
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import BrowserContext, sync_playwright

from benchmarks.machine import describe, percentile, table
from geo.paths import home as dateline_home
from tests.conftest import lend
from tests.e2e.conftest import FLAGS, MAP, Server, chromium_path, serve


def seconds_to_bubbles(context: BrowserContext, url: str) -> float:
    """Open the map and wait until bubbles are drawn."""
    page = context.new_page()
    began = time.perf_counter()
    page.goto(url)
    page.frame_locator(MAP).locator(".leaflet-container[data-shown]").wait_for(timeout=60000)
    seconds = time.perf_counter() - began
    page.close()
    return seconds


def milliseconds(url: str) -> float:
    """Ask once and read the whole answer."""
    began = time.perf_counter()
    with urllib.request.urlopen(url) as answer:
        answer.read()
    return (time.perf_counter() - began) * 1000


def viewports(count: int) -> list[str]:
    """Make the addresses of that many viewports, from the whole country to a town, never twice the same."""
    queries = []
    for i in range(count):
        zoom = 5 + i % 8
        half = 360 / 2**zoom
        lon, lat = 24 + (i * 0.37) % 15, 45.5 + (i * 0.23) % 6
        queries.append(
            f"bbox={lon - half:.4f},{lat - half / 2:.4f},{lon + half:.4f},{lat + half / 2:.4f}&zoom={zoom}"
        )
    return queries


def resident_mb(server: Server) -> float:
    """Return the memory of the server and its children in MB (10^6 bytes)."""
    family: list[Any] = [psutil.Process(server.process.pid)]
    family += family[0].children(recursive=True)
    return sum(process.memory_info().rss for process in family) / 1e6


def main() -> None:
    """Start a server on an empty store, measure, print."""
    scratch = Path(tempfile.mkdtemp())
    lend(scratch, dateline_home() / "gazetteer.sqlite")
    began = time.perf_counter()
    server = serve(scratch, scratch / "log")
    healthy = time.perf_counter() - began
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
            visitor = browser.new_context(viewport={"width": 1280, "height": 860})
            cold = seconds_to_bubbles(visitor, server.url)
            warm = [seconds_to_bubbles(visitor, server.url) for _ in range(5)]
            browser.close()
        cells = [milliseconds(f"{server.url}/api/cells?{query}") for query in viewports(200)]
        memory = resident_mb(server)
    finally:
        server.process.terminate()
        server.process.wait(20)
        shutil.rmtree(scratch, ignore_errors=True)
    rows = [
        ("server start, sample geocoded and loaded", f"{healthy:.1f} s", "-"),
        ("cold page to bubbles, first visitor", f"{cold:.1f} s", "5 s"),
        ("warm page to bubbles, same visitor, median of 5", f"{percentile(warm, 0.5):.1f} s", "2 s"),
        (
            "/api/cells p50 / p95 of 200",
            f"{percentile(cells, 0.5):.0f} / {percentile(cells, 0.95):.0f} ms",
            "p95 50 ms",
        ),
        ("server memory after that", f"{memory:.0f} MB", "500 MB"),
    ]
    print("\nThe screen, on the bundled sample\n" + table(rows))


if __name__ == "__main__":
    print(describe())
    main()
