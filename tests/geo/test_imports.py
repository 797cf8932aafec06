"""`geo` stands alone: it knows nothing of events, of pages, or of the screen."""

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2] / "geo"


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.split(".")[0])
    return names


def test_no_module_imports_the_screen_the_events_or_the_packages_it_only_reads_files_of() -> None:
    for path in ROOT.rglob("*.py"):
        assert not imported(path) & {"streamlit", "pages", "data", "folium", "geocode"}, path


def test_importing_geo_loads_no_streamlit() -> None:
    unwanted = ("streamlit", "pandas", "geocode", "data")
    code = f"import sys, geo, geo.cli; print([name for name in {unwanted} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT.parent, check=True
    )
    assert done.stdout.strip() == "[]"


def test_modules_stay_small() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in ROOT.rglob("*.py")}
    assert max(lengths.values()) < 350, max(lengths, key=lambda path: lengths[path])
