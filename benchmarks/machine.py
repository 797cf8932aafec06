"""The machine and versions a figure was measured on."""

import os
import platform
from importlib.metadata import version

NAMES = ("streamlit", "folium", "streamlit-folium", "pandas", "duckdb", "ibis-framework", "geopy")


def describe() -> str:
    """Return one line on the machine and one on the versions."""
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    machine = f"{os.cpu_count()} cores, {memory_gib:.0f} GiB, {platform.system()} {platform.machine()}"
    versions = ", ".join(f"{name} {version(name)}" for name in NAMES)
    return f"{machine}, Python {platform.python_version()}\n{versions}"


def table(rows: list[tuple[str, str, str]]) -> str:
    """Return rows of what, measured and aim as an aligned table."""
    rows = [("what", "measured", "aim"), *rows]
    widths = [max(len(row[i]) for row in rows) for i in range(3)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows
    )


def percentile(values: list[float], share: float) -> float:
    """Return the value that `share` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]
