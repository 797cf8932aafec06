"""The rules of the house that a reader of the folders relies on."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(path for room in ("geo", "data", "pages") for path in (ROOT / room).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """The packages that a module imports anywhere, by their first name."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("room", ["geo", "data"])
def test_places_and_events_know_nothing_of_the_screen(room):
    for path in (ROOT / room).rglob("*.py"):
        assert not imported(path) & {"streamlit", "pages", "folium", "streamlit_folium"}, path


def test_places_know_nothing_of_events():
    for path in (ROOT / "geo").rglob("*.py"):
        assert "data" not in imported(path), path


def test_no_module_lies_directly_in_pages():
    assert list((ROOT / "pages").glob("*.py")) == []


def test_a_page_composes_in_a_hundred_lines():
    for path in (ROOT / "pages").glob("*/page.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 100, path


def test_a_module_can_be_read_in_one_sitting():
    lengths = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES)
    assert lengths[len(lengths) // 2] <= 130
    assert sum(length > 350 for length in lengths) <= 2


def test_no_folium_element_holds_text_of_a_report():
    unsafe = re.compile(r"folium\.(Popup|Tooltip|Marker|CircleMarker|GeoJsonPopup|GeoJsonTooltip|DivIcon)\(")
    for path in MODULES:
        assert not unsafe.search(path.read_text(encoding="utf-8")), path


def test_the_browser_never_sets_html():
    unsafe = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|bindPopup|bindTooltip|\.html\("
    )
    for path in (ROOT / "pages").rglob("*.js"):
        assert not unsafe.search(path.read_text(encoding="utf-8")), path


def test_every_dependency_says_why_it_is_here():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.findall(r'^    "([A-Za-z0-9_-]+)', project.split("[tool.setuptools]")[0], re.MULTILINE)
    reasons = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    missing = [name for name in listed if name not in reasons]
    assert missing == []


def test_versions_are_pinned_without_addresses():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    assert all(re.fullmatch(r"[A-Za-z0-9._\[\]-]+==[A-Za-z0-9.+!]+", line) for line in lines)
    assert '"resolved"' not in (ROOT / "pages" / "shared" / "package-lock.json").read_text(encoding="utf-8")
