"""Text that tries to run in the analyst's browser is shown as text, on every page."""

import csv
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.conftest import lend

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]

ATTACKS = [
    "${window.top.hacked=1}",
    "`+(window.top.hacked=1)+`",
    "</script><script>window.top.hacked=1</script>",
    "<img src=x onerror='window.top.hacked=1'>",
    "![x](https://evil.example/spy.png) [a](javascript:alert(1))",
    "\\${alert(1)} ` ' \" \\",
]


@pytest.fixture(scope="session")
def hostile_server(start, tmp_path_factory, default_gazetteer_path):
    folder = tmp_path_factory.mktemp("hostile-home")
    lend(folder, default_gazetteer_path)
    path = tmp_path_factory.mktemp("hostile") / "hostile.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(
            file,
            [
                "event_id",
                "title",
                "summary",
                "event_type",
                "date_start",
                "place_text",
                "lat",
                "lon",
                "actors",
                "publisher",
                "url",
                "source_title",
            ],
        )
        writer.writeheader()
        for i, attack in enumerate(ATTACKS):
            text = f"Attack {i} {attack}"
            writer.writerow(
                {
                    "event_id": f"hostile-{i}",
                    "title": text,
                    "summary": text,
                    "event_type": "other",
                    "date_start": f"2023-01-0{i + 1}",
                    "place_text": f"Place {attack}",
                    "lat": 50 + i * 0.2,
                    "lon": 30 + i * 0.3,
                    "actors": attack,
                    "publisher": f"Paper {attack}",
                    "url": "https://example.org/x",
                    "source_title": attack,
                }
            )
    environment = {**os.environ, "DATELINE_HOME": str(folder), "DATELINE_SAMPLE": "0"}
    subprocess.run([sys.executable, "-m", "data", "import", path], cwd=ROOT, env=environment, check=True)
    return start(folder, DATELINE_SAMPLE="0")


def assert_unharmed(visitor):
    assert visitor.page.evaluate("window.top.hacked") is None
    assert visitor.errors == []
    assert visitor.outside == []


@pytest.mark.parametrize("number", range(len(ATTACKS)))
def test_hostile_text_in_a_card_on_the_map_is_only_text(hostile_server, visit, number):
    visitor = visit(hostile_server.url)
    frame = visitor.map_frame()
    lat, lon = 50 + number * 0.2, 30 + number * 0.3
    visitor.look_at(lat, lon, 11)
    visitor.click_on_map(lat, lon)
    frame.locator(".dl-card h2").wait_for()
    words = frame.locator(".dl-card").inner_text()
    assert f"Attack {number} {ATTACKS[number]}" in words
    assert f"Paper {ATTACKS[number]}" in words
    assert frame.locator(".leaflet-container").is_visible()
    assert_unharmed(visitor)


@pytest.mark.parametrize("number", range(len(ATTACKS)))
def test_hostile_text_in_the_table_card_is_only_text(hostile_server, visit, number):
    visitor = visit(f"{hostile_server.url}/incidents?event=hostile-{number}")
    visitor.page.get_by_text(f"Attack {number}").first.wait_for()
    shown = visitor.page.locator('[data-testid="stMain"]').inner_text()
    assert " ".join(ATTACKS[number].split()) in " ".join(shown.split())
    assert_unharmed(visitor)


@pytest.mark.parametrize("page", ["", "timeline", "incidents", "method"])
def test_a_hostile_search_in_the_address_is_only_text(hostile_server, visit, page):
    visitor = visit(f"{hostile_server.url}/{page}?q={quote(' '.join(ATTACKS))}")
    visitor.page.locator("h4").first.wait_for()
    visitor.page.wait_for_timeout(800)
    assert_unharmed(visitor)
